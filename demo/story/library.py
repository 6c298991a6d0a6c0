"""Files in the library of the first programme: one for everybody with a newer version, one for mentors."""

import datetime as dt

from django.core.files.uploadedfile import SimpleUploadedFile

from mentoring import clock
from mentoring.accounts.models import User
from programmes.domain.library_files import add_file, get_file_for, replace_file
from programmes.models import Cohort

_FIRST_CALL = """Questions to begin a first call with

- What does a good week look like for you?
- What are you proud of from this year?
- What would you like to be different in six months?
"""
_NEWER = f"{_FIRST_CALL}- How shall we tell each other that something does not help?\n"
_ISLANDS = """place,hours from UTC
Apia,+13
Nukuʻalofa,+13
Suva,+12
Tarawa,+12
Brisbane,+10
"""


def tell(cohort: Cohort, coordinator: User) -> None:
    """Tell both."""
    programme, now = cohort.programme, clock.now()
    with clock.at(now - dt.timedelta(days=60)):
        questions = add_file(
            programme=programme,
            file=SimpleUploadedFile("first call.txt", _FIRST_CALL.encode()),
            title="Questions to begin a first call with",
            note="One page to keep beside you while you talk.",
            topics=["first session", "listening"],
            roles=[],
            actor=coordinator,
        )
    with clock.at(now - dt.timedelta(days=20)):
        replace_file(
            filed=get_file_for(coordinator, programme, questions.pk),
            file=SimpleUploadedFile("first call, second edition.txt", _NEWER.encode()),
            change="A question on how to say that something does not help.",
            actor=coordinator,
        )
        add_file(
            programme=programme,
            file=SimpleUploadedFile("hours of the islands.csv", _ISLANDS.encode()),
            title="Hours of the islands",
            note="Which hour it is where, for planning your calls.",
            topics=["planning"],
            roles=["mentor"],
            cohorts=[cohort],
            actor=coordinator,
        )
