"""Worksheets in the database and a tiny owner for them, for the tests of responses, pages and documents."""

from typing import Any

from mentoring.accounts.models import User
from templates_app.answers import AnswerContext
from templates_app.domain.responses import start_response
from templates_app.models import Handbook, Response, Template, TemplateVersion
from templates_app.shapes import FieldShape, Worksheet
from tests.templates_app.sink import sheet, someone

LOG = sheet(
    {"key": "mattered", "kind": "longtext", "label": "What mattered?", "need": "must"},
    {"key": "mood", "kind": "scale", "label": "How was it?", "points": [{"value": 1}, {"value": 2}, {"value": 3}]},
    {"key": "next", "kind": "text", "label": "What comes next?", "need": "should"},
    {"key": "todo", "kind": "action", "label": "What happens next?"},
)
"""A small log: a text that is needed, a choice, a text that is asked for, and rows."""


def version_of(worksheet: Worksheet) -> TemplateVersion:
    """A published version of the worksheet, in a handbook with nothing else in it."""
    handbook = Handbook.objects.create(kit_key="test", kit_version="1", title="Handbook", content={})
    template = Template.objects.create(handbook=handbook, key=worksheet.key, title=worksheet.title)
    return TemplateVersion.objects.create(
        template=template, number=1, definition=worksheet.model_dump(mode="json", exclude_defaults=True)
    )


def response_to(worksheet: Worksheet, author: User | None, answers: dict[str, Any] | None = None) -> Response:
    """A response that somebody has begun."""
    return start_response(version=version_of(worksheet), author=author, answers=answers)


def context_of(user: User, **changes: Any) -> AnswerContext:
    """What this person's answers depend on."""
    return someone(user=str(user.pk), zone=user.zone, **changes)


def wide_sheet(fields: int) -> Worksheet:
    """A worksheet of so many text questions."""
    shapes = [FieldShape(key=f"q{number}", kind="text", label=f"Question {number}") for number in range(fields)]
    return sheet(*shapes)
