"""The profile that somebody fills in when they join: begun for them, theirs to finish, read by the coordinators alone."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django.utils.translation import gettext as _

from mentoring import clock
from mentoring.accounts.models import User
from mentoring.accounts.zones import country_names
from mentoring.history.domain import record_event
from mentoring.tenancy.models import Partner
from mentoring.tenancy.scope import current_organisation
from programmes.domain.importing.answers import profile_answers
from programmes.domain.importing.persons import MOST_AT_ONCE, Person
from programmes.domain.importing.targets import Profile
from programmes.domain.links import path_to
from programmes.domain.matching.consent import labels_for_match
from programmes.domain.roles import roles_for
from programmes.enums import Side
from programmes.models import Cohort, Participant
from templates_app.answers import AnswerContext, Choice, check, first_answers, progress, split
from templates_app.domain.kits import current_versions, kit_of, worksheet_of
from templates_app.domain.owners import (
    MayRead,
    WorksheetOwner,
    WorksheetUrls,
    reads_all,
    register_handbook_reader,
    register_response_owner,
)
from templates_app.domain.responses import answers_of
from templates_app.models import Handbook, Response, TemplateVersion
from templates_app.shapes import FieldShape, Worksheet

KEPT_OF_ANSWERS = ("capacity", "country")
"""Questions whose answers, once sent, also stand with the person: matching and lists read them there."""


def enrolment_versions(handbook: Handbook) -> dict[Side, TemplateVersion]:
    """The published worksheet that people of each side fill in when they join. One query."""
    versions = current_versions(handbook)
    chosen = kit_of(handbook).joining.enrolment
    return {Side(side): versions[key] for side, key in chosen.items() if side in Side.values and key in versions}


def profile_for(handbook: Handbook) -> Profile:
    """What a table of people can answer of the two profiles."""
    return _profile(handbook, enrolment_versions(handbook))


def _profile(handbook: Handbook, versions: dict[Side, TemplateVersion]) -> Profile:
    sheets: dict[Side, Worksheet] = {side: worksheet_of(row) for side, row in versions.items()}
    return Profile(sheets, kit_of(handbook).matching.criteria)


def enrolment_context(
    person: Participant, user: User | None = None, *, partners: Iterable[Partner] | None = None
) -> AnswerContext:
    """What a profile's answers depend on. ``partners`` are read unless they are given."""
    offered = list(Partner.objects.all() if partners is None else partners)
    locale = user.language if user else current_organisation().language
    return AnswerContext(
        locale=locale,
        zone=user.zone if user else person.zone,
        now=clock.now(),
        user=str(user.pk) if user else "",
        roles=frozenset({str(person.side)}),
        side=str(person.side),
        dates={"cohort.start": person.cohort.starts_on, "cohort.end": person.cohort.ends_on},
        options={"partners": [Choice(partner.key, partner.name) for partner in offered]},
        values=_known_of(person, offered),
        subject=person,
    )


def _known_of(person: Participant, partners: list[Partner]) -> dict[str, Any]:
    """What a profile may be prefilled with (``shapes.PREFILLS``)."""
    keys = {partner.pk: partner.key for partner in partners}
    known = {
        "person.name": person.name,
        "person.email": person.email,
        "person.role": person.side,
        "person.title": person.title,
        "person.employer": person.employer,
        "person.country": person.country,
        "person.zone": person.zone,
        "person.put_forward_by": keys[person.partner_id] if person.partner_id else None,
        "cohort.start": person.cohort.starts_on.isoformat(),
        "cohort.end": person.cohort.ends_on.isoformat(),
        "programme.title": person.cohort.programme.title,
    }
    return {name: value or None for name, value in known.items()}


def start_enrolments(cohort: Cohort, people: Sequence[tuple[Participant, Person | None]]) -> None:
    """Begin the profile of each of these people, who are not saved yet, with what a row of a table says of them.

    They are drafts until the person sends them, and hold nobody's consent. A few queries, whatever the number.
    """
    handbook = cohort.programme.handbook
    versions = enrolment_versions(handbook)
    profile = _profile(handbook, versions)
    partners = list(Partner.objects.all())
    responses = []
    for person, row in people:
        version = versions.get(Side(person.side))
        if version is not None:
            person.enrolment = _draft(person, row, version, profile, enrolment_context(person, partners=partners))
            responses.append(person.enrolment)
    Response.objects.bulk_create(responses, batch_size=500)


def _draft(
    person: Participant, row: Person | None, version: TemplateVersion, profile: Profile, context: AnswerContext
) -> Response:
    sheet = worksheet_of(version)
    given = profile_answers(row, profile, context) if row else {}
    answers = check(sheet, {**first_answers(sheet, context), **given}, context, mode="draft").answers
    facts, texts = split(sheet.fields(), answers)
    answered, asked = progress(sheet, answers)
    return Response(version=version, author=None, facts=facts, texts=texts, answered=answered, asked=asked)


def give_enrolment_to(person: Participant, user: User) -> None:
    """Make the profile the property of the person who joined, beginning one where there is none."""
    if person.enrolment_id is None:
        start_enrolments(person.cohort, [(person, None)])
        person.save(update_fields=["enrolment"])
    Response.objects.filter(pk=person.enrolment_id).update(author=user)


