"""An agreement can be checked: by whoever may read it, on its page, and by operators in one go."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from mentoring.tenancy.scope import no_scope, platform_scope, tenant_scope
from pairs.domain.agreement import offer_agreement, revise_agreement, take_back
from pairs.domain.checking import Wrong, check_signed
from pairs.domain.signing_record import NotSigned, append_event
from pairs.models import Agreement, SigningEvent
from tests.pairs.conftest import make_pair
from tests.pairs.test_agreement import sign, signed, write
from tests.pairs.test_agreement_pages import visit


def found(agreement):
    """What a check finds now: what is wrong, in which entry, and whose."""
    fresh = Agreement.objects.get(pk=agreement.pk)
    return [(fault.what, fault.entry, fault.name) for fault in check_signed(fresh).faults]


def entries(agreement, **which):
    return SigningEvent.objects.filter(agreement=agreement, **which)


def another_text(agreement):
    """Change what is kept of the text, past every verb."""
    content = {**Agreement.objects.get(pk=agreement.pk).content, "statement": "Something else"}
    Agreement.objects.filter(pk=agreement.pk).update(content=content)


def remove(agreement, position):
    """Take an entry out of the table, past the model that refuses it."""
    entries(agreement, position=position).delete()


# --- What is found ---------------------------------------------------------------------------------------------------


def test_nothing_is_wrong_with_what_went_its_way(pair):
    agreement = write(pair)
    assert found(agreement) == []
    take_back(agreement=agreement, actor=pair.mentee)
    assert found(agreement) == []
    offer_agreement(agreement=agreement, actor=pair.mentor)
    sign(pair, agreement, pair.mentor)
    assert found(agreement) == []
    sign(pair, agreement, pair.mentee)
    assert found(agreement) == []
    newer = revise_agreement(agreement=agreement, actor=pair.mentee)
    assert found(newer) == []
    offer_agreement(agreement=newer, actor=pair.mentor)
    sign(pair, newer, pair.mentor)
    sign(pair, newer, pair.mentee)
    assert found(agreement) == found(newer) == []
    assert [event.side for event in check_signed(newer).signatures] == ["mentor", "mentee"]


@pytest.mark.parametrize(
    "change",
    [
        {"method": "passkey"},
        {"typed_name": "Somebody Else"},
        {"consent": {"logs": False}},
        {"zone": "Europe/Paris"},
        {"shown_name": "Somebody Else"},
    ],
)
def test_a_signature_changed_later_is_named(pair, change):
    agreement = signed(pair)
    entries(agreement, side="mentor", action="signed").update(**change)
    assert found(agreement) == [(Wrong.ENTRY, 2, change.get("shown_name", "Helen Whitcombe"))]


def test_a_text_changed_later_is_nobodys_text(pair):
    agreement = signed(pair)
    another_text(agreement)
    both = [(Wrong.OTHER_TEXT, 2, "Helen Whitcombe"), (Wrong.OTHER_TEXT, 3, "ʻAna Tupou")]
    assert found(agreement) == [(Wrong.TEXT, 0, ""), *both]
    sha256 = check_signed(Agreement.objects.get(pk=agreement.pk)).sha256
    Agreement.objects.filter(pk=agreement.pk).update(content_sha256=sha256)
    assert found(agreement) == [(Wrong.TEXT, 0, ""), *both], "a new fingerprint beside the new text hides nothing"


def test_a_text_changed_before_anybody_signed_is_found(pair):
    agreement = write(pair)
    another_text(agreement)
    assert found(agreement) == [(Wrong.TEXT, 0, "")]


def test_nobody_signs_a_text_that_was_changed_after_it_was_offered(pair):
    agreement = write(pair)
    another_text(agreement)
    with pytest.raises(NotSigned, match="not the one that was offered"):
        sign(pair, agreement, pair.mentor)
    assert not entries(agreement, action="signed").exists()


def test_a_text_that_is_gone_is_found(pair):
    agreement = signed(pair)
    Agreement.objects.filter(pk=agreement.pk).update(content={})
    assert (Wrong.TEXT, 0, "") in found(agreement)


def test_an_entry_written_anew_no_longer_leads_to_the_next(pair):
    agreement = signed(pair)
    event = entries(agreement, position=2).get()
    other = Agreement.objects.create(pairing=pair.pairing, number=9, state="superseded", response=agreement.response)
    with_its_own = append_event(other, action="signed", member=event.member, method="passkey")
    entries(agreement, position=2).update(sha256=with_its_own.sha256)
    assert found(agreement) == [(Wrong.ENTRY, 2, "Helen Whitcombe"), (Wrong.ORDER, 3, "ʻAna Tupou")]


def test_a_record_with_a_gap_or_cut_short_is_found(pair):
    agreement = signed(pair)
    remove(agreement, 3)
    assert found(agreement) == [(Wrong.MISSING, 0, "ʻAna Tupou")]
    remove(agreement, 1)
    assert (Wrong.ORDER, 2, "Helen Whitcombe") in found(agreement)


def test_every_fault_is_told_in_words_of_its_own(pair):
    from pairs.domain.checking import Fault

    told = {Fault(what, entry, name).words for what in Wrong for entry, name in ((2, ""), (2, "Helen"))}
    assert len(told) == 2 * len(Wrong) - 1, "what is wrong with the text is about nobody"
    assert all("%" not in words for words in told)


# --- On the page -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", ["", "1/"])
@pytest.mark.parametrize("who", ["mentor", "mentee", "coordinator"])
def test_whoever_reads_it_sees_that_it_holds(pair, who, path):
    agreement = signed(pair)
    page = visit(getattr(pair, who), f"{pair.place}agreement/{path}").content.decode()
    section = page[page.index("Check this agreement") :]
    assert section.count("signed this text") == 2
    assert "unchanged since" in section
    assert "Something does not fit" not in page
    sha = check_signed(agreement).sha256
    assert " ".join(sha[at : at + 4] for at in range(0, 64, 4)) in section
    assert "The same fingerprint stands in the signed PDF" in section


@pytest.mark.parametrize("path", ["", "1/"])
def test_what_is_wrong_is_said_with_what_to_do(pair, path):
    agreement = signed(pair)
    entries(agreement, side="mentor", action="signed").update(method="passkey")
    page = visit(pair.mentee, f"{pair.place}agreement/{path}").content.decode()
    assert "The record of the signature of Helen Whitcombe was changed after it was written." in page
    assert "Please tell the coordinator" in page
    section = page[page.index("Check this agreement") :]
    assert (section.count("signed this text"), section.count("does not hold")) == (1, 1)
    another_text(agreement)
    page = visit(pair.mentee, f"{pair.place}agreement/{path}").content.decode()
    assert "The text that is kept is not the one that was offered for signing." in page
    assert page.count("does not hold") == 2


def test_an_old_version_is_checked_by_itself(pair):
    first = signed(pair)
    second = revise_agreement(agreement=first, actor=pair.mentee)
    offer_agreement(agreement=second, actor=pair.mentee)
    another_text(first)
    assert "Something does not fit" in visit(pair.mentor, f"{pair.place}agreement/1/").content.decode()
    assert "Something does not fit" not in visit(pair.mentor, f"{pair.place}agreement/2/").content.decode()


def test_a_draft_has_nothing_to_check(pair):
    take_back(agreement=write(pair), actor=pair.mentee)
    assert "Check this agreement" not in visit(pair.mentor, f"{pair.place}agreement/").content.decode()


# --- For operators ---------------------------------------------------------------------------------------------------


def run(*options):
    """The command's exit status and what it printed, with no organisation open."""
    out = StringIO()
    with no_scope():
        try:
            call_command("agreements", "check", *options, stdout=out)
        except SystemExit as left:
            return left.code, out.getvalue()
    return 0, out.getvalue()


