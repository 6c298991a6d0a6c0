"""What is still missing so that concerns reach somebody, told to those who run the programme (``gla.must.51``)."""

from django.utils.translation import gettext as _

from mentoring.tenancy.models import Partner
from programmes.domain.concerns.routing import rules_of
from programmes.enums import ProgrammeRole
from programmes.models import Assignment, Participant, Programme


def what_is_missing(programme: Programme) -> list[str]:
    """Sentences about leads who are not named yet; none where everything is in place or concerns are not taken."""
    rules = rules_of(programme)
    if not rules.offered:
        return []
    rows = Assignment.objects.filter(
        programme=programme,
        role__in=[ProgrammeRole.PARTNER_LEAD, ProgrammeRole.CONCERNS],
        membership__is_active=True,
        membership__typed_address="",
    )
    named = list(rows.values_list("role", "partner"))
    leads = [partner for role, partner in named if role == ProgrammeRole.CONCERNS]
    found = []
    if not leads:
        found.append(_without_lead(rules.mailbox))
    elif len(leads) == 1:
        found.append(_("One lead for concerns is named. Name another one: they step in when the first cannot."))
    if rules.leads == "partner":
        found += _without_their_own(programme, {partner for _role, partner in named if partner})
    return found


def _without_lead(mailbox: str) -> str:
    if mailbox:
        return _(
            "No lead for concerns is named. Until then %(mailbox)s hears that there is one, and nobody reads it."
        ) % {"mailbox": mailbox}
    return _("No lead for concerns is named, and there is no contact mailbox.")


def _without_their_own(programme: Programme, led: set[object]) -> list[str]:
    have_people = Participant.objects.filter(cohort__programme=programme).exclude(partner=None).values("partner")
    partners = Partner.objects.filter(pk__in=have_people).exclude(pk__in=[pk for pk in led if pk]).order_by("name")
    words = _("%(partner)s has no lead yet: concerns of its people go to the programme's.")
    return [words % {"partner": partner.name} for partner in partners]
