"""Every handbook runs, those that ship and one that is typed in here alone: a pair is made from it, its pages open, each of
its worksheets is filled in whole, sent, read by whom it promises and by nobody else, and printed.
"""

from contextlib import contextmanager

import pytest
from django.test import Client

from mentoring import clock
from mentoring.tenancy.scope import tenant_scope
from pairs.domain.output_owner import begin_response, owner_of
from pairs.domain.outside_asking import name_outside_signer
from pairs.domain.people import people_of
from pairs.domain.queries import get_pairing_for
from pairs.domain.reading import reader_of, right_to
from pairs.domain.sheets import add_sheet, may_add
from pairs.enums import OutputKind, Right
from pairs.models import Output, Pairing
from programmes.domain.sheet_owner import sheet_owner
from programmes.domain.sheets import begin_own_sheet, begin_programme_sheet, get_sheet_for
from templates_app.answers.sample import sample_answers
from templates_app.domain.kits import worksheet_of
from templates_app.domain.responses import NotComplete, answers_of, submit_response
from templates_app.domain.worksheet_documents import worksheet_html
from templates_app.models import TemplateVersion
from templates_app.shapes import Filler, Kind, Need, Preset
from tests.kits import every_kit
from tests.pairs.conftest import PAIRED, make_pair

PAGES = ("mentoring/", "pairs/{pairing}/sessions/", "pairs/{pairing}/agreement/", "pairs/{pairing}/documents/",
         "pairs/{pairing}/worksheets/", "pairs/{pairing}/goals/", "pairs/{pairing}/actions/")  # fmt: skip


def by_the_coordinator(handbook) -> None:
    """Whoever pairs people in this handbook and whatever comes before it: here the coordinator does, at once."""
    handbook.content["matching"]["mode"] = "coordinator"
    handbook.content["joining"] |= {"gates": [], "approval": None}
    handbook.content["training"] = []
    handbook.content["plan"]["sessions_wait_for"] = []
    for version in TemplateVersion.objects.filter(template__handbook=handbook):
        if version.definition.pop("waits_for", None):  # what comes first has tests of its own
            TemplateVersion.objects.filter(pk=version.pk).update(definition=version.definition)


@contextmanager
def pair_of(kit: str):
    made = make_pair(kit=kit, changed=by_the_coordinator)
    with tenant_scope(made.organisation), clock.at(PAIRED):
        yield made


@pytest.fixture(params=every_kit())
def pair(request, db):
    """A pair of each handbook in turn; its organisation is open."""
    with pair_of(request.param) as made:
        yield made


def fresh(pair) -> Pairing:
    return get_pairing_for(pair.mentee, pair.pairing.pk)


def test_its_pages_open_for_both_and_the_coordinator_follows(pair, sign_in):
    for user in (pair.mentor, pair.mentee):
        client: Client = sign_in(user)
        for page in PAGES:
            assert client.get(pair.url(page.format(pairing=pair.pairing.pk))).status_code == 200, page
        session = pair.session(1)
        assert client.get(f"{pair.place}sessions/{session.pk}/").status_code == 200
    assert sign_in(pair.coordinator).get(pair.place).status_code == 200


def has_needed_file(sheet) -> bool:
    return any(needs_file(field) for field in sheet.fields())


def needs_file(field) -> bool:
    here = field.kind is Kind.FILE and field.need is Need.MUST
    return here or any(needs_file(part) for part in (*field.columns, *field.fields))


def completed(samples: dict, begun: dict) -> dict:
    """What the sheet began with, and a sample for all that it left open: also in rows that were put in."""
    answers = {**samples, **begun}
    for key, rows in begun.items():
        if isinstance(rows, list) and rows and isinstance(rows[0], dict) and samples.get(key):
            answers[key] = [{**samples[key][0], **row} for row in rows]
    return answers


def name_all_outside(output, sheet, user) -> None:
    """Whoever signs it from outside is named before it is sent."""
    for one in sheet.signing.outside if sheet.signing else ():
        email = f"{one.key}@elsewhere.example"
        name_outside_signer(pairing=output.pairing, output=output, key=one.key, name=one.label, email=email, actor=user)


