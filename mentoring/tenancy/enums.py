"""What kinds of tables there are, seen from the walls between organisations."""

from enum import StrEnum


class Tenancy(StrEnum):
    """Who a row belongs to: one organisation, nobody (the installation), or a person across organisations."""

    TENANT = "tenant"
    GLOBAL = "global"
    PERSON = "person"
