"""The kits a programme can be made from."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from django.db import transaction

from mentoring.accounts.models import User
from mentoring.tenancy.scope import current_organisation
from mentoring.words.saying import say
from programmes.domain.programmes import create_programme
from programmes.domain.queries import programmes_for
from programmes.domain.roles import roles_for
from programmes.models import Criterion, Programme
from templates_app.domain.kit_files import shipped_kit, shipped_kits
from templates_app.domain.kits import whole_kit
from templates_app.models import LoadedKit
from templates_app.shapes import Kit

log = logging.getLogger(__name__)


def kits_at_hand() -> list[Kit]:
    """The organisation's own kits and those that come with the application; its own win where keys are the same.

    What starts from nothing comes last. Drafts are left out: nobody is offered a handbook that promises what it cannot keep yet.
    """
    return look_at_kits().offered


@dataclass(frozen=True)
class AtHand:
    """The kits offered, and the names of those that are here and cannot be read."""

    offered: list[Kit]
    faulty: list[str]


def look_at_kits() -> AtHand:
    """The kits as ``kits_at_hand`` gives them. One that cannot be read is left out, and its faults go to the log: nobody is
    kept from the others by it.
    """
    readers: dict[str, Callable[[], Kit]] = {
        row.key: partial(Kit.model_validate, row.content) for row in LoadedKit.objects.order_by("title")
    }
    readers |= {key: partial(shipped_kit, key) for key in shipped_kits() if key not in readers}
    found: list[Kit] = []
    faulty: list[str] = []
    for key, read in readers.items():
        try:
            found.append(read())
        except ValueError:  # KitFaulty, and pydantic's own for a kit of an earlier release
            log.exception("The kit %s cannot be read and is not offered.", key)
            faulty.append(key)
    offered = sorted((kit for kit in found if not kit.draft), key=lambda kit: kit.from_nothing)
    return AtHand(offered, faulty)


def introduced(kit: Kit) -> Kit:
    """A kit as it is offered: what it says of itself in the organisation's words, as its copy will be. Not to be copied."""
    own = current_organisation().words_in(kit.language)
    return kit.model_copy(update={"summary": say(kit.summary, own), "audience": say(kit.audience, own)})


def kit_at_hand(key: str) -> Kit | None:
    """One of those kits."""
    return next((kit for kit in kits_at_hand() if kit.key == key), None)


def programmes_to_copy(user: User) -> list[Programme]:
    """The programmes whose handbooks somebody may copy: those they run or, as admins, look after."""
    roles = roles_for(user)
    found = programmes_for(user).select_related("handbook")
    return [one for one in found if roles.is_admin or roles.coordinates(one.pk)]


@transaction.atomic
def copy_programme(*, original: Programme, title: str, slug: str, actor: User) -> Programme:
    """Start a programme with another one's handbook, as it stands, and with its criteria for matching.

    People, pairs and what they wrote stay where they are. Raises ``SlugTaken``.
    """
    programme = create_programme(kit=whole_kit(original.handbook), title=title, slug=slug, actor=actor)
    Criterion.objects.filter(programme=programme).delete()
    rows = list(Criterion.objects.filter(programme=original))
    names = ("key", "kind", "title", "mentor_field", "mentee_field", "weight", "sensitive", "position", "removed_at")
    Criterion.objects.bulk_create(
        Criterion(programme=programme, **{name: getattr(row, name) for name in names}) for row in rows
    )
    return programme
