"""Where each of the demo's pairs stands, told in the order in which it happened."""

from collections.abc import Callable

from demo.story import words
from demo.story.path import Path
from pairs.domain.ending import complete_pairing, dissolve_pairing

MONTHLY = [7, 37, 76, 104, 134, 164]
"""Days of the six sessions, counted from the day the pair was confirmed; the demo begins 77 days before today."""
QUICK = [4, 14, 25, 36, 48, 60]


def begun(path: Path, days: list[int], *, due: int = 150) -> None:
    """Introduction, dates, invitations, first session, goals, checklist."""
    with path.at(1):
        path.introduce(days[0])
    with path.at(2):
        path.write(path.mentee, "prep", words.PREPARATION)
    with path.at(3):
        path.schedule(days)
        path.invite()
    with path.at(days[0] - 1):
        goal = words.ANA_GOAL if path.mentee.given_name == "ʻAna" else words.OTHER_GOAL
        path.write(path.mentee, "goals", words.goals(*goal, path.session_start(due).date().isoformat()))
    with path.at(days[0] + 0.5):
        path.hold(1)
        path.write(path.mentee, "first-meeting", words.FIRST_MEETING)


def agreed(path: Path, day: float, answers: dict | None = None) -> None:
    """The agreement, signed by both."""
    with path.at(day):
        path.offer_agreement(answers or words.PLAIN_AGREEMENT)
    with path.at(day + 0.1):
        path.sign(path.mentor)
    with path.at(day + 0.3):
        path.sign(path.mentee)


def second_session(path: Path, day: int) -> None:
    """Session 2 and the capacity plan."""
    with path.at(day + 0.5):
        path.hold(2, 70)
        path.write(path.mentee, "capacity", words.CAPACITY)


def logs_of(path: Path, number: int, day: float) -> None:
    """Both logs of a session, passed on."""
    with path.at(day + 0.6):
        path.log(number, "mentee", words.LOGS.get((number, "mentee")))
        path.log(number, "mentor", words.LOGS.get((number, "mentor")))
        path.pass_on(number)


def ana_and_helen(path: Path) -> None:
    """Half-way: session 3 was held yesterday; Helen's log is in, ʻAna's is due."""
    begun(path, MONTHLY)
    agreed(path, 7.6, words.AGREEMENT)
    second_session(path, 37)
    logs_of(path, 2, 37)
    with path.at(74):
        path.write(path.mentee, "issues-for-guidance", words.ISSUES, "session-3")
    with path.at(76.5):
        path.hold(3, 80)
        path.log(3, "mentor", words.LOGS[3, "mentor"])


def sione_and_margaret(path: Path) -> None:
    """Just paired: nothing but the mentor's letter."""
    with path.at(1):
        path.introduce(6)


def willie_and_aroha(path: Path) -> None:
    """Session 2 was held; Aroha has written, Willie's log is late."""
    begun(path, [6, 40, 84, 110, 134, 160])
    agreed(path, 8)
    second_session(path, 40)
    with path.at(40.8):
        path.log(2, "mentor")


def teresia_and_marcus(path: Path) -> None:
    """They met once and have fallen silent: no further date."""
    with path.at(2):
        path.introduce(9)
    with path.at(9.5):
        path.hold(1)
    agreed(path, 12)


def riteta_and_siobhan(path: Path) -> None:
    """Riteta has signed; the agreement waits for Siobhán."""
    begun(path, [50, 83, 104, 130, 150, 165])
    with path.at(51):
        path.offer_agreement(words.PLAIN_AGREEMENT)
    with path.at(52):
        path.sign(path.mentee)


def litia_and_ravin(path: Path) -> None:
    """Everything is in."""
    begun(path, [5, 35, 66, 96, 126, 156])
    agreed(path, 6)
    second_session(path, 35)
    logs_of(path, 2, 35)
    with path.at(64):
        path.write(path.mentee, "issues-for-guidance", words.ISSUES, "session-3")
    with path.at(66.5):
        path.hold(3)
    logs_of(path, 3, 66)


def priya_and_umai(path: Path) -> None:
    """Six sessions in two months, closed; the evaluation is out."""
    begun(path, QUICK, due=58)
    agreed(path, 5)
    second_session(path, QUICK[1])
    logs_of(path, 2, QUICK[1])
    for number in (3, 4, 5):
        with path.at(QUICK[number - 1] + 0.5):
            path.hold(number)
        logs_of(path, number, QUICK[number - 1])
    with path.at(QUICK[5] - 2):
        path.write(path.mentee, "closure", words.closure("mentee"))
        path.write(path.mentor, "closure", words.closure("mentor"))
    with path.at(QUICK[5] + 0.5):
        path.hold(6, 85)


def priya_and_umai_close(path: Path) -> None:
    """Both have answered the evaluation, and the pair is complete."""
    with path.at(66):
        complete_pairing(pairing=path.pairing(path.mentor), actor=path.mentor)


def ngamata_and_teina(path: Path) -> None:
    """Ended early, without a reason and without blame."""
    begun(path, [8, 38, 70, 100, 130, 160])
    agreed(path, 9)
    with path.at(30):
        dissolve_pairing(pairing=path.pairing(path.mentee), actor=path.mentee)


CHAPTERS: dict[str, Callable[[Path], None]] = {
    "ana": ana_and_helen,
    "sione": sione_and_margaret,
    "willie": willie_and_aroha,
    "teresia": teresia_and_marcus,
    "riteta": riteta_and_siobhan,
    "litia": litia_and_ravin,
    "priya": priya_and_umai,
    "ngamata": ngamata_and_teina,
}
BEGINS = {"sione": 74}
"""Days after the cohort's first pairs; all others begin with it."""
