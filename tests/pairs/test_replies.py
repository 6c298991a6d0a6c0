"""What the other side writes on a sheet that was sent to them."""

import pytest

from pairs.models import Output
from templates_app.domain.responses import WrongState, answers_of, write_reply
from templates_app.domain.sharing import share_response
from templates_app.models import Response
from tests.pairs.filling import owner_for_reader, send, take_up
from tests.pairs.test_every_kit import pair_of
from tests.pairs.test_offers import sheet

IDEAS = {"goal": "More time", "stop": [{"_id": "aaaa0001", "idea": "Late meetings"}]}


@pytest.fixture
def gla(db):
    with pair_of("gla") as pair:
        yield pair


@pytest.fixture
def grid(gla) -> Output:
    """The mentee's thought shower, sent and shared with the mentor."""
    row = send(sheet(gla, gla.mentee, "grid"), gla.mentee, IDEAS)
    share_response(response=Response.objects.get(pk=row.response_id), audience="partner", actor=gla.mentee)
    return row


def answers(row: Output) -> dict:
    return answers_of(Response.objects.get(pk=row.response_id))


def post(gla, grid, client, **changes):
    revision = Response.objects.get(pk=grid.response_id).revision
    sent = {"revision": revision, "_end": "1", "r-comment": "Who could help you?", **changes}
    return client.post(gla.url(f"outputs/{grid.pk}/reply/"), sent)


@pytest.mark.covers("gla.must.63")
def test_the_mentor_comments_on_a_thought_shower_and_cannot_write_its_entries(gla, grid, sign_in):
    mentor = sign_in(gla.mentor)
    page = mentor.get(gla.url(f"outputs/{grid.pk}/read/")).content.decode()
    assert 'name="r-comment"' in page
    assert 'name="r-goal"' not in page
    assert "What would you ask, or add?" in page, "in the words for who replies"
    assert "What your mentor asks, or adds" not in page, "and once"
    assert Response.objects.get(pk=grid.response_id).asked == 7, "the author is not asked for it"
    answer = post(gla, grid, mentor, **{"r-goal": "Forged", "r-stop-0-idea": "Forged"})
    assert answer["Location"] == gla.url(f"outputs/{grid.pk}/read/")
    assert answers(grid) == IDEAS | {"comment": "Who could help you?"}
    own = sign_in(gla.mentee).get(gla.url(f"outputs/{grid.pk}/read/")).content.decode()
    assert "Who could help you?" in own
    assert "What your mentor asks, or adds" in own
    assert "The mentor writes this." in own
    assert "r-comment" not in own


def test_the_author_goes_on_writing_and_the_reply_stays(gla, grid, sign_in):
    post(gla, grid, sign_in(gla.mentor))
    again = send(take_up(grid, gla.mentee), gla.mentee, {"goal": "Time for the reef", "comment": "Forged"})
    assert answers(again) == IDEAS | {"goal": "Time for the reef", "comment": "Who could help you?"}


def test_nobody_replies_to_what_they_may_not_read_or_wrote_themselves(gla, grid, sign_in):
    for user, status in ((gla.mentee, 403), (gla.coordinator, 404)):
        assert post(gla, grid, sign_in(user)).status_code == status
    private = send(sheet(gla, gla.mentee, "grid"), gla.mentee, IDEAS)
    assert post(gla, private, sign_in(gla.mentor)).status_code == 404
    assert "comment" not in answers(grid) | answers(private)


def test_two_replies_at_once_lose_no_word(gla, grid, sign_in):
    post(gla, grid, sign_in(gla.mentor))
    late = post(gla, grid, sign_in(gla.mentor), revision=0, **{"r-comment": "Typed in another window"})
    assert late.status_code == 409
    assert "Typed in another window" in late.content.decode()
    assert answers(grid)["comment"] == "Who could help you?"
    owner = owner_for_reader(grid, gla.mentor)
    with pytest.raises(WrongState):
        write_reply(
            response=owner.response, actor=gla.mentor, answers={"comment": "x"}, revision=0, context=owner.context
        )
