"""What a column can mean: something we keep of a person, or a question of the profile they will fill in."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from programmes.enums import Side
from templates_app.domain.kit_files.checks.matching import CONSENT_SUFFIX
from templates_app.shapes import Criterion, FieldShape, Kind, Worksheet

PROFILE = "profile."
"""What a target's key begins with when it is a question of the profile."""

_TAKEN = {Kind.TEXT, Kind.LONGTEXT, Kind.NUMBER, Kind.CHOICE, Kind.CHOICES, Kind.PHONE, Kind.URL, Kind.DATE}
"""Kinds of questions that a cell of a table can answer."""


@dataclass(frozen=True)
class Target:
    """One meaning of a column. ``words`` are headings that say it, folded as by ``folded``."""

    key: str
    label: str | Promise
    words: frozenset[str] = frozenset()
    is_number: bool = False

    @property
    def is_profile(self) -> bool:
        """Whether it is a question of the profile."""
        return self.key.startswith(PROFILE)


def folded(text: str) -> str:
    """A heading or label for comparing: letters and figures, lower case."""
    return " ".join(re.findall(r"[^\W_]+", text.casefold()))


def _person(key: str, label: Promise, words: str, *, is_number: bool = False) -> Target:
    return Target(key, label, frozenset(folded(word) for word in words.split(",")), is_number)


PERSON = (
    _person("role", _("Role: mentor or mentee"), "role,side,type,mentor or mentee,participant type,programme role"),
    _person("given_name", _("Given name"), "first name,given name,given names,forename,firstname,first names"),
    _person("family_name", _("Family name"), "family name,last name,surname,lastname,family names"),
    _person("full_name", _("Whole name, in one column"), "name,full name,whole name,participant,participant name"),
    _person("email", _("E-mail address"), "email,e-mail,mail,e-mail address,email address,work email"),
    _person("country", _("Country"), "country,country of residence,based in"),
    _person("zone", _("Time zone"), "time zone,timezone,tz,zone"),
    _person("employer", _("Employer"), "employer,organisation,organization,company,workplace,office,agency,ministry"),
    _person("title", _("Job title"), "position,job title,title,designation,post,job,current position"),
    _person(
        "partner",
        _("Partner who put them forward"),
        "put forward by,nominated by,partner,partner organisation,nominating partner",
    ),
    _person(
        "supervisor_email",
        _("Supervisor's e-mail address"),
        "supervisor e-mail,supervisor email,supervisor,line manager e-mail,manager email,manager e-mail",
    ),
    _person(
        "capacity",
        _("How many mentees a mentor can take on"),
        "can mentor,capacity,number of mentees,mentees,how many mentees,pairs at once",
        is_number=True,
    ),
)


@dataclass(frozen=True)
class Profile:
    """The enrolment worksheets of the two sides, and the criteria that say which of their questions belong together."""

    sheets: dict[Side, Worksheet]
    criteria: Sequence[Criterion] = ()

    def field(self, key: str, side: Side) -> FieldShape | None:
        """The question that a column called ``key`` answers for people of a side, if it answers any.

        What a mentor knows, a mentee wants: where a criterion compares two questions, one column serves both.
        """
        if side not in self.sheets:
            return None
        twins = [criterion for criterion in self.criteria if criterion.mentor_field == key]
        if side is Side.MENTEE and twins:
            key = max(twins, key=lambda criterion: criterion.weight).mentee_field
        return next((shape for shape in self.sheets[side].fields() if shape.key == key and shape.kind in _TAKEN), None)

    def targets(self) -> list[Target]:
        """A target for every question of either worksheet that a table can answer; consent is given by nobody else."""
        shapes = {shape.key: shape for side in reversed(Side) for shape in self._fields(side)}
        titles = {criterion.mentor_field: criterion.title for criterion in self.criteria}
        return [
            Target(
                PROFILE + shape.key,
                shape.label,
                frozenset({folded(shape.key), folded(shape.label), folded(titles.get(shape.key, shape.key))}),
                shape.kind is Kind.NUMBER,
            )
            for shape in shapes.values()
        ]

    def _fields(self, side: Side) -> list[FieldShape]:
        sheet = self.sheets.get(side)
        fields = sheet.fields() if sheet else []
        consents = {shape.key + CONSENT_SUFFIX for shape in fields if shape.sensitive}
        return [shape for shape in fields if shape.kind in _TAKEN and shape.key not in consents]


def targets_of(profile: Profile) -> list[Target]:
    """Everything that a column can mean here, the person's own facts first."""
    return [*PERSON, *profile.targets()]
