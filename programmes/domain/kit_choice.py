"""The kits a programme can be made from."""

from templates_app.domain.kit_files import shipped_kit, shipped_kits
from templates_app.models import LoadedKit
from templates_app.shapes import Kit


def kits_at_hand() -> list[Kit]:
    """The organisation's own kits and those that come with the application; its own win where keys are the same.

    Drafts are left out: nobody is offered a handbook that promises what it cannot keep yet.
    """
    own = {row.key: Kit.model_validate(row.content) for row in LoadedKit.objects.order_by("title")}
    found = [*own.values(), *(shipped_kit(key) for key in shipped_kits() if key not in own)]
    return [kit for kit in found if not kit.draft]


def kit_at_hand(key: str) -> Kit | None:
    """One of those kits."""
    return next((kit for kit in kits_at_hand() if kit.key == key), None)
