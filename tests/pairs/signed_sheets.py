"""A pair with a sheet that is signed once it is sent, for the tests of signing."""

from contextlib import contextmanager

from mentoring import clock
from mentoring.notices.models import Message
from mentoring.tenancy.scope import tenant_scope
from pairs.domain.output_owner import begin_response, owner_of
from pairs.domain.outside_asking import name_outside_signer
from pairs.domain.queries import get_output_for
from pairs.domain.reading import reader_of
from pairs.domain.sheets import add_sheet
from pairs.domain.signed_sheets.signing import sign_sheet
from pairs.models import OutsideSigner, SignedSheet
from templates_app.domain.responses import submit_response
from templates_app.models import Response, Template, TemplateVersion
from templates_app.shapes import Worksheet
from tests.pairs.conftest import PAIRED, make_pair

SUPERVISOR = {"key": "supervisor", "label": "the mentee's supervisor", "why": "It takes working hours.", "ours": True}
FIELDS = [
    {"key": "aim", "kind": "text", "label": "What for?", "need": "must"},
    {"key": "hours", "kind": "number", "label": "How many hours?", "step": 0.5},
    {"key": "who", "kind": "choice", "label": "Who speaks first?", "options_from": "pair"},
    {"key": "worry", "kind": "longtext", "label": "What worries me", "readers": "private"},
]
WORDS = {"aim": "Lead a survey", "hours": 2.5, "who": "mentor", "worry": "CANARY my boss"}
STATEMENT = "I stand by this plan."


def definition(*, signing, **values):
    """A short worksheet that a mentee writes, as a version keeps it."""
    base = {
        "key": "hours-plan",
        "title": "A plan for hours",
        "filled_by": "mentee",
        "readers": {"preset": "pair"},
        "repeats": True,
        "sections": [{"key": "all", "title": "All", "fields": FIELDS}],
        "signing": {"statement": STATEMENT, "signers": ["mentee", "mentor"], "outside": [SUPERVISOR]} | signing,
    }
    found = base | values
    Worksheet.model_validate(found)
    return found


@contextmanager
def pair_with_sheet(*, signing=None, slug="reef", sheet=None, **values):
    """A pair with such a worksheet; its organisation is open."""
    said = sheet or definition(signing=signing or {}, **values)

    def changed(handbook):
        template = Template.objects.create(handbook=handbook, key=said["key"], title=said["title"], position=900)
        TemplateVersion.objects.create(template=template, number=1, definition=said)

    made = make_pair(changed=changed, slug=slug)
    with tenant_scope(made.organisation), clock.at(PAIRED):
        yield made


def begun(pair, user=None):
    """The sheet as its writer has begun it."""
    user = user or pair.mentee
    output = add_sheet(reader=reader_of(user, pair.pairing), worksheet="hours-plan", actor=user)
    found, reader = get_output_for(user, output.pk)
    begin_response(output=found, actor=user, people=reader.people)
    return found


def name(pair, output, who="Una Chief", email="una@chief.example", actor=None, key="supervisor") -> OutsideSigner:
    """Say who signs it from outside."""
    return name_outside_signer(
        pairing=pair.pairing, output=output, key=key, name=who, email=email, actor=actor or pair.mentee
    )


def send(pair, output, words=None, user=None) -> SignedSheet:
    """Send the sheet; returns what is signed."""
    user = user or pair.mentee
    found, reader = get_output_for(user, output.pk)
    owner = owner_of(found, reader)
    submit_response(
        response=owner.response,
        actor=user,
        answers=WORDS | (words or {}),
        revision=Response.objects.get(pk=owner.response.pk).revision,
        context=owner.context,
        then=owner.on_submitted,
    )
    return waiting(pair, output)


def waiting(pair, output) -> SignedSheet:
    """The newest sending, read afresh."""
    text = SignedSheet.objects.filter(output=output).order_by("-number").first()
    text.pairing = pair.pairing
    return text


def sent(pair, words=None) -> SignedSheet:
    """A sheet that was begun, named for and sent."""
    output = begun(pair)
    name(pair, output)
    return send(pair, output, words)


def sign(text, user, typed="Signed Name") -> None:
    """Sign as that person."""
    sign_sheet(text=text, actor=user, typed_name=typed, content_sha256=text.content_sha256, method="code")


def letters(kind, **which):
    """The messages of one kind, the oldest first."""
    return list(Message.objects.filter(kind=f"pairs.{kind}", **which).order_by("created_at", "pk"))


def token() -> str:
    """The link that went out last."""
    return letters("outside_asked")[-1].context["action_url"].rstrip("/").rsplit("/", 1)[1]
