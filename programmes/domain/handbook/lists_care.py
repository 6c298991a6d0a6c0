"""The lists by which people are looked after: whom to turn to, and training."""

from django.utils.translation import gettext_lazy as _

from programmes.domain.handbook import words
from programmes.domain.handbook.fields import Field, ListPart

ONE_A_LINE = _("One on each line.")

CARE = (
    ListPart(
        "contacts", _("Whom to turn to"),
        _("Contacts for support. They stand one step from every page of the people who take part."), "key", "name",
        (
            Field("name", _("Who or what it is"), required=True),
            Field("kind", _("What it is for"), "choice", choices=words.CONTACTS, required=True),
            Field("phone", _("Telephone number")),
            Field("email", _("E-mail address")),
            Field("url", _("Address on the web"), "url"),
            Field("when", _("When they can be reached")),
            Field("note", _("What they help with"), "text"),
            Field(
                "partner", _("Only for the people of"), "choice", _("Nobody chosen: for everybody who takes part."),
                choices="partners", blank="",
            ),
        ), grows=True, noun=_("a contact"), icon="phone", moves=True, joint="-", group="reading",
    ),
    ListPart(
        "training", _("Training and induction"),
        _("What people read or attend before and while they take part, with a few questions to see for themselves."),
        "key", "title",
        (
            Field("title", _("Title"), required=True),
            Field("purpose", _("What it is for"), "text"),
            Field("roles", _("Who takes it"), "choices", choices=words.SIDES, required=True),
            Field("minutes", _("About how many minutes"), "number"),
            Field("mandatory", _("Everybody must complete it"), "tick"),
            Field("gate", _("Nobody is paired before they have completed it"), "tick"),
            Field("by", _("It is completed by"), "choice", choices=words.COMPLETED_BY, required=True),
            Field("url", _("Address of a course elsewhere"), "url", _("Whoever has done it says so on their page.")),
            Field("again_months", _("Due again after (months)"), "number", _("Empty: never.")),
            Field("pages", _("Pages"), "rows", _("An article of the guidance, or a title and a text."), rows=(
                Field("article", _("Article"), "choice", choices="articles"),
                Field("title", _("Title of an own page")),
                Field("text", _("Text of an own page"), "text"),
            )),
            Field("questions", _("Questions"), "rows", rows=(
                Field("question", _("Question"), required=True),
                Field("right", _("Right answers"), "duties", ONE_A_LINE, required=True),
                Field("wrong", _("Wrong answers"), "duties", ONE_A_LINE, required=True),
                Field("feedback", _("Why, in a friendly way"), "text"),
            ), key_from="question"),
        ), grows=True, noun=_("a module"), icon="graduation-cap", moves=True, joint="-",
    ),
)  # fmt: skip