def enrolment_owner(person: Participant, user: User) -> WorksheetOwner | None:
    """The profile as this person meets it: its author writes, coordinators read what was sent, and there is nobody else.

    Not partner leads, not admins, and never the mentoring partner.
    """
    is_author = person.pk in roles_for(user).participants
    if person.enrolment is None or not (is_author or may_read_profile(person, user)):
        return None
    programme = person.cohort.programme
    back = (
        path_to("programmes:waiting", person.pk)
        if is_author
        else path_to("programmes:person", programme.slug, person.cohort.slug, person.pk)
    )
    return WorksheetOwner(
        response=person.enrolment,
        title=worksheet_of(person.enrolment.version).title,
        urls=_urls(person, back),
        readers_sentence=_readers(person),
        context=enrolment_context(person, user),
        may_write=is_author,
        may_reopen=is_author,
        may_read=profile_filter(person, user),
        back_label=_("Back"),
        on_submitted=lambda actor: _sent(person, actor),
    )


def may_read_profile(person: Participant, user: User) -> bool:
    """Whether somebody reads this profile as a coordinator: once it was sent, and not while it is taken up again."""
    sent = person.enrolment is not None and person.enrolment.is_submitted
    return sent and roles_for(user).coordinates(person.cohort.programme_id)


def profile_filter(person: Participant, user: User) -> MayRead:
    """Which answers of a profile this person may read, given that they may read it at all (``Roles.reads_sensitive``)."""
    roles = roles_for(user)
    if person.pk in roles.participants or roles.reads_sensitive(person.cohort.programme_id):
        return reads_all
    return _is_not_sensitive


def _is_not_sensitive(shape: FieldShape) -> bool:
    return not shape.sensitive


def _urls(person: Participant, back: str) -> WorksheetUrls:
    pages = {
        name: path_to(f"programmes:enrolment{suffix}", person.pk)
        for name, suffix in {
            "page": "",
            "draft": "_draft",
            "review": "_review",
            "conflict": "_conflict",
            "read": "_read",
            "pdf": "_pdf",
            "reopen": "_reopen",
        }.items()
    }
    return WorksheetUrls(back=back, **pages)


Follower = Callable[[Participant], None]
"""Does what follows when somebody has sent their profile, in the same transaction."""
ShownLabels = Callable[[Participant], list[str]]
"""The questions of somebody's profile whose answers others see in a list, by their labels."""

_followers: list[Follower] = []
_shown: list[ShownLabels] = []


def register_profile_follower(follower: Follower) -> None:
    """Add something to be done when a profile is sent. For ``AppConfig.ready``."""
    if follower not in _followers:
        _followers.append(follower)


def register_shown_labels(labels: ShownLabels) -> None:
    """Say what of a profile others see in a list, so that it is said before it is written. For ``AppConfig.ready``."""
    _shown[:] = [labels]


def _readers(person: Participant) -> str:
    shown = _shown[0](person) if _shown else []
    directory = kit_of(person.cohort.programme.handbook).joining.directory
    if shown and directory is not None and directory.open_to == "members":
        words = _(
            "You and the coordinators of %(programme)s. In the list of mentors every member of %(organisation)s sees your name "
            "and what you answer to: %(shown)s. Nobody else reads it."
        )
        return words % {
            "programme": person.cohort.programme.title,
            "organisation": current_organisation().name,
            "shown": "; ".join(shown),
        }
    if shown:
        words = _(
            "You and the coordinators of %(programme)s. Mentees who look for a mentor see your name and what you answer to: "
            "%(shown)s. Nobody else reads it: neither the organisation that put you forward, nor the admins."
        )
        return words % {"programme": person.cohort.programme.title, "shown": "; ".join(shown)}
    if to_match := labels_for_match(person):
        words = _(
            "You and the coordinators of %(programme)s. Whoever is proposed to you as a match sees your name and what you answer "
            "to: %(shown)s. Nobody else reads it: neither the organisation that put you forward, nor the admins."
        )
        return words % {"programme": person.cohort.programme.title, "shown": "; ".join(to_match)}
    words = _(
        "You and the coordinators of %(programme)s. Nobody else: neither your mentoring partner, nor the organisation that "
        "put you forward, nor the admins."
    )
    return words % {"programme": person.cohort.programme.title}


def _sent(person: Participant, actor: User) -> None:
    assert person.enrolment is not None
    answers = answers_of(person.enrolment)
    capacity, country = answers.get("capacity"), answers.get("country")
    if isinstance(capacity, int) and 1 <= capacity <= MOST_AT_ONCE:
        person.capacity = capacity
    if isinstance(country, str) and country:
        person.country = country_names().get(country, country)[: Participant._meta.get_field("country").max_length]
    person.save(update_fields=list(KEPT_OF_ANSWERS))
    record_event("profile.sent", person, actor=actor, name=person.name)
    for follower in _followers:
        follower(person)


# --- Registered with the room below ----------------------------------------------------------------------------------


def _owner_of(user: User, response: Response) -> WorksheetOwner | None:
    person = (
        Participant.objects.filter(enrolment=response)
        .select_related("cohort__programme__handbook", "enrolment")
        .first()
    )
    return enrolment_owner(person, user) if person is not None else None


def _reads_handbook(user: User, handbook: Handbook) -> bool:
    from programmes.domain.queries import readable_programmes_for

    return readable_programmes_for(user).filter(handbook=handbook).exists()


def register_enrolments() -> None:
    """Tell the worksheet pages who owns a profile, and who may read a handbook. For ``AppConfig.ready``."""
    register_response_owner(_owner_of)
    register_handbook_reader(_reads_handbook)
