"""Texts at rest: nobody reads them without the organisation's key, and the installation's key can be changed."""

import base64
import os

import pytest
from django.core.exceptions import FieldError, ImproperlyConfigured
from django.core.management import call_command
from django.db import connection

from mentoring.notices.models import Message
from mentoring.tenancy import keys
from mentoring.tenancy.keys import UnreadableText
from mentoring.tenancy.models import Organisation
from mentoring.tenancy.scope import ScopeError, platform_scope, tenant_scope
from programmes.models import Issue, IssueNote
from templates_app.models import Document, Response, Upload
from tests.factories import OrganisationFactory, ParticipantFactory
from tests.tenancy.filling import fill

pytestmark = pytest.mark.django_db

WORDS = "Mālō e lelei: I am worried about 'Ana's river crossing 🛶"


@pytest.fixture(autouse=True)
def no_keys_from_other_tests():
    keys.unwrap.cache_clear()
    yield
    keys.unwrap.cache_clear()


@pytest.fixture
def here(db):
    return OrganisationFactory()


@pytest.fixture
def there(db):
    return OrganisationFactory()


def new_key():
    return base64.urlsafe_b64encode(os.urandom(32)).decode()


def make_issue():
    return Issue.objects.create(participant=ParticipantFactory(), kind="help", text=WORDS)


def stored(model, column):
    with platform_scope("what the column holds"), connection.cursor() as cursor:
        cursor.execute(f"SELECT {column} FROM {model._meta.db_table}")
        return [bytes(value) for (value,) in cursor.fetchall()]


@pytest.mark.parametrize("words", [WORDS, "", " ", "a" * 100_000, "line\nbreak\r\n\ttab\x00"])
def test_text_comes_back_as_it_was(here, words):
    with tenant_scope(here):
        issue = make_issue()
        Issue.objects.filter(pk=issue.pk).update(text=words)
        assert Issue.objects.get(pk=issue.pk).text == words
        issue.text = words + "!"
        issue.save()
        issue.refresh_from_db()
        assert issue.text == words + "!"
        assert list(Issue.objects.values_list("text", flat=True)) == [words + "!"]


@pytest.mark.parametrize("value", [{}, [], {"answer": WORDS, "deep": [{"a": 1.5, "b": None}, True]}, "words", 0, None])
def test_json_comes_back_as_it_was(here, value):
    with tenant_scope(here):
        response = fill(Response)
        Response.objects.filter(pk=response.pk).update(texts=value or {})
        assert Response.objects.get(pk=response.pk).texts == (value or {})


def test_files_come_back_as_they_were_and_may_be_missing(here):
    content = os.urandom(50_000)
    with tenant_scope(here):
        upload, document = fill(Upload), fill(Document)
        Upload.objects.filter(pk=upload.pk).update(content=content)
        assert Upload.objects.get().content == content
        assert Document.objects.get(pk=document.pk).content is None
        assert Document.objects.filter(content__isnull=True).exists()


def test_rows_written_in_bulk_are_sealed_too(here):
    with tenant_scope(here):
        issue = make_issue()
        notes = IssueNote.objects.bulk_create([IssueNote(issue=issue, text=f"{WORDS} {n}") for n in range(3)])
        for note in notes:
            note.text += "!"
        IssueNote.objects.bulk_update(notes, ["text"])
        assert {note.text for note in IssueNote.objects.all()} == {f"{WORDS} {n}!" for n in range(3)}
        assert not [value for value in stored(IssueNote, "text") if b"river" in value]


@pytest.mark.covers("phase1.tool.encrypt")
def test_the_column_holds_no_word_of_it(here):
    with tenant_scope(here):
        make_issue()
        [column] = stored(Issue, "text")
    for word in (b"worried", b"river", "Mālō".encode()):
        assert word not in column


def test_equal_texts_look_different(here):
    """Whoever sees the table must not see who wrote the same."""
    with tenant_scope(here):
        issue = make_issue()
        for _ in range(2):
            IssueNote.objects.create(issue=issue, text="Yes")
        one, two = stored(IssueNote, "text")
    assert one != two


