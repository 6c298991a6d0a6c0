"""An organisation's own kits, loaded from files."""

from django.db import transaction

from mentoring.accounts.models import User
from mentoring.history.domain import record_event
from templates_app.models import LoadedKit
from templates_app.shapes import Kit


@transaction.atomic
def load_kit(*, kit: Kit, actor: User | None) -> LoadedKit:
    """Keep a kit for the open organisation, in the place of an earlier one of the same key. ``actor`` None: the operator.

    Programmes made from the earlier one have their own copies and stay as they are.
    """
    content = kit.model_dump(mode="json")
    values = {"version": kit.version, "title": kit.title[:200], "content": content}
    loaded, created = LoadedKit.objects.update_or_create(key=kit.key, defaults=values)
    record_event("kit.loaded", loaded, actor=actor, kit=kit.key, version=kit.version, anew=not created)
    return loaded
