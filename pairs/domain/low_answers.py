"""Who answers low on a sheet that nobody reads, and agrees there to being looked after, comes to those who coordinate.

What reaches them is a private matter of that person (``programmes/domain/issues.py``): that they are not content, and no
answer of theirs. Without their yes nothing happens, and nothing is kept (``phase1.succ.mentee.5``).
"""

from statistics import fmean

from django.utils.translation import gettext as _

from mentoring.accounts.models import User
from pairs.models import Output
from programmes.domain.issues import NobodyToRead, own_issues, raise_issue
from programmes.enums import IssueKind
from templates_app.domain.counting import agrees
from templates_app.domain.kits import worksheet_of
from templates_app.domain.responses import Answers


def tell_when_low(output: Output, actor: User) -> None:
    """A sheet was sent: bring it to the coordinators where it is low and its writer agreed. What is brought already, and still
    open, is not brought again; where nobody could read it, it stays unsaid.
    """
    response, member = output.response, output.member
    if response is None or member is None:
        return
    sheet = worksheet_of(response.version)
    alert = sheet.alert
    if (
        alert is None
        or not agrees(response.facts, alert.when)
        or not _is_low(response.facts, alert.fields, alert.below)
    ):
        return
    text = _("My answers in “%(sheet)s” say that I am not content, and I agreed that you hear of it.") % {
        "sheet": sheet.title
    }
    person = member.participant
    known = own_issues(actor).filter(participant=person, kind=IssueKind.HELP, closed_at=None)
    if any(issue.text == text for issue in known):
        return
    try:
        raise_issue(person=person, kind=IssueKind.HELP, text=text, actor=actor)
    except NobodyToRead:
        return


def _is_low(facts: Answers, fields: list[str], below: float) -> bool:
    values = [value for key in fields if isinstance(value := facts.get(key), int) and not isinstance(value, bool)]
    return len(values) == len(fields) and fmean(values) < below
