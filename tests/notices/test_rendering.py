"""Messages as people read them."""

import pytest

from mentoring.notices.domain.outbox import notify
from mentoring.notices.domain.rendering import render_message, subject_of
from mentoring.notices.kinds import Group, NoticeKind, all_kinds, kind_named, register_notices
from mentoring.tenancy.scope import tenant_scope
from tests.notices.kinds import ESSENTIAL

pytestmark = pytest.mark.django_db


@pytest.fixture
def message(here, ana):
    here.name = "Learning & <b>Doing</b>"
    here.save()
    with tenant_scope(here):
        context = {"actor_name": "Siobhán O'Neill <script>", "action_url": "https://m.example/?a=1&b=2"}
        yield notify(ESSENTIAL, ana, about=None, occasion="x", context=context)


def test_text_is_text_and_html_is_escaped(message):
    rendered = render_message(message)
    assert rendered.subject == "You are now an admin of Learning & <b>Doing</b>"
    assert "Siobhán O'Neill <script> has made you an admin" in rendered.text
    assert "https://m.example/?a=1&b=2" in rendered.text
    assert "<script>" not in rendered.html
    assert "Learning &amp; &lt;b&gt;Doing&lt;/b&gt;" in rendered.html
    assert 'href="https://m.example/?a=1&amp;b=2"' in rendered.html
    assert subject_of(message) == rendered.subject


def test_a_kind_is_declared_once():
    with pytest.raises(ValueError):
        register_notices(NoticeKind(ESSENTIAL, "something/else"))
    register_notices(kind_named(ESSENTIAL))
    with pytest.raises(KeyError):
        kind_named("tests.undeclared")


def test_every_declared_kind_has_its_three_templates():
    from django.template.loader import get_template

    kinds = list(all_kinds())
    assert len(kinds) > 20
    for kind in kinds:
        for ending in ("subject.txt", "txt", "html"):
            assert get_template(f"mail/{kind.template}.{ending}")


def test_every_group_that_can_be_muted_has_words():
    from mentoring.notices.kinds import GROUP_WORDS

    assert set(GROUP_WORDS) == set(Group) - {Group.ESSENTIAL}
