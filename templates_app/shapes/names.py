"""The words that the application knows and a kit may use."""

PREFILLS = (
    "person.name",
    "person.email",
    "person.role",
    "person.title",
    "person.employer",
    "person.country",
    "person.zone",
    "person.put_forward_by",
    "counterpart.name",
    "mentor.name",
    "mentor.title",
    "mentor.employer",
    "mentee.name",
    "mentee.title",
    "mentee.employer",
    "about",
    "about.words",
    "session.number",
    "session.date",
    "session.start",
    "session.minutes",
    "session.hours",
    "session.way",
    "session.place",
    "pairing.months",
    "pairing.hours",
    "sheet.since",
    "cohort.start",
    "cohort.end",
    "programme.title",
    "period.first",
    "period.last",
    "period.pairs",
    "period.sessions",
    "period.trained",
    "period.ended",
    "period.ended-early",
    "period.rematches",
    "period.helped",
    "period.themes",
    "today",
)
"""What ``FieldShape.prefill`` may name. ``person`` is the one who fills, ``counterpart`` their mentoring partner;
``pairing.months`` whole months since the pair was made, ``pairing.hours`` hours of sessions held and logged;
``sheet.since`` the day after one's last such sheet was sent, or the day the pair was made;
``period`` what was counted over the days for which one of the programme's own reports is begun."""

GOAL_SOURCES = {"aspirations": "aspiration", "goals": "goal", "milestones": "milestone", "needs": "need"}
"""Names under which fields offer what stands on the pair's page of goals → the level."""

OPTION_SOURCES = ("partners", "people", "pair", "zones", "countries", "languages", *GOAL_SOURCES)
"""What ``FieldShape.options_from`` may name."""

BOUNDS = ("today", "cohort.start", "cohort.end", "session.date")
"""What ``FieldShape.not_before`` and ``not_after`` may name, beside a date written as 2026-01-31."""

PLACEHOLDERS = ("person", "partner", "coordinator", "programme", "item", "session", "date", "time", "link")
"""What reminders and messages may hold between braces, as in ``Dear {person}``."""
