"""What the report command is asked: of whom, from which template, where to, and how."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from workbook.commands.opened import Opened, opened
from workbook.commands.output import On, Replace, TrackerFile, file_to_make
from workbook.commands.whose import Form, LearnerIds, Mentor, Year
from workbook.model import CannotDo

if TYPE_CHECKING:
    from workbook.measures.who import Who
    from workbook.reports.output.run import Manner

DRAFT = "draft"
Allow = Annotated[
    list[str] | None,
    typer.Option("--allow", metavar="WORD", help="Let the template carry this to parents, such as macros."),
]


@dataclass(kw_only=True)
class ReportOptions:
    """The options of a run of reports, and the tracker opened."""

    tracker: TrackerFile
    out: Annotated[Path, file_to_make("DIR", "The folder for the reports.")]
    template: Annotated[str, typer.Option("--template", metavar="NAME|FILE", help="Which template.")] = "parent_report"
    form: Form = None
    learner: LearnerIds = None
    year: Year = None
    mentor: Mentor = None
    flag: Annotated[
        str | None, typer.Option("--flag", metavar="FLAG", help="Only learners with this flag, by title or code.")
    ] = None
    one_workbook: Annotated[bool, typer.Option("--one-workbook", help="One workbook, a sheet for each.")] = False
    into: Annotated[Path | None, typer.Option("--into", metavar="COPY.xlsx", help="A copy of the tracker.")] = None
    pdf: Annotated[bool, typer.Option("--pdf", help="PDFs too, and one of all pages for printing.")] = False
    password_file: Annotated[
        Path | None,
        typer.Option("--password-file", metavar="FILE", help="Protect each file."),
    ] = None
    logo: Annotated[Path | None, typer.Option("--logo", metavar="PICTURE", help="The college's logo.")] = None
    copies: Annotated[
        bool | None,
        typer.Option("--copies/--one-copy", help="A copy for each contact, or one a learner, whatever the template."),
    ] = None
    large_print: Annotated[
        bool, typer.Option("--large-print", help="In large print, for those at home who read it.")
    ] = False
    changed: Annotated[bool, typer.Option("--changed", help="Only reports that differ from those there.")] = False
    everyone: Annotated[bool, typer.Option("--all", help="Also those for whom the template is not meant.")] = False
    celebrated: Annotated[
        bool, typer.Option("--celebrated", help="Mark what certificates say as celebrated in the tracker.")
    ] = False
    sending_list: Annotated[
        bool, typer.Option("--sending-list", help="A list of who gets which file and how, as a sheet and as CSV.")
    ] = False
    seen: Annotated[
        list[str] | None, typer.Option("--seen", metavar="KIND", help="This kind of question has been looked at.")
    ] = None
    strict: Annotated[bool, typer.Option("--strict", help="Make nothing while there are questions.")] = False
    state: Annotated[
        str, typer.Option("--state", metavar="STATE", help="draft, proofed or final; the last two keep a record.")
    ] = DRAFT
    since: Annotated[
        Path | None, typer.Option("--since", metavar="DIR", help="Say what changed since the run in this folder.")
    ] = None
    allow: Allow = None
    on: On = None
    replace: Replace = False

    def require_sense(self) -> None:
        """CannotDo for options that say nothing together."""
        if self.together and (self.changed or self.password_file):
            raise CannotDo("--changed and --password-file are for a file each: leave out --one-workbook and --into.")

    @cached_property
    def one(self) -> Opened:
        """The tracker, opened."""
        return opened(self.tracker, self.on)

    @property
    def together(self) -> bool:
        """Whether all reports stand in one file."""
        return self.one_workbook or self.into is not None

    @property
    def who(self) -> Who:
        """Whom reports are asked for."""
        from workbook.measures.who import Who

        return Who(self.form, self.learner or (), self.year, self.mentor, self.flag, leavers=True)

    @property
    def manner(self) -> Manner:
        """How they are made; CannotDo for a logo that cannot be read."""
        from workbook.reports.output.run import Manner

        logo = _picture(self.logo) if self.logo else None
        return Manner(
            logo=logo,
            allow=self.allow or (),
            everyone=self.everyone,
            copies=self.copies,
            large_print=self.large_print,
        )


def _picture(file: Path) -> bytes:
    from workbook.package.file_bytes import MEGABYTE, side_bytes

    return side_bytes(file, "logo", 20 * MEGABYTE)
