"""What VBA asks before it starts Python: names and settings shared by the add-in, the tracker and the install.

xlwings looks for a setting on the hidden sheet of this name in the workbook, then in a file beside the workbook, then
in the user's own file, which the install writes with the absolute path of the interpreter.
"""

from __future__ import annotations

PROJECT = "mentorbook"
CONFIG_SHEET = f"{PROJECT}.conf"

# ADD_WORKBOOK_TO_PYTHONPATH: else a stray workbook.py beside a tracker would be taken for the package of that name.
SETTINGS = {
    "ADD_WORKBOOK_TO_PYTHONPATH": "False",
    "PYTHONPATH": "",
    "USE UDF SERVER": "True",
    "UDF MODULES": "addin.functions.declared",
    "SHOW CONSOLE": "False",
    "DEBUG UDFS": "False",
}
