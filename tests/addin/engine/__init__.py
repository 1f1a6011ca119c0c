"""An open spreadsheet for tests: an xlwings engine over LibreOffice, with Excel's manners where it matters."""
