"""Organisations, who belongs to them, and the base of every tenant-owned model."""

from mentoring.tenancy.models.base import TenantModel
from mentoring.tenancy.models.membership import Membership
from mentoring.tenancy.models.organisation import Organisation, OrganisationInvitation
from mentoring.tenancy.models.partner import Partner

__all__ = ["Membership", "Organisation", "OrganisationInvitation", "Partner", "TenantModel"]
