"""Who finds whom, who approves and what comes first are set by the handbook's pages, with what a handbook may do without."""

import re

import pytest

from mentoring.tenancy.scope import tenant_scope
from programmes.models import Programme
from templates_app.domain.kits import kit_of
from tests.programmes.conftest import PROGRAMME, words, work_by
from tests.programmes.designing.conftest import fields_of
from tests.templates_app.paper_browser import Page

pytestmark = pytest.mark.django_db


@pytest.fixture
def harbour(coordinator_client, company):
    """The programme works by a handbook whose mentees choose."""
    work_by(company, "harbour")
    return coordinator_client


def kit(company):
    with tenant_scope(company.organisation):
        return kit_of(Programme.objects.select_related("handbook").get(pk=company.programme.pk).handbook)


def save(client, company, part, **changes):
    """Send a part's form with something changed, a second time where it is told first what becomes different."""
    url = company.url(f"{PROGRAMME}handbook/{part}")
    page = client.get(url)
    assert page.status_code == 200
    typed = Page(words(page)).post(**changes)
    sent = {name: typed.getlist(name) for name in typed}
    answer = client.post(url, sent)
    if seen := re.search(r'name="seen" value="([^"]+)"', answer.content.decode()):
        sent["seen"] = seen[1]
        answer = client.post(url, sent)
    return answer


def done(answer):
    assert answer.status_code == 302, words(answer)


def test_the_list_of_mentors_shows_filters_and_is_open_to_what_is_chosen(harbour, company):
    before = kit(company).joining.directory
    done(
        save(
            harbour, company, "texts/choosing/",
            **{
                "joining.directory__shows": ["trade", "offers"],
                "joining.directory__filters": None,
                "joining.directory__searches": ["offers"],
                "joining.directory__pauses": ["coordinator"],
                "joining.directory__closed_by": None,
            },
        )
    )  # fmt: skip
    after = kit(company).joining.directory
    assert (before.filters, before.closed_by is not None) == (["trade"], True)
    assert (after.shows, after.filters, after.searches) == (["trade", "offers"], [], ["offers"])
    assert (after.pauses, after.closed_by) == (["coordinator"], None)


def test_what_is_filtered_by_must_be_shown_and_the_page_says_so_at_its_place(harbour, company):
    answer = save(harbour, company, "texts/choosing/", **{"joining.directory__shows": ["offers"]})
    page = words(answer)
    assert answer.status_code == 200
    assert "Filter only by what is shown" in page
    assert answer.context["form"].errors["joining.directory__filters"]
    assert kit(company).joining.directory.shows == ["trade", "offers"]


def test_coordinators_alone_make_pairs_again_and_the_list_goes_in_one_step(harbour, company):
    done(
        save(
            harbour, company, "texts/choosing/",
            **{"matching.mode": "coordinator", "matching.request__has": None, "joining.directory__has": None},
        )
    )  # fmt: skip
    after = kit(company)
    assert (after.matching.mode, after.matching.request, after.joining.directory) == ("coordinator", None, None)


def test_a_handbook_without_it_gets_a_list_and_a_way_to_ask(coordinator_client, company):
    assert kit(company).matching.request is None
    page = coordinator_client.get(company.url(f"{PROGRAMME}handbook/texts/choosing/"))
    shown = fields_of(page)
    assert shown["matching.request__days"] == "14", "it begins with what is usual"
    field = next(key for key, _words in page.context["form"].fields["joining.directory__shows"].choices)
    done(
        save(
            coordinator_client, company, "texts/choosing/",
            **{
                "matching.mode": "both", "matching.request__has": "on", "matching.request__talk__has": "on",
                "matching.request__talk__title": "A first call", "joining.directory__has": "on",
                "joining.directory__shows": [field],
            },
        )
    )  # fmt: skip
    after = kit(company)
    assert (after.matching.mode, after.matching.request.talk.title) == ("both", "A first call")
    assert after.joining.directory.shows == [field]


def test_what_is_sensitive_is_never_offered_for_the_list(coordinator_client, company):
    page = words(coordinator_client.get(company.url(f"{PROGRAMME}handbook/texts/choosing/")))
    assert "Which sectors do you know well?" in page
    assert "Ethnicity" not in page


def test_what_is_needed_is_asked_for_only_where_the_thing_is_there(coordinator_client, company):
    answer = save(coordinator_client, company, "texts/choosing/", **{"joining.directory__has": "on"})
    assert answer.context["form"].errors["joining.directory__shows"] == ["This is needed here."]
    done(save(coordinator_client, company, "texts/choosing/", **{"matching.note": "Ask twice."}))
    assert kit(company).matching.note == "Ask twice."


def test_who_approves_from_outside_is_said_with_the_answers_that_approve(harbour, company):
    done(
        save(
            harbour, company, "texts/approval/",
            approval__approves=["yes_with_time"], approval__days="21", approval__remind_after="",
        )
    )  # fmt: skip
    approval = kit(company).joining.approval
    assert (approval.approves, approval.days, approval.remind_after) == (["yes_with_time"], 21, None)
    assert approval.decision == "decision"
    done(save(harbour, company, "texts/approval/", approval__has=None))
    assert kit(company).joining.approval is None
    history = words(harbour.get(company.url(f"{PROGRAMME}handbook/history/")))
    assert "Approval from outside" in history or "approval from outside" in history