def test_a_text_copied_to_another_organisation_stays_shut(here, there):
    with tenant_scope(here):
        make_issue()
        [column] = stored(Issue, "text")
        assert keys.open_sealed(here.data_key(), column, here.pk).decode() == WORDS
    with pytest.raises(UnreadableText):
        keys.open_sealed(there.data_key(), column, there.pk)
    with pytest.raises(UnreadableText):
        keys.open_sealed(here.data_key(), column, there.pk)
    with tenant_scope(there):
        issue = make_issue()
        with platform_scope("what the column holds"), connection.cursor() as cursor:
            cursor.execute("UPDATE programmes_issue SET text = %s WHERE id = %s", [column, _id(issue.pk)])
        with pytest.raises(UnreadableText):
            Issue.objects.get(pk=issue.pk)


def _id(pk):
    return str(pk) if connection.vendor == "postgresql" else pk.hex


@pytest.mark.parametrize("position", [0, 1, 12, 13, -1])
def test_a_changed_byte_is_noticed(here, position):
    sealed = bytearray(keys.seal(here.data_key(), b"words", here.pk))
    sealed[position] ^= 1
    with pytest.raises(UnreadableText):
        keys.open_sealed(here.data_key(), bytes(sealed), here.pk)


@pytest.mark.parametrize(
    "lookup",
    [{"text": WORDS}, {"text__contains": "river"}, {"text__in": [WORDS]}, {"text__gt": "a"}, {"text__startswith": "M"}],
)
def test_nothing_searches_in_sealed_texts(here, lookup):
    with tenant_scope(here), pytest.raises(FieldError):
        Issue.objects.filter(**lookup).exists()


def test_nothing_is_sealed_or_opened_without_an_organisation(here):
    with tenant_scope(here):
        issue = make_issue()
    field = Issue._meta.get_field("text")
    with pytest.raises(ScopeError):
        field.get_db_prep_value("words", connection)
    with pytest.raises(ScopeError):
        field.from_db_value(b"\x01", None, connection)
    with pytest.raises(TypeError):
        field.value_to_string(issue)


def test_every_organisation_has_a_key_of_its_own(here, there):
    assert here.data_key() != there.data_key()
    assert len(here.data_key()) == 32
    assert here.data_key() not in bytes(here.sealed_data_key)


def test_the_installations_key_can_be_changed(here, settings):
    with tenant_scope(here):
        make_issue()
    old, new = settings.DATA_KEY, new_key()

    settings.DATA_KEY, settings.DATA_KEY_FALLBACKS = new, [old]
    keys.unwrap.cache_clear()
    with tenant_scope(here):
        assert Issue.objects.get().text == WORDS

    call_command("organisation", "rewrap")
    settings.DATA_KEY_FALLBACKS = []
    keys.unwrap.cache_clear()
    with tenant_scope(Organisation.objects.get(pk=here.pk)):
        assert Issue.objects.get().text == WORDS


def test_a_lost_key_is_said(here, settings):
    settings.DATA_KEY = new_key()
    with pytest.raises(UnreadableText, match="No installation key"):
        here.data_key()


@pytest.mark.parametrize("key", ["", "c2hvcnQ=", "!" * 44])
def test_a_missing_or_broken_key_is_said(here, settings, key):
    settings.DATA_KEY = key
    with pytest.raises(ImproperlyConfigured, match="DATA_KEY"):
        here.data_key()


def test_no_message_of_the_outbox_is_readable_at_rest(here):
    with tenant_scope(here):
        message = fill(Message)
        Message.objects.filter(pk=message.pk).update(
            context={"name": "ʻAna Moala"}, attachments=[{"body": "BEGIN:VCALENDAR"}]
        )
        assert Message.objects.get().context == {"name": "ʻAna Moala"}
        assert b"Moala" not in stored(Message, "context")[0]
        assert b"VCALENDAR" not in stored(Message, "attachments")[0]
