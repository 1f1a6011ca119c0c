"""A new workbook that says its language, which screen readers and Excel's accessibility checker look for.

XlsxWriter has no word for it, so the part with a file's properties is written here with one line more. Its parts are
laid out in a folder that only their owner can look into, and that a later run takes away where this one is killed.
"""

from __future__ import annotations

from xlsxwriter import Workbook
from xlsxwriter.core import Core
from xlsxwriter.packager import Packager

from workbook.model.vocabulary import LANGUAGE
from workbook.package.private import private_folder


class EnglishWorkbook(Workbook):  # type: ignore[misc]
    """XlsxWriter's workbook, in British English by its properties."""

    def close(self) -> None:
        """Write the file."""
        with private_folder() as room:
            self.tmpdir = str(room)
            super().close()

    def _get_packager(self) -> Packager:
        return _EnglishPackager()


class _EnglishCore(Core):  # type: ignore[misc]
    def _write_cp_content_status(self) -> None:
        super()._write_cp_content_status()  # the last of the properties
        self._xml_data_element("dc:language", LANGUAGE)


class _EnglishPackager(Packager):  # type: ignore[misc]
    def _write_core_file(self) -> None:
        core = _EnglishCore()
        core._set_properties(self.workbook.doc_properties)
        core._set_xml_writer(self._filename("docProps/core.xml"))
        core._assemble_xml_file()
