"""Many save one sheet at the very same moment: one save stands, and every other is kept beside it."""

import threading

import pytest
from django.db import connection

from mentoring.accounts.models import User
from mentoring.tenancy.scope import tenant_scope
from templates_app.domain.responses import StaleSave, answers_of, save_draft, submit_response
from templates_app.models import Response, SideDraft
from tests.factories import OrganisationFactory, UserFactory
from tests.templates_app.sheets import LOG, context_of, response_to

PEOPLE = 6


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("verb", [save_draft, submit_response])
def test_one_stands_and_every_other_is_kept(verb):
    organisation = OrganisationFactory()
    people = [UserFactory() for _number in range(PEOPLE)]
    with tenant_scope(organisation):
        response = response_to(LOG, None)
    start, outcomes = threading.Barrier(PEOPLE), []

    def work(person: User) -> None:
        with tenant_scope(organisation):
            row = Response.objects.select_related("version").get(pk=response.pk)
            start.wait(timeout=20)
            words = {"mattered": f"by {person.pk}"}
            try:
                verb(response=row, actor=person, answers=words, revision=0, context=context_of(person))
                outcomes.append(words)
            except StaleSave:
                outcomes.append(None)
        connection.close()

    threads = [threading.Thread(target=work, args=[person]) for person in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    with tenant_scope(organisation):
        row = Response.objects.get()
        kept = [answers_of(side)["mattered"] for side in SideDraft.objects.all()]
    assert [outcome for outcome in outcomes if outcome] == [answers_of(row)]
    assert row.revision == 1
    assert sorted([*kept, answers_of(row)["mattered"]]) == sorted(f"by {person.pk}" for person in people)
