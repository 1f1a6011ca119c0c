"""Put the engine where xlwings looks for Excel."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import xlwings as xw

from tests.addin.engine.books import Apps
from tests.addin.engine.cells import clean


class Engine:
    """LibreOffice under the name of Excel."""

    name, type = "excel", "desktop"

    def __init__(self) -> None:
        self.apps = Apps()
        self.apps.engine = self  # type: ignore[attr-defined]

    clean_value_data = staticmethod(clean)

    @staticmethod
    def prepare_xl_data_element(value: Any, options: Any) -> Any:
        return value.item() if hasattr(value, "item") else value


@contextmanager
def excel() -> Iterator[xw.App]:
    """An Excel that runs, until it is left. No button may start or quit one."""
    engine = xw.main.Engine(impl=Engine())
    before = dict(xw.engines.engines_by_name), list(xw.engines.engines), xw.engines.active
    xw.engines.add(engine)
    xw.engines.active = engine
    app = xw.App()
    try:
        yield app
    finally:
        app.impl.quit()
        xw.engines.engines_by_name, xw.engines.engines, xw.engines.active = before
        if hasattr(xw.Book, "_mock_caller"):
            del xw.Book._mock_caller
