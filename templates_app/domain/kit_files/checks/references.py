"""Whatever an item names elsewhere in the kit is there."""

from collections.abc import Iterator

from templates_app import shapes
from templates_app.domain.kit_files.faults import Problem
from templates_app.domain.kit_files.walking import Step
from templates_app.shapes import Filler, Kit, Shape

_REFERENCES: tuple[tuple[type[Shape], str, str], ...] = (
    (shapes.Stage, "sessions", "session"),
    (shapes.Stage, "worksheets", "worksheet"),
    (shapes.Phase, "stage", "stage"),
    (shapes.Phases, "worksheet", "worksheet"),
    (shapes.SessionPlan, "number", "session"),
    (shapes.SessionPlan, "stage", "stage"),
    (shapes.SessionPlan, "guides", "article"),
    (shapes.SessionPlan, "resources", "resource"),
    (shapes.BesideSheet, "worksheet", "worksheet"),
    (shapes.Offer, "opens", "worksheet"),
    (shapes.Worksheet, "guides", "article"),
    (shapes.Option, "guides", "article"),
    (shapes.Option, "worksheets", "worksheet"),
    (shapes.Worksheet, "see_also", "worksheet"),
    (shapes.TalkGuide, "sessions", "session"),
    (shapes.TalkGuide, "worksheet", "worksheet"),
    (shapes.TalkGuide, "articles", "article"),
    (shapes.Task, "worksheet", "worksheet"),
    (shapes.Notice, "articles", "article"),
    (shapes.Survey, "worksheet", "worksheet"),
    (shapes.Joining, "gates", "worksheet"),
    (shapes.Volunteering, "articles", "article"),
    (shapes.people.Approval, "about", "article"),
    (shapes.Resource, "sessions", "session"),
    (shapes.Resource, "stages", "stage"),
    (shapes.Article, "stages", "stage"),
    (shapes.Article, "sessions", "session"),
    (shapes.Moment, "session", "session"),
    (shapes.Moment, "stage", "stage"),
    (shapes.Instant, "session", "session"),
    (shapes.Readers, "consent", "consent item"),
    (shapes.Take, "worksheet", "worksheet"),
    (shapes.Gathers, "worksheet", "worksheet"),
    (shapes.Page, "article", "article"),
    (shapes.Contact, "partner", "partner"),
    (shapes.FieldShape, "signer", "role"),
    (shapes.Clause, "part", "part"),
    (shapes.Agreement, "moved_end", "agreement field"),
    (shapes.AgreementReaders, "shows", "agreement field"),
    (shapes.Worksheet, "waits_for", "first"),
    (shapes.Plan, "sessions_wait_for", "first"),
    (shapes.FieldShape, "agreed_by", "role"),
    (shapes.FieldShape, "reached_opens", "worksheet"),
    (shapes.FieldShape, "calls_for", "worksheet"),
    (shapes.Measure, "worksheet", "worksheet"),
    (shapes.Measure, "worksheets", "worksheet"),
)
"""Which attribute of which shape names what."""

_WHERE = {
    "session": "The programme has no session {value}; 'plan' gives it {count}.",
    "worksheet": "There is no worksheet '{value}'. Add worksheets/{value}.yaml or name another.",
    "stage": "There is no stage '{value}'. The stages are: {known}.",
    "article": "There is no article '{value}'. Add guidance/{value}.md or name another.",
    "resource": "There is no resource '{value}'. The resources are: {known}.",
    "consent item": "The agreement asks no consent '{value}'. Its consent items are: {known}.",
    "partner": "There is no partner '{value}'. The partners are: {known}.",
    "first": "Nothing can wait for '{value}': it is no worksheet, and neither 'agreement' nor 'talk'.",
    "agreement field": "The agreement asks no '{value}'. What it asks: {known}.",
    "part": "The agreement has no part '{value}'. Its parts are: {known}.",
    "role": "There is no role '{value}'. The roles are: {known}.",
}


def check_references(kit: Kit, steps: list[Step]) -> Iterator[Problem]:
    """Names of worksheets, stages, sessions, articles, resources, partners, consents and roles that lead nowhere."""
    known = _known(kit)
    for step in steps:
        for shape, attribute, what in _REFERENCES:
            if isinstance(step.shape, shape):
                value = getattr(step.shape, attribute)
                for name in value if isinstance(value, list) else [value]:
                    if name not in known[what] and name not in (None, ""):
                        yield Problem((*step.loc, attribute), _message(what, name, known))
    yield from _outside(kit)
    for role, sheet in kit.joining.enrolment.items():
        loc = ("joining", "enrolment", role)
        if role not in known["role"]:
            yield Problem(loc, _message("role", role, known))
        if sheet not in known["worksheet"]:
            yield Problem(loc, _message("worksheet", sheet, known))


def _outside(kit: Kit) -> Iterator[Problem]:
    """A signer from outside is told from the sides of the pair by the key."""
    for place, outside in enumerate(kit.agreement.outside):
        if outside.key in {"mentor", "mentee"}:
            message = f"'{outside.key}' is a side of the pair. Choose another key for a signer from outside."
            yield Problem(("agreement", "outside", place, "key"), message)


def _known(kit: Kit) -> dict[str, dict[object, None]]:
    """What each kind of name may be, in the kit's order."""
    return {
        "session": dict.fromkeys(range(1, kit.plan.sessions + 1)),
        "worksheet": dict.fromkeys(sheet.key for sheet in kit.worksheets),
        "stage": dict.fromkeys(stage.key for stage in kit.stages),
        "article": dict.fromkeys(article.key for article in kit.articles),
        "resource": dict.fromkeys(resource.key for resource in kit.resources),
        "partner": dict.fromkeys(partner.key for partner in kit.partners if partner.name),
        "consent item": dict.fromkeys(item.key for item in kit.agreement.consent.items),
        "first": dict.fromkeys(["agreement", "talk", *(sheet.key for sheet in kit.worksheets)]),
        "agreement field": dict.fromkeys(field.key for field in kit.agreement.fields),
        "part": dict.fromkeys(part.key for part in kit.agreement.parts),
        "role": dict.fromkeys([*(role.key for role in kit.roles), *(filler.value for filler in Filler)]),
    }


def _message(what: str, value: object, known: dict[str, dict[object, None]]) -> str:
    return _WHERE[what].format(value=value, count=len(known[what]), known=", ".join(map(str, known[what])) or "none")
