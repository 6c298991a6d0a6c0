"""Coming into an organisation for the first time."""

from mentoring.tenancy.models import Membership


def arrive(membership: Membership) -> None:
    """Note that somebody who was awaited has come: from now on their own name and address are shown here."""
    if membership.is_awaited:
        membership.typed_name = membership.typed_address = ""
        membership.save(update_fields=["typed_name", "typed_address"])
