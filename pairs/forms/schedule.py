"""The dates of all sessions in one form, on one's own clock (``plp.sys.21``)."""

import datetime as dt
from collections.abc import Iterable
from copy import copy
from dataclasses import replace
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pairs.domain.dating import length_fault
from pairs.domain.local_times import shown_at
from pairs.domain.schedule import Facts, fingerprint, own_or_common
from pairs.domain.slots import recurring, repeats
from pairs.enums import SessionState
from pairs.forms.fields import chosen_instant, day_field, time_field
from pairs.models import Schedule, Session
from templates_app.shapes import Plan

OTHER = "other"


class ScheduleForm(forms.Form):
    """Frequency, platform, link and length once; a day and a time for every session still to come."""

    frequency = forms.ChoiceField(label=gettext_lazy("How often do you meet?"), widget=forms.RadioSelect)
    platform = forms.ChoiceField(label=gettext_lazy("On which platform?"), required=False)
    platform_other = forms.CharField(
        label=gettext_lazy("Which other platform?"),
        required=False,
        max_length=100,
        widget=forms.TextInput(),
    )
    link = forms.URLField(
        label=gettext_lazy("Link to the call"),
        required=False,
        max_length=500,
        assume_scheme="https",
        help_text=gettext_lazy("The same link for all sessions, save those that you gave one of their own."),
        widget=forms.URLInput(attrs={"inputmode": "url"}),
        error_messages={"invalid": gettext_lazy("Enter a whole address, such as https://meet.example/our-room.")},
    )
    minutes = forms.IntegerField(
        label=gettext_lazy("How many minutes does a session take?"),
        widget=forms.NumberInput(attrs={"class": "short"}),
    )
    seen = forms.CharField(widget=forms.HiddenInput)

    def __init__(
        self,
        data: Any = None,
        *,
        plan: Plan,
        schedule: Schedule,
        sessions: Iterable[Session],
        zone: str,
        initial: dict[str, Any] | None = None,
    ) -> None:
        self.zone = zone
        self.agreed = Facts.of(schedule)
        self.sessions = list(sessions)
        self.twice: list[int] = []
        super().__init__(data, initial=self._stored(plan, schedule) | (initial or {}))
        self.fields["frequency"].choices = [(option.key, option.label) for option in plan.frequencies]
        blank = [("", _("Not decided yet"))]
        self.fields["platform"].choices = blank + [(option.key, option.label) for option in plan.platforms]
        shortest, longest = plan.meeting.min_minutes, plan.meeting.max_minutes
        self.fields["minutes"].help_text = _("%(shortest)d to %(longest)d minutes are usual.") % {
            "shortest": shortest,
            "longest": longest,
        }
        for session in self.open_sessions:
            words = {"number": session.number}
            self.fields[f"day_{session.number}"] = day_field(label=_("Day of session %(number)d") % words)
            self.fields[f"time_{session.number}"] = time_field(label=_("Time of session %(number)d") % words)

    @property
    def open_sessions(self) -> list[Session]:
        """The sessions whose date can still be set."""
        return [row for row in self.sessions if row.state != SessionState.HELD]

    def _stored(self, plan: Plan, schedule: Schedule) -> dict[str, Any]:
        usual = next((option.key for option in plan.frequencies if repeats(option.key)), "")
        values: dict[str, Any] = {
            "frequency": schedule.frequency or usual,
            "platform": schedule.platform,
            "platform_other": schedule.platform_other,
            "link": schedule.link,
            "minutes": schedule.minutes,
            "seen": fingerprint(schedule, self.sessions),
        }
        for session in self.open_sessions:
            if (stands := _shown_date(session)) is not None:
                values[f"day_{session.number}"], values[f"time_{session.number}"] = shown_at(stands, self.zone)
        return values

    def go_on_top(self) -> None:
        """The person is shown how the dates stand now: what they send next is put on top of that, knowingly."""
        self.data = self.data.copy()
        self.data["seen"] = self.initial["seen"]

    # --- Checking -----------------------------------------------------------------------------------------------------

    def clean_minutes(self) -> int:
        minutes = self.cleaned_data["minutes"]
        if fault := length_fault(minutes):
            raise forms.ValidationError(fault)
        return minutes

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        if values.get("platform") == OTHER and not values.get("platform_other"):
            self.add_error("platform_other", _("Say which platform you mean."))
        self.starts = {session.number: self._start(session, values) for session in self.open_sessions}
        return values

    def _start(self, session: Session, values: dict[str, Any]) -> dt.datetime | None:
        day_name, time_name = f"day_{session.number}", f"time_{session.number}"
        if day_name in self.errors or time_name in self.errors:
            return None
        try:
            chosen = chosen_instant(values.get(day_name), values.get(time_name), self.zone, stands=_shown_date(session))
        except forms.ValidationError as fault:
            self.add_error(time_name if values.get(day_name) else day_name, fault)
            return None
        if chosen is None:
            if _shown_date(session) is not None:
                self.add_error(day_name, _("To take this date away, cancel the session on its own page."))
            return None
        if chosen.at == session.starts_at:
            return session.starts_at
        if chosen.twice:
            self.twice.append(session.number)
        return chosen.at

    @property
    def facts(self) -> Facts:
        """What holds for all sessions, once the form is valid."""
        values = self.cleaned_data
        other = values["platform_other"] if values["platform"] == OTHER else ""
        return Facts(values["frequency"], values["platform"], other, values["link"], values["minutes"])

    def refuse(self, faults: dict[int, str]) -> None:
        """Put what the verb refused beside the sessions it is about."""
        for number, words in faults.items():
            self.add_error(f"day_{number}" if f"day_{number}" in self.fields else None, words)

    # --- Filling from a recurring slot --------------------------------------------------------------------------------

    def filled(self) -> dict[str, Any] | None:
        """What the form would hold with every later day worked out from the first one given; ``None`` where that is not
        possible (no first date, or a pace that repeats nothing).
        """
        given = {name: self._typed(name) for name in self.fields}
        frequency = given.get("frequency") or ""
        first = next((row for row in self.open_sessions if given.get(f"day_{row.number}")), None)
        if first is None or not repeats(str(frequency)):
            return None
        later = [row for row in self.open_sessions if row.number >= first.number]
        day, time = given[f"day_{first.number}"], given[f"time_{first.number}"]
        for session, slot in zip(later, recurring(day, str(frequency), len(later)), strict=True):
            given[f"day_{session.number}"] = slot
            given[f"time_{session.number}"] = time or given[f"time_{session.number}"]
        return given

    def _typed(self, name: str) -> Any:
        """A field's value as typed, where it makes sense; the raw words otherwise."""
        field = self.fields[name]
        raw = field.widget.value_from_datadict(self.data, self.files, self.add_prefix(name))
        try:
            return field.clean(raw) if raw else None
        except forms.ValidationError:
            return None if name.startswith(("day_", "time_")) else raw

    # --- Showing ------------------------------------------------------------------------------------------------------

    def rows(self) -> list[dict[str, Any]]:
        """One row per session: its two fields, or the date it was held; and the instant it would be, where that is known."""
        listed = []
        for session in self.sessions:
            day, time = f"day_{session.number}", f"time_{session.number}"
            known = day in self.fields
            listed.append(
                {
                    "session": session,
                    "day": self[day] if known else None,
                    "time": self[time] if known else None,
                    "at": self._shown_instant(session) if known else session.starts_at,
                }
            )
        return listed

    @property
    def shown_minutes(self) -> int:
        """The length that the form shows, where it makes sense; otherwise the stored one."""
        typed = self._typed("minutes") if self.is_bound else self.initial.get("minutes")
        return typed if isinstance(typed, int) else int(self.initial["minutes"])

    def as_chosen(self) -> list[Session]:
        """Copies of the sessions as they would stand, for remarks on dates that are not saved yet."""
        chosen = []
        for row in self.rows():
            session = copy(row["session"])
            if row["day"] is not None:
                shown = replace(self.agreed, minutes=self.shown_minutes)
                session.minutes, session.link = own_or_common(session, self.agreed, shown)
                session.starts_at, session.state = row["at"], SessionState.PLANNED
            chosen.append(session)
        return chosen

    def _shown_instant(self, session: Session) -> dt.datetime | None:
        day, time = f"day_{session.number}", f"time_{session.number}"
        value = self._typed if self.is_bound else self.initial.get
        try:
            chosen = chosen_instant(value(day), value(time), self.zone, stands=_shown_date(session))
        except forms.ValidationError:
            return None
        return chosen.at if chosen else None


def _shown_date(session: Session) -> dt.datetime | None:
    """The date from which the form fills the fields of a session; a cancelled one's is offered no more."""
    return session.starts_at if session.state == SessionState.PLANNED else None
