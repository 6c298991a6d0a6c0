"""Opening a private sheet to the partner or the coordinator: they hear that there is something, and not a word of it."""

import pytest
from django.test import Client

from mentoring.notices.domain.rendering import render_message
from mentoring.notices.models import Message
from mentoring.tenancy.scope import no_scope
from pairs.domain.compiled import request_records
from pairs.domain.queries import get_pairing_for
from pairs.domain.reading import reader_of
from pairs.models import Output
from templates_app.domain.documents import NoLongerWanted, kind_named, may_read_document
from tests.factories import AssignmentFactory
from tests.pairs.filling import send

WORDS = "CANARY-what-I-am-afraid-of"


@pytest.fixture
def sheet(pair) -> Output:
    """The mentee's private learning goals, sent: read by nobody else until they are shared."""
    output = pair.output(worksheet="learning-goals", side="mentee")
    return send(output, pair.mentee, {"satisfying": WORDS})


def share(pair, sheet, audience, do="share"):
    client = Client()
    client.force_login(pair.mentee, backend="django.contrib.auth.backends.ModelBackend")
    with no_scope():
        answer = client.post(pair.url(f"outputs/{sheet.pk}/share/"), {"audience": audience, "do": do})
    assert answer.status_code == 302


def all_records(pair, user):
    reader = reader_of(user, get_pairing_for(user, pair.pairing.pk))
    document = request_records(reader=reader, actor=user)
    return document, kind_named(document.kind).render(document)


def test_a_document_of_all_records_closes_when_a_share_is_taken_back_and_is_made_anew_without_it(pair, sheet):
    share(pair, sheet, "partner")
    document, text = all_records(pair, pair.mentor)
    own, _text = all_records(pair, pair.mentee)
    assert WORDS in text
    assert may_read_document(pair.mentor, document)
    share(pair, sheet, "partner", "stop")
    assert not may_read_document(pair.mentor, document)
    assert may_read_document(pair.mentee, own)
    with pytest.raises(NoLongerWanted):
        kind_named(document.kind).render(document)
    anew, text = all_records(pair, pair.mentor)
    assert anew != document
    assert WORDS not in text
    assert may_read_document(pair.mentor, anew)


def test_what_is_shared_after_a_document_was_asked_for_is_not_in_it(pair, sheet):
    document, _text = all_records(pair, pair.mentor)
    share(pair, sheet, "partner")
    assert WORDS not in kind_named(document.kind).render(document)


def told():
    return Message.objects.filter(kind__startswith="pairs.sheet_shared").order_by("created_at")


def test_the_partner_hears_that_something_is_shared_and_not_what(pair, sheet):
    share(pair, sheet, "partner")
    [message] = told()
    assert message.recipient == pair.mentor
    mail = render_message(message)
    for part in (mail.subject, mail.text, mail.html):
        assert WORDS not in part
        assert sheet.title not in part
    assert f"/outputs/{sheet.pk}/read/" in mail.text


def test_sharing_again_tells_nobody_twice_and_taking_back_tells_nobody(pair, sheet):
    for do in ("share", "stop", "share"):
        share(pair, sheet, "partner", do)
    assert told().count() == 1


def test_who_wants_no_news_by_mail_finds_it_in_the_inbox_alone(pair, sheet):
    pair.mentor.muted = ["partner"]
    pair.mentor.save()
    share(pair, sheet, "partner")
    assert [message.by_mail for message in told()] == [False]


def test_what_is_shared_with_the_coordinator_is_told_to_every_coordinator_but_the_partner(pair, sheet):
    """A mentor who coordinates the programme too reads as one of the pair: the sheet was not opened to them."""
    AssignmentFactory(programme=pair.pairing.cohort.programme, membership=pair.mentor_place.membership)
    share(pair, sheet, "coordinator")
    assert [message.recipient for message in told()] == [pair.coordinator]
