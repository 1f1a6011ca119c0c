"""What a formula of a template may do beside working something out: ask the web, call a program, look elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from workbook.reading.references import Name, Reference, parse

WORDS = {
    "web": "a formula that asks a web address or a server (WEBSERVICE, IMAGE, RTD …)",
    "hyperlink": "a link whose address is put together from what stands in cells, or that leads to a file or program",
    "workbooks": "figures from another workbook",
    "dde": "a formula that talks to another program (DDE)",
    "ole": "an object of another program",
    "activex": "an ActiveX control",
    "queries": "a query or a connection to data elsewhere",
    "macros": "macros, or buttons and menus that start them",
    "custom-xml": "XML that another program has put in",
    "fonts": "an embedded font",
    "pictures": "a picture that is fetched from an address each time",
    "add-ins": "an Office add-in",
    "revisions": "a record of who changed what",
    "pivots": "a PivotTable or slicer, with all the rows that it was made from",
    "hidden": "something hidden: a sheet, or a name",
    "other-links": "another link out of the workbook",
    "other-parts": "a part of a kind that Mentorbook does not know",
}
"""Each kind of matter by its word; `--allow` names them."""


_ONLINE = (
    r"WEBSERVICE|FILTERXML|IMAGE|STOCKHISTORY|RTD|CUBE[A-Z]+|PY|SQL\.REQUEST|FIELDVALUE|TRANSLATE|DETECTLANGUAGE|COPILOT|"
    r"LABS\.GENERATIVEAI|IMPORTCSV|IMPORTTEXT"
)
_WEB = re.compile(
    rf"(?<![\w.])(?:_xlfn\.|_xlws\.)*(?:{_ONLINE})\s*\(|_xleta\.(?:{_ONLINE})(?![\w.])",
    re.IGNORECASE,
)
_PROGRAM = re.compile(
    r"(?<![\w.])(CALL|REGISTER|REGISTER\.ID|UNREGISTER|EXEC|EXECUTE|INITIATE|REQUEST|POKE|TERMINATE|EVALUATE|RUN|FOPEN|FWRITE|"
    r"FREAD|FILES|DIRECTORY|GET\.[A-Z.]+|ON\.[A-Z]+|SEND\.[A-Z]+)\s*\(",
    re.IGNORECASE,
)
_ADD_IN = re.compile(r"(?<![\w.])_xll\.", re.IGNORECASE)
_HYPERLINK = re.compile(r"(?<![\w.])HYPERLINK\s*\(|_xleta\.HYPERLINK", re.IGNORECASE)
_PLAIN_HYPERLINK = re.compile(r'\s*"((?:https?://|mailto:|#)[^"]*)"\s*[,)]', re.IGNORECASE)
_DDE = re.compile(r"[\w.']\s*\|\s*(?:'[^']*'|[^\s|'!]+)\s*!")
_TEXT = re.compile(r'"[^"]*"')
_NAME_OR_TEXT = re.compile(r"""'[^']*'|"[^"]*\"""")
TOKEN = re.compile(r"\{\{|%7b%7b", re.IGNORECASE)


class Matter(NamedTuple):
    """One piece of it: its word, the sheet (or part) and place, and what it is."""

    word: str
    sheet: str
    place: str
    what: str


def in_formula(formula: str, sheet: str, place: str) -> Iterator[Matter]:
    """What a formula does of all this, by its word."""
    if not formula:
        return
    for word in _words_of(formula):
        yield Matter(word, sheet, place, WORDS[word])


def _words_of(formula: str) -> Iterator[str]:
    # What stands in quotes is no call. An apostrophe may begin a sheet's name, in which a quote is a letter like any
    # other, or escape a sign of a column's name: what either reading shows counts.
    bare = (
        _TEXT.sub('""', formula)
        + " "
        + _NAME_OR_TEXT.sub(lambda found: found[0] if found[0][0] == "'" else '""', formula)
    )
    if _WEB.search(bare):
        yield "web"
    if _PROGRAM.search(bare):
        yield "macros"
    if _ADD_IN.search(bare):
        yield "add-ins"
    dde = "|" in bare and _DDE.search(bare) is not None
    if dde:
        yield "dde"
    if _HYPERLINK.search(bare):
        calls = [_PLAIN_HYPERLINK.match(formula, call.end()) for call in _HYPERLINK.finditer(formula)]
        if not all(call is not None and not with_token(call[1]) for call in calls):
            yield "hyperlink"
    looks = "[" in bare or (not dde and ("\\" in bare or "/" in bare))
    if looks and any(_elsewhere(part.sheet) for part in parse(formula) if isinstance(part, Reference | Name)):
        yield "workbooks"


def _elsewhere(sheet: str | None) -> bool:
    """Is it another workbook's sheet, or one in a folder? `[0]` is this one."""
    return sheet is not None and re.search(r"[\[\\/]", sheet) is not None and not sheet.startswith("[0]")


def with_token(target: str) -> bool:
    """Whether an address is put together with data of a learner, so that whoever follows it tells them.

    An address that is a token alone becomes a web or mail address or nothing; one to write a mail to tells nobody.
    """
    bare = target.strip().lower()
    alone = re.fullmatch(r"(\{\{|%7b%7b)((?!\}\}|%7d%7d).)*(\}\}|%7d%7d)", bare) is not None
    return TOKEN.search(target) is not None and not alone and not bare.startswith("mailto:")
