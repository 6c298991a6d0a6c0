"""What the tick does: one reminder for a mentor who has not answered, quiet lapsing, one reminder for who approves."""

import datetime as dt

from django.db import transaction

from mentoring.history.domain import record_event
from programmes.domain.choosing.approvals import remind_approver
from programmes.domain.choosing.asking import WORK, hold
from programmes.domain.choosing.states import Step, WrongStep, transition
from programmes.domain.choosing.telling import stop_telling, tell, tell_asked
from programmes.enums import ApprovalState, RequestState, Side
from programmes.models import Approval, MentorRequest

__all__ = ["WORK", "choosing_due"]


def choosing_due(now: dt.datetime) -> dt.datetime | None:
    """Worker: remind and let lapse what is due in the open organisation; answers when to look again."""
    for row in MentorRequest.objects.filter(look_at__lte=now).order_by("look_at"):
        _look_at(row, now)
    for approval in Approval.objects.filter(remind_at__lte=now, state=ApprovalState.ASKED):
        remind_approver(approval=approval)
    looks = MentorRequest.objects.filter(look_at__isnull=False).order_by("look_at").values_list("look_at", flat=True)
    reminders = Approval.objects.filter(remind_at__isnull=False, state=ApprovalState.ASKED).order_by("remind_at")
    return min(filter(None, [looks.first(), reminders.values_list("remind_at", flat=True).first()]), default=None)


@transaction.atomic
def _look_at(row: MentorRequest, now: dt.datetime) -> None:
    request = hold(row)
    if request.look_at is None or request.look_at > now:  # another tick was faster
        return
    if request.answer_by is not None and request.answer_by <= now:
        _lapse(request)
    else:
        _remind(request, now)


def _lapse(request: MentorRequest) -> None:
    """No answer came, and none is asked for any more: the mentee is pointed on, the mentor is not told off."""
    try:
        transition(request, Step.LAPSE, who="system")
    except WrongStep:
        return
    stop_telling(request)
    record_event("request.ended", request, actor=None, within=request.cohort)
    tell(request, "lapsed", Side.MENTEE)


def _remind(request: MentorRequest, now: dt.datetime) -> None:
    MentorRequest.objects.filter(pk=request.pk).update(reminded_at=now, look_at=request.answer_by)
    if request.state == RequestState.ASKED:
        tell_asked(request, again=True)
