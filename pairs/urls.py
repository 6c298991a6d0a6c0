"""Addresses of pairs, under an organisation."""

from django.urls import include, path

from pairs.urls_confirming import urlpatterns as confirming
from pairs.views import (
    achievements,
    actions,
    at_will,
    consent,
    documents,
    examples,
    feed,
    files,
    following,
    goal_marks,
    goals,
    home,
    introduction,
    logs,
    outputs,
    outside_signing,
    schedule,
    session,
    session_dates,
    sessions,
)
from templates_app.views.worksheet_urls import worksheet_urls

app_name = "pairs"

SESSION = "sessions/<uuid:session>/"

of_a_pair = [
    path("", following.pairing, name="pairing"),
    path("agreement/", include("pairs.urls_agreement")),
    path("", include("pairs.urls_ending")),
    path("schedule/", schedule.schedule, name="schedule"),
    path("introduction/", introduction.introduction, name="introduction"),
    path("sessions/", sessions.sessions, name="sessions"),
    path("sessions/invite/", sessions.invite, name="invite"),
    path("sessions/duties/", sessions.hand_over, name="duties"),
    path("sessions/new/", session_dates.add, name="session-add"),
    path("sessions/further/", session_dates.further, name="session-further"),
    path(SESSION, session.session, name="session"),
    path(f"{SESSION}move/", session_dates.move, name="session-move"),
    path(f"{SESSION}cancel/", session_dates.cancel, name="session-cancel"),
    path(f"{SESSION}held/", session_dates.hold, name="session-hold"),
    path(f"{SESSION}not-held/", session_dates.unhold, name="session-unhold"),
    path(f"{SESSION}logs/pass-on/", logs.pass_on, name="logs-pass-on"),
    path("logs/", logs.logs, name="logs"),
    path("logs/compile/", logs.compile_all, name="logs-compile"),
    path("goals/", goals.goals, name="goals"),
    path("goals/<uuid:goal>/answer/", goals.answer, name="goal-answer"),
    path("goals/<uuid:goal>/stands/<slug:state>/", goal_marks.mark, name="goal-mark"),
    path("goals/<uuid:goal>/share/", goal_marks.share, name="goal-share"),
    path("goals/<uuid:goal>/sheets/<slug:worksheet>/", goal_marks.sheet, name="goal-sheet"),
    path("actions/", actions.actions, name="actions"),
    path("actions/<uuid:action>/warn/", actions.warn, name="action-warn"),
    path("actions/<uuid:action>/<slug:state>/", actions.settle, name="action-settle"),
    path("sharing/", consent.consent, name="consent"),
    path("documents/", documents.documents, name="documents"),
    path("documents/all/", documents.records, name="records"),
    path("files/", files.files, name="files"),
    path("files/<uuid:file>/", files.file, name="shared-file"),
    path("files/<uuid:file>/remove/", files.remove, name="shared-file-remove"),
    path("worksheets/", at_will.at_will, name="at-will"),
    path("worksheets/<slug:worksheet>/give/", at_will.give, name="give"),
    path("worksheets/<slug:worksheet>/", outputs.sheets, name="sheets"),
    path("worksheets/<slug:worksheet>/trend/", outputs.trend, name="sheets-trend"),
    path("worksheets/<slug:worksheet>/new/", outputs.add, name="sheet-add"),
    path("worksheets/<slug:worksheet>/compare/", outputs.compare, name="sheets-compare"),
]

urlpatterns = [
    path("mentoring/", home.home, name="home"),
    path("pairs/<uuid:pairing>/", include(of_a_pair)),
    path("sign/<str:token>/", outside_signing.sign, name="sign-outside"),
    path("outputs/<uuid:output>/back/", outputs.back, name="output_back"),
    path("outputs/<uuid:output>/examples/", examples.examples, name="output-examples"),
    path("outputs/<uuid:output>/offers/<int:place>/", outputs.offer, name="output-offer"),
    *worksheet_urls("outputs/<uuid:output>/", "output", outputs.find_output, replies=True),
    path("calendar/", feed.calendar, name="calendar"),
    path("calendar/renew/", feed.renew, name="calendar-renew"),
    path("calendar/revoke/", feed.revoke, name="calendar-revoke"),
    path("calendar/<str:token>.ics", feed.feed, name="feed"),
    path("achievements/", achievements.achievements, name="achievements"),
    path("achievements/<uuid:achievement>/certificate/", achievements.certificate, name="certificate"),
    path("achievements/<uuid:achievement>/take-back/", achievements.take_back, name="achievement-take-back"),
    path("place/<uuid:person>/hours/", achievements.record_of_hours, name="record-of-hours"),
    path(
        "programmes/<slug:programme>/cohorts/<slug:cohort>/achievements/",
        achievements.cohort_achievements,
        name="cohort-achievements",
    ),
    *confirming,
]
