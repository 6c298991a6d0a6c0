"""Every named address, found by walking the resolver, and how to fill its gaps with a rich company's things."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Model
from django.urls import URLResolver, get_resolver, reverse

from mentoring.notices.models import Message
from mentoring.tenancy.models import Membership
from pairs.models import Action, Agreement, ContactIntroduction, Goal, Output, Session, SharedFile
from programmes.domain.handbook.items import address_of, items_of
from programmes.domain.handbook.parts import list_part
from programmes.models import Assignment, Away, ClaimLine
from templates_app.domain.kits import kit_of
from templates_app.models import Upload
from tests.rich import RichCompany


@dataclass(frozen=True)
class Route:
    """A named address: its name with namespace, and the gaps it has in their order."""

    name: str
    pattern: str
    gaps: tuple[str, ...]
    view: Callable[..., Any]

    @property
    def is_inside(self) -> bool:
        """Whether it stands under an organisation."""
        return "organisation" in self.gaps

    @property
    def is_ours(self) -> bool:
        """Whether its view is no package's."""
        return not self.view.__module__.startswith(("allauth.", "django."))


def all_routes(
    resolver: URLResolver | None = None, spaces: str = "", before: str = "", gaps: tuple[str, ...] = ()
) -> Iterator[Route]:
    """Every pattern of the project. Raises ``ValueError`` for one without a name."""
    for item in (resolver or get_resolver()).url_patterns:
        here, found = before + str(item.pattern), (*gaps, *item.pattern.regex.groupindex)
        if isinstance(item, URLResolver):
            inner = f"{spaces}{item.namespace}:" if item.namespace else spaces
            yield from all_routes(item, inner, here, found)
        elif not item.name:
            raise ValueError(f"The address '{here}' has no name.")
        else:
            yield Route(spaces + item.name, here, found, item.callback)


# --- What fills the gaps ---------------------------------------------------------------------------------------------

RESOURCES: Any = list_part("resources")
Source = Callable[[RichCompany], Any]


def _first(model: type[Model], **which: Any) -> Source:
    """The id of the oldest row that fits; callables among the conditions are asked with the company.

    The clock stands still while the world is built: of rows as old as each other it is any, so say what sets them apart.
    """

    def find(company: RichCompany) -> Any:
        asked = {name: value(company) if callable(value) else value for name, value in which.items()}
        return model.objects.filter(**asked).order_by("created_at", "pk")[0].pk  # type: ignore[attr-defined]

    return find


def _kept(name: str) -> Source:
    return lambda company: company.kept[name].pk


def _room(name: str) -> Source:
    return lambda company: company.here.kept[name].pk


def _place(name: str) -> Source:
    return lambda company: company.places[name].pk


def _user(name: str) -> Source:
    return lambda company: company.users[name].pk


def _of_first(company: RichCompany) -> Any:
    return company.pairing.pk


def _output(worksheet: str, moment: str, side: str | None) -> Source:
    return _first(Output, pairing=_of_first, worksheet=worksheet, moment=moment, member__side=side)


def _membership(name: str) -> Source:
    return _first(Membership, organisation=lambda company: company.organisation.pk, user=_user(name))


