"""What those around an introduction are told. Addresses stand in one message alone, after both have said yes."""

from mentoring.accounts.middleware import zone_or_utc
from mentoring.accounts.models import User
from mentoring.notices.domain.outbox import cancel_messages, notify
from mentoring.tenancy.scope import current_organisation
from mentoring.ui.dates import day
from pairs.domain.people import Person
from pairs.domain.telling import page_of, tell
from pairs.models import ContactIntroduction, ContactLink, PairingMember
from programmes.domain.links import link
from programmes.domain.outside import end_links, make_link

PURPOSE = "pairs.introducing.outside"
ASKED = ("pairs.contact_proposed", "pairs.contact_asked")


def ask_mentee(introduction: ContactIntroduction) -> None:
    """The mentee is told that there is a question, and by whom; the name of the other stands on its page."""
    page = page_of("pairs:contact", introduction.pk)
    tell(
        "contact_proposed",
        introduction.mentee,
        about=introduction,
        occasion="proposed",
        link=page,
        by=introduction.mentor,
    )


def ask_contact(introduction: ContactIntroduction, days: int) -> None:
    """The contact is asked: a member on their page, somebody outside by a link of its own."""
    contact, until = introduction.contact, introduction.answer_by
    if contact is None:
        token, until = make_link(ContactLink, purpose=PURPOSE, days=days, introduction=introduction)
        page = link("pairs:contact-outside", token)
    else:
        page = page_of("pairs:contact", introduction.pk)
    cohort = introduction.pairing.cohort
    mentor = Person(introduction.mentor)
    context = {
        "name": introduction.name,
        "by": mentor.name,
        "mentee": Person(introduction.mentee).name,
        "programme": cohort.programme.title,
        "organisation_name": current_organisation().name,
        "outside": contact is None,
        "until": day(until.astimezone(zone_or_utc(cohort.zone)).date()),
        "action_url": page,
    }
    notify("pairs.contact_asked", contact or introduction.email, about=introduction, occasion="asked", context=context)


def tell_made(introduction: ContactIntroduction) -> None:
    """Both get the other's address; the mentor learns that they are in touch."""
    stop_asking(introduction)
    mentee = Person(introduction.mentee)
    if mentee.user is not None:
        _make_known(introduction, mentee.user, mentee.short_name, introduction.name, introduction.email)
        contact = introduction.contact or introduction.email
        _make_known(introduction, contact, introduction.name, mentee.name, mentee.user.email)
    _outcome(introduction, introduction.mentor, is_made=True)


def _make_known(
    introduction: ContactIntroduction, recipient: User | str, name: str, other: str, other_email: str
) -> None:
    context = {
        "name": name,
        "other": other,
        "other_email": other_email,
        "by": Person(introduction.mentor).name,
        "organisation_name": current_organisation().name,
    }
    notify("pairs.contact_made", recipient, about=introduction, occasion="made", context=context)


def tell_dropped(introduction: ContactIntroduction) -> None:
    """Everybody who knows of it learns that it does not go ahead, and nothing more. Who ended it is told too: else the outbox
    would show whose no it was.
    """
    stop_asking(introduction)
    for member in (introduction.mentor, introduction.mentee):
        _outcome(introduction, member, is_made=False)
    contact = introduction.contact
    if introduction.asked_at is not None and contact is not None:
        page = page_of("pairs:contact", introduction.pk)
        context = {"is_made": False, "action_url": page}
        notify("pairs.contact_outcome", contact, about=introduction, occasion="outcome", context=context)


def _outcome(introduction: ContactIntroduction, member: PairingMember, *, is_made: bool) -> None:
    page = page_of("pairs:contacts", introduction.pairing_id)
    tell("contact_outcome", member, about=introduction, occasion="outcome", link=page, is_made=is_made)


def stop_asking(introduction: ContactIntroduction) -> None:
    """Links open nothing any more, and a question that waits in the outbox does not go."""
    end_links(ContactLink.objects.filter(introduction=introduction))
    cancel_messages(about=introduction, kinds=list(ASKED))
