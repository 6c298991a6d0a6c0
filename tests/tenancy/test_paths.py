"""Five ways by which a page reaches its rows. Where the setting is made too early or too late, each of them shows nothing."""

import pytest
from django.db import transaction
from django.http import HttpResponse, StreamingHttpResponse
from django.template import Context, Template
from django.template.response import SimpleTemplateResponse
from django.urls import path

from mentoring.tenancy.access import Access, access
from mentoring.tenancy.models import Partner
from mentoring.tenancy.scope import scoped_steps, tenant_scope
from tests.factories import OrganisationFactory, PartnerFactory, UserFactory

# Real transactions: inside a test's own one nothing would ever be committed or lost.
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.urls("tests.tenancy.test_paths")]

seen_after_commit: list[str] = []


class Lazy(SimpleTemplateResponse):
    """A response that asks the database only when it is rendered."""

    def resolve_context(self, context):
        return context

    @property
    def rendered_content(self):
        rows = {"partners": Partner.objects.order_by("key")}
        return Template("{% for partner in partners %}{{ partner.key }} {% endfor %}").render(Context(rows))


def keys():
    yield from Partner.objects.order_by("key").values_list("key", flat=True)


@access(Access.MEMBER)
def view(request, organisation):
    return HttpResponse(" ".join(keys()))


@access(Access.MEMBER)
def lazy(request, organisation):
    return Lazy(template=None)


@access(Access.MEMBER)
def streamed(request, organisation):
    return StreamingHttpResponse(f"{key} " for key in scoped_steps(request.organisation, keys))


@access(Access.MEMBER)
def after_savepoint(request, organisation):
    with transaction.atomic():
        PartnerFactory(key="taken back")
        transaction.set_rollback(True)
    return HttpResponse(" ".join(keys()))


@access(Access.MEMBER)
def after_commit(request, organisation):
    def look():
        with tenant_scope(request.organisation):
            seen_after_commit.extend(keys())

    transaction.on_commit(look)
    return HttpResponse("later")


@access(Access.MEMBER)
def broken(request, organisation):
    PartnerFactory(key="half done")
    return HttpResponse(status=500)


urlpatterns = [
    path("o/<slug:organisation>/view/", view),
    path("o/<slug:organisation>/lazy/", lazy),
    path("o/<slug:organisation>/streamed/", streamed),
    path("o/<slug:organisation>/after-savepoint/", after_savepoint),
    path("o/<slug:organisation>/after-commit/", after_commit),
    path("o/<slug:organisation>/broken/", broken),
]


@pytest.fixture
def client(sign_in):
    """A member of an organisation with one partner; the neighbour has one as well."""
    user = UserFactory()
    for slug in ("here", "there"):
        organisation = OrganisationFactory(slug=slug)
        organisation.memberships.create(user=user)
        with tenant_scope(organisation):
            PartnerFactory(key=f"partner-{slug}")
    return sign_in(user)


@pytest.mark.parametrize("name", ["view", "lazy", "streamed", "after-savepoint"])
def test_the_page_shows_the_organisations_own_rows(client, name):
    for slug in ("here", "there"):
        assert client.get(f"/o/{slug}/{name}/").getvalue().decode().strip() == f"partner-{slug}"


def test_work_after_the_commit_opens_the_organisation_again(client):
    seen_after_commit.clear()
    client.get("/o/here/after-commit/")
    client.get("/o/there/after-commit/")
    assert seen_after_commit == ["partner-here", "partner-there"]


@pytest.mark.postgres
def test_a_fault_takes_back_what_the_page_wrote(client):
    assert client.get("/o/here/broken/").status_code == 500
    assert client.get("/o/here/view/").content == b"partner-here"
