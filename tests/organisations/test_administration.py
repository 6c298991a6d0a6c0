"""What admins look after: settings, members, partners, history."""

import uuid

import pytest

from mentoring.history.models import Event
from mentoring.notices.models import Message
from mentoring.organisations.domain import members as verbs
from mentoring.organisations.domain.members import MemberRefused, add_admin, set_active, set_admin
from mentoring.organisations.domain.organisations import change_organisation
from mentoring.tenancy.models import Membership, Partner
from mentoring.tenancy.scope import tenant_scope
from tests.factories import OrganisationFactory, PartnerFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def here(db):
    return OrganisationFactory(slug="here", name="Pacific Learning")


@pytest.fixture
def there(db):
    return OrganisationFactory(slug="there")


@pytest.fixture
def tomasi(here):
    user = UserFactory(given_name="Tomasi", family_name="Vea", email="tomasi@plp.example")
    here.memberships.create(user=user, is_admin=True)
    return user


@pytest.fixture
def ana(here):
    user = UserFactory(given_name="ʻAna", family_name="Moala", email="ana@plp.example")
    here.memberships.create(user=user)
    return user


@pytest.fixture
def admin(tomasi, sign_in):
    return sign_in(tomasi)


def words(response):
    return response.content.decode()


def membership(organisation, user):
    return Membership.objects.get(organisation=organisation, user=user)


def happened(organisation):
    with tenant_scope(organisation):
        return list(Event.objects.order_by("created_at").values_list("action", flat=True))


@pytest.mark.parametrize("page", ["settings", "members", "members/new", "partners", "history"])
def test_all_of_it_is_for_admins(ana, tomasi, sign_in, page):
    assert sign_in(ana).get(f"/o/here/{page}/").status_code == 404
    assert sign_in(tomasi).get(f"/o/here/{page}/").status_code == 200


class TestSettings:
    def values(self, **changes):
        return {"name": "PLP", "zone": "Suva, Fiji", "language": "en-gb", "accent": "#7A1F3D"} | changes

    def test_they_are_changed_and_it_is_recorded_which(self, here, admin):
        assert admin.post("/o/here/settings/", self.values()).status_code == 302
        here.refresh_from_db()
        assert (here.name, here.zone, here.accent, here.slug) == ("PLP", "Pacific/Fiji", "#7a1f3d", "here")
        with tenant_scope(here):
            event = Event.objects.get(action="organisation.changed")
        assert event.data == {"fields": ["accent", "name", "zone"]}
        assert 'href="/accent/7a1f3d.css"' in words(admin.get("/o/here/settings/"))

    @pytest.mark.parametrize("changes", [{"accent": "#ffff99"}, {"zone": "Atlantis"}, {"name": ""}, {"language": "xx"}])
    def test_what_cannot_be_changes_nothing(self, here, admin, changes):
        assert admin.post("/o/here/settings/", self.values(**changes)).status_code == 422
        here.refresh_from_db()
        assert here.name == "Pacific Learning"
        assert happened(here) == []

    def test_saving_them_as_they_are_is_no_event(self, here, admin, tomasi):
        with tenant_scope(here):
            change_organisation(organisation=here, actor=tomasi, name=here.name)
        assert happened(here) == []

    def test_the_address_and_the_key_are_not_settings(self, here, tomasi):
        with tenant_scope(here), pytest.raises(ValueError):
            change_organisation(organisation=here, actor=tomasi, slug="elsewhere")


