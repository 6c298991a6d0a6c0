"""``flush``, run as the tables' owner: the application's role may not truncate."""

from typing import Any

from django.core.management.commands.flush import Command as DjangoFlush

from mentoring.tenancy.owner import as_owner
from mentoring.tenancy.scope import platform_scope


class Command(DjangoFlush):
    """Django's flush with the owner's role and a platform scope."""

    def handle(self, **options: Any) -> None:
        """Empty all tables."""
        with as_owner(), platform_scope("flush"):
            super().handle(**options)
