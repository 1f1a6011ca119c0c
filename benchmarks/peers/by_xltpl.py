"""xltpl: a template in Jinja's language, filled through openpyxl. One book is loaded and used for all reports."""

from __future__ import annotations

import tempfile
from pathlib import Path

from clock import Job, file_name, sheet_name
from page import FIRST, SHEET, template
from xltpl.writerx import BookWriter

NUMBERS = ("attendance.percent", "attendance.attended", "attendance.possible", "subject.points", "subject.expected")


def spelt() -> bytes:
    """The template: numbers by `{% xv %}`, the loop over subjects in notes, as xltpl has it."""
    loop = {f"A{FIRST}": "beforerow{% for subject in subjects %}", f"A{FIRST + 1}": "beforerow{% endfor %}"}
    return template(lambda name: f"{{% xv {name} %}}" if name in NUMBERS else f"{{{{{name}}}}}", notes=loop)


def main() -> None:
    job = Job()
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "template.xlsx"
        source.write_bytes(spelt())
        job.start()
        book = BookWriter(str(source))
        if job.mode == "files":
            for learner in job.learners():
                payload = {**learner, "subjects": learner["subject"], "sheet_name": SHEET, "tpl_name": SHEET}
                book.render_book([payload])
                book.save(str(job.folder / f"{file_name(learner)}.xlsx"))
        else:
            for learner in job.learners():
                name = sheet_name(learner)
                book.render_book([{**learner, "subjects": learner["subject"], "sheet_name": name, "tpl_name": SHEET}])
            book.save(str(job.folder / "all.xlsx"))
        job.stop()


if __name__ == "__main__":
    main()
