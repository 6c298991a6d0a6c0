"""A mentee's shortlist: private, and no step towards anything by itself."""

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from mentoring.accounts.models import User
from programmes.domain.choosing.standing import CannotAsk
from programmes.domain.choosing.states import NotYours
from programmes.domain.choosing.terms import asking_of
from programmes.domain.roles import roles_for
from programmes.models import Participant, Shortlisted


@transaction.atomic
def keep_in_mind(*, mentee: Participant, mentor: Participant, actor: User) -> None:
    """Put a mentor on the shortlist; nobody is told, and nothing is recorded. Raises ``NotYours``, ``CannotAsk`` when full."""
    terms = asking_of(mentee.cohort)
    if mentee.pk not in roles_for(actor).participants or terms is None:
        raise NotYours
    rows = Shortlisted.objects.filter(mentee=mentee)
    if rows.filter(mentor=mentor).exists():
        return
    if rows.count() >= terms.shortlist:
        words = _("Your shortlist holds %(count)d people. Take somebody off it first.")
        raise CannotAsk([words % {"count": terms.shortlist}])
    try:
        with transaction.atomic():
            Shortlisted.objects.create(mentee=mentee, mentor=mentor)
    except IntegrityError:  # another window was faster
        return


@transaction.atomic
def let_go(*, mentee: Participant, mentor: Participant, actor: User) -> None:
    """Take a mentor off the shortlist. Raises ``NotYours``."""
    if mentee.pk not in roles_for(actor).participants:
        raise NotYours
    Shortlisted.objects.filter(mentee=mentee, mentor=mentor).delete()
