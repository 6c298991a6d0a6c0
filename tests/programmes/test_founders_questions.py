"""What a programme says of itself: its founder answers, and everybody who takes part reads it where the guidance stands."""

import pytest
from django.test import Client

from programmes.models import Sheet
from templates_app.answers.sample import sample_answers
from templates_app.domain.kits import worksheet_of
from templates_app.domain.responses import answers_of
from tests.factories import MembershipFactory, UserFactory
from tests.pairs.test_every_kit import pair_of
from tests.programmes.test_sheets_outside_pairs import get_sheet_for, send, sheet_owner

GUIDANCE, PLACE = "guidance/e-mentoring/", "programmes/e-mentoring/worksheets/"
SAID = {
    "meaning": "Somebody who goes ahead with a lamp",
    "mentors": "Reef wardens of ten years",
    "mentees": "Wardens in their first year",
    "provided": "A boat on Fridays",
    "success_words": "They take others along",
}
HEADING = "How this programme sees it"


@pytest.fixture
def aspire(db):
    with pair_of("aspire") as pair:
        yield pair


def page(pair, client: Client, path: str) -> str:
    answer = client.get(pair.url(path))
    assert answer.status_code == 200
    return answer.content.decode()


def answered(pair, **said: str) -> Sheet:
    """The coordinator begins the sheet on its page, answers everything and sends it."""
    place = Client()
    place.force_login(pair.coordinator, backend="django.contrib.auth.backends.ModelBackend")
    assert place.post(pair.url(f"{PLACE}programme-questions/begin/")).status_code == 302
    sheet = get_sheet_for(pair.coordinator, Sheet.objects.order_by("-number").first().pk)
    shape = worksheet_of(sheet.response.version)
    sample = sample_answers(shape, sheet_owner(sheet, pair.coordinator).context)
    return send(sheet, pair.coordinator, sample | answers_of(sheet.response) | said)


@pytest.mark.covers("phase1.must.57")
def test_the_founders_answers_stand_before_everybody_who_takes_part(aspire, sign_in):
    assert "Questions for your programme" in page(aspire, sign_in(aspire.coordinator), PLACE)
    assert HEADING not in page(aspire, sign_in(aspire.mentee), GUIDANCE)
    sheet = answered(aspire, **SAID)
    for user in (aspire.mentee, aspire.mentor):
        client, read = sign_in(user), aspire.url(f"worksheets/{sheet.pk}/read/")
        assert read in page(aspire, client, GUIDANCE)
        html = client.get(read).content.decode()
        assert all(words in html for words in SAID.values())
        assert "Mentee: confidence" not in html, "of the indicators those that were chosen"
        assert "Mentee: goals reached" in html


def test_the_newest_answers_count_and_none_that_is_still_being_written(aspire, sign_in):
    first = answered(aspire, **SAID)
    second = answered(aspire, **SAID | {"meaning": "A lamp of one's own"})
    begun = sign_in(aspire.coordinator).post(aspire.url(f"{PLACE}programme-questions/begin/"))
    html = page(aspire, sign_in(aspire.mentor), GUIDANCE)
    assert f"worksheets/{second.pk}/read/" in html
    assert f"worksheets/{first.pk}/" not in html
    assert begun["Location"] not in html


def test_who_takes_no_part_reads_neither_answers_nor_heading(aspire, sign_in):
    sheet = answered(aspire, **SAID)
    stranger = UserFactory()
    MembershipFactory(user=stranger)
    client = sign_in(stranger)
    assert client.get(aspire.url(GUIDANCE)).status_code == 404
    assert client.get(aspire.url(f"worksheets/{sheet.pk}/read/")).status_code == 404
