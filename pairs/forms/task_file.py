"""A file of tasks, and what its columns mean. Between the two steps its rows travel with the page."""

import json
from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from pairs.domain.task_files import COLUMNS, MAX_BYTES, MAX_TASKS, TaskTable, guess, read_tasks
from programmes.domain.importing.table import FileRefused


class TaskFileForm(forms.Form):
    """The file."""

    file = forms.FileField(
        label=_("File"),
        help_text=_("CSV, with headings in the first line. You will see what becomes of each line first."),
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,.tsv,text/csv"}),
        error_messages={"empty": _("This file is empty. Choose the file that holds your tasks.")},
    )
    table: TaskTable

    def clean_file(self) -> Any:
        """Read it; what is wrong with it is said beside it."""
        file = self.cleaned_data["file"]
        try:
            self.table = read_tasks(file.read(MAX_BYTES + 1))
        except FileRefused as refusal:
            raise forms.ValidationError(str(refusal)) from None
        return file


class ColumnsForm(forms.Form):
    """What each column means: a field ``column_<n>`` for the n-th heading, counted from 0."""

    def __init__(self, data: Any, *, table: TaskTable) -> None:
        super().__init__(data)
        self.table, guessed = table, guess(table.headings)
        choices = [("", _("nothing that is needed")), *COLUMNS.items()]
        for place, heading in enumerate(table.headings):
            self.fields[f"column_{place}"] = forms.ChoiceField(
                label=heading or _now("Column %(number)d") % {"number": place + 1},
                choices=choices,
                required=False,
                initial=guessed[place],
            )

    @property
    def meanings(self) -> list[str]:
        """For each heading what was chosen, or what it seems to mean while nothing was."""
        names = [f"column_{place}" for place in range(len(self.table.headings))]
        return [self.cleaned_data[name] if self.is_bound else self.fields[name].initial for name in names]

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        chosen = [value for value in values.values() if value]
        if "task" not in chosen:
            raise forms.ValidationError(_("Say which column holds the tasks."))
        if len(set(chosen)) < len(chosen):
            raise forms.ValidationError(_("Two columns cannot mean the same. Choose one of them."))
        return values


def kept(table: TaskTable) -> str:
    """The table as it travels with the page."""
    return json.dumps([table.headings, table.rows], ensure_ascii=False)


def taken_up(text: str) -> TaskTable | None:
    """The table that came back with the page; ``None`` where it is none."""
    try:
        headings, rows = json.loads(text[: 4 * MAX_BYTES])
        table = TaskTable(
            [str(cell) for cell in headings], [(int(at), [str(one) for one in cells]) for at, cells in rows]
        )
        kept(table).encode()  # half a character can be neither shown nor kept
    except (ValueError, TypeError, OverflowError, RecursionError):
        return None
    return table if 0 < len(table.headings) <= 100 and len(table.rows) <= MAX_TASKS else None
