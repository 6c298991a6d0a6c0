"""Rooms beside the mentoring itself that a programme may open or leave closed."""

from typing import Annotated, Literal

from pydantic import Field

from templates_app.shapes.base import Sourced
from templates_app.shapes.choices import Option


class Files(Sourced):
    """Documents that the people of a pairing share among themselves."""

    offered: bool = True
    words: str = ""
    """Shown above the form, such as what does not belong there."""
    megabytes: int = Field(100, ge=1, le=2000)
    """How much all files of one pairing may take up together."""


class Introductions(Sourced):
    """Introductions of a mentee to somebody whom the mentor knows; both say yes before an address is shown to either."""

    offered: bool = True
    words: str = ""
    """Shown above the form, such as whom to think of."""
    days: int = Field(14, ge=1, le=90)
    """So long each of the two has to answer; after that it does not go ahead."""


class Suggestions(Sourced):
    """A suggestion box: notes that nothing links to their writers, and replies."""

    offered: bool = True
    words: str = ""
    """Shown above the form."""
    least_people: int = Field(5, ge=3, le=100)
    """As long as fewer have joined the programme the box is closed: nobody could stay unknown."""
    a_day: int = Field(20, ge=1, le=1000)
    """So many notes are taken on one day, from all together."""


class Expenses(Sourced):
    """Claims for expenses, decided by the coordinators."""

    offered: bool = True
    words: str = ""
    """What is covered, shown before anything is claimed."""
    roles: list[Literal["mentor", "mentee"]] = Field(["mentor"], min_length=1)
    kinds: list[Option] = []
    """What may be claimed; empty: the application's own list."""
    currencies: list[Annotated[str, Field(pattern=r"^[A-Z]{3}$")]] = Field(["EUR"], min_length=1)
    """ISO 4217, the usual one first."""


class Recognition(Sourced):
    """Achievements that are recorded for people, with certificates and a record of hours."""

    offered: bool = True
    words: str = ""
    """A line on every certificate."""
    at_closure: str = ""
    """What is recorded by itself for everybody whose mentoring is completed; empty: nothing."""
