"""Handbooks with several surveys, and what a tick does with them."""

import datetime as dt
from typing import Any

from mentoring import clock
from pairs.domain.planning import plan_outputs
from pairs.domain.reminders import remind_due
from pairs.models import Output
from templates_app.models import Handbook, TemplateVersion
from tests.evaluation.world import PairWorld, World

BY_HAND = {
    "key": "evaluation",
    "worksheet": "evaluation",
    "audience": ["mentor", "mentee"],
    "by": "coordinator",
    "moment": {"anchor": "evaluation-sent"},
    "due": {"anchor": "evaluation-sent", "days": 14},
}
PULSE = {
    "key": "pulse",
    "title": "How is it going?",
    "worksheet": "evaluation",
    "audience": ["mentor", "mentee"],
    "by": "itself",
    "moment": {"anchor": "pairing", "months": 2},
    "due": {"anchor": "pairing", "months": 2, "days": 14},
    "every": {"months": 2},
}
LATER = {
    "key": "later",
    "title": "Three months later",
    "worksheet": "evaluation",
    "audience": ["mentor", "mentee"],
    "by": "itself",
    "moment": {"anchor": "ended", "months": 3},
    "due": {"anchor": "ended", "months": 3, "days": 21},
}


def ask_by(world: World, *surveys: dict[str, Any]) -> None:
    """Give the cohort's handbook these surveys, and plan its pairs anew."""
    handbook = world.cohort.programme.handbook
    handbook.content["surveys"] = list(surveys)
    handbook.revision += 1
    handbook.save(update_fields=["content", "revision"])
    for pair in world.pairs:
        pair.pairing.cohort = world.cohort
        plan_outputs(pair.pairing)


def make_anonymous(world: World, worksheet: str = "evaluation") -> None:
    """Publish the worksheet anew so that nobody reads it by name."""
    handbook: Handbook = world.cohort.programme.handbook
    versions = TemplateVersion.objects.filter(template__handbook=handbook, template__key=worksheet)
    newest = versions.select_related("template").order_by("-number")[0]
    definition = newest.definition | {"readers": {"preset": "anonymous"}}
    TemplateVersion(template=newest.template, number=newest.number + 1, definition=definition).save()


def tick(at: dt.datetime) -> None:
    """The reminder tick at that instant."""
    with clock.at(at):
        remind_due(at)


def asked(pair: PairWorld, moment: str, side: str) -> Output:
    """What one of a pair was asked by a survey."""
    return pair.output(kind="evaluation", moment=moment, side=side)
