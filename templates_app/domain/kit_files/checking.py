"""Does a kit hold together? What the shapes of its single items cannot see."""

from templates_app.domain.kit_files.checks.belonging import check_belonging
from templates_app.domain.kit_files.checks.choosing import check_choosing
from templates_app.domain.kit_files.checks.counts import check_counts
from templates_app.domain.kit_files.checks.effects import check_effects
from templates_app.domain.kit_files.checks.fields import check_fields, check_offers
from templates_app.domain.kit_files.checks.indicators import check_indicators
from templates_app.domain.kit_files.checks.keys import check_keys
from templates_app.domain.kit_files.checks.marks import check_marks
from templates_app.domain.kit_files.checks.matching import check_matching
from templates_app.domain.kit_files.checks.out_of_use import check_out_of_use
from templates_app.domain.kit_files.checks.phases import check_phases
from templates_app.domain.kit_files.checks.picturing import check_pictures
from templates_app.domain.kit_files.checks.references import check_references
from templates_app.domain.kit_files.checks.running import check_running
from templates_app.domain.kit_files.checks.surveys import check_surveys
from templates_app.domain.kit_files.checks.texts import check_texts
from templates_app.domain.kit_files.checks.times import check_times
from templates_app.domain.kit_files.checks.workplace import check_notice, check_workplace
from templates_app.domain.kit_files.faults import Problem
from templates_app.domain.kit_files.walking import walk
from templates_app.shapes import Kit

CHECKS = (
    check_keys,
    check_references,
    check_out_of_use,
    check_times,
    check_counts,
    check_phases,
    check_fields,
    check_belonging,
    check_offers,
    check_pictures,
    check_effects,
    check_matching,
    check_choosing,
    check_running,
    check_workplace,
    check_notice,
    check_surveys,
    check_indicators,
    check_texts,
    check_marks,
)


def check_kit(kit: Kit) -> list[Problem]:
    """Everything that has to be put right in a kit whose single items are sound; an empty list when nothing has."""
    kit = kit.model_copy(update={"worksheets": [sheet.as_it_stands() for sheet in kit.worksheets]})
    steps = list(walk(kit))
    return [problem for check in CHECKS for problem in check(kit, steps)]
