"""The headings of the first version, by sheet: what has come since is silent in a tracker that lacks it."""

# ruff: noqa: E501

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
