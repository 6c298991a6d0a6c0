"""What happens in a programme beside pairs: its handbook changed, events, material, issues, matching."""

import datetime as dt
from functools import partial

from django.core.files.uploadedfile import SimpleUploadedFile

from mentoring import clock
from programmes.domain.gatherings import answer_gathering, plan_gathering
from programmes.domain.handbook.articles import add_article
from programmes.domain.handbook.items import add_item, address_of, change_item, items_of
from programmes.domain.handbook.parts import ListPart, fingerprint, list_part
from programmes.domain.issues import answer_issue, raise_issue
from programmes.domain.library_files import add_file, get_file_for, replace_file
from programmes.domain.matching.criteria import declare_conflict
from programmes.domain.matching.runs import propose_by_hand, request_run, run_due
from programmes.domain.materials import materials_of, send_material
from programmes.enums import ConflictKind, IssueKind
from programmes.models import Gathering, GatheringFeedback, Guest, Participant
from tests.rich.company import RichCompany, Room
from tests.rich.marks import Secrecy, Whose
from tests.rich.people import PAIRED
from tests.rich.sheets import small_pdf
from tests.rich.staff import ZONE

GATHERING = ("title", "text", "place", "kind")
"""What an event says in words."""


def run_both(company: RichCompany) -> None:
    """The coordinators' work in both programmes."""
    paired = [company.places[name] for name in PAIRED]
    elsewhere = [company.places[name] for name in ("mentor_elsewhere", "mentee_elsewhere")]
    for room, people in ((company.here, paired), (company.next_door, elsewhere)):
        _change_handbook(company, room)
        _gather(company, room, people)
        _send_guidance(company, room, people)
        _fill_library(company, room)
    _suggest_pairs(company, company.here, company.places["mentor"], company.places["mentee_two"])
    _suggest_pairs(company, company.next_door, *elsewhere)
    guest = Guest.objects.get(gathering=company.here.kept["gathering"], participant=company.places["mentor"])
    answer_gathering(guest=guest, answer="coming", actor=company.mentor)
    _say_how_it_was(company, guest)


def _change_handbook(company: RichCompany, room: Room) -> None:
    """An article and a fact of the programme's own, and a stage with another title."""
    words = {name: company.marks(room.whose, Secrecy.OPEN, f"Article.{name}") for name in ("title", "body")}
    # Long enough that the article's address, made of its title, does not hold the canary.
    words["title"] = f"What we ourselves have learned between islands {words['title']}"
    room.kept["edit"] = add_article(programme=room.programme, values=words, actor=room.coordinator)
    fact = {name: company.marks(room.whose, Secrecy.OPEN, f"fact.{name}") for name in ("title", "text")}
    room.programme.handbook.refresh_from_db()
    add_item(programme=room.programme, part=_part("facts"), values=fact, actor=room.coordinator)
    room.programme.handbook.refresh_from_db()
    stages = _part("stages")
    first = items_of(room.programme, stages)[0]
    change_item(
        programme=room.programme,
        part=stages,
        key=address_of(stages, first),
        values={"title": company.marks(room.whose, Secrecy.OPEN, "stage.title")},
        base=fingerprint(first),
        actor=room.coordinator,
    )


def _part(slug: str) -> ListPart:
    part = list_part(slug)
    assert part is not None
    return part


def _gather(company: RichCompany, room: Room, people: list[Participant]) -> None:
    words = {name: company.marks(room.whose, Secrecy.OPEN, f"Gathering.{name}") for name in GATHERING}
    room.kept["gathering"] = plan_gathering(
        cohort=room.cohort,
        starts_at=dt.datetime(2027, 4, 20, 20, 0, tzinfo=dt.UTC),
        minutes=60,
        zone=ZONE,
        people=people,
        actor=room.coordinator,
        asks="named",
        **words,
    )


def _say_how_it_was(company: RichCompany, guest: Guest) -> None:
    """The mentor has said how it was, with their name. The event is to come, so it is put there as a row."""
    Gathering.objects.filter(pk=guest.gathering_id).update(asks_until=guest.gathering.ends_at + dt.timedelta(days=7))
    said = company.marks(Whose.MENTOR, Secrecy.AUTHOR, "GatheringFeedback.words")
    GatheringFeedback.objects.create(gathering=guest.gathering, guest=guest, score=4, words=said)


def _send_guidance(company: RichCompany, room: Room, people: list[Participant]) -> None:
    room.kept["mailing"] = send_material(
        cohort=room.cohort,
        people=people,
        materials=materials_of(room.cohort)[:2],
        subject=company.marks(room.whose, Secrecy.OPEN, "Mailing.subject"),
        words=company.marks(room.whose, Secrecy.OPEN, "Mailing.words"),
        actor=room.coordinator,
    )


def _fill_library(company: RichCompany, room: Room) -> None:
    """A file for the people of the cohort, with an older version that coordinators alone find."""
    mark = partial(company.marks, room.whose, Secrecy.OPEN)
    row = room.kept["library_file"] = add_file(
        programme=room.programme,
        file=_pdf(
            mark("LibraryVersion.name"), company.marks(room.whose, Secrecy.STAFF, "LibraryVersion.content, older")
        ),
        title=mark("LibraryFile.title"),
        note=mark("LibraryFile.note"),
        topics=[mark("LibraryFile.topics")],
        roles=[],
        cohorts=[room.cohort],
        actor=room.coordinator,
    )
    replace_file(
        filed=get_file_for(room.coordinator, room.programme, row.pk),
        file=_pdf(mark("LibraryVersion.name"), mark("LibraryVersion.content")),
        change=company.marks(room.whose, Secrecy.STAFF, "LibraryVersion.change"),
        actor=room.coordinator,
    )


def _pdf(name: str, inside: str) -> SimpleUploadedFile:
    return SimpleUploadedFile(f"{name}.pdf", small_pdf(inside))


def _suggest_pairs(company: RichCompany, room: Room, mentor: Participant, mentee: Participant) -> None:
    """A declared conflict between two people, a run with suggestions, one set by hand."""
    room.kept["conflict"] = declare_conflict(
        cohort=room.cohort,
        mentor=mentor,
        mentee=mentee,
        kind=ConflictKind.INTEREST,
        note=company.marks(room.whose, Secrecy.STAFF, "Conflict.note"),
        actor=room.coordinator,
    )
    room.kept["conflict"].exception = company.marks(room.whose, Secrecy.STAFF, "Conflict.exception")
    room.kept["conflict"].save(update_fields=["exception"])  # its handbook knows none, so nothing follows from it
    run = request_run(cohort=room.cohort, actor=room.coordinator)
    run_due(clock.now())
    run.refresh_from_db()
    room.kept["proposal"] = propose_by_hand(run=run, mentor=mentor, mentee=mentee, actor=room.coordinator)


def raise_issues(company: RichCompany) -> None:
    """A private matter of the mentee and one of the other mentee, each answered by the coordinator."""
    for name, whose in (("mentee", Whose.MENTEE), ("mentee_two", Whose.MENTEE_TWO)):
        issue = raise_issue(
            person=company.places[name],
            kind=IssueKind.HELP,
            text=company.marks(whose, Secrecy.APART, "Issue.text"),
            actor=company.users[name],
        )
        note = company.marks(whose, Secrecy.APART, "IssueNote.text")
        answer_issue(issue=issue, text=note, actor=company.coordinator)
        company.kept[f"issue_of_{name}"] = issue
