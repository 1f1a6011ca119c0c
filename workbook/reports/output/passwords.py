"""A real password on a file: without it nothing in the file can be read (AES, as Excel and PDF readers know it)."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from pathlib import Path

from workbook.model import CannotDo
from workbook.model.vocabulary import LANGUAGE
from workbook.package.file_bytes import side_bytes

SHORTEST = 8


def read_password(file: Path) -> str:
    """The password in the first line of a text file; CannotDo for a file that is missing or a password too short."""
    try:
        lines = side_bytes(file, "password file").decode("utf-8-sig").splitlines()
    except UnicodeError as error:
        raise CannotDo(f"The password file {file} cannot be read: give a text file with the password in it.") from error
    password = lines[0].strip() if lines else ""
    if len(password) < SHORTEST:
        raise CannotDo(f"The password in {file.name} is shorter than {SHORTEST} characters: choose a longer one.")
    return password


def sealed_workbook(content: bytes, password: str) -> bytes:
    """A workbook's bytes encrypted with a password (agile encryption, AES-256)."""
    from msoffcrypto.format.ooxml import OOXMLFile

    sealed = BytesIO()
    OOXMLFile(BytesIO(content)).encrypt(password, sealed)
    return sealed.getvalue()


def merged_pdf(files: Sequence[Path], password: str | None = None, title: str = "") -> bytes:
    """One PDF with the pages of all, protected where a password is given; one alone keeps its title and its tags.

    Those of several files say nothing about all of them, so the whole has a `title` and its language instead.
    """
    from pypdf import PdfWriter
    from pypdf.generic import NameObject, TextStringObject

    merged = PdfWriter(clone_from=files[0]) if len(files) == 1 else PdfWriter()
    for file in files if len(files) > 1 else ():
        merged.append(file)
    if title:
        merged.add_metadata({"/Title": title})
    if len(files) > 1:
        merged.root_object[NameObject("/Lang")] = TextStringObject(LANGUAGE)
    if password:
        merged.encrypt(password, algorithm="AES-256")
    content = BytesIO()
    merged.write(content)
    return content.getvalue()
