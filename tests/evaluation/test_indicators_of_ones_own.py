"""An indicator that a coordinator makes from nothing in the browser stands on the evaluation's page with its figures."""

import pytest

from mentoring import clock
from mentoring.tenancy.scope import no_scope, tenant_scope
from tests.evaluation.indicating import LOOK, answered, judge_by, pair_up
from tests.evaluation.world import PAIRED, make_world, sign_in
from tests.templates_app.paper_browser import Page


@pytest.fixture
def world(db):
    made = make_world()
    with tenant_scope(made.organisation), clock.at(PAIRED):
        judge_by(made)
        made.programme.handbook.content["indicators"] = []
        made.programme.handbook.save(update_fields=["content"])
        yield made


def test_from_nothing_to_a_figure_on_the_evaluations_page(world):
    for pair, mark in zip(pair_up(world, 6), (2, 4, 8, 8, 10, 10), strict=True):
        answered(pair, "success-mentee-end", confidence=mark)
    with clock.at(LOOK), no_scope():
        client = sign_in(world.coordinator)
        start = f"/o/{world.organisation.slug}/programmes/{world.programme.slug}/handbook/indicators/add/"

        def press(url, **said):
            typed = Page(client.get(url).content.decode()).post(**said)
            return client.post(url, {name: typed.getlist(name) for name in typed})

        made = press(start, title="Courage", about="mentee", definition="How bold mentees have become.")
        assert made.status_code == 302
        own = client.get(made["Location"]).content.decode()
        assert "Nothing yet: it stands on the page of indicators in its own words" in own
        figures = f"{made['Location']}figures/"
        chosen = f"{figures}?reckon=mean&of=mentee.success-mentee"
        assert press(chosen, title="How bold", surveys=["success-mentee-end"], fields=["confidence"]).status_code == 302
        share = f"{figures}?reckon=share&of=mentee.success-mentee"
        said = {"fits-0-answer": "confidence>", "fits-0-at_least": "8"}
        assert press(share, title="Very bold", surveys=["success-mentee-end"], **said).status_code == 302
        page = client.get(f"{world.evaluation}indicators/").content.decode()
    assert "Courage" in page
    assert "How bold" in page
    assert "7.0 of 10" in page
    assert "67%" in page
