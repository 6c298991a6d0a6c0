"""What makes a pair questionable: declared conflicts and the kit's rules (``plp.sys.14``)."""

from collections import defaultdict
from dataclasses import dataclass
from uuid import UUID

from programmes.domain.matching.profiles import Profile
from programmes.enums import ConflictKind
from programmes.models import Cohort, Conflict
from templates_app.domain.kits import kit_of
from templates_app.shapes import MatchRule

DECLARED = {"conflict": ConflictKind.INTEREST, "line": ConflictKind.LINE}


@dataclass(frozen=True)
class Watch:
    """The rules of a cohort's kit with the conflicts that were declared."""

    rules: list[MatchRule]
    declared: dict[tuple[UUID, UUID], set[str]]

    def broken(self, mentor: Profile, mentee: Profile) -> list[MatchRule]:
        """The rules that speak against this pair."""
        return [rule for rule in self.rules if self._speaks(rule, mentor, mentee)]

    def _speaks(self, rule: MatchRule, mentor: Profile, mentee: Profile) -> bool:
        if rule.kind in DECLARED:
            return DECLARED[rule.kind] in self.declared.get((mentor.id, mentee.id), set())
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
    declared: dict[tuple[UUID, UUID], set[str]] = defaultdict(set)
    for mentor, mentee, kind in Conflict.objects.filter(cohort=cohort).values_list("mentor_id", "mentee_id", "kind"):
        declared[mentor, mentee].add(kind)
    return Watch(kit_of(cohort.programme.handbook).matching.rules, declared)
