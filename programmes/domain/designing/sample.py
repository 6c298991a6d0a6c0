"""A draft as people will meet it: the real form, drawn by the code that draws every worksheet, with an invented writer."""

from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from mentoring import clock
from mentoring.accounts.models import User
from programmes.domain.designing.places import Field
from programmes.domain.designing.previewing import previewable
from programmes.models import Programme
from templates_app.answers import AnswerContext, Choice
from templates_app.shapes import GOAL_SOURCES, Filler, Worksheet

ROLES = {
    Filler.MENTOR: (Filler.MENTOR,),
    Filler.MENTEE: (Filler.MENTEE,),
    Filler.EACH: (Filler.MENTEE, Filler.MENTOR),
    Filler.TOGETHER: (Filler.MENTEE, Filler.MENTOR),
    Filler.COORDINATOR: (Filler.COORDINATOR,),
    Filler.SUPERVISOR: (Filler.SUPERVISOR,),
}
"""Who may be looked over the shoulder of, by who fills a worksheet in."""


def roles_of(sheet: Worksheet) -> list[tuple[str, str]]:
    """The roles as which a worksheet can be looked at, with their names."""
    names = {
        Filler.MENTEE: _("As the mentee"),
        Filler.MENTOR: _("As the mentor"),
        Filler.COORDINATOR: _("As a coordinator"),
        Filler.SUPERVISOR: _("As a supervisor"),
    }
    return [(role.value, names[role]) for role in ROLES[sheet.filled_by]]


def sample_context(programme: Programme, user: User, role: str) -> AnswerContext:
    """What the answers depend on for an invented writer of this role. Nothing of any real pair stands in it."""
    people = {"mentee": _("Ana (mentee)"), "mentor": _("Helen (mentor)")}
    writer, other = (people["mentor"], people["mentee"]) if role == "mentor" else (people["mentee"], people["mentor"])
    now = clock.now()
    pair = [Choice(key, name) for key, name in people.items()]
    values: dict[str, Any] = {
        "person.name": writer,
        "person.role": role,
        "counterpart.name": other,
        "mentor.name": people["mentor"],
        "mentee.name": people["mentee"],
        "programme.title": programme.title,
        "session.number": 2,
        "today": now.date().isoformat(),
    }
    return AnswerContext(
        locale=get_language() or user.language,
        zone=user.zone,
        now=now,
        user=str(user.pk),
        roles=frozenset({role}),
        side=role,
        people=people,
        options={"pair": pair, "people": pair}
        | {name: [Choice("1", _("A goal of the pair"))] for name in GOAL_SOURCES},
        values=values,
        subject=None,
    )


def sample_sheet(field: Field) -> Worksheet | None:
    """A worksheet of one question, asked in any case; ``None`` where the question cannot be drawn."""
    shown = {**field, "hidden": False, "show_if": None}
    sections = [{"key": "sample", "fields": [shown]}]
    sheet, _left_out = previewable(
        {"key": "sample", "title": "", "filled_by": "each", "readers": {"preset": "pair"}, "sections": sections}
    )
    return sheet if sheet is not None and sheet.fields() else None
