"""What addresses miss: letters, calendars, exports, papers, background work, counts, caches, logs, and the bare tables."""

import io
import logging
import zipfile
from collections.abc import Iterable
from typing import Any

import pytest
from django.core import mail
from django.core.cache import cache
from django.db import connection
from django.urls import reverse

from evaluation.models import Export
from mentoring.clock import now
from mentoring.notices.models import Message
from mentoring.tenancy.models import Membership
from mentoring.tenancy.scope import tenant_scope
from mentoring.work.domain import do_due, run_worker
from mentoring.work.models import DueWork
from mentoring.work.registry import kinds
from templates_app.models import Document
from tests.isolation.policy import may_read
from tests.isolation.reading import mail_of, text_of
from tests.isolation.rows import TABLES, changed, fingerprints, rows_of
from tests.isolation.visiting import Visitor
from tests.rich import RichCompany
from tests.rich.marks import Canary, Secrecy, canaries_in

CONFIDENTIAL = set(Secrecy) - {Secrecy.OPEN, Secrecy.NAME, Secrecy.ADDRESS}
ORDINARY = ("admin", "coordinator", "lead", "steering", "mentor", "mentee", "mentor_two", "mentee_two", "mentee_past")


def _of_both(worlds: Any, text: str) -> set[Canary]:
    return canaries_in(text, [worlds.ours.marks.company, worlds.theirs.marks.company])


def _faults(worlds: Any, actor: str, what: str, text: str) -> list[str]:
    """What of the text this person may not read."""
    found = _of_both(worlds, text)
    ours = worlds.ours.marks
    wrong = {one for one in found if one.company != ours.company or not may_read(actor, one)}
    return [f"{what}, read by {actor}: {ours.told(wrong)}"] if wrong else []


def _actor_of(company: RichCompany, email: str) -> str:
    """Who has this address: one of the walk's actors, or somebody invited."""
    return next((name for name, user in company.users.items() if user.email == email), "")


@pytest.mark.slow
def test_letters_tell_nobody_what_is_not_theirs(worlds):
    company = worlds.ours
    run_worker("outbox", company.organisation, now())
    sent = {message.to[0] for message in mail.outbox}
    assert {
        company.users[name].email for name in ("coordinator", "mentor", "mentee", "mentor_two", "mentee_two")
    } <= sent
    faults = []
    for message in mail.outbox:
        actor, text = _actor_of(company, message.to[0]), mail_of(message.message())
        if actor in ORDINARY:
            faults += _faults(worlds, actor, message.subject, text)
        else:
            found = _of_both(worlds, text)
            assert not {one for one in found if one.company != company.marks.company or one.secrecy in CONFIDENTIAL}
    assert len(mail.outbox) > 50
    assert not faults, "\n".join(faults)


@pytest.mark.slow
@pytest.mark.parametrize("name", ["admin", "coordinator"])
def test_who_keeps_the_outbox_reads_no_letter_between_two_people(worlds, name):
    visitor, slug = Visitor(worlds.ours.users[name]), worlds.ours.organisation.slug
    with tenant_scope(worlds.ours.organisation):
        newest = {message.kind: message.pk for message in Message.objects.order_by("created_at")}
    faults, read = [], 0
    for kind, pk in newest.items():
        answer = visitor.visit("GET", reverse("notices:outbox-message", args=[slug, pk]))
        read += answer.status == 200
        faults += _faults(worlds, name, f"outbox, {kind}", answer.text())
    assert read
    assert not faults, "\n".join(faults)


@pytest.mark.slow
@pytest.mark.parametrize("name", ["mentor", "mentee", "mentor_two", "mentee_two", "coordinator"])
def test_ones_own_notices_tell_what_one_may_read(worlds, name):
    visitor, slug, user = Visitor(worlds.ours.users[name]), worlds.ours.organisation.slug, worlds.ours.users[name]
    with tenant_scope(worlds.ours.organisation):
        own = list(Message.objects.filter(recipient=user, visible_from__lte=now()).values_list("pk", flat=True))
    answers = [visitor.visit("GET", reverse("notices:notice", args=[slug, pk])) for pk in own]
    assert own
    assert {answer.status for answer in answers} == {200}
    assert not [fault for answer in answers for fault in _faults(worlds, name, "notice", answer.text())]


