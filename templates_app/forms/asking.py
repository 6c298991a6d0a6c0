"""The one table that says how each field kind is asked."""

from templates_app.forms.chosen import (
    ChecklistControl,
    MatrixControl,
    OneControl,
    RankedControl,
    ScaleControl,
    SeveralControl,
)
from templates_app.forms.controls import Control
from templates_app.forms.linked import ComputedControl, FileControl, InitialsControl, NoteControl, SignatureControl
from templates_app.forms.pointed import PictureControl
from templates_app.forms.rows import RowsControl
from templates_app.forms.written import (
    AreaControl,
    DateControl,
    DateTimeControl,
    DurationControl,
    LineControl,
    NumberControl,
    TimeControl,
)
from templates_app.shapes import Kind

CONTROLS: dict[Kind, Control] = {
    Kind.TEXT: LineControl(),
    Kind.LONGTEXT: AreaControl(),
    Kind.EMAIL: LineControl(),
    Kind.URL: LineControl(),
    Kind.PHONE: LineControl(),
    Kind.NUMBER: NumberControl(),
    Kind.DURATION: DurationControl(),
    Kind.DATE: DateControl(),
    Kind.TIME: TimeControl(),
    Kind.DATETIME: DateTimeControl(),
    Kind.CHOICE: OneControl(),
    Kind.CHOICES: SeveralControl(),
    Kind.RANKED: RankedControl(),
    Kind.PICTURE: PictureControl(),
    Kind.PERSON: OneControl(),
    Kind.SCALE: ScaleControl(),
    Kind.MATRIX: MatrixControl(),
    Kind.CHECKLIST: ChecklistControl(),
    Kind.TABLE: RowsControl(),
    Kind.GROUP: RowsControl(),
    Kind.GOAL: RowsControl(),
    Kind.ACTION: RowsControl(),
    Kind.SIGNATURE: SignatureControl(),
    Kind.INITIALS: InitialsControl(),
    Kind.FILE: FileControl(),
    Kind.NOTE: NoteControl(),
    Kind.COMPUTED: ComputedControl(),
}
