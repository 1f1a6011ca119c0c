"""The name under which the add-in, the tracker with functions and the install know each other.

The one setting is the path of the interpreter. The install writes it into the user's own file, and the VBA reads it
from there alone (ribbon/vba/Python.bas).
"""

from __future__ import annotations

PROJECT = "mentorbook"
