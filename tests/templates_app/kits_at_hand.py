"""A whole, sound kit to damage in one place, and what the reader then says."""

import shutil
from pathlib import Path

import pytest

from templates_app.domain.kit_files import KITS, Fault, read_kit
from templates_app.shapes import Kit


class KitAtHand:
    """A copy of a shipped kit in a folder of the test's own."""

    def __init__(self, root: Path, key: str = "plp-ess") -> None:
        self.root = root
        shutil.copytree(KITS / key, root)

    def text(self, file: str) -> str:
        return (self.root / file).read_text(encoding="utf-8")

    def write(self, file: str, content: str | bytes) -> None:
        data = content.encode() if isinstance(content, str) else content
        (self.root / file).write_bytes(data)

    def change(self, file: str, old: str, new: str) -> int:
        """Replace the first ``old`` and return the line on which the change begins."""
        text = self.text(file)
        assert old in text, f"{old!r} is not in {file}: mend the test"
        self.write(file, text.replace(old, new, 1))
        return text[: text.index(old)].count("\n") + 1

    @property
    def faults(self) -> list[Fault]:
        kit, faults = read_kit(self.root)
        assert (kit is None) is bool(faults), "a kit is given when, and only when, it has no faults"
        return faults

    @property
    def fault(self) -> Fault:
        """The only fault of the kit."""
        faults = self.faults
        assert len(faults) == 1, [str(fault) for fault in faults]
        return faults[0]


@pytest.fixture
def kit(tmp_path: Path) -> KitAtHand:
    return KitAtHand(tmp_path / "kit")


def small_kit(**values: object) -> Kit:
    """The smallest sound kit, all of it our own, with ``values`` in place of its own."""
    meeting = {"min_minutes": 60, "max_minutes": 60, "default_minutes": 60, "slices": []}
    agreement = {
        "title": "Agreement",
        "fields": [],
        "scope": [],
        "clauses": [],
        "signers": ["mentor"],
        "statement": "I agree.",
    }
    smallest = {
        "key": "small",
        "title": "Small",
        "version": "1",
        "language": "en",
        "summary": "A small kit.",
        "audience": "Anybody.",
        "ours": True,
        "facts": [],
        "plan": {"months": 1, "sessions": 1, "meeting": meeting, "platforms": [], "frequencies": []},
        "roles": [{"key": "mentor", "title": "Mentor"}, {"key": "mentee", "title": "Mentee"}],
        "joining": {"enrolment": {}},
        "matching": {"mode": "coordinator", "criteria": []},
        "stages": [],
        "sessions": [],
        "agreement": agreement | {"consent": {"asked_of": "mentee", "question": "May we?", "items": []}},
        "worksheets": [],
        "articles": [],
    }
    return Kit.model_validate(smallest | values)
