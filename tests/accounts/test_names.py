"""Names: every script is welcome, nothing unseen comes along."""

import pytest
from django.core.exceptions import ValidationError

from mentoring.accounts.forms.names import NameField
from mentoring.accounts.names import tidy_line
from mentoring.organisations.forms.organisation import NewOrganisationForm
from mentoring.organisations.forms.people import AdminForm, PartnerForm
from mentoring.tenancy.scope import tenant_scope
from programmes.domain.importing.persons import RowRefused, Setting, read_person
from programmes.domain.importing.table import clean_cell
from programmes.enums import Side
from programmes.forms.people import JoinForm, PersonForm
from programmes.forms.programme import RoleForm
from tests.factories import UserFactory

OKINA = "ʻAna Kauʻi"
PERSIAN = "علی\u200cرضا"
SINHALA = "ක්\u200dෂමා"
FAMILY_EMOJI = "Ana 👩\u200d👧"
UNSEEN = ["\u200b", "\u200d\u200c", "\u2066\u2069", "\u3164", "\u2800", "\u00ad \u202e"]


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("a\r\nBcc: x", "a Bcc: x"),
        ("a\u2028b\u0085c\td", "a b c d"),
        ("\u202eevil", "evil"),
        ("\u2067Ana\u2069 \x07Moala\x00", "Ana Moala"),
        ("An\u200ba", "Ana"),
        ("A\u200dna", "Ana"),
        ("  Ana \u200b Moala ", "Ana Moala"),
        ("Ane\u0301", "An\u00e9"),
        *(
            (name, name)
            for name in (OKINA, PERSIAN, SINHALA, FAMILY_EMOJI, "Ḿ̓q̓ʷ", "\u200fדנה", "李小龍", "O’Neill-Vea")
        ),
    ],
)
def test_a_name_is_one_line_of_what_can_be_seen(typed, kept):
    assert tidy_line(typed) == kept
    assert NameField().clean(typed) == kept


@pytest.mark.parametrize("typed", [*UNSEEN, "\u0301", "...", "12"])
def test_a_name_has_a_letter(typed):
    field = NameField()
    with pytest.raises(ValidationError, match=r"at least one letter|required"):
        field.clean(typed)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("typed", "kept"), [("a\r\nBcc: x", "a Bcc: x"), ("\u202eevil", "evil"), (PERSIAN, PERSIAN), ("ʻAna", "ʻAna")]
)
def test_ones_own_name_is_kept_tidied(sign_in, typed, kept):
    user = UserFactory(given_name="Before")
    answer = sign_in(user).post(
        "/me/", {"given_name": typed, "family_name": typed, "zone": "Apia", "language": "en-gb"}
    )
    user.refresh_from_db()
    assert (answer.status_code, user.given_name, user.family_name) == (302, kept, kept)


@pytest.mark.django_db
@pytest.mark.parametrize("typed", [*UNSEEN, "..."])
def test_ones_own_name_can_be_read(sign_in, typed):
    user = UserFactory(given_name="Before")
    answer = sign_in(user).post("/me/", {"given_name": typed, "zone": "Apia", "language": "en-gb"})
    user.refresh_from_db()
    assert (answer.status_code, user.given_name) == (422, "Before")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("form", "fields"),
    [
        (PersonForm, ("given_name", "family_name")),
        (JoinForm, ("given_name", "family_name")),
        (RoleForm, ("given_name", "family_name")),
        (AdminForm, ("given_name", "family_name")),
        (lambda: NewOrganisationForm(signed_in=False), ("name", "given_name", "family_name")),
        (PartnerForm, ("name", "short")),
    ],
)
def test_every_form_takes_names_alike(company, form, fields):
    with tenant_scope(company.organisation):
        made = form()
    for name in fields:
        assert isinstance(made.fields[name], NameField), name
        assert made.fields[name].label
        assert made.fields[name].max_length


def row(**cells):
    cells = {key: clean_cell(text) for key, text in cells.items()} | {"email": "ana@to.example"}
    return read_person(cells, Setting(partners={}, zone="Pacific/Apia", side=Side.MENTEE)).facts


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("a\r\nBcc:", "a Bcc:"),
        ("\u202eevil", "evil"),
        ("A\u200dna", "Ana"),
        ("Ana\u3164", "Ana"),
        ("Ana\u00adMele", "AnaMele"),
    ]
    + [(name, name) for name in ("ʻAna", PERSIAN, SINHALA, FAMILY_EMOJI)],
)
def test_a_file_brings_the_same_names(typed, kept):
    assert row(given_name=typed, family_name="Moala")["given_name"] == kept


@pytest.mark.parametrize("typed", ["\u200b", "\u3164", "\u2800", "...", "12"])
def test_a_row_whose_name_cannot_be_read_is_refused(typed):
    with pytest.raises(RowRefused, match="name"):
        row(given_name=typed)
