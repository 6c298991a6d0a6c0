"""Forms of a single session: another time, how it was held."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pairs.domain.dating import length_fault
from pairs.domain.local_times import LocalInstant, shown_at
from pairs.domain.people import People, Person
from pairs.domain.places import Where, where_of
from pairs.forms.fields import chosen_instant, day_field, time_field
from pairs.models import Session
from programmes.enums import Side
from programmes.models import Participant
from templates_app.domain.kits import kit_of
from templates_app.shapes import Plan


class MeetingForm(forms.Form):
    """Day, time, length and link of one meeting, on one's own clock."""

    minutes = forms.IntegerField(label=gettext_lazy("Minutes"), widget=forms.NumberInput(attrs={"class": "short"}))
    link = forms.URLField(
        label=gettext_lazy("Link to the call"),
        required=False,
        max_length=500,
        assume_scheme="https",
        widget=forms.URLInput(attrs={"inputmode": "url"}),
        error_messages={"invalid": gettext_lazy("Enter a whole address, such as https://meet.example/our-room.")},
    )
    way = forms.ChoiceField(label=gettext_lazy("How do you meet?"), required=False)
    place = forms.CharField(
        label=gettext_lazy("Where?"),
        required=False,
        max_length=200,
        help_text=gettext_lazy("Choose a place where nobody interrupts you."),
    )
    room = forms.ChoiceField(
        required=False,
        widget=forms.RadioSelect,
        choices=[("yes", gettext_lazy("Yes")), ("no", gettext_lazy("No"))],
    )
    field_order: tuple[str, ...] = ("day", "time", "minutes", "way", "place", "room", "link")

    def __init__(
        self, data: Any = None, *, zone: str, session: Session, offered: Mapping[str, str] | None = None
    ) -> None:
        """``offered``: day and time as an address names them, to begin with."""
        self.zone = zone
        self.session = session
        plan = kit_of(session.pairing.cohort.programme.handbook).plan
        self.asking = {way.key: way for way in plan.platforms if way.asks}
        values: dict[str, Any] = {"minutes": session.minutes, "link": session.link, **where_of(session).columns()}
        values["room"] = {True: "yes", False: "no"}.get(session.is_private, "")  # type: ignore[arg-type]
        if session.starts_at is not None:
            values["day"], values["time"] = shown_at(session.starts_at, zone)
        values |= {name: offered[name] for name in ("day", "time") if offered and offered.get(name)}
        super().__init__(data, initial=values)
        self.fields["day"] = day_field(label=_("Day"), required=True)
        self.fields["time"] = time_field(label=_("Time"), required=True)
        self._ask_where(plan)
        self.order_fields(self.field_order)

    def _ask_where(self, plan: Plan) -> None:
        ways = [(way.key, way.label) for way in plan.platforms]
        self.fields["way"].choices = [("", _("As we usually do")), *ways]  # type: ignore[attr-defined]
        hints = [f"{way.label}: {way.help}" for way in plan.platforms if way.help]
        self.fields["way"].help_text = " ".join(hints)
        if not self.asking:
            del self.fields["room"]
            return
        first = next(iter(self.asking.values()))
        self.fields["room"].label = first.asks
        labels = ", ".join(way.label for way in self.asking.values())
        self.fields["room"].help_text = _("Asked for: %(ways)s.") % {"ways": labels}

    def clean_minutes(self) -> int:
        minutes = self.cleaned_data["minutes"]
        if fault := length_fault(minutes):
            raise forms.ValidationError(fault)
        return minutes

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        self.chosen: LocalInstant | None = None
        if values.get("way") in self.asking and not values.get("room"):
            self.add_error("room", _("Say yes or no. Either is fine; a quiet room is better."))
        if "day" in values and "time" in values:
            try:
                stands = self.session.starts_at
                self.chosen = chosen_instant(values["day"], values["time"], self.zone, stands=stands)
            except forms.ValidationError as fault:
                self.add_error("time", fault)
        return values

    @property
    def where(self) -> Where:
        """How and where they meet. The room is said of such a way alone as asks for it."""
        way = self.cleaned_data.get("way") or ""
        room = {"yes": True, "no": False}.get(self.cleaned_data.get("room", "")) if way in self.asking else None
        return Where(way, self.cleaned_data.get("place") or "", room)

    def refuse(self, faults: dict[int, str]) -> None:
        """Put what the verb refused beside the day."""
        for words in faults.values():
            self.add_error("day", words)


class ExtraMeetingForm(MeetingForm):
    """A further meeting. In a group a mentor may choose one mentee for it, and a mentee to have the mentors alone."""

    field_order = ("whom", *MeetingForm.field_order)

    def __init__(self, data: Any = None, *, zone: str, session: Session, people: People, person: Person) -> None:
        super().__init__(data, zone=zone, session=session)
        if session.pairing.is_pair:
            return
        mentees = people.mentees.people if person.side == Side.MENTOR else (person,)
        alone = [(str(one.participant.pk), self._words(one, person, people)) for one in mentees]
        self.fields["whom"] = forms.ChoiceField(
            label=_("Who meets"), choices=[("", _("Everybody")), *alone], required=False, widget=forms.RadioSelect
        )
        self.by_key = {str(one.participant.pk): one.participant for one in mentees}
        self.order_fields(self.field_order)

    def _words(self, mentee: Person, person: Person, people: People) -> str:
        if person.side == Side.MENTEE:
            return _("You and %(name)s alone") % {"name": people.mentors.short_name}
        return _("%(name)s alone, with the mentors") % {"name": mentee.short_name}

    @property
    def mentee(self) -> Participant | None:
        """The one mentee it is for; ``None`` where everybody meets."""
        chosen = self.cleaned_data.get("whom")
        return self.by_key[chosen] if chosen else None


class HeldForm(forms.Form):
    """How long a session took and, where it was not at the planned time, when it was."""

    minutes = forms.IntegerField(
        label=gettext_lazy("How many minutes did it take?"),
        widget=forms.NumberInput(attrs={"class": "short"}),
    )
    field_order = ("day", "time", "minutes")

    def __init__(self, data: Any = None, *, zone: str, session: Session) -> None:
        self.zone = zone
        self.session = session
        values: dict[str, Any] = {"minutes": session.minutes}
        if session.starts_at is not None:
            values["day"], values["time"] = shown_at(session.starts_at, zone)
        super().__init__(data, initial=values)
        self.fields["day"] = day_field(label=_("On which day did you meet?"), required=True)
        self.fields["time"] = time_field(label=_("At what time?"), required=True)
        self.order_fields(self.field_order)

    def clean_minutes(self) -> int:
        minutes = self.cleaned_data["minutes"]
        if fault := length_fault(minutes):
            raise forms.ValidationError(fault)
        return minutes

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        self.starts = None
        if "day" in values and "time" in values:
            try:
                planned = self.session.starts_at
                chosen = chosen_instant(values["day"], values["time"], self.zone, stands=planned)
                self.starts = chosen.at if chosen else None
            except forms.ValidationError as fault:
                self.add_error("time", fault)
        return values

    def refuse(self, faults: dict[int, str]) -> None:
        """Put what the verb refused beside the day."""
        for words in faults.values():
            self.add_error("day", words)
