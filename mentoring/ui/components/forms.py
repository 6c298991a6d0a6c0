"""What one does things with: buttons with a form of their own, error summaries, bars, questions before the irrevocable."""

from collections.abc import Mapping
from typing import Any

from django.forms import BaseForm, BoundField, CheckboxInput
from django.forms.formsets import BaseFormSet
from django.template import Context
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from mentoring.ui.shapes import BUTTON_KINDS, one_of


def post_button(
    context: Context,
    url: str,
    label: str,
    *,
    kind: str = "primary",
    icon: str = "",
    hidden: Mapping[str, str] | None = None,
    described: str = "",
) -> dict[str, Any]:
    """A button that does something by POST, for one who is allowed to.

    ``hidden`` are extra fields; ``described`` is said to screen readers after the label ("Remind", "Siobhán Whitcombe").
    """
    values = {"url": url, "label": label, "kind": one_of(kind, BUTTON_KINDS, "A button's kind"), "icon": icon}
    return values | {"hidden": hidden or {}, "described": described, "csrf_token": context.get("csrf_token")}


def undo(context: Context, words: str, *, url: str) -> dict[str, Any]:
    """What was just done, with a way back."""
    return {"words": words, "url": url, "csrf_token": context.get("csrf_token")}


def confirm(
    context: Context, content: SafeString, *, title: str, url: str, label: str, cancel_url: str, danger: bool = True
) -> str:
    """A question before something that can't be undone. The content names what will happen and to how many."""
    values = {
        "content": content,
        "title": title,
        "url": url,
        "label": label,
        "cancel_url": cancel_url,
        "danger": danger,
    }
    return render_to_string("ui/confirm.html", values | {"csrf_token": context.get("csrf_token")})


def saved_bar(content: SafeString, *, state: str = "", words: str = "", done: int | None = None, total: int = 0) -> str:
    """The bar at the foot of a worksheet: whether it is saved, how far it is, and in the content the buttons."""
    one_of(state or "neutral", frozenset({"good", "due", "late", "neutral"}), "A saved bar's state")
    values = {"content": content, "state": state, "words": words, "done": done, "total": total}
    return render_to_string("ui/saved_bar.html", values)


def field(bound: BoundField, *, label: str = "", help: str = "", label_hidden: bool = False) -> str:  # noqa: A002
    """One field of a form: label, help, faults and widget, in this order and tied together for screen readers.

    ``label`` and ``help`` stand in for the form's own. A placeholder repeats a label and vanishes: it is taken out.
    """
    bound.field.widget.attrs.pop("placeholder", None)
    bound.label, bound.help_text = label or bound.label, help or bound.help_text
    return render_to_string("house/field.html", {"field": bound, "label_hidden": label_hidden})


def is_tick(bound: BoundField) -> bool:
    """Whether the field is a single tick box, whose label stands behind it."""
    return isinstance(bound.field.widget, CheckboxInput)


def error_summary(*forms: BaseForm | BaseFormSet | list[tuple[str, BaseForm]]) -> dict[str, Any]:
    """Everything that is wrong with these forms, on top of the page, each linked to its field. Of many small forms that look
    alike each comes with the words that tell it from the others (``line 3``).
    """
    faults: list[dict[str, str]] = []
    for form in forms:
        if isinstance(form, list):
            for name, member in form:
                faults += _faults(member, name)
        elif isinstance(form, BaseFormSet):
            faults += [{"anchor": "", "label": "", "words": words} for words in form.non_form_errors()]
            for member in form.forms:
                faults += _faults(member)
        else:
            faults += _faults(form)
    return {"faults": faults}


def _faults(form: BaseForm, name: str = "") -> list[dict[str, str]]:
    if not form.is_bound:
        return []
    found = [{"anchor": "", "label": "", "words": words} for words in form.non_field_errors()]
    for bound in form:
        label = _spoken(f"{name}, {bound.label}" if name else bound.label)
        found += [{"anchor": _anchor(bound), "label": label, "words": words} for words in bound.errors]
    return found


def _spoken(label: str) -> str:
    """The label as the beginning of a sentence about it: "E-mail address:" but "What happens next?"."""
    return label if label.endswith(("?", "!", ".", ":")) else gettext("%(label)s:") % {"label": label}


def _anchor(bound: BoundField) -> str:
    """The id of what takes the focus: for a group of choices its first one."""
    return bound.id_for_label or (f"{bound.auto_id}_0" if bound.auto_id else "")


def for_code(bound: BoundField) -> BoundField:
    """The field for a one-time code of digits: a phone shows its number keys and offers the code from the message."""
    bound.field.widget.attrs |= {"inputmode": "numeric", "autocomplete": "one-time-code", "spellcheck": "false"}
    return bound
