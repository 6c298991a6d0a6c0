"""Who may read which words: the promises of the application, told in one table that the walk holds every answer against."""

from tests.rich.marks import Canary, Secrecy, Whose

S, W = Secrecy, Whose

FIRST, SECOND = {W.MENTOR, W.MENTEE, W.PAIR}, {W.MENTOR_TWO, W.MENTEE_TWO, W.PAIR_TWO}
COHORT = FIRST | SECOND | {W.PAST, W.WAITING}
WHO = {S.NAME, S.ADDRESS}
BETWEEN = {S.PAIR, S.PASSED_ON}
EVERYTHING = set(S) - {S.STAFF, S.LEADS}

_Rights = list[tuple[set[Whose], set[Secrecy]]]
HERE: _Rights = [({W.ORGANISATION, W.PROGRAMME}, {S.OPEN}), ({W.STAFF}, {S.NAME}), ({W.COORDINATOR}, WHO)]
"""What everybody in the programme knows: its own words, the names of those who run it, how to reach the coordinator."""
STAFF_HERE: _Rights = [*HERE, ({W.STAFF}, WHO)]


def _member(own: Whose, partner: Whose, pair: Whose) -> _Rights:
    return [*HERE, ({own}, EVERYTHING), ({partner}, BETWEEN | {S.NAME}), ({pair}, BETWEEN)]


RIGHTS: dict[str, _Rights] = {
    "nobody": [],
    "admin": [*STAFF_HERE, (COHORT, WHO), ({W.ELSEWHERE}, {S.OPEN, *WHO})],
    "coordinator": [
        *STAFF_HERE,
        (COHORT, {*WHO, S.PASSED_ON, S.AUTHOR, S.APART, S.STAFF}),
        ({W.PROGRAMME}, {S.STAFF}),
    ],
    "lead": [*STAFF_HERE, (FIRST | {W.WAITING}, WHO), (FIRST, {S.LEAD, S.LEADS})],
    "steering": [*STAFF_HERE],
    "mentor": _member(W.MENTOR, W.MENTEE, W.PAIR),
    "mentee": _member(W.MENTEE, W.MENTOR, W.PAIR),
    "mentor_two": _member(W.MENTOR_TWO, W.MENTEE_TWO, W.PAIR_TWO),
    "mentee_two": _member(W.MENTEE_TWO, W.MENTOR_TWO, W.PAIR_TWO),
    "mentee_past": _member(W.PAST, W.PAST, W.PAST),
    "elsewhere": [({W.ORGANISATION}, {S.OPEN}), ({W.STAFF}, {S.NAME}), ({W.ELSEWHERE}, EVERYTHING)],
}
"""By actor: whose words of which secrecy they may ever read, anywhere."""

BEARERS: dict[str, _Rights] = {
    "programmes:join": [*HERE, ({W.WAITING}, WHO)],
    "programmes:approve": [*HERE, ({W.WAITING}, WHO)],
    "programmes:for_supervisors": HERE,
    "programmes:manager_page": [*HERE, ({W.MENTEE}, {S.NAME, S.AUTHOR, S.APART})],
    "programmes:needs_page": HERE,
    "programmes:notice": [({W.ORGANISATION, W.PROGRAMME}, {S.OPEN})],
    "pairs:sign-outside": [*HERE, (FIRST, {S.NAME, S.PASSED_ON})],
    "pairs:contact-outside": [*HERE, (FIRST, {S.NAME, S.PAIR})],
    "pairs:feed": [*HERE, ({W.MENTOR, W.MENTEE}, {S.NAME})],
}
"""Addresses that are themselves a key, by name: what everybody reads there who holds one."""


PARTNERS = {"mentor": FIRST, "mentor_two": SECOND}
"""Mentors who are made coordinators too, with their pair's words."""


def may_read_coordinating(actor: str, canary: Canary, *, at: str = "") -> bool:
    """The same of a mentor who coordinates too: both together, but for what their mentee was told that the mentor does not
    see. What they wrote themselves is theirs.
    """
    if canary.whose in PARTNERS[actor] and canary.secrecy is S.APART:
        return may_read(actor, canary, at=at)
    return may_read(actor, canary, at=at) or may_read("coordinator", canary, at=at)


def may_read(actor: str, canary: Canary, *, at: str = "") -> bool:
    """Whether these words may stand in an answer to that person of their own organisation, at an address of that name."""
    rights = [*RIGHTS[actor], *BEARERS.get(at, [])]
    return any(canary.whose in whose and canary.secrecy in secrecy for whose, secrecy in rights)