@pytest.mark.parametrize("name", ["mentor", "mentee", "mentee_two"])
def test_a_calendar_holds_its_owners_meetings_alone(worlds, name):
    token = worlds.ours.kept["feeds"][name]
    answer = Visitor(None).visit("GET", reverse("pairs:feed", args=[worlds.ours.organisation.slug, token]))
    assert answer.body.count(b"BEGIN:VEVENT") == 6
    assert not _faults(worlds, name, "calendar", answer.text())
    wrong = Visitor(None).visit("GET", reverse("pairs:feed", args=[worlds.theirs.organisation.slug, token]))
    none = Visitor(None).visit("GET", reverse("pairs:feed", args=[worlds.theirs.organisation.slug, "x" * len(token)]))
    assert (wrong.status, wrong.masked()) == (404, none.masked())


@pytest.mark.slow
@pytest.mark.parametrize("name", ["coordinator", "admin"])
def test_an_export_holds_what_its_maker_may_read(worlds, name):
    company = worlds.ours
    with tenant_scope(company.organisation):
        exports = list(Export.objects.filter(requested_by=company.users[name]))
    assert sorted(export.kind for export in exports) == ["csv", "nameless", "pdf", "xlsx"]
    for export in exports:
        assert export.state == "done", export.kind
        text = text_of(bytes(export.content))
        assert export.kind == "nameless" or _of_both(worlds, text), f"{export.kind}: nothing of the programme is in it"
        assert not _faults(worlds, name, f"export as {export.kind}", text)


def test_the_coordinators_archive_of_papers_is_not_empty(worlds):
    with tenant_scope(worlds.ours.organisation):
        export = Export.objects.get(requested_by=worlds.ours.coordinator, kind="pdf")
        names = zipfile.ZipFile(io.BytesIO(bytes(export.content))).namelist()
    assert len([name for name in names if name.endswith(".pdf")]) > 3


@pytest.mark.slow
def test_every_paper_holds_what_those_may_read_who_can_open_it(worlds):
    with tenant_scope(worlds.ours.organisation):
        papers = [(paper.pk, paper.kind) for paper in Document.objects.filter(state="done")]
    faults, opened = [], set()
    for name in ORDINARY:
        visitor = Visitor(worlds.ours.users[name])
        for pk, kind in papers:
            url = reverse("templates_app:document_download", args=[worlds.ours.organisation.slug, pk])
            answer = visitor.visit("GET", url)
            if answer.status == 200:
                opened.add(kind)
                faults += _faults(worlds, name, f"{kind} as PDF", answer.text())
    assert opened == {kind for _pk, kind in papers}
    assert not faults, "\n".join(faults)


@pytest.mark.slow
@pytest.mark.parametrize("kind", kinds())
def test_background_work_for_one_organisation_touches_no_other(worlds, kind):
    before = fingerprints(worlds.theirs)
    run_worker(kind, worlds.ours.organisation, now())
    assert changed(before, fingerprints(worlds.theirs)) == []


@pytest.mark.slow
def test_a_tick_does_each_organisations_work_in_its_own_scope(worlds, caplog):
    due = set(DueWork.objects.filter(due_at__lte=now()).values_list("organisation_id", flat=True))
    assert due == {worlds.ours.organisation.pk, worlds.theirs.organisation.pk}
    with caplog.at_level(logging.DEBUG):
        do_due(now())
    assert "failed for organisation" not in caplog.text
    for company, other in ((worlds.ours, worlds.theirs), (worlds.theirs, worlds.ours)):
        for table in TABLES:
            assert other.marks.company not in _raw(company, [table]), f"{table} of {company.organisation.slug}"
    assert not _of_both(worlds, caplog.text), "A log record carries what somebody wrote."


def _raw(company: RichCompany, tables: Iterable[str]) -> str:
    """Rows as the database holds them: what is sealed is not to be read."""
    rows = [row for table in tables for row in rows_of(company, table)]
    return "\n".join(_bytes(value) for row in rows for value in row).lower()


def _bytes(value: Any) -> str:
    return value.decode("latin-1") if isinstance(value, bytes) else str(value)


