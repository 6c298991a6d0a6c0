"""The form of a worksheet: built from its shapes, filled from its answers, read back without losing a word."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _

from templates_app.answers import Checked, Mode, check, first_answers, section_progress, to_html
from templates_app.answers.context import AnswerContext
from templates_app.forms.building import Builder
from templates_app.forms.controls import read_level, write_level
from templates_app.forms.nodes import SectionNode
from templates_app.forms.posted import KeepFile, Posted
from templates_app.forms.rows import with_blank_rows
from templates_app.shapes import Worksheet


class WorksheetForm(forms.Form):
    """A form for one worksheet.

    ``answers`` are the stored ones (None for a sheet not begun: then the application's first answers stand in it),
    ``data`` what was posted. Its fields refuse nothing: ``checked`` judges, so that a draft keeps whatever was typed.
    Everything on the page is drawn from the answers as they stand after the post and its row button, never from the
    post itself: adding or taking out a row renumbers the others and loses nothing.

    ``keep_file`` stores an uploaded file; without it none is taken. ``file_address`` gives the address of a kept one.
    """

    def __init__(
        self,
        worksheet: Worksheet,
        data: Mapping[str, Any] | None = None,
        files: Mapping[str, UploadedFile] | None = None,
        *,
        answers: Mapping[str, Any] | None = None,
        context: AnswerContext | None = None,
        prefix: str = "f",
        keep_file: KeepFile | None = None,
        file_address: Callable[[dict[str, Any]], str] = lambda _file: "",
    ) -> None:
        self.worksheet = worksheet
        self.context = context or AnswerContext()
        self.names = prefix
        self.stored = dict(first_answers(worksheet, self.context) if answers is None else answers)
        self.file_address = file_address
        self.faults: dict[str, str] = {}
        self.warnings: dict[str, str] = {}
        self.targets: dict[str, tuple[str, str]] = {}
        self.added = self.bereft = self.focus = ""
        self.posted = None if data is None else Posted(data, files, prefix, self.context, keep_file)
        self._raw = self._read()
        drawn = with_blank_rows(worksheet.fields(), self._raw) if self.posted is None else self._raw
        values = write_level(worksheet.fields(), drawn, prefix, self.context)
        super().__init__(data=_posted_again(values) if self.posted else None, initial=values)
        self.sections = self._build(drawn)

    def _read(self) -> dict[str, Any]:
        if self.posted is None:
            return self.stored
        raw = read_level(self.worksheet.fields(), self.posted, self.names, self.stored)
        self.context = replace(self.context, files=self.context.files | self.posted.kept)
        self.added, self.bereft = self.posted.added, self.posted.bereft
        self.faults |= self.posted.faults
        return raw

    def _build(self, answers: dict[str, Any]) -> list[SectionNode]:
        nodes = {node.shape.key: node for node in Builder(self).level(self.worksheet.fields(), answers, self.names)}
        counts = section_progress(self.worksheet, answers)
        return [
            SectionNode(
                key=section.key,
                title=section.title,
                intro=to_html(section.intro),
                nodes=[nodes[shape.key] for shape in section.fields],
                answered=counts[section.key][0],
                asked=counts[section.key][1],
            )
            for section in self.worksheet.sections
        ]

    # --- What was answered ------------------------------------------------------------------------------------------

    @property
    def changes_rows(self) -> bool:
        """Whether a row button was pressed: the page is to be shown again, not left."""
        return self.posted is not None and self.posted.operation is not None

    def raw_answers(self) -> dict[str, Any]:
        """Everything typed, as typed; the stored answers where nothing was posted."""
        return self._raw

    def checked(self, mode: Mode) -> Checked:
        """Judge the answers (see ``answers.check``) and mark on the page what was found."""
        result = check(self.worksheet, self._raw, self.context, mode=mode, stored=self.stored)
        files = self.posted.faults if self.posted else {}
        self.faults, self.warnings = result.faults | files, result.warnings
        return Checked(result.answers, self.faults, self.warnings)

    def is_valid(self) -> bool:
        """Whether the sheet was posted and could be sent as it stands."""
        return self.is_bound and self.checked("submit").ok

    # --- What the page says -----------------------------------------------------------------------------------------

    @property
    def answered(self) -> int:
        return sum(section.answered for section in self.sections)

    @property
    def asked(self) -> int:
        return sum(section.asked for section in self.sections)

    @property
    def fault_list(self) -> list[dict[str, str]]:
        """Everything to put right, in the order of the page, each with the anchor of its control."""
        places = {path: place for place, path in enumerate(self.targets)}
        found = []
        for path, words in self.faults.items():
            near = self._nearest(path)
            anchor, label = self.targets.get(near, ("", ""))
            found.append((places.get(near, len(places)), {"anchor": anchor, "label": _spoken(label), "words": words}))
        return [fault for _place, fault in sorted(found, key=lambda pair: pair[0])]

    def _nearest(self, path: str) -> str:
        """The closest thing on the page that a path leads to."""
        while path and path not in self.targets:
            path = path.rpartition(".")[0]
        return path


def _spoken(label: str) -> str:
    """A label as the beginning of a sentence about it."""
    return label if label.endswith(("?", "!", ".", ":")) else _("%(label)s:") % {"label": label}


def _posted_again(values: Mapping[str, str | list[str]]) -> MultiValueDict:
    return MultiValueDict({name: value if isinstance(value, list) else [value] for name, value in values.items()})
