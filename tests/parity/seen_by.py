"""Modules that ask a home and hand the answer on: by which place of its rows it is seen, or which tests see to them."""

from __future__ import annotations

PAGE = "tests/web/test_same_answers.py"
BUTTONS = "tests/addin/desktop/host"
HEAD_OF_YEAR = "tests/measures/test_head_of_year.py"
PD = "tests/building/test_pd_coverage.py"
HOMES = "tests/measures/test_homes.py"
WEEKS_TWICE = "tests/measures/test_weeks_twice.py"

SEEN_BY: dict[str, dict[str, str]] = {
    "measures.data_date.last_date": {
        "workbook.building.tracker": "Start",
        "workbook.building.views.pd": PD,
        "workbook.building.views.places": "Start",
        "workbook.checks.record_facts": "tests/checks/test_cross.py",
        "workbook.commands.demo": "tests/commands/test_making.py",
        "workbook.commands.make": "tests/commands/test_making.py",
        "workbook.commands.opened": "attendance",
        "workbook.gather.gathering": "tests/gather/test_gather.py",
        "workbook.measures.anew": "tests/measures/test_anew.py",
        "workbook.measures.computed": "Start",
        "addin.deeds.progress": BUTTONS,
        "addin.deeds.actions": BUTTONS,
        "addin.desktop.prove.kinds": "tests/addin/desktop/prove",
        "addin.desktop.prove.run": "tests/addin/desktop/prove",
        "addin.desktop.xlam.tracker_functions": "tests/addin/desktop/xlam",
        "addin.web.door.opened": PAGE,
    },
    "measures.data_date.DATA_DATE": {
        "workbook.measures.formula_reads": "tests/measures/test_anew.py",
        "workbook.upgrade.live_cells": "tests/upgrade/test_week_and_start.py",
    },
    "year_starts": {
        "workbook.building.views.pd": PD,
        "workbook.building.views.start": "formulas",
        "workbook.measures.data_date": "formulas",
        "workbook.model.questions": "formulas",
    },
    "year_ends": {"workbook.measures.data_date": "formulas", "workbook.model.questions": "formulas"},
    "model.academic_year.bounds": {
        "workbook.model.tracker": "tracker",
        "workbook.next_year.rows": "tests/next_year/test_next_year.py",
        "workbook.next_year.turn": "tests/next_year/test_next_year.py",
    },
    "model.academic_year.stretched": {"workbook.model.tracker": "tracker"},
    "measures.calendar.Calendar": {
        "workbook.measures.computed_answers": "Registers",
        "workbook.measures.data_date": HOMES,
        "workbook.measures.roll": "Registers",
        "workbook.measures.snapshot": HOMES,
    },
    "measures.roll.Roll": {
        "workbook.measures.computed_answers": "Registers",
        "workbook.measures.data_date": HOMES,
        "workbook.measures.sessions": HOMES,
        "workbook.measures.snapshot": HOMES,
    },
    "Registers[Sessions]": {
        "workbook.building.views.learner_pattern": "tests/building/test_build_views.py",
        "workbook.measures.data_date": "Registers",
    },
    "measures.sessions.Sessions": {
        "workbook.measures.flags_attendance": "attendance",
        "workbook.measures.snapshot": "attendance",
    },
    "measures.sessions.rows_again": {
        "workbook.measures.computed_answers": "Registers",
        "workbook.measures.data_date": WEEKS_TWICE,
        "workbook.measures.week_registers": WEEKS_TWICE,
    },
    "measures.sessions.weeks_twice": {"workbook.building.views.places": "Start"},
    "measures.again.subjects_again": {
        "workbook.measures.computed_answers": "Progress",
        "workbook.measures.flags_records": WEEKS_TWICE,
        "workbook.measures.steps": WEEKS_TWICE,
        "workbook.measures.windows": WEEKS_TWICE,
        "workbook.reports.content.subjects": WEEKS_TWICE,
    },
    "measures.again.subjects_twice": {"workbook.building.views.places": "Start"},
    "measures.attendance.attendance_rows": {
        "workbook.gather.kept": "tests/gather/test_gather.py",
        "workbook.keeping.about": "tests/keeping/test_about.py",
    },
    "Registers[Possible]": {"workbook.measures.data_date": "Registers"},
    "measures.attendance.is_too_early": {
        "workbook.measures.flags_attendance": "attendance",
        "workbook.measures.standing": HEAD_OF_YEAR,
    },
    "measures.sessions.Tally.persistent": {
        "workbook.measures.capacity": "tests/measures/test_capacity.py",
        "workbook.measures.standing": HEAD_OF_YEAR,
    },
    "model.marks.is_missing": {
        "workbook.measures.computed_answers": "attendance",
        "workbook.measures.sessions": "attendance",
        "addin.functions.tables": "tests/addin/functions",
    },
    "model.marks.missing": {
        "workbook.building.tables.rules": "tests/building",
        "workbook.model.questions": "attendance",
    },
    "measures.effort.EffortOrder": {
        "workbook.measures.celebration": "tests/measures/test_celebration.py",
        "workbook.measures.head_of_year": HEAD_OF_YEAR,
        "workbook.measures.computed_progress": "tests/parity/test_parity.py",
        "workbook.measures.windows": "tests/measures/test_effect.py",
    },
    "measures.learners.Learners.on_roll": {
        "workbook.checks.cross": "tests/checks/test_cross.py",
        "workbook.checks.marks": "tests/checks/test_traps.py",
        "workbook.checks.reference": "tests/checks/test_traps.py",
        "workbook.measures.computed_answers": "Start",
        "workbook.measures.drop_start": "tests/measures/test_drop_start.py",
        "workbook.measures.progress_day": "tests/reports/content/test_progress_day.py",
        "workbook.measures.snapshot": "attendance",
        "workbook.measures.who": "attendance",
        "addin.web.door.opened": PAGE,
    },
    "Learners[On roll]": {"workbook.model.questions": "Form view"},
    "measures.targets.is_open": {
        "workbook.next_year.rows": "tests/next_year/test_next_year.py",
        "workbook.measures.past": "tests/keeping/test_about.py",
        "workbook.checks.cross_conditions": "tests/checks/test_cross.py",
        "workbook.checks.cross_days": "tests/checks/test_cross_records.py",
        "workbook.checks.record_facts": "tests/checks/test_cross_records.py",
        "workbook.measures.computed_answers": "Form view",
    },
    "measures.interventions.awaits_review": {
        "workbook.next_year.rows": "tests/next_year/test_next_year.py",
        "workbook.measures.head_of_year": HEAD_OF_YEAR,
        "workbook.measures.standing": HEAD_OF_YEAR,
    },
    "measures.interventions.is_running": {
        "workbook.next_year.rows": "tests/next_year/test_next_year.py",
        "workbook.measures.head_of_year": HEAD_OF_YEAR,
        "workbook.measures.computed_answers": "Form view",
        "workbook.measures.snapshot": "report",
    },
    "measures.interventions.is_member": {
        "workbook.measures.computed_answers": "Form view",
        "workbook.measures.snapshot": "report",
    },
    "measures.contacts.contact_day": {
        "workbook.building.views.places": "Form view",
        "workbook.measures.snapshot": "tests/measures/test_flags_records.py",
    },
    "measures.flags.found_in": {
        "workbook.commands.demo": "tests/commands/test_making.py",
        "workbook.measures.shared_reasons": "tests/measures/test_shared_reasons.py",
        "workbook.gather.kept": "tests/gather/test_gather.py",
        "workbook.commands.opened": "flags",
        "workbook.measures.capacity": "tests/measures/test_capacity.py",
        "workbook.measures.mentor_list": "flags",
        "workbook.measures.week": "tests/measures/test_week.py",
        "addin.deeds.progress": BUTTONS,
        "addin.web.door.opened": PAGE,
    },
    "Flags[Learner ID]": {"workbook.building.views.form": "tests/building/test_build_views.py"},
    "measures.mentor_list.lists_of": {"workbook.commands.show": "week", "addin.web.door.monday": PAGE},
    "measures.flags.flags_of": {
        "workbook.keeping.about": "tests/keeping/test_about.py",
        "workbook.measures.who": "tests/commands/test_reports.py",
    },
}