@pytest.fixture
def two(pair):
    """A signed agreement in each of two organisations."""
    there = make_pair(slug="coast")
    with tenant_scope(there.organisation):
        theirs = signed(there)
    return signed(pair), theirs, there


def test_operators_check_all_organisations_or_one(pair, two):
    ours, theirs, there = two
    assert run() == (0, "2 agreements and 0 signed sheets of 2 organisations checked, 0 with faults.\n")
    with tenant_scope(there.organisation):
        entries(theirs, position=3).update(method="passkey")
    status, told = run()
    assert status == 1
    assert f"coast: agreement {theirs.pk}, version 1, entry 3: entry-changed\n" in told
    assert str(ours.pk) not in told
    assert run("--organisation", "reef")[0] == 0
    assert run("--organisation", "coast")[0] == 1
    with pytest.raises(CommandError) as refused:
        run("--organisation", "elsewhere")
    assert refused.value.returncode == 2


def test_operators_learn_which_and_nothing_of_what_it_says(pair, two):
    ours, theirs, _there = two
    another_text(ours)
    status, told = run("--json")
    assert status == 1
    read = json.loads(told)
    assert read["checked"] == {"coast": {"agreement": 1, "sheet": 0}, "reef": {"agreement": 1, "sheet": 0}}
    assert {(one["organisation"], one["fault"], one["entry"]) for one in read["faults"]} == {
        ("reef", "text-changed", 0),
        ("reef", "signed-another-text", 2),
        ("reef", "signed-another-text", 3),
    }
    for words in ("Helen", "Ana", "Something else", str(theirs.pk)):
        assert words not in told


def test_a_text_that_cannot_be_opened_is_a_fault_and_the_others_are_still_checked(pair, two):
    ours, theirs, there = two
    with platform_scope("damage a sealed column"), connection.cursor() as cursor:
        cursor.execute("UPDATE pairs_agreement SET content = %s WHERE id = %s", [b"damaged", _id(ours)])
    with tenant_scope(there.organisation):
        another_text(theirs)
    status, told = run()
    assert status == 1
    assert f"reef: agreement {ours.pk}, version 1: unreadable\n" in told
    assert f"coast: agreement {theirs.pk}, version 1: text-changed\n" in told


def _id(agreement):
    return agreement.pk.hex if connection.vendor == "sqlite" else agreement.pk
