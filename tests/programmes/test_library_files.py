"""Files in the library: put there, found by words, topic and role, for whom they are, replaced while older ones stay."""

import re
from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import Http404

from mentoring.history.models import Event
from programmes.domain import library_files
from programmes.domain.handbook.articles import add_article
from programmes.domain.library_adding import LibraryFull, MayNotAdd, add_to_library
from programmes.domain.library_files import add_file, describe_file, files_for, get_file_for, replace_file, version_for
from programmes.models import LibraryFile, LibraryVersion
from templates_app.answers import AnswerFault
from tests.factories import (
    AssignmentFactory,
    CohortFactory,
    MembershipFactory,
    ParticipantFactory,
    ProgrammeFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
PDF, NEWER = b"%PDF-1.7\n1 0 obj\n", b"%PDF-1.7\n2 0 obj\n"
FACTS = {"title": "Guide to the first call", "note": "Questions by Ioane Sapolu", "topics": ["listening"], "roles": []}
SENT = {"title": "Guide to the first call", "note": "Questions by Ioane Sapolu", "topics": "listening, calls"}


def pdf(content: bytes = PDF, name: str = "guide.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def page(client, url: str) -> str:
    return re.sub(r"\s+", " ", unescape(client.get(url).content.decode()))


def put(company, **values) -> LibraryFile:
    given = FACTS | {"programme": company.programme, "file": pdf(), "actor": company.coordinator} | values
    return add_file(**given)


def finds(company, *names: str) -> set[str]:
    """Who of these people finds a file."""
    return {name for name in names if files_for(getattr(company, name), company.programme)}


@pytest.fixture
def library(inside):
    return inside.url("guidance/e-mentoring/resources/")


@pytest.mark.covers("phase1.must.10", "phase1.arch.5.a")
def test_a_file_is_put_there_found_by_words_topic_and_role_and_saved_as_a_file(inside, library, sign_in):
    coordinator, mentee = sign_in(inside.coordinator), sign_in(inside.mentee)
    assert f"{library}files/new/" in page(coordinator, library)
    told = coordinator.post(f"{library}files/new/", {**SENT, "roles": ["mentee"], "file": pdf()}, follow=True)
    assert "“Guide to the first call” is in the library." in unescape(told.content.decode())
    row = LibraryFile.objects.get()
    here = f"{library}files/{row.pk}/"
    for query in ("", "q=guide", "q=sapolu", "q=guide.pdf", "topic=listening", "topic=calls", "for=mentee"):
        assert here in page(mentee, f"{library}?{query}"), query
    for query in ("q=boats", "topic=boats", "for=mentor"):
        assert here not in page(mentee, f"{library}?{query}"), query
    assert "?topic=calls" in page(mentee, library), "its topics are among the filters"
    assert "guide.pdf" in page(mentee, here)
    saved = mentee.get(f"{here}save/")
    assert (saved.content, saved["Content-Type"]) == (PDF, "application/pdf")
    assert saved["Content-Disposition"] == 'attachment; filename="guide.pdf"'
    assert "sandbox" in saved["Content-Security-Policy"]
    assert saved["X-Content-Type-Options"] == "nosniff"


@pytest.mark.covers("phase1.arch.5.a")
def test_a_newer_version_replaces_the_older_which_stays_for_coordinators_alone(inside, library, sign_in):
    here = f"{library}files/{put(inside).pk}/"
    coordinator, mentee = sign_in(inside.coordinator), sign_in(inside.mentee)
    sent = {"file": pdf(NEWER, "guide 2.pdf"), "change": "Shorter, with pictures."}
    told = coordinator.post(here, sent, follow=True).content.decode()
    assert "Version 2 is what everybody saves from now on." in told
    assert mentee.get(f"{here}save/").content == NEWER
    assert "Shorter, with pictures." in page(coordinator, here)
    assert coordinator.get(f"{here}versions/1/").content == PDF
    for shown in ("Version 1", "Shorter, with pictures.", "Put a newer version there"):
        assert shown not in page(mentee, here)
    assert mentee.get(f"{here}versions/1/").status_code == 404
    assert mentee.get(f"{here}versions/2/").content == NEWER
    assert mentee.post(here, {"file": pdf()}).status_code == 403
    assert LibraryVersion.objects.count() == 2


@pytest.mark.covers("phase1.arch.5.a")
def test_a_file_is_found_by_the_sides_for_which_it_is_and_by_coordinators(inside):
    everybody = ("coordinator", "mentor", "mentee", "partner_lead", "steering", "admin")
    put(inside)
    assert finds(inside, *everybody) == set(everybody)
    LibraryFile.objects.all().delete()
    put(inside, roles=["mentor"])
    assert finds(inside, *everybody) == {"coordinator", "mentor"}
    LibraryFile.objects.all().delete()
    put(inside, roles=["coordinator"])
    assert finds(inside, *everybody) == {"coordinator"}


@pytest.mark.covers("phase1.arch.5.a")
def test_a_file_for_a_cohort_is_found_by_its_people_and_by_nobody_of_another(inside, library, sign_in):
    other = CohortFactory(programme=inside.programme, slug="later", title="Later")
    later = UserFactory()
    ParticipantFactory(cohort=other, membership=MembershipFactory(user=later), side="mentor")
    client = sign_in(inside.coordinator)
    sent = {**SENT, "roles": ["mentor"], "cohorts": [str(other.pk)], "file": pdf()}
    assert client.post(f"{library}files/new/", sent).status_code == 302
    here = f"{library}files/{LibraryFile.objects.get().pk}/"
    assert "Later" in page(client, here)
    assert sign_in(later).get(f"{here}save/").content == PDF
    for who in (inside.mentor, inside.mentee, inside.partner_lead, inside.admin):
        assert here not in page(sign_in(who), library)
        for address in (here, f"{here}save/", f"{here}versions/1/", f"{here}edit/"):
            assert sign_in(who).get(address).status_code == 404
    client.post(f"{here}edit/", {**SENT, "roles": [], "cohorts": []})
    assert finds(inside, "mentor", "mentee", "partner_lead") == {"mentor", "mentee", "partner_lead"}


@pytest.mark.covers("phase1.must.10")
def test_a_mentor_puts_a_file_there_and_replaces_it_and_names_no_cohort(inside, library, sign_in):
    mentor = sign_in(inside.mentor)
    form = page(mentor, f"{library}files/new/")
    assert "In these cohorts" not in form
    assert "coordinators alone" not in form
    sent = {**SENT, "roles": ["mentee"], "cohorts": [str(inside.cohort.pk)], "file": pdf()}
    assert mentor.post(f"{library}files/new/", sent).status_code == 302
    row = LibraryFile.objects.get()
    assert not row.for_cohorts.exists()
    here = f"{library}files/{row.pk}/"
    assert mentor.post(here, {"file": pdf(NEWER)}).status_code == 302
    assert sign_in(inside.mentee).get(f"{here}save/").content == NEWER
    other = sign_in(inside.mentor_two)
    assert other.get(here).status_code == 404, "it is for mentees"
    assert mentor.get(f"{here}edit/").status_code == 403
    assert mentor.post(f"{here}remove/").status_code == 403
    with pytest.raises(MayNotAdd):
        put(inside, actor=inside.mentor, cohorts=[inside.cohort])
    with pytest.raises(MayNotAdd):
        put(inside, actor=inside.mentor, roles=["coordinator"])


@pytest.mark.covers("phase1.arch.5.a")
def test_what_coordinators_replace_or_keep_to_themselves_is_no_longer_for_who_put_it_there(inside, library, sign_in):
    row = put(inside, actor=inside.mentor)
    here = f"{library}files/{row.pk}/"
    coordinator, mentor = sign_in(inside.coordinator), sign_in(inside.mentor)
    assert "Put a newer version there" in page(mentor, here)
    assert coordinator.post(here, {"file": pdf(NEWER)}).status_code == 302
    assert "Put a newer version there" not in page(mentor, here)
    assert mentor.post(here, {"file": pdf()}).status_code == 403
    assert mentor.get(f"{here}save/").content == NEWER
    filed = get_file_for(inside.mentor, inside.programme, row.pk)
    assert coordinator.post(f"{here}edit/", {**SENT, "roles": ["coordinator"]}).status_code == 302
    assert here not in page(mentor, library)
    for address in (here, f"{here}save/", f"{here}versions/1/", f"{here}versions/2/"):
        assert mentor.get(address).status_code == 404, address
    with pytest.raises(MayNotAdd):
        replace_file(filed=filed, file=pdf(), change="", actor=inside.mentor)
    assert LibraryVersion.objects.count() == 2


@pytest.mark.parametrize("who", ["mentee", "partner_lead", "steering", "admin"])
def test_who_is_neither_mentor_nor_coordinator_puts_nothing_there(inside, library, sign_in, who):
    here = f"{library}files/{put(inside).pk}/"
    client = sign_in(getattr(inside, who))
    assert client.get(f"{library}files/new/").status_code == 403
    for address in (f"{library}files/new/", here, f"{here}remove/", f"{here}put-back/", f"{here}edit/"):
        assert client.post(address, {**SENT, "file": pdf()}).status_code == 403, address
    assert LibraryVersion.objects.count() == 1
    with pytest.raises(MayNotAdd):
        put(inside, actor=getattr(inside, who))


def test_strangers_and_other_programmes_find_nothing_and_lend_no_cohort(inside, library, sign_in, outsider):
    here = f"{library}files/{put(inside).pk}/"
    elsewhere = ProgrammeFactory(slug="other")
    runs = UserFactory()
    AssignmentFactory(programme=elsewhere, membership=MembershipFactory(user=runs), role="coordinator")
    for who in (outsider, runs):
        for address in (here, f"{here}save/", f"{here}versions/1/"):
            assert sign_in(who).get(address).status_code == 404
    with pytest.raises(MayNotAdd):
        put(inside, cohorts=[CohortFactory(programme=elsewhere)])
    foreign = put(inside, programme=elsewhere, actor=runs)
    with pytest.raises(Http404):
        get_file_for(inside.coordinator, inside.programme, foreign.pk)


@pytest.mark.parametrize(
    ("content", "name", "words"),
    [
        (b"MZ\x90", "tool.exe", "one of these kinds"),
        (b"<html>", "page.html", "one of these kinds"),
        (b"not a document", "guide.pdf", "not what its name says"),
        (b"", "guide.pdf", "empty"),
    ],
)
def test_what_is_no_such_file_is_refused_and_what_was_typed_stays(inside, library, sign_in, content, name, words):
    answer = sign_in(inside.coordinator).post(f"{library}files/new/", {**SENT, "file": pdf(content, name)})
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert "Questions by Ioane Sapolu" in answer.content.decode()
    assert not LibraryFile.objects.exists()


def test_the_library_has_so_much_room_older_versions_included(inside, monkeypatch):
    monkeypatch.setattr(library_files, "ROOM", len(PDF) * 2)
    row = put(inside)
    filed = get_file_for(inside.coordinator, inside.programme, row.pk)
    replace_file(filed=filed, file=pdf(NEWER), change="", actor=inside.coordinator)
    with pytest.raises(AnswerFault, match="room"):
        replace_file(filed=filed, file=pdf(), change="", actor=inside.coordinator)
    monkeypatch.setattr(library_files, "MOST", 1)
    with pytest.raises(LibraryFull):
        put(inside)


def test_what_is_taken_out_is_found_by_coordinators_alone_and_put_back(inside, library, sign_in):
    row = put(inside)
    here = f"{library}files/{row.pk}/"
    coordinator, mentee = sign_in(inside.coordinator), sign_in(inside.mentee)
    assert coordinator.post(f"{here}remove/").status_code == 302
    assert "Guide to the first call" not in page(mentee, library)
    assert mentee.get(f"{here}save/").status_code == 404
    assert "Taken out: you alone find these" in page(coordinator, library)
    assert coordinator.get(f"{here}versions/1/").content == PDF
    assert "moved on meanwhile" in unescape(coordinator.post(f"{here}remove/", follow=True).content.decode())
    coordinator.post(f"{here}put-back/")
    assert "Guide to the first call" in page(mentee, library)
    done = Event.objects.filter(action__startswith="library.").order_by("created_at", "pk")
    assert sorted(done.values_list("action", flat=True)) == ["library.added", "library.put_back", "library.removed"]


def test_what_is_for_coordinators_alone_is_for_no_side_besides(inside, library, sign_in):
    client = sign_in(inside.coordinator)
    answer = client.post(f"{library}files/new/", {**SENT, "roles": ["coordinator", "mentor"], "file": pdf()})
    assert "is for no side and no cohort besides" in answer.content.decode()
    row = put(inside)
    with pytest.raises(MayNotAdd):
        describe_file(file=row, **FACTS, cohorts=[], actor=inside.mentor)
    filed = get_file_for(inside.mentee, inside.programme, row.pk)
    with pytest.raises(Http404):
        version_for(inside.mentee, filed, 7)


@pytest.mark.covers("phase1.arch.5")
def test_one_search_finds_guides_documents_and_what_is_elsewhere_together(inside, library, sign_in):
    add_article(
        programme=inside.programme,
        values={"title": "Listening between islands", "body": "Wait, then ask."},
        actor=inside.coordinator,
    )
    told = {"title": "On listening", "url": "https://talks.example/listen", "note": "A talk.", "roles": []}
    add_to_library(programme=inside.programme, actor=inside.mentor, topics=["listening"], **told)
    inside.programme.handbook.refresh_from_db()
    put(inside)
    for who in (inside.mentor, inside.mentee):
        client = sign_in(who)
        found = page(client, f"{library}?q=listening")
        for title in ("Listening between islands", "On listening", "Guide to the first call"):
            assert title in found
        about = page(client, f"{library}?topic=listening")
        assert "On listening" in about
        assert "Guide to the first call" in about
