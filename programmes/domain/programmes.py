"""Starting a programme from a kit."""

from collections.abc import Sequence

from django.db import IntegrityError, transaction

from mentoring.accounts.models import User
from mentoring.history.domain import record_event
from mentoring.tenancy.models import Membership
from mentoring.tenancy.scope import current_organisation
from programmes.domain.carriers import with_named
from programmes.domain.matching.criteria import seed_criteria
from programmes.domain.roles import forget_roles
from programmes.enums import ProgrammeRole
from programmes.models import Assignment, Programme
from templates_app.domain.kits import copy_kit
from templates_app.shapes import Kit


class SlugTaken(ValueError):
    """Another one has this address already."""


@transaction.atomic
def create_programme(*, kit: Kit, title: str, slug: str, actor: User, partners: Sequence[str] = ()) -> Programme:
    """Copy a kit into a new programme of the open organisation; ``actor`` becomes its coordinator (``plp.sys.01``).

    ``partners`` are the names of those that the kit leaves to be named. Raises ``SlugTaken``.
    """
    kit = kit.model_copy(update={"partners": with_named(kit.partners, partners, actor)})
    handbook = copy_kit(kit=_own_handbook(kit, title, slug), title=title, actor=actor)
    try:
        with transaction.atomic():
            programme = Programme.objects.create(handbook=handbook, slug=slug, title=title)
    except IntegrityError as error:
        raise SlugTaken(slug) from error
    seed_criteria(programme=programme)
    membership = Membership.objects.get(organisation=current_organisation(), user=actor)
    Assignment.objects.create(programme=programme, membership=membership, role=ProgrammeRole.COORDINATOR)
    forget_roles(actor)
    record_event("programme.created", programme, actor=actor, kit=kit.key, version=kit.version)
    return programme


def _own_handbook(kit: Kit, title: str, slug: str) -> Kit:
    """The kit as a programme has it. What is begun from nothing is no copy of anything: it goes by the programme's name, so
    that it does not take the place of the empty beginning where it is brought in again.
    """
    if not kit.from_nothing:
        return kit
    return kit.model_copy(update={"from_nothing": False, "key": f"handbook-{slug}"[:60], "title": title})


@transaction.atomic
def rename_programme(*, programme: Programme, title: str, actor: User) -> None:
    """Give a programme another title. Its address stays, so that links do."""
    if title == programme.title:
        return
    programme.title = programme.handbook.title = title
    programme.save(update_fields=["title"])
    programme.handbook.save(update_fields=["title"])
    record_event("programme.changed", programme, actor=actor)
