"""The kitchen-sink worksheet and somebody to fill it, for the tests of the worksheet engine."""

from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from templates_app.answers import AnswerContext, Choice
from templates_app.shapes import FieldShape, Worksheet

NOW = datetime(2026, 11, 22, 2, 3, 4, tzinfo=UTC)
ANA, HELEN = "5a0f6c1e-0000-4000-8000-00000000000a", "5a0f6c1e-0000-4000-8000-00000000000b"


@cache
def kitchen_sink() -> Worksheet:
    """The worksheet with every kind of field."""
    text = Path(__file__).with_name("kitchen_sink.yaml").read_text(encoding="utf-8")
    return Worksheet.model_validate(yaml.safe_load(text))


def field(key: str) -> FieldShape:
    """A field of the kitchen sink."""
    return next(shape for shape in kitchen_sink().fields() if shape.key == key)


def sheet(*shapes: FieldShape | dict[str, Any]) -> Worksheet:
    """A worksheet of these fields alone."""
    fields = [shape if isinstance(shape, FieldShape) else FieldShape.model_validate(shape) for shape in shapes]
    data = {"key": "sheet", "title": "Sheet", "filled_by": "each", "readers": {"preset": "pair"}}
    return Worksheet.model_validate(data | {"sections": [{"key": "all", "fields": fields}]})


def someone(**changes: Any) -> AnswerContext:
    """ʻAna, a mentee in Apia, in the middle of a programme."""
    usual = {
        "locale": "en-gb",
        "zone": "Pacific/Apia",
        "now": NOW,
        "user": ANA,
        "roles": frozenset({"mentee"}),
        "dates": {"cohort.start": date(2026, 11, 1), "cohort.end": date(2027, 4, 30)},
        "people": {ANA: "ʻAna Tuʻi", HELEN: "Helen Ward"},
        "options": {
            "partners": [Choice("adb", "Asian Development Bank"), Choice("sprep", "SPREP")],
            "languages": [Choice("en", "English"), Choice("sm", "Samoan"), Choice("to", "Tongan")],
            "pair": [Choice(ANA, "ʻAna"), Choice(HELEN, "Helen")],
        },
        "values": {"person.post": "Environment officer"},
    }
    return AnswerContext(**usual | changes)


HELENS_SIGNATURE = {"name": "Helen Ward", "at": "2026-11-20T01:00:00Z", "by": HELEN}
A_FILE = {"name": "Letter.pdf", "id": "file-1", "size": 1200}

FULL: dict[str, Any] = {
    "post": "Environment officer",
    "story": "We **talked** about\n\n- the wharf\n- the survey",
    "mail": "sefo@example.org",
    "page": "https://example.org/eia?x=1",
    "phone": "+676 23-456",
    "secret": "Not for others",
    "background": "Tongan",
    "years": 2.5,
    "length": 90,
    "day": "2026-12-08",
    "hour": "09:30",
    "next": "2026-11-29T20:30:00Z",
    "model": "other",
    "model__other": "On the ferry",
    "partner": "sprep",
    "sectors": ["water", "other"],
    "sectors__other": "Reefs",
    "languages": ["en", "to"],
    "weights": ["skill", "trust"],
    "pointed": ["top", "foot"],
    "helper": HELEN,
    "sure": 2,
    "grid": {"talk": 1, "time": "dk"},
    "ticks": {
        "read": {"done": True},
        "books": {"done": False, "note": "Epeli Hauʻofa"},
        "where": {"done": True, "note": "Online"},
    },
    "gaps": [
        {"_id": "0a0a0a01", "gap": "Water chapter", "action": "Join a senior", "cost": 120},
        {"_id": "0a0a0a02", "gap": "An example", "action": "Shown", "_example": True},
    ],
    "horizon": [{"_id": "y1", "where": "Senior officer"}, {"_id": "y5", "where": "Head of unit"}],
    "goals": [
        {
            "_id": "0b0b0b01",
            "goal": "Lead a review",
            "due": "2027-03-31",
            "state": "done",
            "proof": "The board said so",
            "steps": [
                {"_id": "0c0c0c01", "step": "Ask", "minutes": 30},
                {"_id": "0c0c0c02", "step": "Do", "minutes": 90},
            ],
        },
        {"_id": "0b0b0b02", "goal": "Speak up", "state": "other", "state__other": "Resting"},
    ],
    "aims": [{"_id": "0d0d0d01", "goal": "Write", "measure": "A page a day", "by": "2027-01-31"}],
    "actions": [{"_id": "0e0e0e01", "action": "Send the contract", "who": HELEN, "by": "2026-12-04"}],
    "sign": {"name": "ʻAna Tuʻi", "at": "2026-11-21T01:00:00Z", "by": ANA},
    "countersign": HELENS_SIGNATURE,
    "clause": {"name": "A.T.", "at": "2026-11-21T01:00:00Z", "by": ANA},
    "letter": A_FILE,
    "explain": "It is new",
    "deeper": "Practice",
    "hours": "Mornings",
}
"""Every question of the kitchen sink answered (but the one that is asked only where an aim is missing)."""