SOURCES: dict[str, Source] = {
    "organisation": lambda company: company.organisation.slug,
    "programme": lambda company: company.programme.slug,
    "cohort": lambda company: company.cohort.slug,
    "membership_id": _membership("mentor_two"),
    "partner_id": lambda company: company.partner.pk,
    "message_id": _first(Message, recipient=_user("mentee"), kind="pairs.paired"),
    "message_id=invitation": _first(
        Message, kind="programmes.invitation", email=lambda company: company.places["mentor"].email
    ),
    "role": _first(Assignment, role="steering", programme=lambda company: company.programme.pk),
    "edit": _room("edit"),
    "run": _room("import"),
    "run=applied": _room("import_done"),
    "mailing": _room("mailing"),
    "gathering": _room("gathering"),
    "library_file": _room("library_file"),
    "number=library": lambda _company: 1,
    "issue": _kept("issue_of_mentee"),
    "concern": _kept("concern_of_mentee"),
    "concern=two": _kept("concern_of_mentee_two"),
    "sheet": _room("checklist"),
    "asking": _kept("asking"),
    "match": _kept("match"),
    "mentor": _place("mentor"),
    "sheet=policy": _room("policy"),
    "sheet=diary": _kept("diary_of_mentee"),
    "sheet=wishes": _kept("wishes_of_mentee"),
    "conflict": _room("conflict"),
    "proposal": _room("proposal"),
    "key=criterion": lambda company: kit_of(company.programme.handbook).matching.criteria[0].key,
    "key=article": lambda company: company.here.kept["edit"].part.removeprefix("article:"),
    "key=item": lambda company: address_of(RESOURCES, items_of(company.programme, RESOURCES)[0]),
    "report": _kept("report"),
    "survey": lambda company: kit_of(company.programme.handbook).surveys[0].key,
    "person": _place("mentee"),
    "person=mentee_two": _place("mentee_two"),
    "person=candidate": _place("mentee_candidate"),
    "away": _first(Away, participant=_place("mentee")),
    "pairing": _of_first,
    "pairing=two": lambda company: company.pairing_two.pk,
    "pairing=past": lambda company: company.pairing_past.pk,
    "pairing=group": _kept("group"),
    "participant": _place("mentee_grouped"),
    "session": _first(Session, pairing=_of_first, number=4),
    "session=held": _first(Session, pairing=_of_first, number=3),
    "goal": _first(Goal, pairing=_of_first),
    "action": _first(Action, pairing=_of_first, state="open", owner__side="mentor"),
    "number": lambda company: Agreement.objects.filter(pairing=company.pairing)[0].number,
    "output": _output("prep", "before-first-meeting", "mentee"),
    "output=passed": _output("learning-log", "session-2", "mentee"),
    "output=between": _output("learning-log", "session-3", "mentor"),
    "output=draft": _output("learning-goals", "extra-1", "mentee"),
    "output=open": _output("intended-outcomes", "session-4", None),
    "output=assessment": _output("capacity", "extra-1", "mentee"),
    "output=capacity": _output("capacity", "session-2", "mentee"),
    "output=evaluation": _output("", "evaluation", "mentee"),
    "output=signed": _output("signed-plan", "extra-1", "mentee"),
    "output=errand": _output("", "remind-mentee", "mentor"),
    "suggestion": _room("suggestion"),
    "achievement": _kept("achievement_of_mentee"),
    "claim": _kept("claim_of_mentee"),
    "line": _first(ClaimLine, claim__participant=_place("mentee")),
    "file": _first(SharedFile, pairing=_of_first),
    "introduction": _first(ContactIntroduction, pairing=_of_first),
    "upload_id": _first(Upload, response__outputs__pairing=_of_first),
    "kept": lambda company: company.kept["picture"].kept,
    "version_id": _kept("version"),
    "document_id": _kept("document_private"),
    "document_id=records": _kept("document_records"),
    "document_id=logs": _kept("document_logs"),
    "document_id=agreement": lambda company: Agreement.objects.get(pairing=company.pairing).document_id,
    "document_id=report": _kept("document_report"),
    "export": _kept("export_coordinator_csv"),
    "export=admin": _kept("export_admin_xlsx"),
    "token": lambda company: company.kept["token"],
    "token=manager": lambda company: company.kept["token_of_manager_of_mentee"],
    "manager": _room("staff_manager"),
    "token=needs": lambda company: company.here.kept["token_of_needs"],
    "code": lambda company: company.here.kept["notice"].code,
    "token=feed": lambda company: company.kept["feeds"]["mentee"],
}
"""What fills a gap of that name. A line of the table may name a variant (``output=draft``) or write a value itself."""


def _next_door(name: str) -> Source:
    return lambda company: company.next_door.kept[name].pk


def _of_second(company: RichCompany) -> Any:
    return company.pairing_two.pk


NEXT_DOOR: dict[str, Source] = {
    "programme": lambda company: company.next_door.programme.slug,
    "cohort": lambda company: company.next_door.cohort.slug,
    "role": _first(Assignment, programme=lambda company: company.next_door.programme.pk),
    "person": _place("mentee_elsewhere"),
    "away": _first(Away, participant=_place("mentor")),
    "participant": _place("mentee_two"),
    "pairing": _of_second,
    "session": _first(Session, pairing=_of_second, number=4),
    "goal": _first(Goal, pairing=_of_second),
    "action": _first(Action, pairing=_of_second, state="open", owner__side="mentor"),
    "file": _first(SharedFile, pairing=_of_second),
    "introduction": _first(ContactIntroduction, pairing=_of_second),
    "claim": _kept("claim_of_mentee_two"),
    "achievement": _kept("achievement_of_mentee_two"),
    "line": _first(ClaimLine, claim__participant=_place("mentee_two")),
} | {
    gap: _next_door(gap)
    for gap in ("edit", "mailing", "gathering", "conflict", "proposal", "suggestion", "library_file")
}
NEXT_DOOR["sheet"] = _next_door("checklist")
NEXT_DOOR["manager"] = _next_door("staff_manager")
NEXT_DOOR["asking"] = _kept("asking_two")
NEXT_DOOR["match"] = _kept("match_two")
NEXT_DOOR["mentor"] = _place("mentor_two")
NEXT_DOOR["run"] = _next_door("import")
"""What stands next door to what fills a gap: in the other programme, in the other pair, with the other person."""


def values_for(route: Route, variants: dict[str, str], company: RichCompany) -> dict[str, Any]:
    """The route's gaps filled with the company's own things. Raises ``LookupError`` for a gap that nothing fills."""
    found = {}
    for gap in route.gaps:
        variant = variants.get(gap)
        source = SOURCES.get(f"{gap}={variant}" if variant else gap)
        if source is None and variant is None:
            raise LookupError(
                f"{route.name}: say in tests/isolation/routes.py what fills '{gap}', or write it in the table."
            )
        found[gap] = source(company) if source else variant
    return found


def address(route: Route, values: dict[str, Any]) -> str:
    """The address with its gaps filled."""
    return reverse(route.name, kwargs={gap: values[gap] for gap in route.gaps})