def test_what_comes_first_before_a_session_is_noted(harbour, company):
    done(save(harbour, company, "texts/rhythm/", sessions_wait_for=["agreement"]))
    assert kit(company).plan.sessions_wait_for == ["agreement"]


def test_the_two_sign_in_the_order_that_is_chosen(harbour, company):
    page = words(harbour.get(company.url(f"{PROGRAMME}handbook/texts/agreement-signers/")))
    assert "the mentee, then the mentor" in page
    done(save(harbour, company, "texts/agreement-signers/", signers="mentee,mentor"))
    assert kit(company).agreement.signers == ["mentee", "mentor"]


def test_by_which_answer_words_may_be_quoted_is_said_with_the_survey(harbour, company):
    """The question must need an answer, and nobody may learn who answered what: the handbook's checks say so."""
    page = words(harbour.get(company.url(f"{PROGRAMME}handbook/surveys/add/")))
    assert "Answers by which somebody lets their words be quoted without a name" in page


@pytest.mark.parametrize("part", ["choosing", "approval"])
def test_only_who_may_change_the_handbook_reaches_it(harbour, company, sign_in, part):
    url = company.url(f"{PROGRAMME}handbook/texts/{part}/")
    assert sign_in(company.mentor).get(url).status_code == 404
    assert sign_in(company.mentee).post(url, {}).status_code == 404


def test_why_nobody_could_be_asked_is_told_in_the_words_of_the_page(coordinator_client, company):
    page = words(save(coordinator_client, company, "texts/choosing/", **{"matching.request__has": "on"}))
    assert "Mentees ask only where pairs are made by them, or both ways" in page
    assert "Nobody could be asked: let there be a list of mentors" in page
    assert kit(company).matching.request is None


def test_who_signs_from_outside_is_added_with_what_is_usual_and_signs_in_turn(coordinator_client, company):
    """Three sign one after the other, of whom one has no account."""
    page = coordinator_client.get(company.url(f"{PROGRAMME}handbook/agreement-outside/add/"))
    shown = Page(words(page)).post()
    assert (shown["days"], shown["remind_after"]) == ("14", "7")
    assert shown.getlist("named_by") == ["mentor", "mentee", "coordinator"]
    done(
        save(coordinator_client, company, "agreement-outside/add/", label="Line manager", why="For the time it takes.")
    )
    done(save(coordinator_client, company, "texts/agreement-signers/", signers="mentee,mentor"))
    done(save(coordinator_client, company, "texts/agreement-signing/", in_turn="on"))
    assert kit(company).agreement.turns == ["mentee", "mentor", "line_manager"]
    assert kit(company).agreement.signing.in_turn


def test_a_match_that_is_proposed_begins_once_all_have_said_yes(coordinator_client, company):
    url = company.url(f"{PROGRAMME}handbook/texts/choosing/")
    form = coordinator_client.get(url).context["form"]
    shown = form.fields["matching.consent__shows__mentor"].choices[0][0]
    done(
        save(
            coordinator_client, company, "texts/choosing/",
            **{"matching.consent__has": "on", "matching.consent__shows__mentor": [shown]},
        )
    )  # fmt: skip
    consent = kit(company).matching.consent
    assert (consent.days, consent.shows) == (10, {"mentor": [shown]})
    done(save(coordinator_client, company, "texts/choosing/", **{"matching.consent__days": "5"}))
    assert (kit(company).matching.consent.days, kit(company).matching.consent.shows) == (5, {"mentor": [shown]})
    done(save(coordinator_client, company, "texts/choosing/", **{"matching.consent__has": None}))
    assert kit(company).matching.consent is None


def test_a_door_that_any_answer_closes_stays_so_until_it_is_taken_out(harbour, company):
    """Only files say this; a page that does not ask for it must not lose it."""
    with tenant_scope(company.organisation):
        programme = Programme.objects.select_related("handbook").get(pk=company.programme.pk)
        directory = programme.handbook.content["joining"]["directory"]
        directory["closed_by"] = {"field": "open_to_requests", "is_in": [], "filled": True}
        programme.handbook.revision += 1
        programme.handbook.save()
    done(save(harbour, company, "texts/choosing/", **{"matching.note": "Ask twice."}))
    assert kit(company).joining.directory.closed_by.filled is True
    done(save(harbour, company, "texts/choosing/", **{"joining.directory__closed_by": None}))
    assert kit(company).joining.directory.closed_by is None


def test_a_number_may_be_as_large_as_the_handbook_takes_it_and_is_told_where_it_is_larger(harbour, company):
    done(save(harbour, company, "texts/files/", offered="on", megabytes="1500"))
    assert kit(company).files.megabytes == 1500
    page = words(save(harbour, company, "texts/introductions/", offered="on", days="400"))
    assert "it may be at most 90" in page
