"""XlsxWriter by hand: no template, the page is drawn in code for each learner."""

from __future__ import annotations

import xlsxwriter
from clock import Job, file_name, sheet_name
from page import SHEET, draw, logo, looks


def main() -> None:
    job, picture = Job(), logo()
    job.start()
    if job.mode == "files":
        for learner in job.learners():
            path = job.folder / f"{file_name(learner)}.xlsx"
            with xlsxwriter.Workbook(path, {"in_memory": True}) as book:
                draw(book, book.add_worksheet(SHEET), looks(book), learner, picture)
    else:
        with xlsxwriter.Workbook(job.folder / "all.xlsx", {"in_memory": True}) as book:
            look = looks(book)
            for learner in job.learners():
                draw(book, book.add_worksheet(sheet_name(learner)), look, learner, picture)
    job.stop()


if __name__ == "__main__":
    main()
