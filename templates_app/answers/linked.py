"""Kinds whose answers are bound to what the application knows: signature, initials, file."""

from datetime import UTC
from typing import Any

from django.utils.translation import gettext as _

from templates_app.answers.behaviour import MISSING, Behaviour, Column, Spot
from templates_app.answers.context import AnswerContext
from templates_app.answers.moments import DateTime
from templates_app.answers.raw import AnswerFault, as_raw, is_raw, raw_words, unwrapped
from templates_app.answers.shown import Shown
from templates_app.answers.wording import one_line
from templates_app.shapes import FieldShape, Need

NAME_LENGTH = 200
PICTURES = (".png", ".jpg", ".jpeg")
"""Endings of files that pages show as pictures. That such a file is one has been looked at when it was kept."""
_instant = DateTime()


def is_signature(value: Any) -> bool:
    """Whether a value is a complete signature rather than what was typed on the way to one."""
    return isinstance(value, dict) and value.keys() == {"name", "at", "by"}


def is_file(value: Any) -> bool:
    """Whether a value names a kept file."""
    return isinstance(value, dict) and value.keys() == {"name", "id", "size"}


def vouched_in(answers: Any) -> tuple[dict[str, Any], ...]:
    """Every complete signature and kept file anywhere in stored answers: what a check may take as it stands."""
    if is_signature(answers) or is_file(answers):
        return (answers,)
    parts = answers.values() if isinstance(answers, dict) else answers if isinstance(answers, list) else ()
    return tuple(found for part in parts for found in vouched_in(part))


def may_sign(shape: FieldShape, context: AnswerContext) -> bool:
    """Whether the person answering holds the place whose signature this is."""
    return bool(context.user) and (not shape.signer or shape.signer in context.roles)


class Signature(Behaviour):
    """A typed name with moment and person: ``{"name", "at", "by"}``.

    Who and when come from the context, never from what was sent: a complete signature is taken as it stands only when
    it already stood in the stored answers; the person's own is dated anew. So nobody can sign for another, or on
    another day. Typed: ``{"name", "agree"}``.
    """

    def check(self, shape: FieldShape, raw: Any, spot: Spot) -> Any:
        typed = unwrapped(raw)
        if not is_signature(typed):
            return super().check(shape, typed, spot)
        if typed in spot.vouched:
            return typed
        name = raw_words(typed["name"])
        if typed["by"] == spot.context.user:
            return super().check(shape, {"name": name, "agree": True}, spot)
        spot.fault(_("Only the person themselves can sign here."))
        return as_raw({"name": name})

    def clean(self, shape: FieldShape, raw: Any, context: AnswerContext) -> Any:
        given = {"name": raw} if isinstance(raw, str) else raw
        if not isinstance(given, dict | None):
            raise AnswerFault(_("Type your name to sign."))
        name = one_line((given or {}).get("name") or "")
        agreed = (given or {}).get("agree") is True
        if not name and not agreed:
            return None
        if not may_sign(shape, context):
            raise AnswerFault(_("Only the person themselves can sign here."))
        self.refuse(name, agreed=agreed)
        at = context.now.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        return {"name": name, "at": at, "by": context.user}

    def refuse(self, name: str, *, agreed: bool) -> None:
        """Raise ``AnswerFault`` for a signature that is not complete."""
        if not name:
            raise AnswerFault(_("Type your name to sign."))
        if not agreed:
            raise AnswerFault(_("Tick that you sign with this name."))
        if len(name) > NAME_LENGTH:
            raise AnswerFault(_("This name is too long to sign with."))

    def demand(self, shape: FieldShape, value: Any, spot: Spot) -> None:
        """From who may sign. Another's missing signature holds up a sheet only where all who sign write it together."""
        if may_sign(shape, spot.context):
            super().demand(shape, value, spot)
        elif spot.context.all_sign and shape.need is Need.MUST and not is_signature(value):
            spot.fault(
                _("This has still to be signed by somebody else. Save the sheet: it can be sent once all have signed.")
            )

    def missing(self, shape: FieldShape) -> str:
        return _("Type your name and tick to sign.")

    def split(self, shape: FieldShape, value: Any) -> tuple[Any, Any]:
        if not is_signature(value) or not _instant.is_fact(shape, value["at"]):
            return MISSING, value
        return {"at": value["at"], "by": value["by"]}, {"name": value["name"]}

    def words(self, shape: FieldShape, value: Any, context: AnswerContext) -> str:
        if not is_signature(value):
            return raw_words({"name": (unwrapped(value) or {}).get("name")} if is_raw(value) else value)
        return _("%(name)s, %(moment)s") % {
            "name": value["name"],
            "moment": _instant.words(shape, value["at"], context),
        }

    def columns(self, shape: FieldShape, key: str, label: str, values: list[Any]) -> list[Column]:
        return [Column(key, label), Column(f"{key}.at", f"{label} ({_('when')})")]

    def cells(self, shape: FieldShape, key: str, value: Any) -> dict[str, Any]:
        if not is_signature(value):
            return {key: raw_words(value)}
        return {key: value["name"], f"{key}.at": value["at"]}


class Initials(Signature):
    """A signature by initials: typing them is the act."""

    def refuse(self, name: str, *, agreed: bool) -> None:
        if not name or len(name.replace(".", "").replace(" ", "")) > 6:
            raise AnswerFault(_("Type your initials, such as A.T."))

    def missing(self, shape: FieldShape) -> str:
        return _("Type your initials.")


class File(Behaviour):
    """A file the application keeps: ``{"name", "id", "size"}``, size in bytes. Only the name is written by a person.

    Taken only when it stood there before or the context says that the person may attach it.
    """

    def check(self, shape: FieldShape, raw: Any, spot: Spot) -> Any:
        typed = unwrapped(raw)
        if not typed:
            return None
        if not is_file(typed) or not (typed in spot.vouched or typed["id"] in spot.context.files):
            spot.fault(_("Choose the file again."))
            return None
        if not is_accepted(shape, str(typed["name"])):
            kinds = ", ".join(shape.accept)
            spot.fault(_("Choose a file of one of these kinds: %(kinds)s.") % {"kinds": kinds})
        return {"name": one_line(typed["name"])[-NAME_LENGTH:], "id": typed["id"], "size": typed["size"]}

    def split(self, shape: FieldShape, value: Any) -> tuple[Any, Any]:
        if not is_file(value):
            return MISSING, value
        return {"id": value["id"], "size": value["size"]}, {"name": value["name"]}

    def show(self, shape: FieldShape, value: Any, context: AnswerContext) -> Shown:
        if not is_file(value):
            return Shown(text=raw_words(value))
        name = raw_words(value["name"])
        return Shown(text=name, file=str(value["id"]), picture=name.lower().endswith(PICTURES))

    def words(self, shape: FieldShape, value: Any, context: AnswerContext) -> str:
        return raw_words(value["name"]) if is_file(value) else raw_words(value)

    def cells(self, shape: FieldShape, key: str, value: Any) -> dict[str, Any]:
        return {key: self.words(shape, value, AnswerContext())}


def is_accepted(shape: FieldShape, name: str) -> bool:
    """Whether a file's name ends as the field allows."""
    return not shape.accept or any(name.lower().endswith(f".{ending.lower().lstrip('.')}") for ending in shape.accept)
