"""Taking a worksheet out of a handbook altogether, with all its versions: one that is out of use, and was never written on."""

from collections.abc import Callable

from django.db import transaction

from mentoring.accounts.models import User
from mentoring.history.domain import record_event
from programmes.domain.designing.drafts import newest_version
from programmes.domain.designing.places import Gone
from programmes.domain.designing.queries import InUse, in_use
from programmes.domain.handbook.editing import bump, locked
from programmes.domain.handbook.naming import placed
from programmes.models import Programme, WorksheetDraft
from templates_app.domain.kit_files.checking import check_kit
from templates_app.domain.kits import AGREEMENT_KEY, whole_kit, worksheet_of
from templates_app.models import TemplateVersion

RemovalFollower = Callable[[Programme, str], None]

_followers: list[RemovalFollower] = []


class StillNeeded(ValueError):
    """The worksheet stays. ``reasons``: where the handbook reads from it; none where people have written on it, or it is in
    use.
    """

    def __init__(self, reasons: list[str]) -> None:
        super().__init__(" ".join(reasons))
        self.reasons = reasons


def register_removal_follower(follower: RemovalFollower) -> None:
    """Have ``follower(programme, key)`` called when a worksheet is taken out, in that transaction. For ``AppConfig.ready``."""
    if follower not in _followers:
        _followers.append(follower)


def may_be_removed(version: TemplateVersion, sheets: InUse) -> bool:
    """Whether a worksheet is out of use as it holds now, and there are no sheets of it. No query."""
    return not worksheet_of(version).in_use and not sheets.total


@transaction.atomic
def remove_worksheet(*, programme: Programme, key: str, actor: User) -> None:
    """Take a worksheet out with all its versions and its draft. Raises ``Gone``, and ``StillNeeded`` where it has to stay."""
    handbook = locked(programme)
    version = newest_version(programme, key)
    if version is None or key == AGREEMENT_KEY:
        raise Gone(key)
    if not may_be_removed(version, in_use(programme, key)):
        raise StillNeeded([])
    before = whole_kit(handbook)
    after = before.model_copy(update={"worksheets": [sheet for sheet in before.worksheets if sheet.key != key]})
    known = {problem.message for problem in check_kit(before)}
    values = after.model_dump(mode="json")
    reasons = [
        placed(problem.loc, problem.message, values, within=())
        for problem in check_kit(after)
        if problem.message not in known
    ]
    if reasons:
        raise StillNeeded(list(dict.fromkeys(reasons)))
    title = version.template.title
    WorksheetDraft.objects.filter(programme=programme, key=key).delete()
    version.template.delete()
    for follower in _followers:
        follower(programme, key)
    bump(handbook)
    programme.handbook = handbook
    record_event("worksheet.removed", programme, actor=actor, title=title)
