"""The agreement's own fields as a worksheet: both write, both read, and sending it offers it for signature."""

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _

from mentoring import clock
from mentoring.accounts.models import User
from mentoring.tenancy.scope import current_organisation
from pairs.domain import agreement_states
from pairs.domain.agreement import offer_agreement
from pairs.domain.agreement_queries import get_own_agreement_for, own_member
from pairs.domain.agreement_text import agreement_kit, reaches_coordinator, readers_of
from pairs.domain.outside_asking import NotNamed
from pairs.domain.people import NotAMember
from pairs.domain.reading import reader_of
from pairs.domain.taking_over import Takeable, takeable_into
from pairs.enums import AgreementState
from pairs.models import Agreement
from templates_app.answers import AnswerContext
from templates_app.domain.kits import worksheet_of
from templates_app.domain.owners import WorksheetOwner, WorksheetUrls
from templates_app.domain.responses import HeldBack, WrongState, answers_of
from templates_app.models import Response

URL = "pairs:agreement_write"
_OPEN = frozenset({AgreementState.DRAFT, AgreementState.OFFERED})


def agreement_owner(user: User, pairing_id: UUID) -> WorksheetOwner:
    """The draft as a member of a running pairing meets it. Raises ``Http404`` for everybody else."""
    agreement = get_own_agreement_for(user, pairing_id)
    return owner_of(user, agreement)


def owner_of(user: User, agreement: Agreement) -> WorksheetOwner:
    """Build the owner of an agreement's response for one of its members."""
    member = own_member(user, agreement.pairing)
    if member is None:
        raise Http404
    return WorksheetOwner(
        response=agreement.response,
        title=agreement.response.version.definition["title"],
        urls=_urls(agreement),
        readers_sentence=_readers(agreement),
        context=AnswerContext(
            locale=user.language,
            zone=user.zone,
            now=clock.now(),
            user=str(user.pk),
            roles=frozenset({member.side}),
            side=str(member.side),
            subject=agreement.pairing,
        ),
        # Once it is offered the response is sent: what somebody was still typing is then kept beside it, not refused.
        may_write=agreement.state in _OPEN and agreement.pairing.is_active,
        back_label=_("Agreement"),
        send_label=_("Send it for signing"),
        on_submitted=lambda actor: _offer(agreement, actor),
    )


def _readers(agreement: Agreement) -> str:
    """Who reads what is written here, in the sentences above the first field."""
    outside = agreement_kit(agreement.pairing).agreement.outside
    if not outside:
        return _inside_readers(agreement)
    told = _("Whoever signs it from outside (%(signers)s) reads the whole text too, and nothing else of yours.")
    return f"{_inside_readers(agreement)} {told % {'signers': ', '.join(signer.label for signer in outside)}}"


def _inside_readers(agreement: Agreement) -> str:
    is_pair = agreement.pairing.is_pair
    if reaches_coordinator(agreement):
        if is_pair:
            return _("Both of you read and write this. It reaches the programme coordinator once both have signed it.")
        return _(
            "All of you read and write this, and whoever joins you later reads it. It reaches the programme coordinator "
            "once all have signed it."
        )
    writes = (
        _("Both of you read and write this.")
        if is_pair
        else _("All of you read and write this, and whoever joins you later reads it.")
    )
    shows = readers_of(agreement).shows
    shown = [field.label for field in worksheet_of(agreement.response.version).fields() if field.key in shows]
    if not shown:
        return f"{writes} {_('The programme coordinator learns that it is in force, and nothing of what it says.')}"
    told = _("The programme coordinator learns that it is in force, and of what it says only: %(fields)s.")
    return f"{writes} {told % {'fields': ', '.join(shown)}}"


def _offer(agreement: Agreement, actor: User) -> None:
    """Offer what was sent. Told in the words of the worksheet pages when the partner was faster, or the pair has ended."""
    agreement.response.refresh_from_db()
    try:
        offer_agreement(agreement=agreement, actor=actor)
    except (NotNamed, agreement_states.NotReady) as missing:
        raise HeldBack(str(missing)) from missing
    except agreement_states.WrongState as late:
        raise WrongState(_("The agreement has moved on.")) from late
    except NotAMember as gone:
        raise PermissionDenied("Only the pair's members offer their agreement.") from gone


def _urls(agreement: Agreement) -> WorksheetUrls:
    def page(suffix: str) -> str:
        return reverse(f"{URL}{suffix}", args=[current_organisation().slug, agreement.pairing_id])

    back = reverse("pairs:agreement", args=[current_organisation().slug, agreement.pairing_id])
    return WorksheetUrls(
        page=page(""),
        draft=page("_draft"),
        review=page("_review"),
        conflict=page("_conflict"),
        read=back,
        pdf=page("_pdf"),
        back=back,
    )


def owner_of_response(user: User, response: Response) -> WorksheetOwner | None:
    """The way back from a response to its agreement, for its members only."""
    agreement = Agreement.objects.select_related("pairing__cohort__programme__handbook", "response__version").filter(
        response=response
    )
    found = agreement.first()
    if found is None or own_member(user, found.pairing) is None:
        return None
    return owner_of(user, found)


def takeable_fields(agreement: Agreement, user: User) -> list[Takeable]:
    """Fields of the draft that this person can take something over into, with the lines that wait."""
    sheet = worksheet_of(agreement.response.version)
    return takeable_into(reader_of(user, agreement.pairing), sheet, answers_of(agreement.response))
