"""Why a step with an agreement was not taken is told in the reader's language."""

import gettext

import pytest
from django.utils.translation import trans_real

from pairs.domain.agreement import (
    adapt_clauses,
    discard_draft,
    offer_agreement,
    open_agreement,
    revise_agreement,
    take_back,
)
from pairs.domain.agreement_owner import agreement_owner
from pairs.domain.agreement_states import Step, WrongState, transition
from pairs.domain.signing import sign_agreement
from pairs.domain.signing_record import NotSigned
from pairs.models import Agreement
from templates_app.domain import responses
from tests.pairs.test_agreement import sign, signed, write


class Marked(gettext.NullTranslations):
    """A language in which every sentence that is translated stands in these marks."""

    def gettext(self, message):
        return f"«{message}»"


@pytest.fixture
def translated(monkeypatch):
    """Read everything in the marked language from here on."""
    return lambda: monkeypatch.setattr(trans_real._active, "value", Marked(), raising=False)


def try_to_sign(pair, agreement, **values):
    given = {"typed_name": "My Own Name", "content_sha256": agreement.content_sha256, "consent": None, "method": "code"}
    return sign_agreement(agreement=agreement, actor=pair.mentee, **(given | values))


@pytest.mark.parametrize("values", [{"typed_name": " "}, {"content_sha256": "0" * 64}, {}])
def test_why_a_signature_was_not_taken(pair, translated, values):
    agreement = write(pair)
    translated()
    with pytest.raises(NotSigned, match=r"^«.+»$"):
        try_to_sign(pair, agreement, **values)


def changed_twice(pair):
    agreement = signed(pair)
    revise_agreement(agreement=agreement, actor=pair.mentee)
    return agreement


@pytest.mark.parametrize(
    ("ready", "step"),
    [
        (signed, lambda pair, agreement: take_back(agreement=agreement, actor=pair.mentor)),
        (changed_twice, lambda pair, agreement: revise_agreement(agreement=agreement, actor=pair.mentor)),
        (write, lambda pair, agreement: offer_agreement(agreement=agreement, actor=pair.mentor)),
        (write, lambda pair, agreement: discard_draft(agreement=agreement, actor=pair.mentor)),
        (write, lambda pair, agreement: adapt_clauses(agreement=agreement, wording={}, revision=0, actor=pair.mentor)),
        (write, lambda _pair, agreement: transition(agreement, Step.REPLACE)),
    ],
)
def test_why_a_step_was_not_taken(pair, translated, ready, step):
    agreement = ready(pair)
    translated()
    with pytest.raises(WrongState, match=r"^«.+»$"):
        step(pair, agreement)


def test_why_a_draft_is_neither_signed_nor_revised(pair, translated):
    agreement = open_agreement(pairing=pair.pairing, actor=pair.mentee)
    translated()
    for step in (revise_agreement, take_back):
        with pytest.raises(WrongState, match=r"^«.+»$"):
            step(agreement=agreement, actor=pair.mentor)
    with pytest.raises(WrongState, match=r"^«.+»$"):
        sign(pair, agreement, pair.mentor)


def test_why_what_was_written_meanwhile_is_not_sent(pair, translated):
    write(pair)
    agreement = Agreement.objects.get()
    sign(pair, agreement, pair.mentor)
    owner = agreement_owner(pair.mentee, pair.pairing.pk)
    translated()
    with pytest.raises(responses.WrongState, match=r"^«.+»$"):
        owner.on_submitted(pair.mentee)
