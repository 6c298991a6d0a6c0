"""The layout of letters: one button, who it is from, why one gets it, readable as text as well."""

import re

import pytest
from django.template import engines

from mentoring.ui.accent import DEFAULT


class Organisation:
    name = "O’Brien & <Sons>"
    accent = "#7a3b8f"


CONTEXT = {
    "organisation": Organisation(),
    "recipient_name": "ʻAna <b>",
    "group": "reminders",
    "preferences_url": "https://mentoring.example/me/",
    "action_url": "https://mentoring.example/log/?a=1&b=2",
    "site_name": "Mentoring",
    "site_url": "https://mentoring.example",
}


def letter(kind: str, **changes) -> str:
    body = "{% block body %}Your log is due.{% endblock %}{% block action_label %}Write the log{% endblock %}"
    heading = "{% block heading %}Your log{% endblock %}" if kind == "html" else ""
    return (
        engines["django"]
        .from_string('{% extends "mail/base.' + kind + '" %}' + heading + body)
        .render(CONTEXT | changes)
    )


def test_the_letter_has_one_button_and_the_same_address_in_words():
    html = letter("html")
    assert html.count('class="button"') == 1
    assert html.count("https://mentoring.example/log/?a=1&amp;b=2") == 2
    assert "Write the log</a>" in html


def test_names_cannot_change_the_letter():
    html = letter("html")
    assert "ʻAna &lt;b&gt;" in html
    assert "O’Brien &amp; &lt;Sons&gt;" in html


def test_the_text_is_plain_text():
    text = letter("txt")
    assert "ʻAna <b>," in text
    assert "O’Brien & <Sons>" in text
    assert "Write the log:\nhttps://mentoring.example/log/?a=1&b=2" in text
    assert "\n-- \n" in text


@pytest.mark.parametrize("kind", ["html", "txt"])
def test_the_letter_says_why_one_gets_it_and_where_to_change_that(kind):
    assert "Choose what comes by e-mail" in letter(kind)
    essential = letter(kind, group="essential")
    assert "always come" in essential
    assert "Choose what comes" not in essential
    assert "https://mentoring.example/me/" in letter(kind)


def test_a_letter_without_something_to_do_has_no_button():
    assert 'class="button"' not in letter("html", action_url="")


@pytest.mark.parametrize("colour", ["#ffffff", "red;}body{display:none", ""])
def test_a_broken_accent_cannot_reach_the_letter(colour):
    organisation = Organisation()
    organisation.accent = colour
    html = letter("html", organisation=organisation)
    assert f"border-top: 5px solid {DEFAULT};" in html
    assert "display:none}" not in html


def test_account_letters_come_without_an_organisation():
    html = letter("html", organisation=None, group="")
    assert ">Mentoring</p>" in html
    assert re.search(r"somebody used your e-mail address at\s+Mentoring", html)
