"""Addresses of evaluation, under an organisation."""

from django.urls import path

from evaluation.views import (
    answering,
    coding,
    desk,
    exports,
    indicators,
    logs,
    pairs,
    reports,
    results,
    sendings,
    surveys,
    totals,
)

app_name = "evaluation"

COHORT = "<slug:programme>/<slug:cohort>/"
EXPORT = "exports/<uuid:export>/"

urlpatterns = [
    path("desk/", desk.desks, name="desk"),
    path("desk/outputs/<uuid:output>/remind/", desk.remind, name="remind"),
    path(f"desk/{COHORT}", desk.cohort_desk, name="cohort_desk"),
    path(f"desk/{COHORT}pairs/", pairs.cohort_pairs, name="cohort_pairs"),
    path(f"desk/{COHORT}logs/", logs.cohort_logs, name="cohort_logs"),
    path("reports/", reports.reports, name="reports"),
    path("reports/<uuid:report>/", reports.report, name="report"),
    path("reports/<uuid:report>/pdf/", reports.pdf, name="report_pdf"),
    path("evaluation/answers/<uuid:output>/", answering.answer, name="answer"),
    path("evaluation/answers/<uuid:output>/filled/", answering.filled, name="filled"),
    path("evaluation/errands/<uuid:output>/", answering.errand, name="errand"),
    path("evaluation/errands/<uuid:output>/remind/", answering.remind, name="remind_mentee"),
    path(f"evaluation/{COHORT}", sendings.evaluation, name="evaluation"),
    path(f"evaluation/{COHORT}totals/", totals.totals, name="totals"),
    path(f"evaluation/{COHORT}totals/report/", totals.begin_report, name="begin_report"),
    path(f"evaluation/{COHORT}send/", sendings.send, name="send_evaluation"),
    path(f"evaluation/{COHORT}results/", results.results, name="results"),
    path(f"evaluation/{COHORT}results/pdf/", results.pdf, name="results_pdf"),
    path(f"evaluation/{COHORT}indicators/", indicators.indicators, name="indicators"),
    path(f"evaluation/{COHORT}indicators/csv/", indicators.csv, name="indicators_csv"),
    path(f"evaluation/{COHORT}themes/", coding.themes, name="themes"),
    path(f"evaluation/{COHORT}themes/<slug:worksheet>/<slug:question>/", coding.coding, name="coding"),
    path(f"evaluation/{COHORT}surveys/", surveys.surveys, name="surveys"),
    path(f"evaluation/{COHORT}surveys/<slug:survey>/", surveys.survey, name="survey"),
    path(f"evaluation/{COHORT}surveys/<slug:survey>/pdf/", surveys.pdf, name="survey_pdf"),
    path("exports/", exports.programmes, name="export_programmes"),
    path(EXPORT, exports.export, name="export"),
    path(f"{EXPORT}state/", exports.state, name="export_state"),
    path(f"{EXPORT}retry/", exports.retry, name="retry_export"),
    path(f"{EXPORT}download/", exports.download, name="download_export"),
    path("exports/programmes/<slug:programme>/", exports.exports, name="exports"),
]
