"""What is parsed once a process is not read again: handbooks and worksheets are long."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from templates_app.domain.kit_files import shipped_kit
from templates_app.domain.kits import (
    copy_kit,
    current_versions,
    kit_of,
    learn_worksheets,
    without_content,
    worksheet_of,
)
from templates_app.domain.parsed import Parsed
from templates_app.models import Handbook, TemplateVersion


@pytest.fixture
def handbook(in_organisation):
    return copy_kit(kit=shipped_kit("plp-ess"), title="E-Mentoring", actor=None)


def test_the_oldest_goes_first_and_a_limit_is_kept():
    known: Parsed[int, str] = Parsed(2)
    for number in (1, 2, 3):
        assert known.keep(number, str(number)) == str(number)
    assert [known.get(number) for number in (1, 2, 3)] == [None, "2", "3"]


def test_a_handbook_that_was_parsed_is_read_without_its_content(handbook):
    def again() -> tuple[object, str]:
        with CaptureQueriesContext(connection) as seen:
            found = kit_of(without_content(Handbook.objects.all()).get(pk=handbook.pk))
        return found, " ".join(query["sql"] for query in seen.captured_queries)

    first, _sql = again()
    second, sql = again()
    assert second is first
    assert '"content"' not in sql


def test_an_edited_handbook_is_parsed_anew(handbook):
    before = kit_of(handbook)
    Handbook.objects.filter(pk=handbook.pk).update(revision=handbook.revision + 1)
    assert kit_of(without_content(Handbook.objects.all()).get(pk=handbook.pk)) is not before


def test_worksheets_are_read_in_one_go_and_once(handbook, django_assert_num_queries):
    with django_assert_num_queries(2):
        found = current_versions(handbook)
        sheets = {key: worksheet_of(version) for key, version in found.items()}
    assert len(sheets) > 1
    with django_assert_num_queries(1):
        assert all(worksheet_of(version) is sheets[key] for key, version in current_versions(handbook).items())


def test_of_several_versions_the_newest_is_the_present_one(handbook):
    key, first = next(iter(current_versions(handbook).items()))
    whole = TemplateVersion.objects.get(pk=first.pk)
    later = TemplateVersion.objects.create(
        template=first.template, number=2, definition=whole.definition | {"title": "Another title"}
    )
    found = current_versions(handbook)[key]
    assert found == later
    assert worksheet_of(found).title == "Another title"


def test_what_is_known_already_costs_nothing(handbook, django_assert_num_queries):
    versions = {version.pk for version in current_versions(handbook).values()}
    with django_assert_num_queries(0):
        learn_worksheets(versions)
