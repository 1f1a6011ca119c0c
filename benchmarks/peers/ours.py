"""Mentorbook's own engine, as `mentorbook report` calls it."""

from __future__ import annotations

import json

from clock import Job, file_name, sheet_name
from page import VOCABULARY, template

from workbook.package.writing import write_safely
from workbook.reports.engine.template import Template
from workbook.reports.output.learner_files import write_files
from workbook.reports.output.one_workbook import Report, write_workbook


def main() -> None:
    job = Job()
    source = template(lambda name: f"{{{{{name}}}}}")
    with job.data.open(encoding="utf-8") as lines:
        names = [file_name(json.loads(line)) for line, _ in zip(lines, range(job.count), strict=False)]
    job.start()
    opened = Template.open(source, VOCABULARY)
    if job.mode == "files":
        for _ in write_files(opened, names, job.learners(), job.folder, replace=True):
            pass
    else:
        reports = (Report(sheet_name(one), one) for one in job.learners())
        write_safely(job.folder / "all.xlsx", lambda file: write_workbook(opened, reports, file), replace=True)
    job.stop()


if __name__ == "__main__":
    main()
