"""What is missing so that concerns, and word of endings, reach somebody; told to who runs the programme (``gla.must.51``)."""

from django.utils.translation import gettext as _

from mentoring.tenancy.models import Partner
from programmes.domain.concerns.routing import rules_of
from programmes.domain.leads import mailbox_of
from programmes.enums import ProgrammeRole
from programmes.models import Assignment, Participant, Programme
from templates_app.domain.kits import kit_of


def what_is_missing(programme: Programme) -> list[str]:
    """Sentences about leads who are not named yet; none where everything is in place or nothing would go to them."""
    rules, tells_leads = rules_of(programme), kit_of(programme.handbook).running.tells_leads
    if not rules.offered and not tells_leads:
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
    if not rules.offered:
        pass
    elif not leads:
        found.append(_without_lead(rules.mailbox))
    elif len(leads) == 1:
        found.append(_("One lead for concerns is named. Name another one: they step in when the first cannot."))
    if tells_leads or (rules.offered and rules.leads == "partner"):
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
    return [_without_its_own(partner.name, mailbox_of(programme, partner)) for partner in partners]


def _without_its_own(partner: str, mailbox: str) -> str:
    if mailbox:
        words = _("%(partner)s has no lead yet. Until one is named, %(mailbox)s hears what its lead would hear.")
        return words % {"partner": partner, "mailbox": mailbox}
    return _("%(partner)s has no lead yet, and there is no contact mailbox: nobody hears of its people.") % {
        "partner": partner
    }
