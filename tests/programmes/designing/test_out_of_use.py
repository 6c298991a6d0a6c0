"""A whole worksheet out of use and back: told before, what was written kept, nobody asked any more; and taken out for good."""

import pytest

from mentoring import clock
from mentoring.history.models import Event
from mentoring.tenancy.scope import tenant_scope
from mentoring.work.domain import do_due
from pairs.domain.at_will import at_will_of
from pairs.domain.output_owner import begin_response
from pairs.domain.people import people_of
from pairs.domain.planning import plan_outputs
from pairs.domain.reading import Reader
from pairs.domain.reading import reader_of as reading_of
from pairs.domain.replanning import REPLANNING
from pairs.domain.sheets import add_sheet, may_add
from pairs.models import Output, Pairing
from programmes.domain.sheets import begin_programme_sheet, own_shelves, programme_shelves
from templates_app.domain.kit_files.checking import check_kit
from templates_app.domain.kits import whole_kit
from templates_app.models import Template
from tests.programmes.conftest import PROGRAMME, words
from tests.programmes.designing.test_publishing import begun, sheet, work  # noqa: F401

pytestmark = pytest.mark.django_db


def put_by(designer, **values):
    """Press the button of the worksheet's page, look at what it means, and publish that."""
    answer = designer.client.post(designer.url("begin/"), {"use": "no"})
    assert answer.url == designer.url("publish/"), "what it means is shown first"
    return designer.publish(**values)


def put_back(designer):
    designer.client.post(designer.url("begin/"), {"use": "yes"})
    return designer.publish()


def reader_of(designer, user) -> Reader:
    pairing = Pairing.objects.select_related("cohort__programme__handbook").get(pk=designer.company.pairing.pk)
    return reading_of(user, pairing)


# --- What a moment calls for ------------------------------------------------------------------------------------------


def test_what_it_means_is_told_first_and_nothing_happens_before(begun):  # noqa: F811
    begun.client.post(begun.url("begin/"), {"use": "no"})
    page = words(begun.client.get(begun.url("publish/")))
    assert "It is out of use: nobody is asked for it or begins one any more." in page
    assert "Not called for any more: “Halfway”" in page
    assert "Not begun and withdrawn: 1; begun, which may still be finished: 1" in page
    assert begun.sheet.in_use, "nothing was published"
    with tenant_scope(begun.company.organisation):
        assert not Output.objects.filter(worksheet=begun.key).exclude(cancelled_at=None).exists()


def test_out_of_use_nobody_is_asked_and_what_is_begun_is_kept(begun):  # noqa: F811
    assert "Version 3 holds from now on." in words(put_by(begun))
    work()
    assert begun.sheet.moments == [], "called for at no moment"
    assert begun.version.definition["moments"], "which are kept for the day it comes back"
    with tenant_scope(begun.company.organisation):
        rows = Output.objects.filter(worksheet=begun.key)
        assert {(row.response_id is None, row.cancelled_at is None) for row in rows} == {(True, False), (False, True)}
    listed = words(begun.client.get(begun.company.url(f"{PROGRAMME}handbook/worksheets/")))
    with tenant_scope(begun.company.organisation):
        last = begun.company.programme.handbook.templates.exclude(key__in=["agreement", begun.key]).latest("position")
    assert listed.index(f'id="w-{begun.key}"') > listed.index(f'id="w-{last.key}"'), "after those in use"
    assert "out of use" in listed


def test_back_in_use_everything_is_called_for_as_before(begun):  # noqa: F811
    put_by(begun)
    work()
    put_back(begun)
    work()
    with tenant_scope(begun.company.organisation):
        rows = Output.objects.filter(worksheet=begun.key, moment="halfway")
        assert [row.cancelled_at for row in rows] == [None, None]
    assert "in_use" not in begun.version.definition
    assert [moment.key for moment in begun.sheet.moments] == ["halfway"]


# --- What people take up themselves -----------------------------------------------------------------------------------


def test_what_was_taken_up_at_will_stays_readable_and_nobody_begins_another(sheet):  # noqa: F811
    company = sheet.company
    sheet.open(sheet.key).facts(repeats="on")
    sheet.publish()
    with tenant_scope(company.organisation):
        reader = reader_of(sheet, company.mentee)
        output = add_sheet(reader=reader, worksheet=sheet.key, actor=company.mentee)
        begin_response(output=output, actor=company.mentee, people=people_of(output.pairing))
        assert may_add(reader, reader.worksheets[sheet.key])
    put_by(sheet)
    with tenant_scope(company.organisation):
        reader = reader_of(sheet, company.mentee)
        assert not may_add(reader, reader.worksheets[sheet.key])
        (shown,) = [one for one in at_will_of(reader) if one.worksheet.key == sheet.key]
        assert ([row.pk for row in shown.mine], shown.may_begin, shown.to_give) == ([output.pk], False, [])


def test_what_was_laid_before_somebody_and_never_begun_is_told_and_withdrawn(sheet):  # noqa: F811
    company = sheet.company
    sheet.open(sheet.key).facts(repeats="on")
    sheet.publish()
    with tenant_scope(company.organisation):
        output = add_sheet(reader=reader_of(sheet, company.mentee), worksheet=sheet.key, actor=company.mentee)
    sheet.client.post(sheet.url("begin/"), {"use": "no"})
    told = "1 sheet that was given or laid before somebody, and not begun, is withdrawn."
    assert told in words(sheet.client.get(sheet.url("publish/")))
    sheet.publish()
    with tenant_scope(company.organisation):
        output.refresh_from_db()
        assert output.cancelled_at is not None


