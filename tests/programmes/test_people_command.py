"""``manage.py people import``: the page's fates, for operators."""

import json

import pytest
from django.core.management import CommandError, call_command

from mentoring.tenancy.scope import tenant_scope
from programmes.models import Participant
from tests.programmes.conftest import SAMPLE

pytestmark = pytest.mark.django_db
COHORT = "reef/e-mentoring/november"


def run(capsys, *words):
    call_command("people", "import", *map(str, words))
    return capsys.readouterr().out


def count(company):
    with tenant_scope(company.organisation):
        return Participant.objects.filter(cohort=company.cohort, membership=None).count()


def test_the_sample_list_by_command(company, capsys):
    told = json.loads(run(capsys, SAMPLE, "--cohort", COHORT, "--json"))
    assert {key: told[key] for key in ("accepted", "duplicate", "rejected", "empty")} == {
        "accepted": 48,
        "duplicate": 1,
        "rejected": 3,
        "empty": 0,
    }
    assert [row["line"] for row in told["rows"]] == list(range(2, 54))
    assert [(row["line"], row["fate"]) for row in told["rows"] if row["fate"] != "accepted"] == [
        (50, "duplicate"),
        (51, "rejected"),
        (52, "rejected"),
        (53, "rejected"),
    ]
    assert all(set(row) == {"line", "fate", "reason"} for row in told["rows"])
    assert all(bool(row["reason"]) == (row["fate"] != "accepted") for row in told["rows"])
    assert count(company) == 48


def test_a_rehearsal_writes_nothing(company, capsys):
    told = json.loads(run(capsys, SAMPLE, "--cohort", COHORT, "--dry-run", "--json"))
    assert told["accepted"] == 48
    assert count(company) == 0


def test_in_words_it_names_what_was_not_taken_in(company, capsys):
    out = run(capsys, SAMPLE, "--cohort", COHORT)
    assert "line 51: rejected:" in out
    assert out.strip().endswith("48 accepted, 1 duplicate, 3 rejected, 0 empty")


def test_a_mapping_says_what_strange_headings_mean(company, capsys, tmp_path):
    people, mapping = tmp_path / "people.csv", tmp_path / "mapping.json"
    people.write_text("Wer,Wie,Wo\nmentor,Teina,t@x.example\n")
    mapping.write_text(json.dumps({"Wer": "role", "Wie": "full_name", "Wo": "email"}))
    told = json.loads(run(capsys, people, "--cohort", COHORT, "--mapping", mapping, "--json"))
    assert told["accepted"] == 1
    assert count(company) == 1


@pytest.mark.parametrize(
    ("content", "mapping", "words"),
    [
        (b"%PDF-1.7", None, "PDF"),
        (b"", None, "empty"),
        (b"Shoes,Hats\n43,9\n", None, "email"),
        (b"Name,E-mail,Role\na,a@x.example,mentor\n", {"Nombre": "full_name"}, "no column"),
        (b"Name,E-mail,Role\na,a@x.example,mentor\n", {"Name": "shoe_size"}, "Choose one of"),
    ],
)
def test_a_file_that_is_refused_says_why_and_exits_with_one(company, capsys, tmp_path, content, mapping, words):
    people = tmp_path / "people.csv"
    people.write_bytes(content)
    more = []
    if mapping is not None:
        (tmp_path / "m.json").write_text(json.dumps(mapping))
        more = ["--mapping", tmp_path / "m.json"]
    with pytest.raises(CommandError, match=words) as refusal:
        run(capsys, people, "--cohort", COHORT, "--json", *more)
    assert refusal.value.returncode == 1
    told = json.loads(capsys.readouterr().out)
    assert told["rows"] == []
    assert told["accepted"] == 0


def test_a_file_in_which_no_row_can_be_taken_in_exits_with_one(company, capsys, tmp_path):
    people = tmp_path / "people.csv"
    people.write_text("Name,E-mail,Role\nTeina,nowhere,mentor\n")
    with pytest.raises(SystemExit) as ended:
        run(capsys, people, "--cohort", COHORT)
    assert ended.value.code == 1


@pytest.mark.parametrize(
    ("file", "cohort"),
    [
        ("missing.csv", COHORT),
        (SAMPLE, "nowhere/e-mentoring/november"),
        (SAMPLE, "reef/e-mentoring/december"),
        (SAMPLE, "reef"),
    ],
)
def test_what_could_not_be_tried_exits_with_two(company, capsys, file, cohort):
    with pytest.raises(CommandError) as refusal:
        run(capsys, file, "--cohort", cohort)
    assert refusal.value.returncode == 2
