"""The page about privacy says what is so: of the line, of what is stored, and that nothing is encrypted from end to end."""

import re
from html import unescape

import pytest
from django.db import connection
from django.test import Client, override_settings

from mentoring.tenancy.scope import platform_scope, tenant_scope
from templates_app.domain.responses import answers_of
from templates_app.models import Response
from tests.pairs.conftest import make_pair
from tests.pairs.filling import GOAL, write

pytestmark = pytest.mark.django_db
ENCRYPTED = "travels encrypted (TLS)"
OPEN = "is not encrypted."


def words(answer) -> str:
    return re.sub(r"\s+", " ", unescape(answer.content.decode()))


@pytest.mark.covers("phase1.must.21", "phase1.arch.7.a")
def test_the_line_is_encrypted_wherever_the_site_insists_on_it_and_the_page_says_so_only_then():
    with override_settings(SECURE_SSL_REDIRECT=True, SECURE_HSTS_SECONDS=31_536_000):
        plain = Client().get("/privacy/")
        assert (plain.status_code, plain.url) == (301, "https://testserver/privacy/")
        secure = Client().get("/privacy/", secure=True)
        assert secure.headers["Strict-Transport-Security"].startswith("max-age=31536000")
        assert ENCRYPTED in words(secure)
        assert OPEN not in words(secure)
    with override_settings(SECURE_SSL_REDIRECT=False):
        told = words(Client().get("/privacy/"))
        assert OPEN in told
        assert ENCRYPTED not in told


@pytest.mark.covers("phase1.must.21", "phase1.arch.7.a")
def test_what_the_page_calls_encrypted_is_and_what_it_says_is_not_is_told_too(sign_in):
    pair = make_pair()
    page = words(sign_in(pair.mentee).get("/privacy/"))
    for told in (
        "everything that people write in words in worksheets",
        "names, e-mail addresses, employers, countries and time zones",
        "answers that are chosen, ticked, scored or numbers",
        "Nothing here is encrypted from end to end.",
        "Whoever runs this installation holds the keys",
    ):
        assert told in page, told
    with tenant_scope(pair.organisation):
        goal = {**GOAL, "action": "CANARY lagoon survey"}
        sent = write(pair.output(worksheet="goals", side="mentee"), pair.mentee, {"goals": [goal]})
        assert "lagoon" in str(answers_of(sent.response)), "it is there for those who may read it"
        with platform_scope("what the table holds"), connection.cursor() as cursor:
            cursor.execute(f"SELECT facts, texts FROM {Response._meta.db_table}")
            stored = [part for row in cursor.fetchall() for part in row if part]
    held = b"".join(bytes(part) if isinstance(part, bytes | memoryview) else str(part).encode() for part in stored)
    assert len(held) > len("CANARY lagoon survey")
    assert b"lagoon" not in held


def test_every_page_leads_to_it_from_its_foot(sign_in, company):
    for client, url in ((Client(), "/accounts/login/"), (sign_in(company.mentee), company.url("mentoring/"))):
        answer = client.get(url)
        foot = words(answer).split('<footer class="foot">')[1]
        assert 'href="/privacy/"' in foot
    assert words(Client().get("/privacy/")).count("<h1>") == 1
