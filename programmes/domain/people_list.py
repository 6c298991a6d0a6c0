"""The people found, as a file. Its headings are those that an import understands."""

import io
from collections.abc import Iterable

from defusedcsv import csv
from django.utils.translation import gettext as _

from programmes.models import Participant


def people_csv(people: Iterable[Participant]) -> str:
    """A line for each person, with what stands in the list and nothing of their profile. Formulas are defused."""
    out = io.StringIO()
    writer = csv.writer(out)
    headings = [
        _("Role"),
        _("Given name"),
        _("Family name"),
        _("E-mail"),
        _("Country"),
        _("Time zone"),
        _("Employer"),
        _("Job title"),
        _("Put forward by"),
        _("State"),
    ]
    writer.writerow(headings)
    for person in people:
        partner = str(person.partner) if person.partner else ""
        names = [person.get_side_display(), person.given_name, person.family_name, person.email]
        work = [person.country, person.zone, person.employer, person.title, partner, person.get_state_display()]
        writer.writerow([*names, *work])
    return "\ufeff" + out.getvalue()
