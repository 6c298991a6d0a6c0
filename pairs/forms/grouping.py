"""Making a group, and taking somebody into one. Every choice is taken from the cohort at hand, for this request."""

from collections.abc import Collection
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from mentoring.ui.zones import city
from pairs.domain.people import People
from pairs.enums import PairingModel
from programmes.domain.matching.occupancy import Occupancy, occupancy_of
from programmes.domain.matching.queries import matchable
from programmes.enums import Side
from programmes.models import Cohort, Participant
from templates_app.shapes import ALONGSIDE, Model, Plan


def told(person: Participant) -> str:
    """Somebody as an option: name, work and place."""
    return " · ".join(
        filter(None, (person.name, person.title, person.employer, city(person.zone) if person.zone else ""))
    )


def free(cohort: Cohort, side: str, taken: Occupancy) -> list[Participant]:
    """Those of one side who can be paired now."""
    people = matchable(cohort, side)
    if side == Side.MENTEE:
        return [row for row in people if row.pk not in taken.mentees]
    return [row for row in people if taken.mentors.get(row.pk, 0) < row.capacity]


class PeopleField(forms.ModelMultipleChoiceField):
    """Several people of one side. Offered are those who are free; of others the verb says why they are not."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(queryset=None, widget=forms.CheckboxSelectMultiple, **kwargs)

    def of(self, cohort: Cohort, side: str, taken: Occupancy) -> None:
        """Offer the people of a cohort, and say so where nobody is free."""
        self.queryset = matchable(cohort, side)
        self.choices = [(row.pk, told(row)) for row in free(cohort, side, taken)]
        if not self.choices:
            self.help_text = _("Nobody is free: all who have joined are paired, or nobody has joined yet.")


class GroupForm(forms.Form):
    """A model with its mentors and mentees."""

    model = forms.ChoiceField(label=gettext_lazy("What kind of group"), widget=forms.RadioSelect)
    mentors = PeopleField(label=gettext_lazy("Mentors"))
    mentees = PeopleField(label=gettext_lazy("Mentees"))
    experienced = forms.ModelChoiceField(
        queryset=None,
        required=False,
        label=gettext_lazy("Which mentor is the experienced one"),
        empty_label=gettext_lazy("Nobody is named"),
    )

    def __init__(self, cohort: Cohort, plan: Plan, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(one.kind.value, model_words(one)) for one in groups_of(plan)]
        self.fields["model"].choices = choices  # type: ignore[attr-defined]
        if len(choices) == 1:
            self.fields["model"].initial = choices[0][0]
        taken = occupancy_of(cohort)
        self.fields["mentors"].of(cohort, Side.MENTOR, taken)  # type: ignore[attr-defined]
        self.fields["mentees"].of(cohort, Side.MENTEE, taken)  # type: ignore[attr-defined]
        self._offer_experienced(cohort, plan, taken)

    def _offer_experienced(self, cohort: Cohort, plan: Plan, taken: Occupancy) -> None:
        """Asked for where a model has one named, of those mentors who are free."""
        kinds = [str(PairingModel(one.kind).label).capitalize() for one in groups_of(plan) if one.experienced]
        if not kinds:
            del self.fields["experienced"]
            return
        field: Any = self.fields["experienced"]
        field.queryset = matchable(cohort, Side.MENTOR)
        field.choices = [("", field.empty_label), *((row.pk, told(row)) for row in free(cohort, Side.MENTOR, taken))]
        words = _(
            "Asked for: %(kinds)s. A new mentor works beside them. Whoever coordinates sees it, and can change it."
        )
        field.help_text = words % {"kinds": ", ".join(kinds)}


class JoinForm(forms.Form):
    """One more member of a running group."""

    participant = forms.ModelChoiceField(
        queryset=None, label=gettext_lazy("Who joins"), empty_label=gettext_lazy("Choose somebody")
    )

    def __init__(
        self, cohort: Cohort, sides: Collection[str], *args: Any, anybody: bool = False, **kwargs: Any
    ) -> None:
        """``anybody``: also those who have no place left, since a place among peers takes none up."""
        super().__init__(*args, **kwargs)
        taken = occupancy_of(cohort)
        offered = [row for side in sides for row in (matchable(cohort, side) if anybody else free(cohort, side, taken))]
        field = self.fields["participant"]
        field.queryset = Participant.objects.filter(cohort=cohort)  # type: ignore[attr-defined]
        labelled = [(row.pk, f"{told(row)} ({Side(row.side).label})") for row in offered]
        field.choices = [("", field.empty_label), *labelled]  # type: ignore[attr-defined]


class ExperiencedForm(forms.Form):
    """Which of a running pairing's mentors is the experienced one."""

    experienced = forms.ModelChoiceField(
        queryset=None, empty_label=None, label=gettext_lazy("Experienced mentor"), widget=forms.RadioSelect
    )

    def __init__(self, people: People, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        mentors = [one for one in people.present if one.side == Side.MENTOR]
        field: Any = self.fields["experienced"]
        field.queryset = Participant.objects.filter(pk__in=[one.participant.pk for one in mentors])
        field.choices = [(one.participant.pk, one.name) for one in mentors]
        field.initial = next((one.participant.pk for one in mentors if one.member.is_experienced), None)


def groups_of(plan: Plan) -> list[Model]:
    """The models of a programme with more than two people."""
    return [one for one in plan.allowed if one.kind not in {PairingModel.ONE_TO_ONE, *ALONGSIDE}]


def model_words(model: Model) -> str:
    """A model with its limits: "Group: 1 mentor, 1 to 4 mentees"."""
    (_least, mentors), (_few, mentees) = model.mentor_limits, model.mentee_limits
    words = {
        "name": str(PairingModel(model.kind).label).capitalize(),
        "mentors": ngettext("%(span)s mentor", "%(span)s mentors", mentors) % {"span": _span(*model.mentor_limits)},
        "mentees": ngettext("%(span)s mentee", "%(span)s mentees", mentees or 2)
        % {"span": _span(*model.mentee_limits)},
    }
    return _("%(name)s: %(mentors)s, %(mentees)s") % words


def _span(least: int, most: int | None) -> str:
    if most is None:
        return _("%(least)d or more") % {"least": least}
    return str(least) if least == most else _("%(least)d to %(most)d") % {"least": least, "most": most}
