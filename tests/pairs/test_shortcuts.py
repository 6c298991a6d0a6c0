"""Where a pair meets and works outside this application: links that it wrote down together, on its page."""

import pytest

from pairs.domain.agreement import revise_agreement
from templates_app.domain.responses import NotComplete
from tests.factories import MembershipFactory, UserFactory
from tests.pairs.test_agreement_parts import in_force, offer, sign
from tests.pairs.test_every_kit import pair_of

ROOM, BOARD = "https://rooms.example/reef", "https://boards.example/reef-plan?view=all"
FRAMEWORK = {
    "forms": ["career"],
    "frequency": "Once a month",
    "topics": [{"_id": "aaaa0001", "topic": "Leading"}],
    "outcomes": [{"_id": "aaaa0002", "outcome": "A team"}],
    "criteria": [{"_id": "aaaa0003", "criterion": "It meets"}],
    "channels": [
        {"_id": "aaaa0004", "channel": "video", "link": ROOM},
        {"_id": "aaaa0005", "channel": "in_person"},
        {"_id": "aaaa0006", "channel": "other", "channel__other": "Ham radio"},
    ],
    "tools": [{"_id": "aaaa0007", "name": "Our board", "link": BOARD}],
}
TITLE = "Where you meet and work"


@pytest.fixture
def aspire(db):
    with pair_of("aspire") as pair:
        yield pair


def home(pair, client) -> str:
    answer = client.get(pair.url("mentoring/"))
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.covers("phase1.must.53")
def test_the_channels_of_the_framework_are_shortcuts_on_the_pairs_page_once_it_is_settled(aspire, sign_in):
    offered = offer(aspire, FRAMEWORK)
    clients = [sign_in(user) for user in (aspire.mentee, aspire.mentor)]
    sign(offered, aspire.mentee)
    assert not any(TITLE in home(aspire, client) for client in clients), "one of the two has not settled it yet"
    sign(offered, aspire.mentor)
    for client in clients:
        html = home(aspire, client).partition(TITLE)[2].partition("</section>")[0]
        assert f'href="{ROOM}" rel="noopener noreferrer"' in html
        assert "Video" in html
        assert '<span class="soft">In person</span>' in html
        assert "Ham radio" in html
        assert "Chat" not in html, "only what was chosen"


@pytest.mark.covers("phase1.must.53")
def test_channels_chosen_anew_replace_the_ones_before_when_both_have_settled_it(aspire, sign_in):
    first = in_force(aspire, FRAMEWORK)
    revise_agreement(agreement=first, actor=aspire.mentee)
    second = offer(aspire, {"channels": [{"_id": "aaaa0008", "channel": "chat", "link": "https://chat.example/us"}]})
    client = sign_in(aspire.mentee)
    assert ROOM in home(aspire, client)
    for user in (aspire.mentee, aspire.mentor):
        sign(second, user)
    html = home(aspire, client)
    assert "https://chat.example/us" in html
    assert ROOM not in html


@pytest.mark.covers("phase1.must.59")
def test_a_tool_elsewhere_is_linked_by_its_name_and_nothing_of_it_is_brought_in(aspire, sign_in, monkeypatch):
    def refused(*_args, **_kwargs):
        raise AssertionError("Nothing behind a link is fetched.")

    monkeypatch.setattr("socket.socket.connect", refused)
    monkeypatch.setattr("urllib.request.urlopen", refused)
    in_force(aspire, FRAMEWORK)
    for user in (aspire.mentee, aspire.mentor):
        html = home(aspire, sign_in(user)).partition(TITLE)[2].partition("</section>")[0]
        assert f'href="{BOARD}" rel="noopener noreferrer"' in html
        assert "Our board" in html
        assert "<iframe" not in html
        assert "<img" not in html
    stranger = UserFactory()
    MembershipFactory(user=stranger)
    assert BOARD not in sign_in(stranger).get(aspire.url("mentoring/"), follow=True).content.decode()


def test_what_is_no_web_address_is_no_link(aspire, sign_in):
    bad = FRAMEWORK["tools"][0] | {"link": "javascript:alert(1)"}
    with pytest.raises(NotComplete) as refused:
        offer(aspire, FRAMEWORK | {"tools": [bad]})
    assert "tools" in str(refused.value.checked.faults)
    assert "javascript:" not in home(aspire, sign_in(aspire.mentee))
