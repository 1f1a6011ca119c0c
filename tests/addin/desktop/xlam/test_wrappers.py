"""What Excel is told of the functions: names VBA accepts, help for every argument."""

from __future__ import annotations

from typing import Any

import pytest

from addin.desktop.xlam import wrappers as w

CONTRACT = {
    "APL_POINTS": 3, "APL_EXPECTED": 3, "APL_STATUS": 3, "APL_CHANGE": 1, "APL_FORECAST": 2, "APL_FLAGS": 5,
    "ATTENDANCE": 3, "UPN_CHECK": 1, "ULN_CHECK": 1, "SCHOOL_DAYS": 3,
}  # fmt: skip
# Source: [MS-VBAL] 3.3.5.2, reserved identifiers.
RESERVED = set(
    """call case close const declare defbool defbyte defcur defdate defdbl defint deflng deflnglng deflngptr
    defobj defsng defstr defvar dim do else elseif end endif enum erase event exit for friend function get
    global gosub goto if implements input let lock loop lset next on open option print private public put
    raiseevent redim resume return rset seek select set static stop sub type unlock wend while with write rem
    any as byref byval each in new shared until withevents optional paramarray preserve spc tab then to
    addressof and eqv imp is like mod not or typeof xor abs cbool cbyte ccur cdate cdbl cdec cint clng
    clnglng clngptr csng cstr cvar cverr date debug doevents fix int len lenb me psgn sgn string array circle
    inputb lbound scale ubound boolean byte currency double integer long longlong longptr single variant true
    false nothing empty null attribute linefeed vb_invoke_func decimal pset""".split()
)


@pytest.fixture(scope="module")
def declared() -> dict[str, dict[str, Any]]:
    with w._decorators():
        return w.declarations(w._load())


def test_the_functions_of_the_contract_and_no_other(declared: dict[str, dict[str, Any]]) -> None:
    assert set(declared) == set(CONTRACT)
    for name, required in CONTRACT.items():
        needed = [one for one in declared[name]["args"] if "optional" not in one]
        assert len(needed) <= required <= len(declared[name]["args"]), name


def test_vba_accepts_every_name(declared: dict[str, dict[str, Any]]) -> None:
    for name, about in declared.items():
        names = [one["name"].lower() for one in about["args"]]
        assert not set(names) & RESERVED, name
        assert len(set(names)) == len(names) and name.lower() not in names


def test_every_function_and_argument_has_help_and_none_is_volatile(declared: dict[str, dict[str, Any]]) -> None:
    source = w.wrappers()
    assert "Volatile" not in source and "#If" not in source
    for name, about in declared.items():
        assert about["category"] == "Mentorbook" and not about["volatile"]
        assert f'Attribute {name}.VB_Description = "' in source
        for words in (about["ret"]["doc"], *(one["doc"] for one in about["args"])):
            assert 10 < len(words) <= 255 and not words.startswith("Positional argument"), (name, words)
            assert words.replace('"', '""') in source


def test_wrappers_leave_nothing_behind() -> None:
    import sys

    import xlwings

    before = xlwings.func
    assert w.wrappers() == w.wrappers()
    assert xlwings.func is before
    assert sys.platform == "win32" or "pythoncom" not in sys.modules
    import addin.functions.declared

    assert sys.platform == "win32" or not hasattr(addin.functions.declared.APL_POINTS, "__xlfunc__")
