"""The page of styles: every component in every state, to look at and to check."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from mentoring.tenancy.access import Access, access
from mentoring.ui import samples
from mentoring.ui.messages import done_with_undo
from mentoring.ui.nav import NavItem

NAV = [
    NavItem("Desk", "#", "layout-dashboard", 1, True),
    NavItem("People", "#people", "users", 2),
    NavItem("Matching", "#matching", "shuffle", 3),
    NavItem("Messages", "#messages", "message-circle", 4),
    NavItem("Reports", "#reports", "chart-column", 5),
    NavItem("Designer", "#designer", "pencil-ruler", 6),
]

ACCOUNT = [
    NavItem("Your profile", "#profile", "user-round", 1, detail="ana@to.example"),
    NavItem("Other organisations", "#organisations", "building-2", 2, detail="You belong to two"),
    NavItem("Sign out", "#out", "log-out", 3, method="post"),
]
FOOT = [NavItem("Help", "#help"), NavItem("Privacy", "#privacy")]


class SamplePerson:
    """Somebody signed in, for the frame."""

    is_authenticated = True
    email = "ana@to.example"

    def get_full_name(self) -> str:
        return "ʻAna Moala"

    def get_short_name(self) -> str:
        return "ʻAna"


@access(Access.DEMO)
@require_safe
def styles(request: HttpRequest) -> HttpResponse:
    """Show the components with invented content. Where the demo is off this page does not exist."""
    done_with_undo(request, "Your log was sent. Helen can read it now.", "#")
    messages.warning(request, "Helen has not confirmed the new date yet.")
    frame = {"nav": NAV, "account_menu": ACCOUNT, "foot_menu": FOOT, "user": SamplePerson()}
    return render(request, "ui/styles.html", samples.content() | frame)