KEPT_PLAIN = {
    "Participant.learning_style": "a line about oneself that stands in lists",
    "Schedule.link": "calendars and sessions hold it too",
    "Session.place": "calendars hold it too",
    "Schedule.platform_other": "the name of a tool",
    "Approval name": "who somebody is, as of participants",
    "Approval email": "an address that letters go to, as of participants",
    "Approval decided_name": "who somebody is, as of participants",
    "OutsideSigner name": "who somebody is, as of participants",
    "OutsideSigner email": "an address that letters go to, as of participants",
    "LineManager name": "who somebody is, as of participants",
    "LineManager email": "an address that letters go to, as of participants",
    **{f"{table} name": "who somebody is, as of participants" for table in ("StaffManager", "NeedsAsking")},
    **{f"{table} email": "an address that letters go to" for table in ("StaffManager", "NeedsAsking")},
    **{f"{table} unit": "where somebody works, as of participants" for table in ("StaffManager", "NeedsAsking")},
    "Heading of a draft": "a worksheet's own words, as of every published one",
    "PeopleImport.filename": "how a file is called",
    "PeopleImport.headings": "columns are recognised by them",
}
"""What few may read and yet is not sealed in the database, with the reason."""


def test_what_is_confidential_stands_nowhere_in_plain(worlds):
    found, marks = _of_both(worlds, _raw(worlds.ours, TABLES)), worlds.ours.marks
    plain = {one for one in found if one.secrecy in CONFIDENTIAL}
    assert found, "Nothing was looked at."
    assert {marks.places[str(one)] for one in plain} == set(KEPT_PLAIN), marks.told(plain)


@pytest.mark.slow
def test_no_log_and_no_cache_keeps_a_word_of_anybody(worlds, caplog):
    cache.clear()
    slug = worlds.ours.organisation.slug
    names = ["pairs:home", "programmes:issues", "notices:inbox", "evaluation:desk", "organisations:members"]
    with caplog.at_level(logging.DEBUG):
        for actor in ("admin", "coordinator", "mentor", "mentee"):
            for name in names:
                Visitor(worlds.ours.users[actor]).visit("GET", reverse(name, args=[slug]))
    assert not _of_both(worlds, caplog.text)
    held = getattr(cache, "_cache", {})
    assert not _of_both(worlds, "\n".join(f"{key} {value!r}" for key, value in held.items()))


@pytest.mark.parametrize("name", ["admin", "coordinator"])
def test_counts_count_nobody_next_door(worlds, name):
    """The same pages, before and after the other organisation grows: not a figure differs."""
    visitor, slug = Visitor(worlds.ours.users[name]), worlds.ours.organisation.slug
    programme, cohort = worlds.ours.programme.slug, worlds.ours.cohort.slug
    pages = [
        reverse("programmes:programmes", args=[slug]),
        reverse("programmes:people", args=[slug, programme, cohort]),
        reverse("evaluation:cohort_desk", args=[slug, programme, cohort]),
    ]
    before = [visitor.visit("GET", page).masked() for page in pages]
    with tenant_scope(worlds.theirs.organisation):
        from tests.factories import MembershipFactory, ParticipantFactory

        for _ in range(3):
            ParticipantFactory(cohort=worlds.theirs.cohort, membership=MembershipFactory())
    assert [visitor.visit("GET", page).masked() for page in pages] == before


def test_a_person_of_two_organisations_sees_one_at_a_time(worlds):
    """The mentee of ours is also an admin of theirs: each address shows its own side alone."""
    Membership.objects.create(organisation=worlds.theirs.organisation, user=worlds.ours.mentee, is_admin=True)
    visitor = Visitor(worlds.ours.mentee)
    here = visitor.visit("GET", reverse("pairs:home", args=[worlds.ours.organisation.slug])).text()
    there = visitor.visit("GET", reverse("organisations:members", args=[worlds.theirs.organisation.slug])).text()
    assert not {
        one for one in _of_both(worlds, here) if one.company == worlds.theirs.marks.company and one.whose != "o"
    }
    own = {str(one) for one in canaries_in(there, [worlds.ours.marks.company])}
    known = {worlds.ours.mentee.given_name, worlds.ours.mentee.family_name, worlds.ours.mentee.email.split("@")[0]}
    assert own <= known | {worlds.ours.organisation.name}


@pytest.mark.postgres
def test_raw_sql_shows_no_other_organisation(worlds):
    with tenant_scope(worlds.ours.organisation), connection.cursor() as cursor:
        for table in TABLES:
            if table == Membership._meta.db_table:
                continue
            cursor.execute(
                f'SELECT count(*) FROM "{table}" WHERE organisation_id = %s', [worlds.theirs.organisation.pk]
            )
            assert cursor.fetchone()[0] == 0, table
