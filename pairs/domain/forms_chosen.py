"""Which form a pair's mentoring takes, as it agreed: guidance and worksheets that are for other forms are left out for it.

A handbook has the agreement ask for it (``Meaning.FORM``), and its options name what is for those who chose one of them
(``phase1.must.61``). As long as nothing is agreed, everything stands there.
"""

from pairs.domain.agreement import agreement_in_force
from pairs.domain.agreement_text import answers_in
from pairs.domain.reading import Reader
from templates_app.shapes import FieldShape, Meaning


def for_other_forms(reader: Reader) -> frozenset[str]:
    """Keys of articles and worksheets that are for forms this pair did not choose, and for none it did. One query for each
    reader where the handbook asks for a form, none elsewhere.
    """
    known: frozenset[str] | None = reader.__dict__.get("_for_other_forms")
    if known is None:
        known = reader.__dict__["_for_other_forms"] = _read(reader)
    return known


def _read(reader: Reader) -> frozenset[str]:
    asked = [field for field in reader.kit.agreement.fields if field.meaning is Meaning.FORM]
    agreement = agreement_in_force(reader.pairing) if asked else None
    if agreement is None:
        return frozenset()
    answers = answers_in(agreement.content)
    return frozenset().union(*(_apart(field, answers.get(field.key)) for field in asked))


def _apart(field: FieldShape, answer: object) -> frozenset[str]:
    """What options name that were not chosen, and no chosen one does; nothing where none was chosen."""
    chosen = {answer} if isinstance(answer, str) else set(answer) if isinstance(answer, list) else set()
    if not chosen:
        return frozenset()
    fitting = {key for one in field.options if one.key in chosen for key in (*one.guides, *one.worksheets)}
    return frozenset(key for one in field.options for key in (*one.guides, *one.worksheets) if key not in fitting)
