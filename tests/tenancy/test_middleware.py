"""Who may come in: absent and not-yours are told apart by nothing, and a page that says nothing is closed."""

import pytest
from django.http import HttpResponse
from django.urls import include, path

from mentoring.tenancy.access import Access, access
from mentoring.tenancy.scope import state
from tests.factories import OrganisationFactory, UserFactory

handler404 = "mentoring.ui.views.errors.not_found"


def page(level):
    def view(request, organisation=None):
        open_now = state()
        return HttpResponse(f"{request.organisation} {open_now.organisation if open_now else None}")

    return access(level)(view) if level else view


urlpatterns = [
    path("accounts/", include("allauth.account.urls")),
    path("o/<slug:organisation>/member/", page(Access.MEMBER)),
    path("o/<slug:organisation>/admin/", page(Access.ADMIN)),
    path("o/<slug:organisation>/visitor/", page(Access.VISITOR)),
    path("o/<slug:organisation>/silent/", page(None)),
    path("public/", page(Access.PUBLIC)),
    path("signed-in/", page(Access.SIGNED_IN)),
    path("demo/", page(Access.DEMO)),
]

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.tenancy.test_middleware")]


@pytest.fixture
def people(db):
    here, there = OrganisationFactory(slug="here", name="Here"), OrganisationFactory(slug="there")
    closed = OrganisationFactory(slug="closed", is_active=False)
    made = {name: UserFactory() for name in ("member", "admin", "left", "stranger", "of_closed")}
    here.memberships.create(user=made["member"])
    here.memberships.create(user=made["admin"], is_admin=True)
    here.memberships.create(user=made["left"], is_active=False, is_admin=True)
    there.memberships.create(user=made["stranger"], is_admin=True)
    closed.memberships.create(user=made["of_closed"], is_admin=True)
    return made


@pytest.mark.parametrize(
    ("who", "where", "status"),
    [
        ("member", "member", 200),
        ("member", "visitor", 200),
        ("member", "admin", 404),
        ("member", "silent", 404),
        ("admin", "member", 200),
        ("admin", "admin", 200),
        ("admin", "silent", 404),
        ("left", "member", 404),
        ("left", "admin", 404),
        ("left", "visitor", 200),
        ("stranger", "member", 404),
        ("stranger", "admin", 404),
        ("stranger", "visitor", 200),
    ],
)
def test_who_comes_in(people, sign_in, who, where, status):
    response = sign_in(people[who]).get(f"/o/here/{where}/")
    assert response.status_code == status
    if status == 200:
        assert response.content == b"Here Here"
    assert state() is None


def test_the_way_in_leads_to_sign_in_and_back_whether_or_not_there_is_such_a_place(client):
    for slug in ("here", "nowhere"):
        OrganisationFactory() if slug == "nowhere" else OrganisationFactory(slug=slug)
        response = client.get(f"/o/{slug}/member/?page=2")
        assert response.status_code == 302
        assert response["Location"] == f"/accounts/login/?next=/o/{slug}/member/%3Fpage%3D2"


def whole(response):
    return response.status_code, response.content, dict(response.headers), str(response.cookies)


@pytest.mark.parametrize("method", ["get", "post", "put", "patch", "delete", "head", "options"])
@pytest.mark.parametrize("where", ["member", "admin", "silent"])
def test_absent_and_not_yours_are_the_same_bytes(people, sign_in, method, where):
    client = sign_in(people["stranger"])
    answers = [whole(getattr(client, method)(f"/o/{slug}/{where}/")) for slug in ("here", "closed", "nowhere")]
    answers.append(whole(getattr(client, method)("/o/there/no/such/page/")))
    assert answers[0][0] == 404
    assert all(answer == answers[0] for answer in answers)


def test_a_closed_organisation_is_closed_to_its_own(people, sign_in):
    assert sign_in(people["of_closed"]).get("/o/closed/member/").status_code == 404
    assert sign_in(people["of_closed"]).get("/o/closed/visitor/").status_code == 404


def test_leaving_shuts_the_door_at_the_next_request(people, sign_in):
    client = sign_in(people["member"])
    assert client.get("/o/here/member/").status_code == 200
    people["member"].memberships.update(is_active=False)
    assert client.get("/o/here/member/").status_code == 404


def test_pages_outside_have_no_organisation(people, client, sign_in):
    assert client.get("/public/").content == b"None None"
    assert client.get("/signed-in/")["Location"] == "/accounts/login/?next=/signed-in/"
    assert sign_in(people["member"]).get("/signed-in/").content == b"None None"


def test_demo_pages_do_not_exist_where_the_demo_is_off(client, settings):
    settings.DEMO = True
    assert client.get("/demo/").status_code == 200
    settings.DEMO = False
    assert client.get("/demo/").status_code == 404
    assert client.post("/demo/").status_code == 404


def test_coming_in_costs_three_queries_of_which_one_is_ours(people, sign_in, django_assert_num_queries):
    """Session, person, membership with its organisation; and on PostgreSQL a savepoint or transaction with its setting."""
    from django.db import connection

    client = sign_in(people["member"])
    with django_assert_num_queries(3 if connection.vendor == "sqlite" else 8):
        client.get("/o/here/member/")
