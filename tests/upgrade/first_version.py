"""The first version: its headings by sheet, and a tracker as it made one. What has come since is silent in such a one."""

# ruff: noqa: E501

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests.parity import hostile
from tests.parity.test_truth_values import written_out
from workbook.building import tracker as building
from workbook.building.tables import names
from workbook.building.tracker import build
from workbook.measures.computed import computed
from workbook.model import SHEETS, Tracker

FIRST: dict[str, str] = {
    "Registers": "Learner ID|Learner|Form|Week|Mon am|Mon pm|Tue am|Tue pm|Wed am|Wed pm|Thu am|Thu pm|Fri am|Fri pm|Possible|Attended|Unauthorised|Late",
    "Progress": "Learner ID|Learner|Form|Subject|Baseline|Baseline source|Target|APL 1|APL 2|APL 3|APL 4|APL 5|APL 6|Path|Forecast|Effort 1|Effort 2|Effort 3|Effort 4|Effort 5|Effort 6|Drop|Points|Expected|Gap|Change|Status|Effort change|Comment|Year|Scale|Forecast points|Target points|Baseline points|Points 1|Points 2|Points 3|Points 4|Points 5|Points 6",
    "Learners": "Learner ID|Name|First name|Surname|Preferred name|Pronouns|Date of birth|Year|Form|Mentor|Started|Left|Course|Vocational day|UPN|ULN|Email|Notes|Key",
    "Parents": "Learner ID|Learner|Name|Relation|Parental responsibility|Email|Phone|Address|Language|Large print|Send reports|Notes",
    "Subjects": "Subject|Scale|Qualification|Teacher|Core|Vocational|Tier|For parents|Key",
    "Behaviour": "Learner ID|Learner|Date|Type|Where|What happened|Restorative action|Done|Logged by",
    "Contacts": "Learner ID|Learner|Date|With|How|Why|Summary|Follow-up due|Done|By",
    "Diary": "Date|Time|Type|What|Where|Mentor|Done",
    "Targets": "Learner ID|Learner|Set on|Set at|Area|Target|Learner's words|How home can help|Due|Status|Reviewed",
    "Interventions": "Learner ID|Learner|Group|Type|Reason|Agreed with|Owner|Start|Review due|End|Aim measure|Aim value|Sessions planned|Sessions attended|For parents|Outcome|Notes",
    "Achievements": "Learner ID|Learner|Date|Type|What|Celebrated",
    "Groups": "Group|Learner ID|Learner|Joined|Left",
    "PD topics": "Week|Theme|Year group|Topic|Tags",
    "PD evidence": "Learner ID|Learner|Date|Topic|Type|Link|Note",
    "Work experience": "Learner ID|Learner|Employer|Sector|Start|End|Hours|Health and safety|Insurance|Consent|Visit|Visit note|Employer's comment|Reflection",
    "Transition": "Learner ID|Learner|Intended destination|Provider|Course or role|Applied|Interview|Offer|Offer date|Accepted|Back-up plan|Evidence",
    "Drops": "Drop|Name|Date|Reports due|Progress Day|Elapsed",
    "Terms": "Name|Kind|Start|End",
    "Scales": "Scale|Level|Order|Points|Label for parents|Pass|Active|Tolerance|Key",
    "Effort": "Code|Order|Label|Descriptor|Key",
    "Codes": "Code|Meaning|Class|Late|Instead|Counts possible|Counts attended|Counts unauthorised|Counts late",
    "Settings": "Setting|Value|What it does|Name",
    "Lists": "Forms|Mentors|Courses|Pronouns|Weekdays|Yes or no|Relations|Languages|Send|Tiers|Baseline sources|Behaviour types|Restorative actions|Contact with|Contact how|Contact why|Diary types|Intervention types|Aim measures|Outcomes|Set at|Target areas|Target status|PD themes|Evidence types|Sectors|Destinations|Offers|Achievement types|Term kinds|Code classes",
}

LATER = {one.table: {column.key for column in one.columns if column.since} for one in SHEETS}


def older(path: Path) -> Path:
    """A hostile tracker without what came since the first version, with a column of the college's own."""
    made = hostile.tracker(3, rows=12)
    tables = {}
    for name, table in made.tables.items():
        full = written_out(table.sheet)
        sheet = replace(full, columns=tuple(one for one in full.columns if not one.since))
        columns = {key: values for key, values in table.columns.items() if key not in LATER[name]}
        tables[name] = replace(table, sheet=sheet, columns=columns)
    settings = tables["Settings"].columns
    settings.update({key: values[:-2] for key, values in settings.items()})
    tables["Settings"].rows = tables["Settings"].rows[:-2]
    tables["Progress"].columns["House"] = ["Red", None, 7] * 4
    old = Tracker(tables)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(names, "ROW_NAMES", {})
        patch.setattr(building, "SHARED_NAMES", {"year_starts": "=46266", "year_ends": "=46630"})
        build(path, old, computed(made))
    return path
