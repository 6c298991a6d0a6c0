"""The pages of exports: asking, seeing how far it is with or without scripts, and taking the file, each for its own."""

import datetime as dt

import pytest
from django.urls import reverse

from evaluation.domain.exports import request_export
from evaluation.domain.making_exports import KEPT_FOR, export_due
from evaluation.models import Export
from mentoring import clock
from mentoring.history.domain import timeline_of
from mentoring.tenancy.scope import no_scope
from mentoring.work.models import State
from pairs.domain.consent_changes import change_consent
from pairs.domain.queries import get_pairing_for
from pairs.domain.reading import reader_of
from programmes.models import Assignment
from templates_app.models import Share
from tests.evaluation.world import FIRST_CALL, make_world, sign_in
from tests.pairs.filling import send

NOW = FIRST_CALL + dt.timedelta(days=40)


def look(world) -> None:
    with clock.at(NOW), no_scope():
        export_due(NOW, world.organisation)


@pytest.fixture
def export(world, pair) -> Export:
    with clock.at(NOW):
        return request_export(programme=world.programme, kind="xlsx", actor=world.coordinator)


def page(world, export, tail="") -> str:
    return world.url(f"exports/{export.pk}/{tail}")


@pytest.mark.covers("plp.sys.91", "phase1.must.37", "phase1.arch.9.d")
def test_a_coordinator_asks_waits_and_downloads(world, pair):
    with clock.at(NOW), no_scope():
        client = sign_in(world.coordinator)
        assert world.url("exports/") in client.get(world.url("reports/")).content.decode(), (
            "an admin has no desk to look at"
        )
        assert client.get(world.url("exports/")).url == world.exports
        assert "what people keep to themselves stays with them" in client.get(world.exports).content.decode()
        asked = client.post(world.exports, {"kind": "csv", "cohort": "-"})
        waiting = client.get(asked.url)
        assert "Your export is being made" in waiting.content.decode()
    look(world)
    with clock.at(NOW), no_scope():
        ready = client.get(asked.url).content.decode()
        assert "Your export is ready" in ready
        answer = client.get(asked.url + "download/")
    made = Export.objects.get()
    assert answer.content == made.content
    assert answer["Content-Disposition"] == f'attachment; filename="{made.filename}"'
    assert answer["Content-Type"] == "application/zip"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in answer["Cache-Control"]
    actions = list(timeline_of(world.programme).values_list("action", flat=True))
    assert {"export.asked", "export.made", "export.downloaded"} <= set(actions)


def test_the_page_asks_again_by_itself_with_and_without_scripts_until_the_file_is_there(world, export):
    with clock.at(NOW), no_scope():
        client = sign_in(world.coordinator)
        waiting = client.get(page(world, export)).content.decode()
        assert '<noscript><meta http-equiv="refresh" content="4"></noscript>' in waiting
        assert f'hx-get="{page(world, export, "state/")}"' in waiting
        assert client.get(page(world, export, "state/")).status_code == 200
        assert client.get(page(world, export, "download/")).status_code == 404
    look(world)
    with clock.at(NOW), no_scope():
        assert "refresh" not in client.get(page(world, export)).content.decode()
        assert client.get(page(world, export, "state/")).status_code == 286


def test_progress_survives_a_reload(world, export):
    Export.objects.filter(pk=export.pk).update(state=State.RUNNING, steps_done=3, steps_total=12)
    with clock.at(NOW), no_scope():
        client = sign_in(world.coordinator)
        for _reload in range(2):
            assert "3 of 12" in client.get(page(world, export)).content.decode()


def test_a_failed_export_says_what_to_do_and_is_tried_again(world, export):
    Export.objects.filter(pk=export.pk).update(state=State.FAILED, attempts=4, error="could not be made: OSError")
    with clock.at(NOW), no_scope():
        client = sign_in(world.coordinator)
        failed = client.get(page(world, export)).content.decode()
        assert "This export could not be made" in failed
        assert "OSError" not in failed
        client.post(page(world, export, "retry/"))
    assert Export.objects.get().state == State.QUEUED
    look(world)
    assert Export.objects.get().state == State.DONE


def test_a_removed_file_says_so(world, export):
    look(world)
    late = Export.objects.get().done_at + KEPT_FOR
    with clock.at(late), no_scope():
        export_due(late, world.organisation)
        client = sign_in(world.coordinator)
        assert "This file was removed" in client.get(page(world, export)).content.decode()
        assert client.get(page(world, export, "download/")).status_code == 404


def consent_back(pair) -> None:
    pairing = get_pairing_for(pair.mentee, pair.pairing.pk)
    change_consent(reader=reader_of(pair.mentee, pairing), answers={"logs": False}, actor=pair.mentee)


def share_back(pair) -> None:
    output = pair.output(worksheet="learning-goals", side="mentee")
    Share.objects.filter(response=output.response).update(taken_back_at=clock.now())


