"""The one table that says what each field kind does with its answers."""

from templates_app.answers.behaviour import Behaviour
from templates_app.answers.chosen import One, Ranked, Several
from templates_app.answers.figures import Duration, Number
from templates_app.answers.linked import File, Initials, Signature
from templates_app.answers.moments import Date, DateTime, Time
from templates_app.answers.pointed import Pointing
from templates_app.answers.rated import Matrix, Scale
from templates_app.answers.rows import Rows
from templates_app.answers.silent import Computed, Note
from templates_app.answers.ticked import Checklist
from templates_app.answers.written import Email, LongText, Phone, Text, Url
from templates_app.shapes import Kind

BEHAVIOURS: dict[Kind, Behaviour] = {
    Kind.TEXT: Text(),
    Kind.LONGTEXT: LongText(),
    Kind.EMAIL: Email(),
    Kind.URL: Url(),
    Kind.PHONE: Phone(),
    Kind.NUMBER: Number(),
    Kind.DURATION: Duration(),
    Kind.DATE: Date(),
    Kind.TIME: Time(),
    Kind.DATETIME: DateTime(),
    Kind.CHOICE: One(),
    Kind.CHOICES: Several(),
    Kind.RANKED: Ranked(),
    Kind.PICTURE: Pointing(),
    Kind.PERSON: One(),
    Kind.SCALE: Scale(),
    Kind.MATRIX: Matrix(),
    Kind.CHECKLIST: Checklist(),
    Kind.TABLE: Rows(),
    Kind.GROUP: Rows(),
    Kind.GOAL: Rows(),
    Kind.ACTION: Rows(),
    Kind.SIGNATURE: Signature(),
    Kind.INITIALS: Initials(),
    Kind.FILE: File(),
    Kind.NOTE: Note(),
    Kind.COMPUTED: Computed(),
}
