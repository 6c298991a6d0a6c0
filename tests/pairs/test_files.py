"""Documents shared in a pair: for the pair alone, taken out by who put them there, kept after the end, within their room."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import Http404

from mentoring import clock
from mentoring.history.models import Event
from mentoring.notices.models import Message
from mentoring.tenancy.scope import tenant_scope
from pairs.domain.ending import dissolve_pairing
from pairs.domain.files import MEGABYTE, Closed, get_file_for, remove_file, rules_of, share_file, shelf_for
from pairs.domain.membership import add_member, remove_member
from pairs.domain.people import NotAMember
from pairs.domain.queries import get_own_pairing_for
from pairs.models import SharedFile
from templates_app.answers import AnswerFault
from tests.pairs.conftest import PAIRED, make_group, make_pair

PDF = b"%PDF-1.7\n1 0 obj\n"
TITLE = "The draft we talked about"


def offer(handbook, **rules):
    handbook.content = handbook.content | {"files": {"offered": True, "ours": True, **rules}}


def sent(content: bytes = PDF, name: str = "draft.pdf"):
    return SimpleUploadedFile(name, content)


def put(pair, who: str = "mentee", **values):
    given = {"file": sent(), "title": TITLE, "note": "Page two above all.", "actor": getattr(pair, who)} | values
    return share_file(pairing=get_own_pairing_for(given["actor"], pair.pairing.pk), **given)


@pytest.fixture
def sharing(db):
    made = make_pair(changed=offer)
    with tenant_scope(made.organisation), clock.at(PAIRED + dt.timedelta(days=1)):
        yield made


@pytest.mark.covers("phase1.arch.2.d", "phase1.must.10")
def test_what_one_puts_there_the_other_finds_and_saves_and_nobody_else_does(sharing, sign_in):
    file = put(sharing)
    here = f"{sharing.place}files/"
    page = sign_in(sharing.mentor).get(here).content.decode()
    assert TITLE in page
    assert "Page two above all." in page
    saved = sign_in(sharing.mentor).get(f"{here}{file.pk}/")
    assert (saved.content, saved["Content-Type"]) == (PDF, "application/pdf")
    assert saved["Content-Disposition"] == 'attachment; filename="draft.pdf"'
    assert "sandbox" in saved["Content-Security-Policy"]
    coordinator = sign_in(sharing.coordinator)
    assert coordinator.get(here).status_code == 404
    assert coordinator.get(f"{here}{file.pk}/").status_code == 404


def test_the_way_there_stands_on_the_pair_s_own_pages_where_the_handbook_has_it(sharing, sign_in):
    browser = sign_in(sharing.mentee)
    for page in (sharing.url("mentoring/"), f"{sharing.place}documents/"):
        assert f'href="{sharing.place}files/"' in browser.get(page).content.decode()
    browser = sign_in(make_pair(slug="other").mentee)
    assert "/files/" not in browser.get("/o/other/mentoring/").content.decode()


def test_the_others_are_told_that_there_is_something_and_nothing_of_it(sharing):
    put(sharing)
    message = Message.objects.get(kind="pairs.file_shared")
    assert message.recipient == sharing.mentor
    assert TITLE not in str(message.context)
    assert TITLE not in str(Event.objects.get(action="file.shared").data)


@pytest.mark.covers("phase1.tool.documents")
def test_only_who_put_it_there_takes_it_out(sharing, sign_in):
    file = put(sharing)
    with pytest.raises(PermissionDenied):
        remove_file(file=file, actor=sharing.mentor)
    away = f"{sharing.place}files/{file.pk}/remove/"
    assert sign_in(sharing.mentor).post(away).status_code == 403
    assert sign_in(sharing.mentee).post(away).status_code == 302
    assert sign_in(sharing.mentor).get(f"{sharing.place}files/{file.pk}/").status_code == 404
    assert not SharedFile.objects.exists()


def test_after_the_end_nothing_is_added_and_what_is_there_stays_theirs(sharing, sign_in):
    file = put(sharing)
    dissolve_pairing(pairing=sharing.pairing, actor=sharing.mentee)
    with pytest.raises(Closed):
        put(sharing)
    for who in (sharing.mentor, sharing.mentee):
        pairing = get_own_pairing_for(who, sharing.pairing.pk)
        assert get_file_for(who, pairing, file.pk).content == PDF
    page = sign_in(sharing.mentor).get(f"{sharing.place}files/").content.decode()
    assert TITLE in page
    assert '<form method="post" enctype' not in page


def test_what_does_not_fit_or_is_no_document_is_refused_in_words_and_the_rest_stays(sharing, sign_in, monkeypatch):
    monkeypatch.setattr("pairs.domain.files.MEGABYTE", 1)
    with pytest.raises(AnswerFault, match="There is room for 100"):
        put(sharing, file=sent(PDF + b"x" * 100))
    monkeypatch.undo()
    browser = sign_in(sharing.mentee)
    answer = browser.post(f"{sharing.place}files/", {"title": TITLE, "file": sent(b"MZ", "run.exe")})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "Choose a file of one of these kinds: pdf" in page
    assert f'value="{TITLE}"' in page
    assert not SharedFile.objects.exists()


def test_the_room_is_counted_over_all_documents_of_the_pair(sharing):
    put(sharing)
    shelf = shelf_for(sharing.mentor, get_own_pairing_for(sharing.mentor, sharing.pairing.pk))
    assert (shelf.used, shelf.room) == (len(PDF), 100 * MEGABYTE)
    assert rules_of(sharing.pairing).megabytes == 100


def test_who_comes_into_a_group_later_finds_what_is_put_there_from_then_on(db):
    group = make_group(changed=offer)
    with tenant_scope(group.organisation), clock.at(PAIRED + dt.timedelta(days=1)):
        mentor = group.users["Helen"]
        before = share_file(pairing=group.fresh(), file=sent(), title="Before", note="", actor=mentor)
        with pytest.raises(NotAMember):
            share_file(pairing=group.fresh(), file=sent(), title="x", note="", actor=group.users["Leilani"])
    with tenant_scope(group.organisation), clock.at(PAIRED + dt.timedelta(days=9)):
        add_member(pairing=group.fresh(), participant=group.places["Leilani"], actor=group.coordinator)
        share_file(pairing=group.fresh(), file=sent(), title="After", note="", actor=mentor)
        newcomer = group.users["Leilani"]
        newcomer.__dict__.pop("_roles", None)
        assert [row.title for row, _who in shelf_for(newcomer, group.fresh()).files] == ["After"]
        with pytest.raises(Http404):
            get_file_for(newcomer, group.fresh(), before.pk)


def test_who_has_left_a_group_keeps_what_they_found_and_puts_nothing_there(db, sign_in):
    group = make_group(changed=offer)
    here = f"/o/reef/pairs/{group.pairing.pk}/files/"
    with tenant_scope(group.organisation):
        for days, title in ((1, "While Sione was there"), (9, "After Sione had left")):
            with clock.at(PAIRED + dt.timedelta(days=days)):
                share_file(pairing=group.fresh(), file=sent(), title=title, note="", actor=group.users["Helen"])
            with clock.at(PAIRED + dt.timedelta(days=5)):
                if days == 1:
                    remove_member(pairing=group.fresh(), participant=group.places["Sione"], actor=group.coordinator)
    with clock.at(PAIRED + dt.timedelta(days=10)):
        browser = sign_in(group.users["Sione"])
        page = browser.get(here).content.decode()
        assert "While Sione was there" in page
        assert "After Sione had left" not in page
        assert "You have left" in page
        assert '<form method="post" enctype' not in page
        answer = browser.post(here, {"title": TITLE, "file": sent()})
        assert answer.status_code == 422
        assert "You have left" in answer.content.decode()
    with tenant_scope(group.organisation):
        assert SharedFile.objects.count() == 2
