"""What is next for somebody who chooses or is chosen, on the page where they wait."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from programmes.domain.choosing.approvals import newest_approval
from programmes.domain.choosing.queries import requests_by, requests_to
from programmes.domain.choosing.terms import approval_terms, asking_of
from programmes.domain.links import path_to
from programmes.enums import ApprovalState, RequestState, Side
from programmes.models import MentorRequest, Participant


@dataclass(frozen=True)
class NextStep:
    """One sentence, why, and where it is done. ``waits``: nothing has to be done now. ``comes_first``: nothing else is open
    to this person before it is done.
    """

    title: str
    why: str
    label: str
    url: str
    waits: bool = False
    minutes: int | None = None
    comes_first: bool = False


def next_step_of(person: Participant) -> NextStep | None:
    """The next step of choosing for this person; ``None`` where their programme knows no choosing, or they wait for nothing
    of it. For somebody who has joined and sent their profile.
    """
    if asking_of(person.cohort) is None:
        return None
    return _of_mentor(person) if person.side == Side.MENTOR else _of_mentee(person)


def _of_mentor(person: Participant) -> NextStep:
    here = path_to("programmes:choosing", person.pk)
    open_rows = [row for row in requests_to(person) if row.is_open]
    asked = [row for row in open_rows if row.state == RequestState.ASKED]
    if asked:
        words = ngettext("%(count)d mentee asks you", "%(count)d mentees ask you", len(asked)) % {"count": len(asked)}
        return NextStep(
            words, _("A yes or a no: both are a help, and no reason is needed."), _("Read and answer"), here
        )
    talking = [row for row in open_rows if row.state == RequestState.TALKING and not row.mentor_wishes]
    if talking:
        return _talk(talking[0], talking[0].mentee)
    if person.paused_at is not None:
        why = _("You have closed your door for a while. Open it whenever you like.")
        return NextStep(_("Mentees do not see you at present"), why, _("Look at it"), here, waits=True)
    why = _("Mentees choose whom they ask. You hear by e-mail when somebody asks you.")
    return NextStep(_("Mentees can find you now"), why, _("See how"), here, waits=True)


def _talk(request: MentorRequest, other: Participant) -> NextStep:
    title = _("Get to know %(name)s, then decide") % {"name": other.short_name}
    why = _("Each of you decides alone. Only two yes make a pair, and a no says nothing against anybody.")
    return NextStep(title, why, _("Open it"), path_to("programmes:request", request.pk))


def _of_mentee(person: Participant) -> NextStep:
    here = path_to("programmes:choosing", person.pk)
    requests = [row for row in requests_by(person) if row.is_open]
    talking = [row for row in requests if row.state == RequestState.TALKING and not row.mentee_wishes]
    if talking:
        return _talk(talking[0], talking[0].mentor)
    if (approval := _approval(person)) is not None:
        return approval
    sent = [row for row in requests if row.state != RequestState.DRAFT]
    if sent:
        title = _("You have asked %(name)s") % {"name": sent[0].mentor.name}
        why = _("You hear as soon as there is an answer. If none comes, you can ask the next.")
        return NextStep(title, why, _("Look at it"), here, waits=True)
    if requests:
        title = _("Finish your request to %(name)s") % {"name": requests[0].mentor.name}
        why = _("It goes out only when you send it.")
        return NextStep(title, why, _("Go on"), path_to("programmes:request", requests[0].pk))
    why = _("Look who is open, keep in mind who suits you, and ask. You choose; nobody assigns you anybody.")
    return NextStep(_("Choose a mentor"), why, _("See the mentors"), path_to("programmes:mentors", person.pk))


def _approval(person: Participant) -> NextStep | None:
    """What there is to do about an approval that must be there first."""
    terms, last = approval_terms(person), newest_approval(person)
    if terms is None or not terms.mandatory or (last is not None and last.state == ApprovalState.APPROVED):
        return None
    here = path_to("programmes:approval", person.pk)
    if last is not None and last.state == ApprovalState.ASKED:
        why = _("You can look at the mentors meanwhile and prepare a request. It goes out once you are approved.")
        title = _("%(name)s has been asked to approve") % {"name": last.name}
        return NextStep(title, why, _("Look at it"), here, waits=True)
    why = _("Somebody at work says that you may take part. We send them a link; it takes them five minutes.")
    return NextStep(_("Ask for the approval you need"), why, _("Say whom to ask"), here)
