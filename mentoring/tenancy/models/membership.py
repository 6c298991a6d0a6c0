"""That a person belongs to an organisation. Looked up before any organisation is open, so it is a person's table."""

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from mentoring import clock
from mentoring.tenancy.enums import Tenancy


class Membership(models.Model):
    """A person in an organisation. What they do there (coordinator, mentor, …) is said by the rooms above.

    Somebody taken in by their address is awaited until they first come. Until then the organisation knows of them what it
    typed and no more: whether they had an account, and under which name, is between them and those who gave it to them.
    """

    tenancy = Tenancy.PERSON

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey("tenancy.Organisation", models.CASCADE, related_name="memberships")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="memberships")
    is_admin = models.BooleanField(_("organisation admin"), default=False)
    is_active = models.BooleanField(default=True)
    typed_name = models.CharField(max_length=241, blank=True, default="")
    typed_address = models.EmailField(max_length=254, blank=True, default="")
    """Empty for all who have come."""

    created_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        verbose_name = _("membership")
        constraints = [models.UniqueConstraint(fields=["organisation", "user"], name="membership_once")]

    def __str__(self) -> str:
        return f"{self.name} · {self.organisation}"

    @property
    def is_awaited(self) -> bool:
        """Whether they were taken in and have not come yet."""
        return bool(self.typed_address)

    @property
    def name(self) -> str:
        """What they are called here."""
        return (self.typed_name or self.typed_address.split("@")[0]) if self.is_awaited else self.user.name

    @property
    def address(self) -> str:
        """The address by which they are known here."""
        return self.typed_address or self.user.email