def fill_in(owner, user) -> None:
    response = owner.response
    sheet = worksheet_of(response.version)
    name_all_outside(owner.context.subject, sheet, user)
    answers = completed(sample_answers(sheet, owner.context), answers_of(response))
    try:
        submit_response(
            response=response,
            actor=user,
            answers=answers,
            revision=response.revision,
            context=owner.context,
            then=owner.on_submitted,
        )
    except NotComplete as lacking:
        pytest.fail(f"{sheet.key}: {lacking.checked.faults}")


def sheets_in_turn(pair) -> list[Output]:
    """One output of each worksheet for each who fills it in; what is taken up at will is begun."""
    Output.objects.filter(pairing=pair.pairing, kind=OutputKind.WORKSHEET).update(opens_at=PAIRED)
    for user in (pair.mentee, pair.mentor):
        reader = reader_of(user, fresh(pair))
        for key, sheet in reader.worksheets.items():
            if may_add(reader, sheet) and not any(row.worksheet == key and reader.owes(row) for row in reader.outputs):
                add_sheet(reader=reader_of(user, fresh(pair)), worksheet=key, actor=user)
    rows = Output.objects.filter(pairing=pair.pairing, kind=OutputKind.WORKSHEET).order_by("position", "created_at")
    found: dict[tuple, Output] = {}
    for row in rows.select_related("member"):
        found.setdefault((row.worksheet, row.member_id), row)
    return list(found.values())


def test_every_worksheet_of_a_pair_is_sent_read_as_promised_and_printed(pair):
    sent = 0
    for row in sheets_in_turn(pair):
        user = pair.mentor if row.member is not None and row.member.side == "mentor" else pair.mentee
        partner = pair.mentee if user == pair.mentor else pair.mentor
        output = Output.objects.select_related("response__version").get(pk=row.pk)
        output.pairing = fresh(pair)
        begin_response(output=output, actor=user, people=people_of(output.pairing))
        owner = owner_of(output, reader_of(user, output.pairing))
        sheet = worksheet_of(output.response.version)
        signs = {field.signer for field in sheet.fields() if field.kind in {Kind.SIGNATURE, Kind.INITIALS}}
        if has_needed_file(sheet) or len(signs) > 1:
            continue
        fill_in(owner, user)
        output = Output.objects.select_related("response__version__template", "member", "session").get(pk=row.pk)
        output.pairing = fresh(pair)
        assert output.done_at is not None, sheet.key
        assert right_to(user, output) >= Right.READ, sheet.key
        if sheet.readers.preset in {Preset.PRIVATE, Preset.AUTHOR_COORDINATOR, Preset.ANONYMOUS}:
            assert right_to(partner, output) < Right.READ, sheet.key
        if sheet.readers.preset in {Preset.PRIVATE, Preset.PAIR, Preset.STATUS, Preset.ANONYMOUS}:
            assert right_to(pair.coordinator, output) < Right.READ, sheet.key
        if sheet.readers.preset is Preset.PAIR and sheet.readers.opens == "at-once":
            assert right_to(partner, output) >= Right.READ, sheet.key
        assert sheet.title in printed(output, user), sheet.key
        sent += 1
    assert sent


def printed(output: Output, user) -> str:
    """The sheet's document as HTML, made for the person."""
    owner = owner_of(output, reader_of(user, output.pairing))
    return worksheet_html(owner)


def test_every_worksheet_outside_pairs_is_sent_by_whose_it_is(pair):
    reader = reader_of(pair.mentee, fresh(pair))
    programme = pair.pairing.cohort.programme
    for key, sheet in reader.worksheets.items():
        if sheet.is_of_programme:
            made = begin_programme_sheet(programme=programme, worksheet=key, actor=pair.coordinator)
            user = pair.coordinator
        elif sheet.is_of_person:
            user, place = (
                (pair.mentor, pair.mentor_place)
                if sheet.filled_by is Filler.MENTOR
                else (pair.mentee, pair.mentee_place)
            )
            made = begin_own_sheet(person=place, worksheet=key, actor=user)
        else:
            continue
        if has_needed_file(sheet):
            continue
        fill_in(sheet_owner(get_sheet_for(user, made.pk), user), user)
        assert get_sheet_for(user, made.pk).response.is_submitted, key
