"""What a pair writes into its agreement, as the designer changes it: the questions of a worksheet that stand in the handbook.

Only its questions are of the worksheet; who fills it in, who reads it and what surrounds it are parts of the handbook.
"""

from typing import Any

from mentoring.accounts.models import User
from programmes.domain.designing.places import Definition
from programmes.domain.handbook.editing import write_part
from programmes.models import HandbookEdit, Programme
from templates_app.domain.kits import AGREEMENT_KEY
from templates_app.models import Handbook
from templates_app.shapes import FieldShape, Kit

PART = "agreement.fields"
"""The part of the handbook in which these questions stand."""


def is_agreement(key: str) -> bool:
    """Whether a draft of that key is of the agreement's questions."""
    return key == AGREEMENT_KEY


def questions_of(definition: Definition) -> list[dict[str, Any]]:
    """The questions of a definition, whatever headings they stand under."""
    return [field for section in definition["sections"] for field in section.get("fields", [])]


def with_questions(kit: Kit, definition: Definition) -> Kit:
    """The handbook with these questions in its agreement. They must be sound."""
    fields = [FieldShape.model_validate(one) for one in questions_of(definition)]
    return kit.model_copy(update={"agreement": kit.agreement.model_copy(update={"fields": fields})})


def write_questions(
    programme: Programme, handbook: Handbook, definition: Definition, actor: User
) -> HandbookEdit | None:
    """Put the questions of a sound definition into the locked handbook, where they can be taken back like any part of it.

    What is made of them follows: the worksheet's next version. Returns ``None`` when nothing changed.
    """
    return write_part(programme, handbook, PART, questions_of(definition), actor)
