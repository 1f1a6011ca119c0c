"""A run of reports: whom it is for, what fills each report, and where they all go."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from workbook.measures.learners import id_key
from workbook.measures.snapshot import Snapshot
from workbook.model import Audience
from workbook.model.excel import is_yes
from workbook.package.guard import GuardedFile
from workbook.package.meanwhile import Spread, one_by_one
from workbook.package.parts import Package
from workbook.package.writing import write_safely
from workbook.reports.content.learner import Context
from workbook.reports.content.names import is_for_recipients
from workbook.reports.content.occasions import occasions
from workbook.reports.content.purpose import LeftOut
from workbook.reports.content.recipients import needs_of, other_language
from workbook.reports.engine.template import Template
from workbook.reports.output.learner_files import report_paths, write_files
from workbook.reports.output.template_files import is_statutory, open_template

if TYPE_CHECKING:
    from workbook.reports.output.front_page import Front
    from workbook.reports.output.one_workbook import Report

NOT_LARGE = "with nobody who reads large print"


@dataclass(frozen=True, kw_only=True)
class Manner:
    """How reports are made, where somebody wants them otherwise than the template has it."""

    logo: bytes | None = None
    """The college's logo, for a template that has a place for one."""
    allow: Collection[str] = ()
    """What a template may carry to parents beside words and figures."""
    everyone: bool = False
    """Whether learners for whom the template makes no sense have one too."""
    copies: bool | None = None
    """Whether each person with parental responsibility has one; None where the template says."""
    large_print: bool = False
    """Whether they are in large print, for those who read it, or at whose home somebody does."""


