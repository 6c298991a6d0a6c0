"""Which themes come up in what many people wrote, as coordinators have marked them: shares of the texts that were read."""

from evaluation.domain.indicating.found import Figure
from evaluation.domain.indicating.gathering import Gathered
from templates_app.shapes import Measure


def themes(measure: Measure, gathered: Gathered) -> list[Figure]:
    """For each question how many of the texts that somebody has read have each theme, as the results tell it: nothing while
    fewer people than the smallest group wrote them.
    """
    asked = [one for one in gathered.coded(measure.worksheet or "") if one.question.field.key in measure.fields]
    found: list[Figure] = []
    for one in asked:
        label, shown = one.question.field.label, one.shown
        if shown.hidden:
            found.append(Figure("", None, "percent", shown.answered, "texts", hidden=bool(one.texts), group=label))
        found += [
            Figure(theme, 100 * count / shown.answered, "percent", shown.answered, "texts", count, group=label)
            for theme, count in shown.counts
        ]
    return found
