"""Looking for mentors by what they wrote and show. Those who speak of it where the handbook looks first come first:
having met the same challenge lately, or held the wanted post, counts before any rank (``gla.must.4``).
"""

from collections.abc import Sequence
from uuid import UUID

from programmes.models import Participant
from templates_app.answers import AnswerContext, display
from templates_app.domain.kits import worksheet_of
from templates_app.domain.responses import answers_of

SHORTEST = 3
"""Shorter words are passed over: they stand everywhere."""


def looked_for(words: str) -> list[str]:
    """The words of a search that count."""
    return [word for word in words.casefold().split() if len(word) >= SHORTEST]


def by_words(ids: Sequence[UUID], words: str, questions: Sequence[str], context: AnswerContext) -> list[UUID]:
    """Those of these mentors who show every word of the search in their answers to ``questions``, by the first question in
    which the words stand, else in the order given. One query; the answers are opened for this and kept nowhere.
    """
    wanted = looked_for(words)
    if not wanted:
        return list(ids)
    rows = Participant.objects.filter(pk__in=list(ids)).select_related("enrolment__version__template")
    ranks = {row.pk: rank for row in rows if (rank := _rank(row, wanted, questions, context)) is not None}
    return sorted((pk for pk in ids if pk in ranks), key=lambda pk: ranks[pk])


def _rank(mentor: Participant, wanted: Sequence[str], questions: Sequence[str], context: AnswerContext) -> int | None:
    """The place of the first question that holds every word; after all of them where only several together do."""
    texts = _texts(mentor, questions, context)
    for place, text in enumerate(texts):
        if all(word in text for word in wanted):
            return place
    together = " ".join(texts)
    return len(questions) if all(word in together for word in wanted) else None


def _texts(mentor: Participant, questions: Sequence[str], context: AnswerContext) -> list[str]:
    if mentor.enrolment is None:
        return []
    sections = display(
        worksheet_of(mentor.enrolment.version),
        answers_of(mentor.enrolment),
        context,
        lambda shape: shape.key in questions and not shape.sensitive and not shape.readers,
    )
    shown = {answer.key: answer.shown.text.casefold() for section in sections for answer in section.answers}
    return [shown.get(key, "") for key in questions]
