"""Guidance is found by role, stage and session."""

import pytest

from templates_app.domain.articles import articles_of
from templates_app.models import Article
from tests.factories import HandbookFactory
from tests.templates_app.sheets import LOG, version_of


@pytest.fixture
def handbook(in_organisation):
    found = version_of(LOG).template.handbook
    rows = (
        ("welcome", ["mentor", "mentee"], ["start"], []),
        ("leading", ["mentor"], ["start", "middle"], [1, 2]),
        ("asking", ["mentee"], ["middle"], [2]),
        ("running", ["coordinator"], [], []),
    )
    for order, (key, roles, stages, sessions) in enumerate(rows):
        Article.objects.create(
            handbook=found,
            key=key,
            title=key,
            chapter="tips",
            roles=roles,
            stages=stages,
            sessions=sessions,
            order=order,
            body="x",
        )
    HandbookFactory()
    return found


@pytest.mark.parametrize(
    ("role", "where", "keys"),
    [
        ("mentor", {}, ["welcome", "leading"]),
        ("mentee", {}, ["welcome", "asking"]),
        ("coordinator", {}, ["running"]),
        ("mentor", {"stage": "middle"}, ["leading"]),
        ("mentee", {"session": 2}, ["asking"]),
        ("mentee", {"session": 1}, []),
        ("mentor", {"stage": "start", "session": 2}, ["leading"]),
        ("nobody", {}, []),
    ],
)
def test_articles_are_for_a_role_at_a_place(handbook, role, where, keys, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert [article.key for article in articles_of(handbook, role, **where)] == keys
