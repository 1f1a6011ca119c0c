"""Charts of the newer kinds (waterfall, treemap, funnel, box and whisker …), which keep their values in another way."""

from __future__ import annotations

from workbook.reading.references import Reference
from workbook.reports.engine.chart_values import PointCount, Points, Words
from workbook.reports.engine.charts import ChartPart, formulas
from workbook.reports.engine.drawings import put_text
from workbook.reports.engine.markup import Marks, child, local
from workbook.reports.engine.moving import Changes, Formula


class ExtendedChartPart(ChartPart):
    """One chart of the newer kinds (`chartEx1.xml`)."""

    def compile(self, changes: Changes) -> None:
        """Cut the chart into pieces."""
        marks = Marks()
        put_text(self.root, marks)
        for formula, parts in list(formulas(self.root)):
            holder = formula.getparent()
            references = [part for part in parts if isinstance(part, Reference)]
            if holder is None or not changes.alter(parts):
                continue
            formula.text = marks.put(Formula(changes.spell(parts)))
            levels = [inner for inner in holder if local(inner) == "lvl"]
            for number, level in enumerate(levels):
                for old in list(level):
                    level.remove(old)
                prefix = f"{level.prefix}:" if level.prefix else ""
                column = len(levels) - 1 - number if len(levels) > 1 else None  # the innermost level comes first
                level.set("ptCount", marks.put(PointCount(references)))
                numbers = local(holder) == "numDim"
                level.text = marks.put(Points(prefix, references, column, bare=True, numbers=numbers))
            value = child(holder, "v")
            if value is not None and local(holder) == "txData":
                value.text = marks.put(Words(references))
        self.pieces = marks.cut(self.root)
