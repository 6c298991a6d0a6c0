"""What comes by e-mail."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mentoring.accounts.models import User
from mentoring.notices.kinds import GROUP_WORDS


class MailForm(forms.Form):
    """Tick boxes, one a group; what is not ticked stands in the inbox only."""

    wanted = forms.MultipleChoiceField(
        label=_("Send me by e-mail"),
        choices=[(group.value, words) for group, words in GROUP_WORDS.items()],
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("What you leave out still stands under Notices when you sign in."),
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        chosen = [group.value for group in GROUP_WORDS if group not in user.muted]
        super().__init__(*args, initial={"wanted": chosen}, **kwargs)
