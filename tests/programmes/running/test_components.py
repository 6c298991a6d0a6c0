"""What a programme offers of ten components and eight groups of resources, ticked by its staff; what lacks is listed for them."""

import re
from html import unescape

import pytest

from mentoring import clock
from mentoring.tenancy.scope import tenant_scope
from templates_app.domain.kits import current_version, worksheet_of
from tests.programmes.running.conftest import TODAY, make_office

TEN = {
    "matching": "Matching", "framework": "A structured framework", "channels": "Channels of communication",
    "tracking": "Tracking and evaluation", "knowledge": "Resources and shared knowledge",
    "community": "A supportive community", "security": "Security and privacy",
    "development": "Resources for development", "metrics": "Metrics and reports", "scale": "Room to grow and to change",
}  # fmt: skip
EIGHT = {
    "communication": "Communication", "time": "Time", "feedback": "Feedback", "learning": "Learning",
    "platform": "A platform for mentoring", "documents": "Documents", "networking": "Networking and careers",
    "emotional": "Emotional support",
}  # fmt: skip


@pytest.fixture
def office(db):
    made = make_office("aspire")
    with tenant_scope(made.organisation), clock.at(TODAY):
        yield made


def gaps(office, sign_in, user=None) -> str:
    """What the page of the programme's worksheets says is not in place."""
    answer = sign_in(user or office.coordinator).get(f"{office.place}worksheets/")
    text = re.sub(r"\s+", " ", unescape(answer.content.decode()))
    found = re.search(r"<details><summary>.*?</details>", text)
    return found[0] if found else ""


def listed(words: str, labels: dict[str, str]) -> set[str]:
    return {key for key, label in labels.items() if f">{label}<" in words}


@pytest.mark.covers("phase1.must.65")
def test_staff_tick_the_ten_components_and_eight_groups_and_what_lacks_is_listed(office, sign_in):
    shape = worksheet_of(current_version(office.programme.handbook, "programme-questions"))
    tables = {field.key: field for field in shape.fields() if field.key in {"architecture", "resources"}}
    assert {item.key: item.label for item in tables["architecture"].items} == TEN
    assert {item.key: item.label for item in tables["resources"].items} == EIGHT
    ten = [{"_id": key, "used": "used"} for key in TEN]
    eight = [{"_id": key, "offered": "offered"} for key in EIGHT]
    lacking = [{"_id": "community", "used": "not_used"}, {"_id": "scale", "used": "left_out"}]
    office.send(
        "programme-questions",
        architecture=[row for row in ten if row["_id"] not in {"community", "scale"}] + lacking,
        resources=[row for row in eight if row["_id"] != "emotional"]
        + [{"_id": "emotional", "offered": "not_offered"}],
    )
    told = gaps(office, sign_in)
    assert listed(told, TEN) == {"community"}, "what one does without on purpose is no gap"
    assert listed(told, EIGHT) == {"emotional"}
    assert listed(gaps(office, sign_in, office.steering), TEN) == {"community"}
    assert not gaps(office, sign_in, office.mentor), "gaps are for those who run the programme"
    office.send("programme-questions", architecture=ten, resources=eight)
    assert not gaps(office, sign_in), "the newest sheet counts"
