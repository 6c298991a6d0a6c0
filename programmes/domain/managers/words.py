"""What a line manager writes by their link, and who reads it (``sssc.must.6``, ``sssc.ws.linemgr``).

They write about one person, as often as there is something to say; nothing that was sent is changed. The person, the
coordinators and the manager read it. The manager reads nothing else.
"""

from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from mentoring.accounts.models import User
from mentoring.history.domain import record_event
from mentoring.notices.domain.outbox import notify
from programmes.domain.links import link
from programmes.domain.managers.naming import PURPOSE
from programmes.domain.managers.terms import deals_with_manager, managers_of
from programmes.domain.outside import LinkUnusable, Unusable, has_run_out, link_of
from programmes.enums import ParticipantState
from programmes.models import LineManager, ManagerLink, ManagerWord, Participant
from templates_app.answers import AnswerContext, check
from templates_app.domain.from_outside import take_in_response
from templates_app.domain.kits import worksheet_of
from templates_app.domain.responses import Answers, answers_of
from templates_app.models import TemplateVersion

GONE = {ParticipantState.DECLINED, ParticipantState.WITHDRAWN}


class WrittenMeanwhile(Exception):
    """Something else was sent by this link since the page was opened. Nothing was kept of this."""


def usable_manager_link(token: str) -> ManagerLink:
    """The link behind a token, with manager and person. Raises ``LinkUnusable``. Looking changes nothing."""
    rows = ManagerLink.objects.select_related(
        "manager__participant__cohort__programme__handbook", "manager__participant__membership__user"
    )
    found = link_of(token, rows, purpose=PURPOSE)
    person = found.manager.participant
    is_over = found.revoked_at is not None or found.manager.ended_at is not None or person.state in GONE
    terms = managers_of(person.cohort.programme)
    if is_over or not terms.offered or terms.worksheet is None:
        raise LinkUnusable(Unusable.REVOKED, found.manager)
    if has_run_out(found):
        raise LinkUnusable(Unusable.EXPIRED, found.manager)
    return found


def words_of(manager: LineManager) -> QuerySet[ManagerWord]:
    """What this manager sent, the first first: for themselves."""
    return _whole().filter(manager=manager).order_by("number")


def manager_words_for(user: User, person: Participant) -> QuerySet[ManagerWord]:
    """What managers of somebody sent, the newest first; nothing for whom it is not."""
    if not deals_with_manager(user, person):
        return ManagerWord.objects.none()
    return _whole().filter(manager__participant=person).order_by("-response__submitted_at", "-number")


def _whole() -> QuerySet[ManagerWord]:
    return ManagerWord.objects.select_related("manager", "response__version__template")


@transaction.atomic
def take_in_word(
    *, token: str, version: TemplateVersion, answers: Answers, after: int, context: AnswerContext
) -> ManagerWord:
    """Keep what a manager sends. ``after``: how many they had sent when the page was opened, so that the same page sent twice
    is kept once. The person hears that something came, not what.

    Raises ``LinkUnusable``, ``NotComplete``, and ``WrittenMeanwhile`` where it is not the same that was sent last.
    """
    manager = usable_manager_link(token).manager
    person = manager.participant
    LineManager.objects.select_for_update().get(pk=manager.pk)
    last = words_of(manager).last()
    number = last.number if last is not None else 0
    if number != after:
        return _same_again(last, check(worksheet_of(version), answers, context, mode="submit").answers)
    response = take_in_response(version=version, answers=answers, context=context)
    try:
        with transaction.atomic():
            word = ManagerWord.objects.create(manager=manager, number=number + 1, response=response)
    except IntegrityError as fault:  # another window was faster
        raise WrittenMeanwhile from fault
    record_event("manager.wrote", person, actor=None, name=person.name)
    if person.membership is not None:
        _tell(word, person.membership.user, person)
    return word


def _tell(word: ManagerWord, user: User, person: Participant) -> None:
    context = {
        "by": word.manager.name,
        "programme": person.cohort.programme.title,
        "action_url": link("programmes:own_manager", person.pk),
    }
    notify("programmes.manager_wrote", user, about=word, occasion=str(word.pk), context=context)


def _same_again(last: ManagerWord | None, answers: Answers) -> ManagerWord:
    if last is None or answers != answers_of(last.response):
        raise WrittenMeanwhile
    return last
