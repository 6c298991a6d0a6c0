"""``migrate``, run as the tables' owner where one is configured, and allowed to touch tenant tables."""

from typing import Any

from django.core.management.commands.migrate import Command as DjangoMigrate

from mentoring.tenancy.owner import as_owner, grant_to_web, has_owner
from mentoring.tenancy.scope import platform_scope


class Command(DjangoMigrate):
    """Django's migrate with the owner's role and a platform scope."""

    def handle(self, *args: Any, **options: Any) -> None:
        """Migrate, then grant the application's role the rows."""
        with as_owner(), platform_scope("migrate"):
            super().handle(*args, **options)
            if has_owner():
                grant_to_web()
