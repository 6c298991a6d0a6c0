"""Results of people's own, counted only where each of them says that they may be, and in no way that tells whose they are."""

import pytest
from django.urls import reverse

from evaluation.domain.agreed_counts import agreed_counts
from evaluation.domain.reports import make_report
from mentoring import clock
from mentoring.tenancy.scope import no_scope
from pairs.domain.queries import get_pairing_for
from pairs.domain.reading import reader_of, right_to
from pairs.domain.sheets import add_sheet
from pairs.enums import Right
from templates_app.domain.kit_files import shipped_kit
from templates_app.models import Template, TemplateVersion
from tests.evaluation.world import sign_in
from tests.pairs.filling import change_sheet, send, take_up
from tests.programmes.designing.conftest import fields_of

KEY = "objective-result"
NAMES = ("Bo Biribo", "Cy Cama", "Di Dakai", "Eli Elima", "Fa Faleolo")


@pytest.fixture
def six(world):
    """Six pairs whose handbook has the sheet on which a mentee notes a promotion, a certificate and the like."""
    sheet = next(one for one in shipped_kit("aspire").worksheets if one.key == KEY)
    template = Template.objects.create(
        handbook=world.cohort.programme.handbook, key=KEY, title=sheet.title, position=99
    )
    TemplateVersion.objects.create(template=template, number=1, definition=sheet.model_dump(mode="json"))
    for number, name in enumerate(NAMES):
        world.add_pair(name, f"Mentor Number{number}")
    return world


def note(pair, may_count: str, kind: str = "promotion"):
    """The mentee notes a result and sends it."""
    reader = reader_of(pair.mentee, get_pairing_for(pair.mentee, pair.pairing.pk))
    output = add_sheet(reader=reader, worksheet=KEY, actor=pair.mentee)
    answers = {"kind": kind, "date": "2026-10-01", "detail": "CANARY of a raise", "may_count": may_count}
    return send(output, pair.mentee, answers)


def counted(world) -> dict[str, int]:
    return {one["title"]: one["value"] for one in agreed_counts(world.cohort)}


@pytest.mark.covers("phase1.must.45")
def test_a_result_counts_only_with_the_mentees_consent_and_leaves_again_with_it(six):
    for pair in six.pairs[:4]:
        note(pair, "agreed")
    for pair in six.pairs[4:]:
        note(pair, "not_agreed")
    assert counted(six) == {}, "four who agreed are too few, and who did not agree does not make them five"
    fifth = note(six.pairs[4], "agreed")
    assert counted(six) == {"A promotion": 5}
    note(six.pairs[4], "agreed")
    assert counted(six) == {"A promotion": 5}, "people are counted, not sheets"
    send(take_up(fifth, six.pairs[4].mentee), six.pairs[4].mentee, {"may_count": "not_agreed"})
    assert counted(six) == {"A promotion": 5}, "the other sheet of the fifth still agrees"


@pytest.mark.covers("phase1.must.45")
def test_who_takes_their_consent_back_is_not_counted_any_more(six):
    sheets = [note(pair, "agreed", kind="certificate") for pair in six.pairs[:5]]
    assert counted(six) == {"A certificate": 5}
    taken_up = take_up(sheets[0], six.pairs[0].mentee)
    assert counted(six) == {}, "as long as it is in hand again it does not count"
    send(taken_up, six.pairs[0].mentee, {"may_count": "not_agreed"})
    assert counted(six) == {}


def test_who_was_not_told_that_it_is_counted_is_not_counted_by_a_later_version(six):
    """The same question may have meant something else before: it asked for no leave to count."""
    agreed = six.pairs[0].pairing
    leave = {"when": {"field": "may_count", "is_in": ["agreed"]}, "by": "kind"}
    change_sheet(agreed, KEY, counted=None)
    for pair in six.pairs[:5]:
        note(pair, "agreed")
    change_sheet(agreed, KEY, counted=leave)
    assert counted(six) == {}
    for pair in six.pairs[:5]:
        note(pair, "agreed", kind="certificate")
    assert counted(six) == {"A certificate": 5}


def test_sheets_are_asked_for_leave_as_their_own_version_asks(six):
    """Where "no" and "yes" change places in a later version, a "no" from before stays a "no"."""
    for pair in six.pairs[:5]:
        note(pair, "not_agreed")
    change_sheet(
        six.pairs[0].pairing, KEY, counted={"when": {"field": "may_count", "is_in": ["not_agreed"]}, "by": "kind"}
    )
    assert counted(six) == {}


def test_the_report_tells_how_many_and_nobody_in_the_programme_reads_whose_or_what(six):
    sheets = [note(pair, "agreed") for pair in six.pairs[:5]]
    report = make_report(cohort=six.cohort, period="2026-W45", now=clock.now())
    with no_scope():
        page = reverse("evaluation:report", args=[six.organisation.slug, report.pk])
        for user in (six.coordinator, six.steering):
            html = sign_in(user).get(page).content.decode()
            assert "A promotion" in html
            assert "CANARY" not in html
    assert "CANARY" not in str(report.figures)
    for sheet in sheets:
        assert right_to(six.coordinator, sheet) < Right.READ


# --- Set in the browser --------------------------------------------------------------------------------------------------


def design(world, client, rest: str = "") -> str:
    """An address of the sheet in the worksheet designer."""
    return world.url(f"programmes/{world.cohort.programme.slug}/handbook/worksheets/{KEY}/{rest}")


def facts(world, client, **changes):
    url = design(world, client, "facts/")
    return client.post(url, fields_of(client.get(url)) | changes)


def test_a_coordinator_says_in_the_designer_what_is_counted_and_by_whose_leave(six):
    change_sheet(six.pairs[0].pairing, KEY, counted=None)
    client = sign_in(six.coordinator)
    assert client.post(design(six, client, "begin/")).status_code == 302
    refused = facts(six, client, counted_by="kind", title="Another title")
    assert refused.context["form"].errors["counted_when"]
    assert refused.context["form"]["title"].value() == "Another title", "nothing that was typed is lost"
    mixed = facts(six, client, counted_by="kind", counted_when=["may_count=agreed", "kind=promotion"])
    assert mixed.context["form"].errors["counted_when"]
    assert facts(six, client, counted_by="kind", counted_when=["may_count=agreed"]).status_code == 302
    page = client.get(design(six, client, "publish/"))
    assert "Reports count how many chose each answer to" in page.content.decode()
    assert client.post(design(six, client, "publish/"), fields_of(page)).status_code == 302
    for pair in six.pairs[:5]:
        note(pair, "agreed")
    assert counted(six) == {"A promotion": 5}