@pytest.mark.parametrize("take_back", [consent_back, share_back])
def test_a_file_is_closed_when_what_may_stand_in_it_was_taken_back(world, pair, export, take_back):
    with clock.at(NOW - dt.timedelta(hours=1)):
        output = send(pair.output(worksheet="learning-goals", side="mentee"), pair.mentee, {"satisfying": "x"})
        Share.objects.create(response=output.response, audience="coordinator", given_by=pair.mentee)
    look(world)
    with clock.at(NOW), no_scope():
        client = sign_in(world.coordinator)
        assert client.get(page(world, export, "download/")).status_code == 200
    later = NOW + dt.timedelta(hours=1)
    with clock.at(later):
        take_back(pair)
    with clock.at(later), no_scope():
        assert client.get(page(world, export, "download/")).status_code == 404
        assert "Somebody has taken back" in client.get(page(world, export)).content.decode()
        export_due(later, world.organisation)
    assert Export.objects.get().content is None
    asked = later + dt.timedelta(minutes=1)
    with clock.at(asked):
        anew = request_export(programme=world.programme, kind="csv", actor=world.coordinator)
    with clock.at(asked), no_scope():
        export_due(asked, world.organisation)
        assert client.get(page(world, anew, "download/")).status_code == 200


def test_only_who_asked_may_see_and_take_it(world, pair, export, other_company):
    look(world)
    others = (world.admin, world.lead, world.steering, pair.mentor, other_company.coordinator)
    for person in others:
        for tail in ("", "state/", "download/"):
            with clock.at(NOW), no_scope():
                assert sign_in(person).get(page(world, export, tail)).status_code == 404
        with clock.at(NOW), no_scope():
            assert sign_in(person).post(page(world, export, "retry/")).status_code == 404
            elsewhere = other_company.url(f"exports/{export.pk}/download/")
            assert sign_in(other_company.coordinator).get(elsewhere).status_code == 404


def test_who_is_no_coordinator_any_more_cannot_take_it_either(world, export):
    look(world)
    Assignment.objects.filter(membership__user=world.coordinator).delete()
    with clock.at(NOW), no_scope():
        assert sign_in(world.coordinator).get(page(world, export, "download/")).status_code == 404


@pytest.mark.parametrize(("who", "status"), [("coordinator", 200), ("admin", 200), ("lead", 403), ("steering", 403)])
def test_who_may_ask(world, who, status):
    with no_scope():
        client = sign_in(getattr(world, who))
        assert client.get(world.exports).status_code == status
        answer = client.post(world.exports, {"kind": "xlsx", "cohort": "-"})
    assert answer.status_code == (302 if status == 200 else 403)
    assert Export.objects.count() == (1 if status == 200 else 0)


def test_an_admin_is_told_what_is_not_in_it(world):
    with no_scope():
        told = sign_in(world.admin).get(world.exports).content.decode()
    assert "What people wrote stays with those who may read it." in told


@pytest.mark.covers("plp.sys.91")
def test_one_cohort_or_one_pair_is_asked_for_from_the_desk_and_the_list(world, pair):
    with clock.at(NOW), no_scope():
        client = sign_in(world.coordinator)
        desk = client.get(world.desk).content.decode()
        assert f"{world.exports}?cohort=november" in desk
        listed = client.get(world.desk + "pairs/").content.decode()
        assert f"{world.exports}?pair={pair.pairing.pk}" in listed
        own = reverse("pairs:pairing", args=[world.organisation.slug, pair.pairing.pk])
        assert f'href="{world.exports}?pair={pair.pairing.pk}"' in client.get(own).content.decode()
        form = client.get(f"{world.exports}?cohort=november").content.decode()
        assert '<option value="november" selected>' in form
        client.post(world.exports, {"kind": "pdf", "cohort": "november"})
        assert (
            "Export ʻAna Moala · Helen Whitcombe"
            in client.get(f"{world.exports}?pair={pair.pairing.pk}").content.decode()
        )
        client.post(f"{world.exports}?pair={pair.pairing.pk}", {"kind": "pdf"})
    of_cohort, of_pair = Export.objects.order_by("created_at", "pairing")
    if of_cohort.pairing_id:
        of_cohort, of_pair = of_pair, of_cohort
    assert (of_cohort.cohort, of_cohort.pairing) == (world.cohort, None)
    assert (of_pair.cohort, of_pair.pairing) == (None, pair.pairing)


def test_bad_input_is_refused_with_words(world, pair):
    atoll = make_world("atoll")
    with no_scope():
        client = sign_in(world.coordinator)
        for bad in ({"kind": "exe", "cohort": "-"}, {"kind": "xlsx", "cohort": "elsewhere"}, {}):
            answer = client.post(world.exports, bad)
            assert answer.status_code == 200
            assert any(
                words in answer.content.decode() for words in ("Select a valid choice", "This field is required")
            )
        for pairing in ("nonsense", "00000000-0000-4000-8000-000000000000"):
            assert client.get(f"{world.exports}?pair={pairing}").status_code == 404
        assert sign_in(atoll.coordinator).get(f"{atoll.exports}?pair={pair.pairing.pk}").status_code == 404
    assert not Export.objects.exists()
