"""What makes a pair questionable: declared conflicts and the kit's rules (``plp.sys.14``)."""

from collections import defaultdict
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from programmes.domain.matching.profiles import Profile
from programmes.enums import ConflictKind
from programmes.models import Cohort, Conflict
from templates_app.domain.kits import kit_of
from templates_app.models import ResponseState
from templates_app.shapes import MatchRule

DECLARED = {"conflict": ConflictKind.INTEREST, "line": ConflictKind.LINE}


@dataclass(frozen=True)
class Declared:
    """A conflict that was declared, and what has been done about it since."""

    is_excepted: bool = False
    is_weighed: bool = False
    """Whether the sheet about the two was sent that the handbook asks for."""


@dataclass(frozen=True)
class Watch:
    """The rules of a cohort's kit with the conflicts that were declared."""

    rules: list[MatchRule]
    declared: dict[tuple[UUID, UUID], dict[str, Declared]]

    def broken(self, mentor: Profile, mentee: Profile) -> list[MatchRule]:
        """The rules that speak against this pair, as they stand: one to which an exception was made does not, and one that
        waits for its sheet forbids.
        """
        speaking = [rule for rule in self.rules if self._speaks(rule, mentor, mentee)]
        return [found for rule in speaking if (found := self._as_it_stands(rule, mentor, mentee)) is not None]

    def _as_it_stands(self, rule: MatchRule, mentor: Profile, mentee: Profile) -> MatchRule | None:
        if rule.kind not in DECLARED:
            return rule
        declared = self.declared[mentor.id, mentee.id][DECLARED[rule.kind]]
        if rule.exception and declared.is_excepted:
            return None
        if rule.worksheet and not declared.is_weighed:
            waits = _("The sheet about the two is to be sent first: see the conflicts of this cohort.")
            return rule.model_copy(update={"effect": "forbid", "text": f"{rule.text} {waits}"})
        return rule

    def _speaks(self, rule: MatchRule, mentor: Profile, mentee: Profile) -> bool:
        if rule.kind in DECLARED:
            return DECLARED[rule.kind] in self.declared.get((mentor.id, mentee.id), {})
        if rule.kind == "same-employer":
            return bool(mentor.employer) and mentor.employer.casefold() == mentee.employer.casefold()
        return mentor.partner_id is not None and mentor.partner_id == mentee.partner_id

    def forbids(self, mentor: Profile, mentee: Profile) -> bool:
        """Whether a rule forbids the pair outright."""
        return any(rule.effect == "forbid" for rule in self.broken(mentor, mentee))

    def warnings(self, mentor: Profile, mentee: Profile) -> list[dict[str, str]]:
        """What must be acknowledged before the pair is confirmed."""
        return [{"kind": rule.key, "words": rule.text} for rule in self.broken(mentor, mentee) if rule.effect == "warn"]


def watch_of(cohort: Cohort) -> Watch:
    """The rules and declared conflicts of a cohort. One query."""
    declared: dict[tuple[UUID, UUID], dict[str, Declared]] = defaultdict(dict)
    rows = Conflict.objects.filter(cohort=cohort).annotate(excepted=Q(exception__isnull=False))
    for mentor, mentee, kind, excepted, state in rows.values_list(
        "mentor_id", "mentee_id", "kind", "excepted", "sheet__response__state"
    ):
        declared[mentor, mentee][kind] = Declared(excepted, state == ResponseState.SUBMITTED)
    return Watch(kit_of(cohort.programme.handbook).matching.rules, declared)