def test_of_the_programmes_own_sheets_those_out_of_use_show_only_what_was_written(designer):
    company = designer.company
    designer.begin(filled_by="coordinator", title="Yearly plan")
    designer.add("text", "What is planned?")
    designer.publish()
    with tenant_scope(company.organisation):
        begin_programme_sheet(programme=company.programme, worksheet=designer.key, actor=company.coordinator)
    put_by(designer)
    with tenant_scope(company.organisation):
        company.programme.handbook.refresh_from_db()
        shelf = next(
            one
            for one in programme_shelves(company.coordinator, company.programme)
            if one.worksheet.key == designer.key
        )
        assert (len(shelf.sheets), shelf.may_begin) == (1, False)
    page = company.url(f"{PROGRAMME}worksheets/")
    assert "Yearly plan" in words(designer.client.get(page))


def test_what_people_write_for_themselves_is_offered_no_more(designer):
    company = designer.company
    designer.begin(title="My notes").facts(belongs="person", preset="private")
    designer.add("text", "Note")
    designer.publish()
    with tenant_scope(company.organisation):
        person = company.pairing.members.get(side="mentee").participant
        assert designer.key in [one.worksheet.key for one in own_shelves(person)]
    put_by(designer)
    with tenant_scope(company.organisation):
        person = company.pairing.members.get(side="mentee").participant
        assert designer.key not in [one.worksheet.key for one in own_shelves(person)]


# --- Where it is named ------------------------------------------------------------------------------------------------


def test_what_the_handbook_leads_to_stays_in_use_and_each_place_is_a_way_to_its_page(designer):
    designer.key = profile_of(designer)
    designer.client.post(designer.url("begin/"), {"use": "no"})
    page = words(designer.client.get(designer.url("publish/")))
    assert "To be put right first" in page
    assert "What people fill in when they join" in page
    assert designer.company.url(f"{PROGRAMME}handbook/texts/enrolment/") in page
    designer.client.post(designer.url("publish/"), {"revision": designer.draft.revision, "against": 1})
    assert designer.sheet.in_use


def profile_of(designer) -> str:
    with tenant_scope(designer.company.organisation):
        return str(designer.company.programme.handbook.content["joining"]["enrolment"]["mentee"])


# --- Taken out altogether ---------------------------------------------------------------------------------------------


def test_what_nobody_wrote_on_is_taken_out_with_all_that_it_called_for(sheet):  # noqa: F811
    sheet.open(sheet.key).client.post(
        sheet.url("moments/new/"),
        {"title": "Halfway", "opens_anchor": "pairing", "due_anchor": "cohort-end", "required": "on"},
    )
    sheet.publish()
    company = sheet.company
    with tenant_scope(company.organisation):
        plan_outputs(reader_of(sheet, company.mentee).pairing)
        assert Output.objects.filter(worksheet=sheet.key).exists()
    assert "Take it out altogether" not in words(sheet.client.get(sheet.url())), "it is in use"
    put_by(sheet)
    assert "Take it out altogether" in words(sheet.client.get(sheet.url()))
    answer = words(sheet.client.post(sheet.url("remove/"), follow=True))
    assert "“Trial sheet” is taken out." in answer
    with tenant_scope(company.organisation):
        assert not Template.objects.filter(key=sheet.key).exists()
        assert not Output.objects.filter(worksheet=sheet.key).exists()
        assert Event.objects.filter(action="worksheet.removed").count() == 1
    do_due(clock.now(), kind=REPLANNING)
    assert sheet.client.get(sheet.url()).status_code == 404


def test_what_somebody_has_written_on_is_never_taken_out(begun):  # noqa: F811
    put_by(begun)
    assert "Take it out altogether" not in words(begun.client.get(begun.url()))
    answer = words(begun.client.post(begun.url("remove/"), follow=True))
    assert "It has to stay: it is in use, or somebody has written on it." in answer
    with tenant_scope(begun.company.organisation):
        assert Template.objects.filter(key=begun.key).exists()


def test_what_another_worksheet_reads_from_is_not_taken_out_and_says_where(designer):
    designer.begin(title="Source")
    designer.add("table", "Rows", "Step")
    place = designer.places[-1]
    designer.publish()
    key = designer.key
    designer.begin(title="Reader of it")
    designer.add("text", "Why?")
    designer.publish()
    reader = designer.key
    designer.key = key
    put_by(designer)
    with tenant_scope(designer.company.organisation):
        version = designer.company.programme.handbook.templates.get(key=reader).versions.get()
        definition = dict(version.definition)
        definition["sections"][0]["fields"][0]["beside_sheet"] = {"worksheet": key, "fields": [place.split(".")[0]]}
        type(version).objects.create(template=version.template, number=2, definition=definition)
        assert check_kit(whole_kit(designer.company.programme.handbook)) == [], "reading from it goes on"
    answer = words(designer.client.post(designer.url("remove/"), follow=True))
    assert "It has to stay." in answer
    assert "Reader of it" in answer


def test_where_it_is_only_within_reach_it_stays_named_and_that_is_told_with_the_way_there(designer):
    designer.key = "learning-log"
    designer.client.post(designer.url("begin/"), {"use": "no"})
    page = words(designer.client.get(designer.url("publish/")))
    assert "Where it is still named" in page
    assert designer.company.url(f"{PROGRAMME}handbook/stages/") in page
    assert designer.company.url(f"{PROGRAMME}handbook/tasks/") in page
    assert "Version 2 holds from now on." in words(designer.publish())
    assert not designer.sheet.in_use
    with tenant_scope(designer.company.organisation):
        assert check_kit(whole_kit(designer.company.programme.handbook)) == []
