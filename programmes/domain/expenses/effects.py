"""What becomes of claims that wait when a handbook pays expenses back no longer: told before it is kept."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from programmes.domain.expenses.queries import WAITING
from programmes.models import Claim, Programme
from templates_app.shapes import Kit


def tell_of_claims(programme: Programme, before: Kit, after: Kit) -> list[str]:
    """For the handbook's pages: nobody makes a new claim, and how many wait still. Nothing where none was ever sent."""
    if after.expenses.offered or not before.expenses.offered:
        return []
    waiting = Claim.objects.filter(participant__cohort__programme=programme, state__in=WAITING).count()
    if not waiting:
        return []
    claims = ngettext(
        "%(count)d claim for expenses is still to be decided on or paid.",
        "%(count)d claims for expenses are still to be decided on or paid.",
        waiting,
    ) % {"count": waiting}
    stays = _("“Expenses” stays among the cohort's pages until that is done. New claims cannot be made.")
    return [f"{claims} {stays}"]
