"""A pair agrees which form its mentoring takes, and what it is shown fits."""

import pytest

from pairs.domain.agreement import revise_agreement
from tests.pairs.test_agreement_parts import in_force, offer, sign
from tests.pairs.test_every_kit import pair_of
from tests.pairs.test_shortcuts import FRAMEWORK

GUIDES = ("career", "personal", "skill", "network")
SHEETS = ("objective-result", "contact-introduction")


@pytest.fixture
def aspire(db):
    with pair_of("aspire") as pair:
        yield pair


def guides(pair, client) -> set[str]:
    """The forms whose guide stands at session 2."""
    html = client.get(f"{pair.place}sessions/{pair.session(2).pk}/").content.decode()
    return {form for form in GUIDES if f"articles/form-{form}/" in html}


def sheets(pair, client) -> set[str]:
    """Those of the sheets for any time that are for some forms alone, as they stand on their page."""
    html = client.get(f"{pair.place}worksheets/").content.decode()
    assert "worksheets/small-win/new/" in html, "what is for every form is always there"
    return {key for key in SHEETS if f"worksheets/{key}/new/" in html}


@pytest.mark.covers("phase1.must.61")
def test_guidance_and_sheets_fit_the_form_that_the_pair_chose(aspire, sign_in):
    mentee = sign_in(aspire.mentee)
    assert guides(aspire, mentee) == set(GUIDES)
    assert sheets(aspire, mentee) == set(SHEETS)
    first = in_force(aspire, FRAMEWORK | {"forms": ["skill"]})
    for client in (mentee, sign_in(aspire.mentor)):
        assert guides(aspire, client) == {"skill"}
    assert sheets(aspire, mentee) == {"objective-result"}
    assert mentee.post(f"{aspire.place}worksheets/contact-introduction/new/").status_code == 404
    revise_agreement(agreement=first, actor=aspire.mentee)
    second = offer(aspire, {"forms": ["network", "personal"]})
    assert guides(aspire, mentee) == {"skill"}, "until both have settled it"
    for user in (aspire.mentee, aspire.mentor):
        sign(second, user)
    assert guides(aspire, mentee) == {"network", "personal"}
    assert sheets(aspire, mentee) == {"contact-introduction"}
    assert mentee.post(f"{aspire.place}worksheets/contact-introduction/new/").status_code == 302


def test_what_was_begun_before_another_form_was_chosen_stays_readable(aspire, sign_in):
    mentee = sign_in(aspire.mentee)
    begun = mentee.post(f"{aspire.place}worksheets/contact-introduction/new/")["Location"]
    in_force(aspire, FRAMEWORK | {"forms": ["skill"]})
    assert mentee.get(begun).status_code == 200


def test_each_pair_has_the_form_of_its_own(aspire, sign_in):
    in_force(aspire, FRAMEWORK | {"forms": ["career"]})
    with_all = set(GUIDES)
    assert guides(aspire, sign_in(aspire.mentee)) == {"career"}
    html = sign_in(aspire.coordinator).get(aspire.url("guidance/e-mentoring/")).content.decode()
    assert {form for form in GUIDES if f"articles/form-{form}/" in html} == with_all, "the handbook itself holds all"
