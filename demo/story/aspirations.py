"""A pair of the handbook of aspirations: what its two have written, and how far they have come. Everybody is invented."""

from typing import Any

from demo.story.path import Path
from demo.story.people import Character
from pairs.domain.reading import reader_of
from pairs.domain.sheets import add_sheet

BEGAN = 52
"""Days ago on which the two were paired."""
DAYS = [6, 34, 58, 90, 118, 146]
"""Days of their six sessions, counted from then."""

MENTOR = Character(
    "hana", "hana.parata@southerncross.example", "Hana", "Parata", "Pacific/Auckland", "New Zealand", "Regional Council",
    "Head of Consents", "usp",
    {
        "expertise": "Leading teams of planners\nHearings", "skills": "Chairing\nGiving feedback\nSaying no kindly",
        "experience": "I came to leading late, and by way of a team that did not want a leader.",
        "forms": ["career", "personal"], "capacity": 2, "personality": ["direct", "humorous"],
        "interests": "Waka ama\nChoirs",
    },
)  # fmt: skip
MENTEE = Character(
    "losa", "losa.faumuina@southerncross.example", "Losa", "Faumuina", "Pacific/Auckland", "New Zealand", "Harbour Trust",
    "Coastal Planner", "usp",
    {
        "goals": "Leading teams of planners", "forms": ["career"], "personality": ["patient", "curious"],
        "interests": "Choirs\nTapa", "strengths": "I listen, and I keep my word.",
    },
)  # fmt: skip

FRAMEWORK: dict[str, Any] = {
    "forms": ["career"],
    "frequency": "A call every four weeks, a message in between when something has happened",
    "topics": [{"_id": "f1000001", "topic": "Leading without the title"}, {"_id": "f1000002", "topic": "Being heard"}],
    "outcomes": [{"_id": "f2000001", "outcome": "Losa leads a piece of work with other people in it"}],
    "criteria": [{"_id": "f3000001", "criterion": "Her colleagues come to her first, and she sleeps the night before"}],
    "channels": [{"_id": "f4000001", "channel": "video"}],
    "guidelines": "What is said stays between us. Either may say stop.",
}
SELF_ASSESSMENT: dict[str, Any] = {
    "skills": [
        {"_id": "f5000001", "skill": "Chairing a meeting", "level": 3, "evidence": "Twice, when somebody was ill"},
        {"_id": "f5000002", "skill": "Giving feedback", "level": 4},
    ],
    "confidence": 4,
    "decisions": 6,
    "independence": 6,
}
MENTORS_OWN = {"confidence": 7, "decisions": 8, "independence": 8}
SUCCESS: dict[str, Any] = {
    "goals": [{"_id": "f5100001", "goal": "f7000001", "met": "not_met"}],
    "skills": [{"_id": "f5200001", "skill": "Chairing a meeting", "kind": "soft", "before": 2}],
    "confidence": 4,
    "initiative": 5,
    "self_manage": 6,
    "decision": 6,
    "heard": 5,
    "respected": 5,
    "supported": 4,
    "worth": 5,
}
VISION: dict[str, Any] = {
    "aspirations": [
        {
            "_id": "f6000001",
            "title": "To lead the harbour plan's team",
            "kind": "career",
            "vision": "Five people, one plan, and a meeting that everybody leaves knowing what comes next.",
            "motivation": "I have seen what happens to a good plan when nobody keeps the people in it together.",
            "motive_type": ["fulfilment"],
            "long_term": [
                {"_id": "f6000002", "goal": "Lead the mapping of the north shore", "horizon": "This year"},
                {"_id": "f6000003", "goal": "Apply for team lead", "horizon": "Within two years"},
            ],
            "strengths": "I listen, and people tell me things.",
            "clarity_mentee": 4,
            "status": "active",
        }
    ]
}
CHAIRED = "Chair the weekly mapping meeting on my own"


def _goals(due: str) -> dict[str, Any]:
    return {
        "goals": [
            {
                "_id": "f7000001",
                "specific": CHAIRED,
                "measurable": "Six meetings, each with a list of who does what",
                "achievable": "I have stood in twice, and Hana goes through the first agenda with me",
                "relevant": "The mapping is the part of the plan that nobody leads",
                "due": due,
                "aspiration": "f6000001",
                "long_term": "f6000002",
                "baseline": "Two meetings, both on somebody else's agenda",
                "status": "on_track",
            }
        ]
    }


def _milestones(first: str, reached: str, second: str) -> dict[str, Any]:
    revisited = {"goal": "f7000001", "revisited": "not_yet"}
    return {
        "milestones": [
            {
                "_id": "f8000001", "name": "First agenda of my own", "target": first, "reached": reached,
                "evidence": "The agenda, and four people who kept to it", **revisited,
            },
            {"_id": "f8000002", "name": "A meeting with the harbour master in it", "target": second, **revisited},
        ]
    }  # fmt: skip


def _record(path: Path, day: int, notes: str, **more: Any) -> dict[str, Any]:
    at = path.session_start(day)
    topics = [{"_id": f"f9{day:06d}", "topic": more.pop("topic")}]
    return {"date": at.isoformat(), "length": 60, "channel": "video", "topics": topics, "notes": notes, **more}


def losa_and_hana(path: Path) -> None:
    """Two sessions are held; the first goal stands, a milestone is reached, the third session comes in six days."""
    mentee, mentor = path.mentee, path.mentor

    def on(day: int) -> str:
        return path.session_start(day).date().isoformat()

    with path.at(2):
        path.schedule(DAYS, platform="video")
    with path.at(4):
        path.write(mentee, "self-assessment", SELF_ASSESSMENT)
        path.write(mentor, "self-assessment", SELF_ASSESSMENT | MENTORS_OWN)
    with path.at(6.5):
        path.hold(1, 60)
        path.offer_agreement(FRAMEWORK)
        _note(path, 1, _record(path, 6, "We took the framework line by line.", topic="How we work"))
    with path.at(6.6):
        path.tick(mentor)
    with path.at(6.8):
        path.tick(mentee)
    with path.at(20):
        path.write(mentee, "aspiration", VISION)
    with path.at(34.5):
        path.hold(2, 60)
        todo = {
            "_id": "fa000001",
            "action": "Send Hana the agenda before the meeting",
            "owner": "mentee",
            "due": on(60),
        }
        words = "The title matters less than the room: begin with one meeting."
        _note(path, 2, _record(path, 34, words, topic="From the vision to one meeting", actions=[todo]))
    with path.at(38):
        path.write(mentee, "smart-goals", _goals(on(120)))
    with path.at(40):
        path.write(mentee, "success-mentee", SUCCESS)
        path.write(mentee, "milestones", _milestones(on(44), on(43), on(100)))
    with path.at(44):
        _add(path, "small-win", {"date": on(43), "what": "They stayed to talk.", "kind": "skill", "goal": "f7000001"})
        _add(path, "journal", {"date": on(43), "thoughts": "I did not apologise once.", "mood": 4, "goal": "f7000001"})


def _note(path: Path, number: int, record: dict[str, Any]) -> None:
    """What the two keep of a session."""
    path.write(path.mentee, "meeting-record", record, f"session-{number}")


def _add(path: Path, worksheet: str, answers: dict[str, Any]) -> None:
    """A sheet that is taken up when there is something to write."""
    add_sheet(reader=reader_of(path.mentee, path.pairing(path.mentee)), worksheet=worksheet, actor=path.mentee)
    path.write(path.mentee, worksheet, answers)
