"""Canaries: words that say by themselves whose they are and who may read them, so that any leak can be told from its text.

A canary is ``<company><whose><secrecy><number>``, letters and digits only, such as ``zreefbp0042``: the mentee's of the first
pair, for her eyes alone. It survives lower-casing, HTML, CSV, a PDF's lines and an e-mail address.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Whose(StrEnum):
    """To whom words belong."""

    ORGANISATION = "o"
    """The organisation's own: its name, its partners, its kits."""
    PROGRAMME = "v"
    """The programme in which everything happens."""
    MENTOR = "a"
    MENTEE = "b"
    PAIR = "c"
    MENTOR_TWO = "d"
    MENTEE_TWO = "e"
    PAIR_TWO = "f"
    PAST = "g"
    """The pair that ended early, and its two people."""
    WAITING = "h"
    """People of the cohort without a pair: imported, put forward, invited."""
    COORDINATOR = "k"
    STAFF = "s"
    """The admin, the partner's lead, the steering group."""
    ELSEWHERE = "x"
    """Another programme of the same organisation, its coordinator and its people."""


class Secrecy(StrEnum):
    """Who may read words."""

    OPEN = "w"
    """Everybody who takes part in the programme or runs it."""
    NAME = "n"
    """Who somebody is: name, employer, job, country."""
    ADDRESS = "m"
    """Their e-mail address, which the mentoring partner does not learn from us."""
    PRIVATE = "p"
    """Its author alone: a private sheet, or one that is not sent."""
    PAIR = "r"
    """Both of the pair, and nobody else."""
    PASSED_ON = "k"
    """The pair, and the coordinator with the mentee's consent."""
    AUTHOR = "q"
    """Its author and the coordinators: profile, people named for something."""
    APART = "u"
    """Its author and the coordinators, but for who of these is their mentoring partner: evaluation, closure, issues, claims."""
    LEAD = "l"
    """Its author and the lead to whom a concern went."""
    LEADS = "i"
    """The leads of a concern alone."""
    STAFF = "t"
    """The coordinators alone: conflicts, imported rows, reasons for a match."""


@dataclass(frozen=True)
class Canary:
    """One canary found in a text."""

    company: str
    whose: Whose
    secrecy: Secrecy
    number: str

    def __str__(self) -> str:
        return f"{self.company}{self.whose}{self.secrecy}{self.number}"


class Marks:
    """Makes the canaries of one company, each once, and remembers where each stands."""

    def __init__(self, company: str) -> None:
        self.company = company
        self.places: dict[str, str] = {}

    def __call__(self, whose: Whose, secrecy: Secrecy, place: str) -> str:
        """A new canary; ``place`` says where it is put, for the report of a leak."""
        canary = f"{self.company}{whose}{secrecy}{len(self.places):04d}"
        self.places[canary] = place
        return canary

    def told(self, found: Iterable[Canary]) -> str:
        """Canaries with the places they come from."""
        return ", ".join(sorted(f"{canary} ({self.places.get(str(canary), '?')})" for canary in found))


def canaries_in(text: str, companies: Iterable[str]) -> set[Canary]:
    """Every canary of these companies in a text, whatever its case."""
    names = "|".join(map(re.escape, companies))
    found = re.findall(rf"({names})([{''.join(Whose)}])([{''.join(Secrecy)}])(\d{{4}})", text.lower())
    return {Canary(company, Whose(whose), Secrecy(secrecy), number) for company, whose, secrecy, number in found}
