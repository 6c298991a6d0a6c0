"""What the engine needs to know of the world, handed in: who answers, when, where, and what the application offers."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import translation

from mentoring import clock


class Choice(NamedTuple):
    """One answer to choose: its stable key, its words, and a line of help."""

    key: str
    label: str
    help: str = ""


def _language() -> str:
    return translation.get_language() or settings.LANGUAGE_CODE


@dataclass(frozen=True, kw_only=True)
class AnswerContext:
    """Everything outside a worksheet that its answers may depend on. Holds no ORM objects but ``subject``.

    ``user`` is the id of the person answering and ``roles`` the places they hold here (``mentor``), for signatures.
    ``dates`` are the bounds a field may name (``cohort.end``). ``people`` maps the ids a person field offers to names.
    ``files`` are the ids of kept files that may be attached.
    ``options`` and ``values`` answer before the registered providers do. ``subject`` is what the worksheet is about
    (a pairing, an enrolment): only registered providers look inside.
    """

    locale: str = field(default_factory=_language)
    zone: str = "UTC"
    now: datetime = field(default_factory=clock.now)
    user: str = ""
    roles: frozenset[str] = frozenset()
    side: str = ""
    """The side of whoever wrote or writes the sheet (``mentee``), for questions with words of their own for each."""
    dates: Mapping[str, date] = field(default_factory=dict)
    people: Mapping[str, str] = field(default_factory=dict)
    options: Mapping[str, Iterable[Choice]] = field(default_factory=dict)
    values: Mapping[str, Any] = field(default_factory=dict)
    files: frozenset[str] = frozenset()
    all_sign: bool = False
    """Whether everybody who signs writes the sheet together, so that it goes only with all their signatures."""
    subject: Any = None
    _offered: dict[str, list[Choice]] = field(default_factory=dict, repr=False, compare=False)

    @property
    def tzinfo(self) -> ZoneInfo:
        return ZoneInfo(self.zone)

    def date_named(self, name: str) -> date | None:
        """The day a bound stands for: a name of ``shapes.BOUNDS``, ``today`` being the person's own, or a date as it is
        written. None when it is not known.
        """
        if name == "today":
            return self.now.astimezone(self.tzinfo).date()
        if name[:1].isdigit():
            return date.fromisoformat(name)
        return self.dates.get(name)

    def offered(self, name: str) -> list[Choice]:
        """The options called ``name`` (``partners``, ``zones``); none when nobody provides them."""
        if name not in self._offered:
            given = self.options.get(name)
            if given is None and name == "people":
                given = [Choice(key, label) for key, label in self.people.items()]
            if given is None:
                provider = _OPTIONS.get(name)
                given = provider(self) if provider else ()
            self._offered[name] = [Choice(*option) for option in given]
        return self._offered[name]

    def known(self, name: str) -> Any:
        """A value the application knows (``person.name``), for a first answer; None when it does not."""
        if name in self.values:
            return self.values[name]
        provider = _PREFILLS.get(name)
        return provider(self) if provider else None


OptionsProvider = Callable[[AnswerContext], Iterable[Choice]]
PrefillProvider = Callable[[AnswerContext], Any]
Computation = Callable[[AnswerContext, Mapping[str, Any]], Any]

_OPTIONS: dict[str, OptionsProvider] = {}
_PREFILLS: dict[str, PrefillProvider] = {}
_COMPUTED: dict[str, Computation] = {}


def register_options(name: str, provider: OptionsProvider) -> None:
    """Offer options under a name that fields give as ``options_from``. For ``AppConfig.ready``."""
    _OPTIONS[name] = provider


def register_prefill(name: str, provider: PrefillProvider) -> None:
    """Offer a value under a name that fields give as ``prefill``; None offers nothing. For ``AppConfig.ready``."""
    _PREFILLS[name] = provider


def register_computed(name: str, computation: Computation) -> None:
    """Offer a computation under a name that fields give as ``compute``; it gets the context and the level's answers."""
    _COMPUTED[name] = computation


def computation_named(name: str) -> Computation | None:
    """The registered computation of that name, if any."""
    return _COMPUTED.get(name)
