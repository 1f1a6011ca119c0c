from __future__ import annotations

import pytest

from workbook.model import Tracker
from workbook.sample import sample


@pytest.fixture(scope="session")
def whole() -> Tracker:
    """The sample as `sample` makes it, for tests that look at it."""
    return sample()
