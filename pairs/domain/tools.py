"""The handbook's own tools with how each stands for a pair (``plp.doc``, ``plp.sys.100``), and all sheets to take away."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from pairs.domain.reading import WORKSHEETS, Reader
from pairs.domain.sheets import is_shown
from pairs.enums import OutputKind, Right
from pairs.models import Agreement, Output
from templates_app.domain.kits import current_versions
from templates_app.models import TemplateVersion
from templates_app.shapes import Worksheet


@dataclass(frozen=True)
class Tool:
    """One tool: how many of its sheets are done of those called for, and where to read or print it."""

    title: str
    purpose: str
    done: int
    wanted: int
    sheets: list[Output]
    """Those the reader may read, the newest first."""
    blank: TemplateVersion | None = None
    agreement: Agreement | None = None
    is_agreement: bool = False

    @property
    def state(self) -> str:
        """A tag's state."""
        if self.wanted and self.done >= self.wanted:
            return "good"
        return "due" if self.done else "neutral"


def tools_of(reader: Reader, outputs: Iterable[Output]) -> list[Tool]:
    """The tools in the handbook's order, with the agreement among them. Two queries."""
    versions = current_versions(reader.pairing.cohort.programme.handbook)
    rows = list(outputs)
    tools = (sheet for sheet in reader.worksheets.values() if sheet.tool and is_shown(sheet, rows))
    sheets = sorted(tools, key=lambda sheet: (sheet.order, sheet.key))
    found = [_tool(reader, sheet, [row for row in rows if row.worksheet == sheet.key], versions) for sheet in sheets]
    if reader.pairing.is_alongside:
        return found
    first_stage = next((place for place, sheet in enumerate(sheets) if _after_agreement(sheet)), len(found))
    return [*found[:first_stage], _agreement(reader, rows), *found[first_stage:]]


def _after_agreement(sheet: Worksheet) -> bool:
    """The agreement stands where the first session's tools end: before the first that belongs to a later session."""
    sessions = [moment.session for moment in sheet.moments if moment.session]
    return bool(sessions) and min(sessions) > 1


def _tool(reader: Reader, sheet: Worksheet, rows: list[Output], versions: dict[str, TemplateVersion]) -> Tool:
    wanted = [row for row in rows if row.required and row.cancelled_at is None]
    readable = [row for row in rows if row.response is not None and reader.right_to(row) >= Right.READ]
    return Tool(
        title=sheet.title,
        purpose=sheet.purpose,
        done=sum(row.done_at is not None for row in wanted),
        wanted=len(wanted),
        sheets=sorted(readable, key=lambda row: row.response.saved_at or row.created_at, reverse=True),  # type: ignore[union-attr]
        blank=versions.get(sheet.key),
    )


def _agreement(reader: Reader, rows: Iterable[Output]) -> Tool:
    signatures = [row for row in rows if row.kind == OutputKind.AGREEMENT and row.cancelled_at is None]
    signed = Agreement.objects.filter(pairing=reader.pairing, signed_at__isnull=False).select_related("document")
    return Tool(
        title=reader.kit.agreement.title,
        purpose=reader.kit.agreement.intro,
        done=sum(row.done_at is not None for row in signatures),
        wanted=len(signatures),
        sheets=[],
        agreement=signed.order_by("-number").first(),
        is_agreement=True,
    )


def filled_again(reader: Reader, records: Iterable[Output]) -> list[Worksheet]:
    """The worksheets of which several sheets were sent among these: they may be compared."""
    sent = Counter(row.worksheet for row in records if row.done_at is not None)
    found = [reader.worksheets[key] for key, count in sent.items() if count > 1 and key in reader.worksheets]
    return sorted(found, key=lambda sheet: (sheet.order, sheet.key))


def other_records(reader: Reader, outputs: Iterable[Output]) -> list[Output]:
    """Everything else written in the pair that the reader may read: their own notes and the partner's (``plp.sys.96``)."""
    tools = {key for key, sheet in reader.worksheets.items() if sheet.tool}
    rows = [
        row for row in outputs if row.response is not None and row.kind in WORKSHEETS and row.worksheet not in tools
    ]
    return [row for row in rows if reader.right_to(row) >= Right.READ]