class TestMembers:
    def test_everybody_is_listed_with_their_roles(self, here, there, admin, ana, monkeypatch):
        monkeypatch.setattr(verbs, "_role_sources", [])
        verbs.register_member_roles(lambda rows: {row.pk: ["mentee"] for row in rows if row.user_id == ana.pk})
        gone = UserFactory(given_name="Gone")
        here.memberships.create(user=gone, is_active=False)
        there.memberships.create(user=UserFactory(given_name="Stranger"))
        page = words(admin.get("/o/here/members/"))
        assert "mentee" in page
        assert "no access" in page
        assert "Stranger" not in page

    @pytest.mark.parametrize(
        ("query", "found"), [("moala", True), ("ANA@plp", True), ("ʻAna Moala", True), ("ana xyz", False), ("%", False)]
    )
    def test_they_are_searched_by_name_and_address(self, admin, ana, query, found):
        assert ("ana@plp.example" in words(admin.get("/o/here/members/", {"q": query}))) is found

    @pytest.mark.parametrize("count", [1, 3, 30])
    def test_the_list_costs_the_same_for_few_and_many(self, here, admin, django_assert_max_num_queries, count):
        for _ in range(count):
            here.memberships.create(user=UserFactory())
        admin.get("/o/here/members/")
        with django_assert_max_num_queries(17):
            admin.get("/o/here/members/")

    def test_a_member_becomes_admin_and_is_told(self, here, admin, ana):
        row = membership(here, ana)
        assert admin.post(f"/o/here/members/{row.pk}/make-admin/").status_code == 302
        assert membership(here, ana).is_admin
        with tenant_scope(here):
            message = Message.objects.get()
            assert (message.kind, message.recipient) == ("organisations.made_admin", ana)
        assert happened(here) == ["member.changed"]
        admin.post(f"/o/here/members/{row.pk}/make-admin/")
        assert happened(here) == ["member.changed"]

    def test_made_admin_again_one_is_told_again(self, here, tomasi, ana):
        with tenant_scope(here):
            for admin_now in (True, False, True):
                set_admin(membership=membership(here, ana), admin=admin_now, actor=tomasi)
            assert Message.objects.count() == 2

    def test_an_admin_can_step_down_when_another_is_there(self, here, admin, tomasi, ana):
        row = membership(here, tomasi)
        refused = admin.post(f"/o/here/members/{row.pk}/end-admin/", follow=True)
        assert "Somebody must look after the organisation" in words(refused)
        assert membership(here, tomasi).is_admin
        Membership.objects.filter(user=ana).update(is_admin=True)
        admin.post(f"/o/here/members/{row.pk}/end-admin/")
        assert not membership(here, tomasi).is_admin
        assert admin.get("/o/here/settings/").status_code == 404

    def test_the_last_admin_cannot_be_shut_out(self, here, tomasi, ana):
        inactive = UserFactory()
        here.memberships.create(user=inactive, is_admin=True, is_active=False)
        with tenant_scope(here), pytest.raises(MemberRefused):
            set_active(membership=membership(here, tomasi), active=False, actor=tomasi)

    def test_ending_access_takes_effect_at_the_next_request_and_can_be_taken_back(self, here, admin, ana, sign_in):
        client, row = sign_in(ana), membership(here, ana)
        assert client.get("/o/here/notices/").status_code == 200
        admin.post(f"/o/here/members/{row.pk}/shut-out/")
        assert client.get("/o/here/notices/").status_code == 302, "who belongs nowhere is signed out"
        ana.refresh_from_db()
        assert sign_in(ana).get("/o/here/notices/").status_code == 404
        admin.post(f"/o/here/members/{row.pk}/let-in/")
        assert sign_in(ana).get("/o/here/notices/").status_code == 200
        assert happened(here) == ["member.changed", "member.changed"]

    def test_who_belongs_elsewhere_too_stays_signed_in_there(self, here, there, admin, ana, sign_in):
        there.memberships.create(user=ana)
        client = sign_in(ana)
        admin.post(f"/o/here/members/{membership(here, ana).pk}/shut-out/")
        assert client.get("/o/there/notices/").status_code == 200
        assert client.get("/o/here/notices/").status_code == 404

    def test_who_has_left_cannot_become_admin(self, here, tomasi, ana):
        Membership.objects.filter(user=ana).update(is_active=False)
        with tenant_scope(here), pytest.raises(MemberRefused):
            set_admin(membership=membership(here, ana), admin=True, actor=tomasi)

    def test_somebody_new_becomes_admin_by_their_address(self, here, admin):
        sent = {"given_name": "Grace", "family_name": "Mbeki", "email": "Grace@plp.example"}
        assert admin.post("/o/here/members/new/", sent).status_code == 302
        row = Membership.objects.get(user__email="grace@plp.example")
        assert (row.is_admin, row.is_active, row.user.name, row.user.zone) == (True, True, "Grace Mbeki", here.zone)
        assert happened(here) == ["member.added", "member.changed"]

    def test_who_was_here_before_comes_back_as_admin(self, here, tomasi, ana):
        Membership.objects.filter(user=ana).update(is_active=False)
        with tenant_scope(here):
            add_admin(email="ANA@plp.example", given_name="x", family_name="y", actor=tomasi)
        row = membership(here, ana)
        assert (row.is_admin, row.is_active) == (True, True)
        assert row.user.name == "ʻAna Moala"

    @pytest.mark.parametrize("step", ["make-admin", "end-admin", "shut-out", "let-in"])
    def test_members_of_others_are_out_of_reach(self, here, there, admin, step):
        stranger = UserFactory()
        there.memberships.create(user=stranger)
        row = membership(there, stranger)
        answers = {admin.post(f"/o/here/members/{pk}/{step}/").content for pk in (row.pk, uuid.uuid4())}
        assert len(answers) == 1
        assert admin.post(f"/o/here/members/{row.pk}/{step}/").status_code == 404
        assert admin.get(f"/o/here/members/{row.pk}/{step}/").status_code == 405
        assert vars(membership(there, stranger))["is_admin"] is False


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_two_admins_cannot_send_each_other_away_at_the_same_moment():
    import threading

    from django.db import connection

    here = OrganisationFactory()
    users = [UserFactory(), UserFactory()]
    rows = [here.memberships.create(user=user, is_admin=True) for user in users]
    both, refused = threading.Barrier(2, timeout=10), []

    def send_away(mine, other):
        both.wait()
        try:
            with tenant_scope(here):
                set_active(
                    membership=Membership.objects.select_related("user").get(pk=other.pk), active=False, actor=mine
                )
        except MemberRefused:
            refused.append(mine)
        connection.close()

    threads = [threading.Thread(target=send_away, args=(users[n], rows[1 - n])) for n in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(refused) == 1
    assert here.memberships.filter(is_active=True, is_admin=True).count() == 1


class TestPartners:
    def test_one_is_added_under_a_key_that_stays(self, here, admin):
        admin.post("/o/here/partners/", {"name": "University of the South Pacific", "short": "USP"})
        admin.post("/o/here/partners/", {"name": "Union of South Pacific", "short": "USP"})
        with tenant_scope(here):
            one = Partner.objects.get(key="usp")
            assert Partner.objects.get(key="usp-2").name == "Union of South Pacific"
        admin.post(f"/o/here/partners/{one.pk}/", {"name": "The University", "short": ""})
        with tenant_scope(here):
            one.refresh_from_db()
        assert (one.key, one.name, one.short) == ("usp", "The University", "")
        assert happened(here) == ["partner.added", "partner.added", "partner.renamed"]

    def test_a_name_in_another_script_will_do(self, here, admin):
        admin.post("/o/here/partners/", {"name": "太平洋大学"})
        with tenant_scope(here):
            assert Partner.objects.get().key == "partner"
        assert "太平洋大学" in words(admin.get("/o/here/partners/"))

    def test_a_partner_needs_a_name(self, here, admin):
        assert admin.post("/o/here/partners/", {"name": " "}).status_code == 422

    def test_partners_of_others_are_out_of_reach(self, there, admin):
        with tenant_scope(there):
            theirs = PartnerFactory(name="Theirs")
        assert admin.get(f"/o/here/partners/{theirs.pk}/").status_code == 404
        assert admin.post(f"/o/here/partners/{theirs.pk}/", {"name": "Mine"}).status_code == 404


class TestHistory:
    def test_it_tells_what_happened_newest_first(self, here, admin, ana):
        admin.post("/o/here/partners/", {"name": "University", "short": "USP"})
        admin.post(f"/o/here/members/{membership(here, ana).pk}/make-admin/")
        page = words(admin.get("/o/here/history/"))
        assert page.index("Tomasi Vea changed the access of ʻAna Moala") < page.index(
            "Tomasi Vea added the partner University"
        )

    def test_it_holds_nothing_of_others(self, there, admin):
        with tenant_scope(there):
            from mentoring.organisations.domain.partners import add_partner

            add_partner(name="Their secret partner", short="", actor=UserFactory())
        assert "secret" not in words(admin.get("/o/here/history/"))
