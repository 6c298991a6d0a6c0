"""The certificate of an achievement, and a person's record of hours: two documents to hang on a wall or to hand in."""

import hashlib

from django.http import Http404
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from mentoring import clock
from mentoring.accounts.models import User
from pairs.domain.achievements import get_achievement_for, own_achievements, rules_of
from pairs.domain.hours import hours, sessions_held
from pairs.domain.instants import local_day
from pairs.models import Achievement
from programmes.domain.roles import roles_for
from programmes.models import Participant
from templates_app.domain.documents import (
    NoLongerWanted,
    register_document_reader,
    register_renderer,
    request_document,
)
from templates_app.models import Document

CERTIFICATE = "certificate"
HOURS = "record-of-hours"


def request_certificate(*, achievement: Achievement, actor: User) -> Document:
    """Ask for the certificate. Who may read it is asked again when it is opened."""
    words = f"{achievement.what}{achievement.hours}{achievement.achieved_on}{achievement.participant.name}"
    return request_document(
        kind=CERTIFICATE,
        subject=achievement,
        revision=f"{hashlib.sha256(words.encode()).hexdigest()[:32]}:{actor.language}",
        title=_("Certificate"),
        filename=f"certificate-{achievement.achieved_on.isoformat()}.pdf",
        actor=actor,
    )


def request_hours(*, person: Participant, actor: User) -> Document:
    """Ask for somebody's own record of hours as it stands today."""
    return request_document(
        kind=HOURS,
        subject=person,
        revision=f"{clock.now().isoformat()}:{actor.language}"[:80],
        title=_("Record of hours"),
        filename=f"record-of-hours-{local_day(clock.now(), person.zone):%Y-%m-%d}.pdf",
        actor=actor,
    )


def render_certificate(document: Document) -> str:
    """The HTML of a certificate."""
    rows = Achievement.objects.select_related("participant__cohort__programme__handbook", "organisation")
    found = rows.filter(pk=document.subject_id).first()
    if found is None:
        raise NoLongerWanted("the achievement was taken back")
    programme = found.participant.cohort.programme
    context = {
        "achievement": found,
        "person": found.participant,
        "programme": programme,
        "rules": rules_of(programme),
        "organisation": found.organisation,
        "document_language": document.language,
    }
    return render_to_string("documents/certificate.html", context)


def render_hours(document: Document) -> str:
    """The HTML of a record of hours. Whom the person met stands nowhere in it."""
    rows = Participant.objects.select_related("cohort__programme", "membership__user", "organisation")
    person = rows.filter(pk=document.subject_id).first()
    if person is None or person.membership is None:
        raise NoLongerWanted("the person is gone")
    held = sessions_held(person)
    context = {
        "person": person,
        "held": held,
        "hours": hours(held),
        "achievements": own_achievements(person.membership.user).filter(participant=person),
        "today": local_day(clock.now(), person.zone),
        "organisation": person.organisation,
        "document_language": document.language,
    }
    return render_to_string("documents/hours.html", context)


def _reads_certificate(user: User, document: Document) -> bool:
    try:
        get_achievement_for(user, document.subject_id)
    except Http404:
        return False
    return True


def _reads_hours(user: User, document: Document) -> bool:
    """The person themselves and nobody else, no coordinator either."""
    return document.subject_id in roles_for(user).participants


def register_achievement_documents() -> None:
    """Called once at start-up."""
    register_renderer(CERTIFICATE, render_certificate)
    register_document_reader(CERTIFICATE, _reads_certificate)
    register_renderer(HOURS, render_hours)
    register_document_reader(HOURS, _reads_hours)
