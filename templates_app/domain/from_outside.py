"""Answers of somebody without an account, who came by a link: taken in whole, once, as a response that is sent."""

from typing import Any

from django.db import transaction

from mentoring import clock
from templates_app.answers import AnswerContext, check
from templates_app.domain.kits import worksheet_of
from templates_app.domain.responses import Answers, start_response
from templates_app.models import Response, ResponseState, TemplateVersion


class NotComplete(Exception):
    """The answers cannot be taken in yet; ``faults`` says why, by path. Nothing was kept."""

    def __init__(self, faults: dict[str, str]) -> None:
        super().__init__("The answers are not complete.")
        self.faults = faults


@transaction.atomic
def take_in_response(*, version: TemplateVersion, answers: Answers, context: AnswerContext) -> Response:
    """Keep answers as a response without an author, sent at once. Whoever calls has checked the link and owns the response.

    No field hooks run: they are for what members write. Raises ``NotComplete``.
    """
    checked = check(worksheet_of(version), answers, context, mode="submit")
    if not checked.ok:
        raise NotComplete(checked.faults)
    response = start_response(version=version, author=None, answers=checked.answers)
    now = clock.now()
    values: dict[str, Any] = {"state": ResponseState.SUBMITTED, "saved_at": now, "submitted_at": now, "revision": 1}
    Response.objects.filter(pk=response.pk).update(**values)
    for name, value in values.items():
        setattr(response, name, value)
    return response
