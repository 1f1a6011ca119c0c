"""A report template: an ordinary workbook with tokens, compiled once and filled for each learner."""

from __future__ import annotations

import os
from collections import OrderedDict
from collections.abc import Mapping
from io import BytesIO
from typing import Any, BinaryIO

from workbook.model import CannotDo
from workbook.package.guard import TEMPLATE
from workbook.package.parts import Package, PackageWriter
from workbook.reports.engine.compiled import Compiled, Parts, Plan
from workbook.reports.engine.macros import holds_macros, without_macros
from workbook.reports.engine.pictures import with_pictures
from workbook.reports.engine.rows import Shape
from workbook.reports.engine.tokens import Ask, Vocabulary

PLANS_KEPT = 256
"""Shapes of data whose placed parts are remembered; more than a college has, little memory."""


class Template:
    """A compiled template. `Template.open(path, vocabulary).render(context)` gives a report's bytes.

    A context is a tree of mappings, with a list of mappings for each list: `{"learner": {"first_name": "Amira"},
    "subject": [{"name": "Art", "current": "APL5"}]}`. Values are str, int, float, date, datetime, bool or None.
    """

    def __init__(self, package: Package, vocabulary: Mapping[str, Any]) -> None:
        self.package = package
        self.vocabulary = Vocabulary(vocabulary)
        self.ending = ".xlsm" if holds_macros(package) else ".xlsx"
        """The ending that a report's file must have."""
        self._parts = Parts(package, self.vocabulary)
        self._asks = self._parts.asks()
        self._compiled: Compiled | None = None
        self._plans: OrderedDict[tuple[Shape, ...], Plan] = OrderedDict()

    @classmethod
    def open(
        cls,
        source: str | os.PathLike[str] | bytes,
        vocabulary: Mapping[str, Any],
        pictures: Mapping[str, bytes] | None = None,
        *,
        macros: bool = True,
    ) -> Template:
        """Read a template.

        `vocabulary` is a tree of the names it may ask for, shaped like the contexts that `render` takes. `pictures`
        are PNG or JPEG files, by the name that a placeholder's alternative text asks for ("college.logo"). Without
        `macros` those of an .xlsm template are left out, so that its reports are .xlsx files.
        Raises CannotDo when the file is no workbook.
        """
        package = Package.open(source, TEMPLATE)
        if not macros and holds_macros(package):
            package = without_macros(package)
        return cls(with_pictures(package, pictures) if pictures else package, vocabulary)

    def asks(self) -> list[Ask]:
        """All that the template asks for, in the order of its sheets, with what is wrong with it."""
        return list(self._asks)

    def require_known(self) -> None:
        """Raise CannotDo when the template asks for something that is not known."""
        problems = [ask for ask in self._asks if ask.problem]
        if problems:
            first = problems[0]
            more = f" ({len(problems) - 1} more like it.)" if len(problems) > 1 else ""
            raise CannotDo(f"The template cannot be filled: {first.sheet} {first.place}: {first.problem}{more}")

    def prepare(self) -> None:
        """Raise CannotDo where a report could not be made, whatever the learner: all that depends on data is tried.

        A template is placed for lists that are empty and for lists of two items, without writing anything.
        """
        if self._compiled is None:
            self.require_known()
            self._compiled = Compiled(self._parts)
        for context in ({}, self.vocabulary.example(2)):
            self._plan(self._compiled, context)

    def render(self, context: Mapping[str, Any]) -> bytes:
        """The report for one learner, as the bytes of a workbook. Raises CannotDo for unknown tokens."""
        file = BytesIO()
        self.render_into(file, context)
        return file.getvalue()

    def render_into(self, file: BinaryIO, context: Mapping[str, Any]) -> None:
        """Write the report for one learner into an open file. Raises CannotDo for unknown tokens."""
        if self._compiled is None:
            self.require_known()
            self._compiled = Compiled(self._parts)
        plan = self._plan(self._compiled, context)
        opened = plan.scopes.open(self._compiled.named(context))
        writer = PackageWriter(file, plan.fixed)
        for name, steps in plan.programs:
            writer.put(steps.member(name, opened))
        writer.close()

    def _plan(self, compiled: Compiled, context: Mapping[str, Any]) -> Plan:
        key = self._parts.shapes(context)
        plan = self._plans.get(key)
        if plan is None:
            plan = self._plans[key] = compiled.plan(key)
            if len(self._plans) > PLANS_KEPT:
                self._plans.popitem(last=False)
        return plan
