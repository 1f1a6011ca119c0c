"""Reports as PDF, and protected ones: all is made in a private folder, and comes out only as it is to stay."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from workbook.model import CannotDo
from workbook.package.folders import make_folder
from workbook.package.private import private_folder
from workbook.package.run import refuse_input
from workbook.package.writing import write_safely
from workbook.reports.output.learner_files import require_free
from workbook.reports.output.office import convert, kept, require_office
from workbook.reports.output.passwords import merged_pdf, sealed_workbook
from workbook.reports.output.run import Run


def whole_pdf(out: Path, title: str) -> Path:
    """The file of all pages, for printing."""
    return out / f"All - {title}.pdf"


def require_printable(paths: Sequence[Path], out: Path, title: str, *, replace: bool) -> None:
    """Raise CannotDo, before anything is made, where LibreOffice is missing or a PDF is there already."""
    require_office()
    pdfs = [path.with_suffix(".pdf") for path in paths]
    pdfs += [whole_pdf(out, title)] if len(pdfs) > 1 else []
    for path in pdfs:
        refuse_input(path)
        if path.exists() and not replace:
            raise CannotDo(f"{path} is already there: choose another folder or say --replace.")


def print_reports(made: Sequence[Path], out: Path, title: str) -> list[Path]:
    """Turn reports that are there into PDF beside them, with one PDF of all pages last where there are several."""
    with private_folder() as room:
        return _bring_out(convert(made, room), out, title, None, lambda _: None)


def seal_and_print(
    run: Run, out: Path, password: str, *, replace: bool, step: Callable[[Path], None]
) -> tuple[list[Path], list[Path]]:
    """Write protected reports and protected PDFs of them; gives the files of both. No plain one is ever beside them."""
    targets = run.paths(out)
    require_free(targets, replace=replace)
    with private_folder() as room, kept(room):
        plain = list(run.into_folder(room / "reports"))
        printed = convert(plain, room)
        made = [out / path.name for path in plain]
        make_folder(out)
        for path, target in zip(plain, made, strict=True):
            write_safely(target, sealed_workbook(path.read_bytes(), password), replace=replace, aside=True)
            path.unlink()
            step(target)
        return made, _bring_out(printed, out, run.title, password, step)


def _bring_out(
    printed: Sequence[Path], out: Path, title: str, password: str | None, step: Callable[[Path], None]
) -> list[Path]:
    made = []
    if len(printed) > 1:
        write_safely(whole_pdf(out, title), merged_pdf(printed, password, f"All pages: {title}"), replace=True)
    for path in printed:
        content = merged_pdf([path], password) if password else path.read_bytes()
        write_safely(out / path.name, content, replace=True)
        path.unlink()
        step(out / path.name)
        made.append(out / path.name)
    return [*made, whole_pdf(out, title)] if len(made) > 1 else made
