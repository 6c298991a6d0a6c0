"""Whom one can be in the demo."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Persona:
    """Somebody one may sign in as with one click: who they are and what there is to see as them."""

    key: str
    email: str
    name: str
    role: str | Promise
    sees: str | Promise


PERSONAS = (
    Persona(
        "coordinator",
        "leilani.faleafa@plp.example",
        "Leilani Faleafa",
        _("Coordinator"),
        _("Her desk: who needs her today, how far everyone is, the weekly report."),
    ),
    Persona(
        "mentor",
        "helen.whitcombe@plp.example",
        "Helen Whitcombe",
        _("Mentor, in Brisbane"),
        _("Half-way through: session 3 is held, her log is due, session 4 is set."),
    ),
    Persona(
        "mentee",
        "ana.moala@plp.example",
        "ʻAna Moala",
        _("Mentee, in Nukuʻalofa"),
        _("The same pair from the other side: her goals, her plan, what she owes."),
    ),
    Persona(
        "new-mentee",
        "sione.tuilagi@plp.example",
        "Sione Tuilagi",
        _("Mentee, in Apia"),
        _("Just paired: nothing agreed yet, the first meeting is ahead."),
    ),
    Persona(
        "admin",
        "tomasi.vea@plp.example",
        "Tomasi Vea",
        _("Admin of the organisation"),
        _("Settings, members, partners, the outbox, and the programme as files."),
    ),
    Persona(
        "other-admin",
        "grace.mbeki@southerncross.example",
        "Grace Mbeki",
        _("Coordinator and admin of the other organisation"),
        _("A second organisation beside the first: neither sees anything of the other."),
    ),
    Persona(
        "aspiring",
        "losa.faumuina@southerncross.example",
        "Losa Faumuina",
        _("Mentee of the other organisation, in Auckland"),
        _("Another handbook: an aspiration, her first goal and the milestones on the way to it."),
    ),
)


def persona(key: str) -> Persona | None:
    """The persona of that key."""
    return next((person for person in PERSONAS if person.key == key), None)
