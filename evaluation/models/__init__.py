"""Evaluation, reports and exports."""

from evaluation.models.evaluation_round import EvaluationRound
from evaluation.models.export import Export
from evaluation.models.report import Report
from evaluation.models.theme import Theme, ThemeMark

__all__ = ["EvaluationRound", "Export", "Report", "Theme", "ThemeMark"]
