# ruff: noqa: N802 (UNO names the methods)
"""Cell formula → generated VBA → Python, inside LibreOffice. Run by Debian's Python, the only one with its bridge.

Arguments: a profile folder, a workbook with the functions, the names of sheets as a JSON list. Works everything out
anew and writes JSON to standard output: "sheets" {name: rows of values}, "seconds" of the whole recalculation, "python"
{function: seconds of each call}, "failed" what went wrong on the way.
"""

import contextlib
import datetime as dt
import importlib
import json
import shutil
import sys
import time
from pathlib import Path

import unohelper
from com.sun.star.lang import XServiceInfo, XSingleComponentFactory
from com.sun.star.script import XInvocation

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "office"))
from judge import FILTERS, prop
from server import start

SERVICE = "mentorbook.test.Bridge"
FIRST_DAY = dt.datetime(1899, 12, 30)
DATE_FORMAT = 2  # com.sun.star.util.NumberFormat.DATE


class Engine:
    """As much of an xlwings engine as the reading and writing of values asks for."""

    name, type = "excel", "desktop"

    @staticmethod
    def clean_value_data(data, datetime_builder, empty_as, number_builder, err_to_str):
        return [[empty_as if value in (None, "") else value for value in row] for row in data]

    @staticmethod
    def prepare_xl_data_element(value, options):
        if value is None:
            return ""
        if isinstance(value, dt.datetime):
            return (value - FIRST_DAY).total_seconds() / 86400
        return float(value) if isinstance(value, int) and not isinstance(value, bool) else value


class Bridge(unohelper.Base, XInvocation):
    """What VBA calls; it reads and writes with xlwings' own conversions, as the server on Windows does."""

    def __init__(self, formats):
        self.formats, self.seconds, self.failed = formats, {}, []

    def getIntrospection(self):
        return None

    def hasMethod(self, name):
        return name == "CallUDF"

    def hasProperty(self, name):
        return False

    def setValue(self, name, value):
        pass

    def getValue(self, name):
        return None

    def invoke(self, name, arguments, places, given_back):
        try:
            answer = self.call(*arguments)
        except Exception as why:
            self.failed.append(repr(why))
            answer = f"bridge: {why!r}"
        return answer, (), ()

    def call(self, module, name, arguments):
        from xlwings import conversion

        function = getattr(importlib.import_module(module), name)
        about = function.__xlfunc__
        values = []
        for value, one in zip(arguments, about["args"], strict=True):
            if value is None and "optional" in one:
                values.append(one["optional"])
            else:
                if hasattr(value, "CellRange"):
                    value = self.read(value.CellRange)
                values.append(conversion.read(None, value, one["options"], engine_name="excel"))
        begun = time.perf_counter()
        answer = function(*values)
        self.seconds[name] = [*self.seconds.get(name, []), time.perf_counter() - begun]
        written = conversion.write(answer, None, about["ret"]["options"], engine_name="excel")
        if len(written) == 1 and len(written[0]) == 1:
            return written[0][0]
        return tuple(map(tuple, written))

    def read(self, cells):
        """A range's values, dates as dates where its first record is formatted so."""
        rows = [list(row) for row in cells.getDataArray()]
        sample = min(1, len(rows) - 1)
        for place in range(len(rows[0])):
            key = cells.getCellByPosition(place, sample).NumberFormat
            if self.formats.getByKey(key).Type & DATE_FORMAT:
                for row in rows:
                    if isinstance(row[place], float):
                        row[place] = FIRST_DAY + dt.timedelta(days=row[place])
        return tuple(map(tuple, rows))


class Factory(unohelper.Base, XSingleComponentFactory, XServiceInfo):
    def __init__(self, made):
        self.made = made

    def createInstanceWithContext(self, context):
        return self.made

    def createInstanceWithArgumentsAndContext(self, arguments, context):
        return self.made

    def getImplementationName(self):
        return SERVICE + ".implementation"

    def supportsService(self, name):
        return name == SERVICE

    def getSupportedServiceNames(self):
        return (SERVICE,)


def declare():
    """The functions with xlwings' real decorators, which do nothing outside Windows, and an engine to convert for."""
    import xlwings

    from addin.desktop.xlam.wrappers import _decorators

    xlwings.engines.add(xlwings.Engine(impl=Engine()))
    with _decorators():
        declared = importlib.import_module("addin.functions.declared")
    sys.modules["addin.functions.declared"] = declared


def used(sheet):
    """What a sheet shows, from A1 to its last cell."""
    cursor = sheet.createCursor()
    cursor.gotoEndOfUsedArea(False)
    end = cursor.RangeAddress
    return sheet.getCellRangeByPosition(0, 0, end.EndColumn, end.EndRow).getDataArray()


def main(profile, workbook, wanted):
    declare()
    process, context = start(profile)
    try:
        desktop = context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", context)
        document = desktop.loadComponentFromURL(
            Path(workbook).as_uri(), "_blank", 0,
            (prop("Hidden", True), prop("MacroExecutionMode", 4), prop("FilterName", FILTERS[".xlsm"])),
        )  # fmt: skip
        bridge = Bridge(document.NumberFormats)
        context.ServiceManager.insert(Factory(bridge))
        begun = time.perf_counter()
        document.calculateAll()
        seconds = time.perf_counter() - begun
        answers = {name: used(document.Sheets.getByName(name)) for name in json.loads(wanted)}
        told = {"sheets": answers, "seconds": seconds, "python": bridge.seconds, "failed": bridge.failed}
        print(json.dumps(told))
        document.close(True)
    finally:
        with contextlib.suppress(Exception):  # soffice starts another process, which a kill would leave behind
            context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", context).terminate()
            process.wait(20)
        process.kill()
        shutil.rmtree(profile, ignore_errors=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
