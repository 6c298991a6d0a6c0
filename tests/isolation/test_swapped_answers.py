"""Ids inside the answers of a worksheet: another's file, goal or person cannot be named in one's own sheet."""

import uuid
from typing import Any

import pytest

from mentoring.tenancy.scope import tenant_scope
from pairs.domain.output_owner import begin_response, owner_of
from pairs.domain.queries import get_output_for
from pairs.domain.reading import Reader
from pairs.enums import Right
from pairs.models import Goal, Output
from templates_app.domain.responses import answers_of, reopen_response, save_draft
from templates_app.models import Upload
from tests.rich import RichCompany


def _open_sheet(company: RichCompany, worksheet: str, moment: str) -> tuple[Any, Any]:
    """The first pair's joint sheet as the mentee meets it, open to be written on."""
    found = Output.objects.get(pairing=company.pairing, worksheet=worksheet, moment=moment)
    output, reader = get_output_for(company.mentee, found.pk, Right.READ)
    assert isinstance(reader, Reader)
    begin_response(output=output, actor=company.mentee, people=reader.people)
    if output.response.is_submitted:
        reopen_response(response=output.response, actor=company.mentee)
    return output.response, owner_of(output, reader).context


def _saved(company: RichCompany, response: Any, context: Any, **answers: Any) -> dict[str, Any]:
    """What stands in the sheet after these answers were saved over it."""
    save_draft(
        response=response,
        actor=company.mentee,
        answers=answers_of(response) | answers,
        revision=response.revision,
        context=context,
    )
    return answers_of(response)


def _file_of(company: RichCompany, pairing: uuid.UUID) -> dict[str, Any]:
    with tenant_scope(company.organisation):
        upload = Upload.objects.filter(response__outputs__pairing=pairing)[0]
        return {"name": upload.name, "id": str(upload.pk), "size": upload.size}


@pytest.mark.parametrize("whose", ["the other organisation's", "the other pair's"])
def test_a_file_of_somebody_else_is_not_taken_into_ones_sheet(worlds, whose):
    company = worlds.theirs if whose == "the other organisation's" else worlds.ours
    foreign = _file_of(company, company.pairing.pk if company is worlds.theirs else company.pairing_two.pk)
    with tenant_scope(worlds.ours.organisation):
        response, context = _open_sheet(worlds.ours, "code-and-values", "session-4")
        own = answers_of(response)["code_file"]
        saved = _saved(worlds.ours, response, context, code_file=foreign)
        assert foreign["id"] not in str(saved)
        assert _saved(worlds.ours, response, context, code_file=own)["code_file"] == own


@pytest.mark.parametrize("whose", ["the other organisation's", "the other pair's"])
def test_a_goal_of_somebody_else_is_not_chosen_in_ones_sheet(worlds, whose):
    company = worlds.theirs if whose == "the other organisation's" else worlds.ours
    pairing = company.pairing if company is worlds.theirs else company.pairing_two
    with tenant_scope(company.organisation):
        foreign = Goal.objects.filter(pairing=pairing)[0].row
    with tenant_scope(worlds.ours.organisation):
        response, context = _open_sheet(worlds.ours, "intended-outcomes", "session-4")
        own = Goal.objects.filter(pairing=worlds.ours.pairing)[0].row
        assert _saved(worlds.ours, response, context, goals_served=[own])["goals_served"] == [own]
        assert _saved(worlds.ours, response, context, goals_served=[foreign]).get("goals_served") != [foreign]
        assert response.facts.get("goals_served") != [foreign]