@dataclass(frozen=True)
class Run:
    """Reports ready to be written: the compiled template, and a name and contents for each."""

    template: Template
    reader: Audience
    title: str
    reports: Sequence[tuple[str, Context]]
    left_out: Sequence[LeftOut] = ()
    each_recipient: bool = False
    """Whether each person a learner's reports go to has a report of their own."""
    large_print: bool = False
    statutory: bool = False
    """Whether the law names what must be in them."""
    needs: Mapping[str, tuple[str, bool]] = field(default_factory=dict)
    """Languages and large print of those who get reports, by learner's ID as `id_key`."""

    @classmethod
    def of(
        cls,
        snapshot: Snapshot,
        template: Path,
        learners: Sequence[str],
        manner: Manner = Manner(),
    ) -> Run:
        """The run of a template for these learners as the tracker stands on the day of a snapshot.

        CannotDo where the template asks for what is not known, or for what its reader may not see, or carries to
        parents what is not allowed. Learners for whom the template makes no sense are left out.
        """
        compiled, reader, purpose = open_template(template, manner.logo, manner.allow, manner.large_print)
        compiled.require_known()
        asked = [ask.token for ask in compiled.asks()]
        left_out: list[LeftOut] = []
        needs = needs_of(snapshot.tracker) if reader is Audience.PARENT else {}
        each = is_for_recipients(asked) if manner.copies is None else manner.copies
        made = list(occasions(snapshot, learners, asked, reader, purpose, left_out, each, manner.everyone))
        if manner.large_print and needs and not manner.everyone:
            made = list(_for_large_print(made, needs, left_out))
        title = template.stem.replace("_", " ") + " large print" * manner.large_print
        return cls(compiled, reader, title, made, left_out, each, manner.large_print, is_statutory(template), needs)

    @property
    def asked(self) -> list[str]:
        """The names that the template asks for."""
        return [ask.token for ask in self.template.asks()]

    @property
    def learners(self) -> list[str]:
        """The IDs of the learners who have a report each, once each."""
        found = (context["learner"]["learner_id"] for _, context in self.reports if "learner" in context)
        return list(dict.fromkeys(str(one) for one in found))

    def counted(self, made: int) -> str:
        """Such as `1 report`, or `12 reports for 8 learners` where contacts have copies of their own."""
        reports = f"{made:,} report{'' if made == 1 else 's'}"
        more = self.each_recipient and made == len(self.reports) > len(self.learners)
        return reports + (
            f" for {len(self.learners):,} learner{'' if len(self.learners) == 1 else 's'}" if more else ""
        )

    def into_folder(
        self,
        folder: Path,
        *,
        replace: bool = False,
        changed: bool = False,
        seal: Callable[[bytes], bytes] | None = None,
        spread: Spread = one_by_one,
    ) -> Iterator[Path]:
        """Write a file for each report, giving each path once it is whole; with ``changed`` those that differ only."""
        contexts = (context for _, context in self.reports)
        return write_files(
            self.template,
            self._names,
            contexts,
            folder,
            title=self.title,
            replace=replace,
            changed=changed,
            seal=seal,
            spread=spread,
        )

    @property
    def _names(self) -> list[str]:
        return [name for name, _ in self.reports]

    def paths(self, folder: Path) -> list[Path]:
        """The file of each report in a folder."""
        return report_paths(self.template, self._names, folder, self.title)

    def into_workbook(self, path: Path, *, replace: bool = False) -> int:
        """Write one workbook with a sheet for each report behind a front page; gives how many."""
        from workbook.reports.output.one_workbook import write_workbook

        return self._into(
            path, replace, lambda file: write_workbook(self.template, self._sheets(), file, self._front())
        )

    def into_tracker(self, tracker: GuardedFile, copy: Path, *, replace: bool = False) -> int:
        """Write a copy of the tracker that holds a sheet for each report; the tracker's own parts stay as they are."""
        from workbook.reports.output.one_workbook import write_into_copy

        package = Package(tracker)
        return self._into(
            copy, replace, lambda file: write_into_copy(self.template, self._sheets(), package, file, self._front())
        )

    def _into(self, path: Path, replace: bool, write: Callable[..., int]) -> int:
        counts: list[int] = []
        write_safely(path, lambda file: counts.append(write(file)), replace=replace)
        return counts[0]

    def _sheets(self) -> Iterator[Report]:
        from workbook.reports.output.one_workbook import Report

        for name, context in self.reports:
            learner = context.get("learner")
            sheet = f"{learner['name']} {learner['learner_id']}" if learner else name
            line = (learner["name"], learner["form"], learner["learner_id"]) if learner else (name,)
            if learner and self.each_recipient:
                line = (*line, context["recipient"]["name"] if context["report"]["copy_for"] else "")
            if learner and self.needs:
                language, large = _needs(self.needs, context)
                line = (*line, language, "Yes" if large else "")
            yield Report(sheet, context, line)

    def _front(self) -> Front:
        from workbook.reports.output.front_page import Front

        headings = ("Learner", "Form", "Learner ID") if any("learner" in one for _, one in self.reports) else ("Form",)
        if "Learner" in headings and self.each_recipient:
            headings = (*headings, "For")
        more = ("Language", "Large print") if "Learner" in headings and self.needs else ()
        return Front(title=self.title.capitalize(), headings=(*headings, *more))


def _needs(needs: Mapping[str, tuple[str, bool]], context: Context) -> tuple[str, bool]:
    """Language other than English and large print: of the one whose copy it is, else of all at the learner's home."""
    if context["report"]["copy_for"]:
        one = context["recipient"]
        return other_language(one["language"]), is_yes(one["large_print"])
    return needs.get(id_key(context["learner"]["learner_id"]), ("", False))


def _for_large_print(
    made: Sequence[tuple[str, Context]], needs: Mapping[str, tuple[str, bool]], left_out: list[LeftOut]
) -> Iterator[tuple[str, Context]]:
    """The reports that somebody reads in large print; learners without any are noted in `left_out`."""
    wanted = [report for report in made if _needs(needs, report[1])[1]]
    here = {context["learner"]["learner_id"] for _, context in wanted}
    others = (context["learner"] for _, context in made if context["learner"]["learner_id"] not in here)
    left_out += dict.fromkeys(LeftOut(one["learner_id"], one["name"], NOT_LARGE) for one in others)
    yield from wanted
