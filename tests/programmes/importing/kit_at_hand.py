"""The enrolment profile of the shipped kit, without a database."""

from programmes.domain.importing.targets import Profile
from programmes.enums import Side
from templates_app.domain.kit_files import shipped_kit


def shipped_profile() -> Profile:
    """What a table can answer of the profiles of ``plp-ess``."""
    kit = shipped_kit("plp-ess")
    sheets = {Side(side): kit.worksheet(key) for side, key in kit.joining.enrolment.items()}
    return Profile(sheets, kit.matching.criteria)
