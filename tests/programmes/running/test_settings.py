"""How long, how often, how long ahead and by which names: each programme of an organisation says it for itself."""

import datetime as dt
from typing import Any

import pytest

from programmes.domain.cohorts import usual_end
from programmes.domain.sheets import programme_shelves
from programmes.models import Programme
from templates_app.domain.kits import kit_of
from templates_app.domain.responses import answers_of
from tests.factories import AssignmentFactory, ProgrammeFactory
from tests.programmes.designing.conftest import fields_of
from tests.programmes.running.conftest import Office

pytestmark = pytest.mark.django_db


def settings_of(programme: Programme) -> dict[str, Any]:
    plan = kit_of(Programme.objects.get(pk=programme.pk).handbook).plan
    return {
        "months": plan.months, "interval": plan.interval_months, "quiet": plan.quiet_days,
        "notice": plan.notice_hours, "least": plan.meeting.min_minutes, "most": plan.meeting.max_minutes,
    }  # fmt: skip


@pytest.mark.covers("sssc.must.68")
def test_each_programme_sets_its_own_duration_cadence_notice_lengths_and_names(office: Office, sign_in):
    other = ProgrammeFactory(slug="other", title="Other", handbook__kit="sssc")
    AssignmentFactory(programme=other, membership=office.programme.assignments.get(role="coordinator").membership)
    shipped = settings_of(other)
    assert settings_of(office.programme) == shipped
    client = sign_in(office.coordinator)
    for page, changes in (
        ("plan", {"months": "12", "interval_months": "2", "min_minutes": "60", "max_minutes": "100"}),
        ("texts/rhythm", {"quiet_days": "45", "notice_hours": "48"}),
    ):
        url = f"{office.place}handbook/{page}/"
        saved = client.post(url, fields_of(client.get(url)) | changes)
        assert saved.status_code == 302, saved.content.decode()
    own = {"months": 12, "interval": 2, "quiet": 45, "notice": 48, "least": 60, "most": 100}
    assert settings_of(office.programme) == own
    assert settings_of(other) == shipped, "the programme next door keeps its own"
    assert shipped["months"] == 6
    starts = dt.date(2026, 11, 2)
    ends = {one.slug: usual_end(Programme.objects.get(pk=one.pk), starts) for one in (office.programme, other)}
    assert ends == {office.programme.slug: dt.date(2027, 11, 2), "other": dt.date(2027, 5, 2)}
    office.send("policy", org="The Glen Partnership for Care")
    names = {}
    for one in (office.programme, other):
        policy = next(shelf for shelf in programme_shelves(office.coordinator, one) if shelf.worksheet.key == "policy")
        names[one.slug] = answers_of(policy.latest.response)["org"] if policy.latest else None
    assert names == {office.programme.slug: "The Glen Partnership for Care", "other": None}
