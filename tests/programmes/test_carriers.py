"""The organisations that a handbook leaves to be named are named by whoever sets the programme up, then or later."""

import pytest

from mentoring.tenancy.models import Partner
from mentoring.tenancy.scope import tenant_scope
from programmes.domain.carriers import left_to_name, name_partners
from programmes.domain.enrolment import enrolment_context
from programmes.domain.handbook.choosing import names_for
from programmes.domain.handbook.fields import Field
from programmes.domain.programmes import create_programme
from programmes.models import Participant, Programme
from templates_app.answers import check
from templates_app.domain.kit_files import shipped_kit
from templates_app.domain.kits import kit_of
from tests.factories import MembershipFactory, PartnerFactory, UserFactory
from tests.programmes.conftest import words

pytestmark = pytest.mark.django_db
NEW = "programmes/new/gla/"
CONTACT = [Field("partner", "For", "choice", choices="partners")]


def create(company, **more):
    values = {"kit": shipped_kit("gla"), "title": "Across", "slug": "across", "actor": company.admin, **more}
    return create_programme(**values)


def made(slug):
    return kit_of(Programme.objects.select_related("handbook").get(slug=slug).handbook)


def test_what_a_handbook_leaves_to_be_named_becomes_nobodys_partner(inside):
    before = set(Partner.objects.values_list("pk", flat=True))
    programme = create(inside)
    assert set(Partner.objects.values_list("pk", flat=True)) == before
    assert left_to_name(kit_of(programme.handbook)) == 9
    assert names_for(programme.handbook, CONTACT)["partners"] == {}, "nor can it be chosen"


@pytest.mark.covers("gla.must.49")
def test_they_are_named_while_the_programme_is_set_up(company, sign_in):
    client = sign_in(company.admin)
    page = words(client.get(company.url(NEW)))
    assert "The handbook is made for 9;" in page
    assert "First organisation" not in page
    lines = "Harbour Board\r\n\r\n  City   Archive \r\nharbour board\r\n3rd Street"
    assert client.post(company.url(NEW), {"title": "Across", "slug": "", "partners": lines}).status_code == 302
    with tenant_scope(company.organisation):
        kit = made("across")
        assert [one.name for one in kit.partners] == ["Harbour Board", "City Archive", "3rd Street"]
        assert [one.key for one in kit.partners] == ["harbour-board", "city-archive", "partner-3rd-street"]
        assert kit.partners[0].source, "each stands for one of those that the handbook left open"
        assert set(
            Partner.objects.filter(name__in=["Harbour Board", "City Archive", "3rd Street"]).values_list(
                "key", flat=True
            )
        ) == {one.key for one in kit.partners}
        handbook = Programme.objects.select_related("handbook").get(slug="across").handbook
        assert names_for(handbook, CONTACT)["partners"]["city-archive"] == "City Archive"
    assert "nobody has named yet" not in words(client.get(company.url("programmes/across/")))


def test_one_that_is_a_partner_already_is_not_made_twice(inside):
    stands = PartnerFactory(key="archive", name="City Archive")
    programme = create(inside, partners=["city archive", "Harbour Board"])
    assert Partner.objects.filter(name__iexact="city archive").get() == stands
    assert [one.key for one in kit_of(programme.handbook).partners] == ["archive", "harbour-board"]


def test_unnamed_the_programmes_page_asks_and_they_are_named_later(company, sign_in):
    with tenant_scope(company.organisation):
        create(company)
    client = sign_in(company.admin)
    page = words(client.get(company.url("programmes/across/")))
    assert "9 organisations that nobody has named yet" in page
    naming = company.url("programmes/across/title/")
    assert naming in page
    shown = words(client.get(naming))
    assert "Which organisations carry it?" in shown
    assert client.post(naming, {"title": "Across", "partners": "Harbour Board"}).status_code == 302
    with tenant_scope(company.organisation):
        assert [one.name for one in made("across").partners] == ["Harbour Board"]
        assert Partner.objects.filter(key="harbour-board").exists()
    assert "Which organisations carry it?" not in words(client.get(naming))
    history = words(client.get(company.url("programmes/across/handbook/history/")))
    assert "the organisations that carry it" in history.casefold()


def test_a_name_that_is_too_long_is_refused_and_nothing_is_set_up(company, sign_in):
    answer = sign_in(company.admin).post(company.url(NEW), {"title": "Across", "slug": "", "partners": "x" * 201})
    assert "Keep each name to 200 letters." in words(answer)
    with tenant_scope(company.organisation):
        assert not Programme.objects.filter(slug="across").exists()


def test_nobody_is_kept_from_joining_while_none_is_named(inside):
    """A profile that asks for one's organisation is sent without it, and demands it once there is one to choose."""
    sheet = next(one for one in shipped_kit("gla").worksheets if one.key == "mentor-profile")
    person = Participant.objects.select_related("cohort__programme__handbook").filter(side="mentor").first()
    person.partner = None
    without = check(sheet, {}, enrolment_context(person, partners=[]), mode="submit")
    assert "organisation" not in without.faults
    assert without.warnings["organisation"] == "There is nothing to choose from yet. You can send the sheet without it."
    named = enrolment_context(person, partners=[PartnerFactory()])
    assert check(sheet, {}, named, mode="submit").faults["organisation"] == "This answer is needed."


def test_a_title_alone_changes_no_handbook(inside):
    programme = create(inside)
    assert name_partners(programme=programme, names=[], actor=inside.admin) is None
    assert left_to_name(kit_of(programme.handbook)) == 9


def test_a_handbook_that_names_its_partners_asks_for_none(company, sign_in):
    client = sign_in(company.admin)
    page = words(client.get(company.url("programmes/new/plp-ess/")))
    assert "Which organisations carry it?" not in page
    assert "These partners may put people forward: World Bank" in " ".join(page.split())


def test_who_only_takes_part_reads_nothing_of_it(company, sign_in):
    with tenant_scope(company.organisation):
        create(company)
        user = UserFactory()
        MembershipFactory(user=user)
    assert sign_in(user).get(company.url("programmes/across/title/")).status_code == 404
