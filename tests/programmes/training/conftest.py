"""A programme with three modules: one for mentors that holds pairing back, one to attend for mentees, one to repeat."""

import pytest

from programmes.domain.training.doing import choices_of
from tests.cast import Company

BASICS = {
    "key": "basics",
    "title": "Mentoring basics",
    "roles": ["mentor"],
    "mandatory": True,
    "gate": True,
    "ours": True,
    "pages": [{"article": "meaning"}, {"title": "Boundaries", "text": "Say **no** kindly."}],
    "questions": [
        {
            "key": "who",
            "question": "Who sets the agenda?",
            "right": [{"text": "The mentee"}],
            "wrong": [{"text": "Nobody"}, {"text": "The coordinator"}],
            "feedback": "It is the mentee's road.",
        },
        {
            "key": "both",
            "question": "What is kept?",
            "right": [{"text": "Trust"}, {"text": "Time"}],
            "wrong": [{"text": "Gossip"}],
        },
    ],
}
INDUCTION = {
    "key": "induction", "title": "Induction", "roles": ["mentee"], "mandatory": True, "gate": True,
    "by": "attendance", "ours": True,
}  # fmt: skip
REFRESHER = {"key": "refresher", "title": "Refresher", "roles": ["mentor"], "again_months": 6, "ours": True}


@pytest.fixture
def school(inside: Company) -> Company:
    """The company with these modules in its handbook."""
    handbook = inside.programme.handbook
    article = handbook.articles.order_by("order", "key").first().key
    basics = BASICS | {"pages": [{"article": article}, BASICS["pages"][1]]}
    handbook.content = {**handbook.content, "training": [basics, INDUCTION, REFRESHER]}
    handbook.revision += 1
    handbook.save()
    for person in inside.participants.values():
        person.cohort.programme.refresh_from_db()
    return inside


def right_answers(module) -> dict[str, list[str]]:
    """What is to be chosen."""
    return {
        one.key: [key for key, text in choices_of(one) if text in {duty.text for duty in one.right}]
        for one in module.questions
    }
