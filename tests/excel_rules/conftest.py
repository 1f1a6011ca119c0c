"""The files of all writers, made once."""

from __future__ import annotations

import pytest

from tests.excel_rules.book import BookFile
from tests.excel_rules.writers import write_all


@pytest.fixture(scope="session")
def written(tmp_path_factory: pytest.TempPathFactory) -> dict[str, BookFile]:
    return {name: BookFile(path) for name, path in write_all(tmp_path_factory.mktemp("writers")).items()}
