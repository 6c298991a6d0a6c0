"""Self-assessments at the start, half way and at the end: each compares their own, and their partner only what is shared."""

import csv
import datetime as dt
import io

import pytest
from django.test import Client

from mentoring import clock
from pairs.models import Output
from templates_app.domain.sharing import share_response
from tests.pairs.filling import send
from tests.pairs.test_every_kit import pair_of
from tests.pairs.test_schedule import save, six

MOMENTS = ("self-assessment-start", "self-assessment-half-way", "self-assessment-end")
PLACE = "worksheets/self-assessment/"
DAYS = (
    dt.datetime(2026, 11, 20, tzinfo=dt.UTC),
    dt.datetime(2027, 1, 20, tzinfo=dt.UTC),
    dt.datetime(2027, 4, 10, tzinfo=dt.UTC),
)


@pytest.fixture
def aspire(db):
    with pair_of("aspire") as pair:
        save(pair, six())
        yield pair


def assess(pair, user, which: int, confidence: int, **levels: int) -> Output:
    side = "mentee" if user == pair.mentee else "mentor"
    with clock.at(DAYS[which]):
        sheet = pair.output(worksheet="self-assessment", moment=MOMENTS[which], member__side=side)
        rows = [
            {"_id": f"{number:08x}", "skill": name.replace("_", " "), "level": level}
            for number, (name, level) in enumerate(levels.items(), 1 + which * 16)
        ]
        rated = {"confidence": confidence, "decisions": 5, "independence": 5}
        return send(sheet, user, {"skills": rows, **rated})


def page(pair, client: Client, path: str) -> str:
    answer = client.get(pair.place + path)
    assert answer.status_code == 200
    return answer.content.decode()


def told(html: str, question: str) -> str:
    """What stands about one question on the page of how it has moved."""
    return html.partition(f"<h2>{question}</h2>")[2].partition("</article>")[0]


def answers(html: str, question: str) -> list[str]:
    rows = told(html, question).partition('<ul class="owed">')[2].split("<li>")[1:]
    return [row.partition("</small>")[2].partition("</span>")[2].partition("</span>")[0].strip() for row in rows]


@pytest.mark.covers("phase1.must.32")
def test_baseline_mid_and_end_are_compared_question_by_question_and_skill_by_skill(aspire, sign_in):
    client = sign_in(aspire.mentee)
    for which, (confidence, chairing) in enumerate(((3, 1), (5, 2), (8, 5))):
        levels = {"Chairing": chairing} if which else {"chairing": chairing}
        assess(aspire, aspire.mentee, which, confidence, **levels, **({"Budgets": 4} if which == 2 else {}))
    with clock.at(DAYS[2]):
        assert f'{PLACE}"' in page(aspire, client, "documents/")
        assert f"{PLACE}trend/" in page(aspire, client, PLACE)
        html = page(aspire, client, f"{PLACE}trend/")
        assert answers(html, "How confident are you?") == ["3", "5", "8"]
        assert answers(html, "Chairing: Level") == ["1", "2", "5"], "one skill, whoever typed it how"
        assert answers(html, "Budgets: Level") == ["4"]
        assert "<figure" in told(html, "Chairing: Level")
        assert "<figure" not in told(html, "Budgets: Level")


@pytest.mark.covers("phase1.tool.selfassess")
def test_baseline_and_end_show_side_by_side(aspire, sign_in):
    first = assess(aspire, aspire.mentor, 0, 3, Listening=2)
    last = assess(aspire, aspire.mentor, 2, 9, Listening=4)
    with clock.at(DAYS[2]):
        client = sign_in(aspire.mentor)
        html = page(aspire, client, f"{PLACE}compare/?sheet={first.pk}&sheet={last.pk}")
        assert html.count("side-by-side") >= 4
        beside = html.partition('aria-label="How confident are you?"')[2].partition("</div></div>")[0]
        assert beside.index("3") < beside.index("9")


@pytest.mark.covers("phase1.tool.selfassess")
def test_what_one_rated_oneself_is_taken_away_as_a_table_in_which_nothing_runs(aspire, sign_in):
    assess(aspire, aspire.mentee, 0, 3, **{"=1+1": 2})
    assess(aspire, aspire.mentee, 2, 8, **{"=1+1": 4})
    with clock.at(DAYS[2]):
        client = sign_in(aspire.mentee)
        assert 'href="?as=csv"' in page(aspire, client, f"{PLACE}trend/")
        answer = client.get(f"{aspire.place}{PLACE}trend/?as=csv")
        assert answer["Content-Type"] == "text/csv; charset=utf-8"
        lines = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
        assert lines[0] == ["Question", "Day", "Whose", "Answer"]
        assert [line[3] for line in lines if line[0] == "How confident are you?"] == ["3", "8"]
        [named] = {line[0] for line in lines if "1+1" in line[0]}
        assert named.startswith("'=")
        assert sign_in(aspire.mentor).get(f"{aspire.place}{PLACE}trend/?as=csv").status_code == 404


def test_a_self_assessment_is_ones_own_until_it_is_shared(aspire, sign_in):
    sheets = [assess(aspire, aspire.mentee, which, 3 + which, Chairing=1 + which) for which in (0, 1)]
    assess(aspire, aspire.mentor, 0, 9, Listening=4)
    with clock.at(DAYS[2]):
        mentor = sign_in(aspire.mentor)
        html = page(aspire, mentor, f"{PLACE}trend/")
        assert "Listening" in html
        assert "Chairing" not in html
        share_response(response=sheets[1].response, audience="partner", actor=aspire.mentee)
        html = page(aspire, mentor, f"{PLACE}trend/")
        assert answers(html, "Chairing: Level") == ["2"], "what is shared, and no other"
        assert sign_in(aspire.coordinator).get(f"{aspire.place}{PLACE}trend/").status_code == 404
