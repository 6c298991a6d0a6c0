"""What every page does that changes a handbook: try, and say beside what was typed why it was not kept."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from mentoring.tenancy.access import require
from mentoring.ui.messages import done_with_undo
from programmes.domain.handbook.editing import NotSound, StaleEdit
from programmes.domain.handbook.effects import NeedsSeeing
from programmes.domain.handbook.parts import fingerprint
from programmes.domain.queries import get_programme_for
from programmes.forms.handbook_parts import add_problems
from programmes.models import HandbookEdit, Programme
from programmes.views.frame import posted, programme_frame, to


@dataclass
class Tried:
    """What became of a change: ``done``, or why not. ``context`` is what the page shows beside the form."""

    context: dict[str, Any]
    done: bool = False
    edit: HandbookEdit | None = None
    current: Any = None


def editable(request: HttpRequest, slug: str) -> Programme:
    """A programme whose handbook this person may change."""
    found = get_programme_for(request.user, slug)
    require(request, "programmes.change_programme", found)
    return found


def base_of(request: HttpRequest, stands: Any) -> str:
    """The fingerprint of what a change started from: the form's own, or that of what stands now for a fresh form."""
    data = posted(request)
    return data.get("base", "") if data is not None else fingerprint(stands)


def seen_in(request: HttpRequest) -> str:
    """Which effects the person has looked at: none yet, on the first press."""
    return request.POST.get("seen", "")


def try_change(form: forms.Form, change: Callable[[], HandbookEdit | None]) -> Tried:
    """Make a change; what stands against it is said in the form, and nothing is lost."""
    try:
        return Tried({}, done=True, edit=change())
    except NotSound as fault:
        add_problems(form, fault, getattr(form, "rowsets", None))
    except StaleEdit as stale:
        form.add_error(None, stale_words())
        return Tried({"base": fingerprint(stale.current)}, current=stale.current)
    except NeedsSeeing as asked:
        return Tried({"effects": asked.effects, "sign": asked.sign})
    return Tried({})


def after_press(
    request: HttpRequest,
    programme: Programme,
    change: Callable[[str], HandbookEdit | None],
    back: str,
    *,
    title: str,
    refused: str,
) -> HttpResponse:
    """What a button does that changes the handbook without a form: it may ask once more, naming what becomes different.

    ``change`` gets what was seen; ``title`` heads the question, ``refused`` says that it cannot be done.
    """
    try:
        say_changed(request, programme, change(seen_in(request)))
    except NotSound as fault:
        messages.error(request, f"{refused} {fault}")
    except StaleEdit:
        messages.error(request, _("Somebody else changed this meanwhile. Look at it as it stands now."))
    except NeedsSeeing as asked:
        return ask_again(request, programme, asked, back, title=title)
    return redirect(back)


def ask_again(request: HttpRequest, programme: Programme, asked: NeedsSeeing, back: str, *, title: str) -> HttpResponse:
    """The page that names what becomes different for people, with the button that does it all the same."""
    context = programme_frame(request, programme, (_("Handbook"), to(request, "handbook", programme.slug)))
    context |= {"effects": asked.effects, "sign": asked.sign, "back": back, "title": title}
    return render(request, "programmes/handbook/effects.html", context)


def say_changed(request: HttpRequest, programme: Programme, edit: HandbookEdit | None) -> None:
    """Say on the next page what became of a change, with the way back."""
    if edit is None:
        messages.info(request, _("Nothing was changed."))
        return
    done_with_undo(request, _("The change holds from now on."), to(request, "undo_edit", programme.slug, edit.pk))


def stale_words() -> str:
    """What to say when somebody else was faster."""
    return _(
        "Somebody else changed this while you were writing. Nothing was overwritten: below stands how it reads now. "
        "Save again to put yours in its place."
    )
