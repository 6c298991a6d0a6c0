"""Addresses of programmes, under an organisation."""

from django.urls import include, path

from programmes.views import (
    cohorts,
    concerns,
    designing,
    designing_parts,
    designing_preview,
    designing_publishing,
    designing_questions,
    expenses,
    gatherings,
    guidance,
    handbook,
    handbook_guidance,
    handbook_history,
    handbook_measures,
    handbook_single,
    importing,
    issues,
    joining,
    kits,
    library,
    materials,
    own,
    people,
    people_steps,
    programmes,
    records,
    sheets,
    stepping_out,
    suggestions,
    team,
    training,
)
from templates_app.views.worksheet_urls import worksheet_urls

app_name = "programmes"

PROGRAMME = "programmes/<slug:programme>/"
HANDBOOK = f"{PROGRAMME}handbook/"
DESIGN = f"{HANDBOOK}worksheets/<slug:worksheet>/"
COHORT = f"{PROGRAMME}cohorts/<slug:cohort>/"
PERSON = f"{COHORT}people/<uuid:person>/"
IMPORT = f"{COHORT}people/import/<uuid:run>/"
EVENT = f"{COHORT}events/<uuid:gathering>/"
GUIDANCE = "guidance/<slug:programme>/"
LIBRARY_FILE = f"{GUIDANCE}resources/files/<uuid:library_file>/"

running = [
    path("programmes/", programmes.index, name="programmes"),
    path("programmes/new/", programmes.choose, name="choose_kit"),
    path("programmes/new/import/", kits.bring_in, name="import_kit"),
    path("programmes/new/from/<slug:programme>/", kits.copy, name="copy_programme"),
    path("programmes/new/<slug:kit>/", programmes.create, name="create_programme"),
    path(PROGRAMME, programmes.detail, name="programme"),
    path(f"{PROGRAMME}title/", programmes.rename, name="rename_programme"),
    path(f"{PROGRAMME}records/", records.records, name="records"),
    path(f"{PROGRAMME}records/<slug:kind>/", records.record, name="record"),
    path(f"{PROGRAMME}records/<slug:kind>/delete/", records.delete, name="delete_records"),
    path(f"{PROGRAMME}team/", team.team, name="team"),
    path(f"{PROGRAMME}team/<uuid:role>/end/", team.end, name="end_role"),
    path(HANDBOOK, handbook.overview, name="handbook"),
    path(f"{HANDBOOK}plan/", handbook_single.plan, name="handbook_plan"),
    path(f"{HANDBOOK}texts/<slug:part>/", handbook_single.texts, name="handbook_texts"),
    path(f"{HANDBOOK}guidance/", handbook_guidance.articles, name="handbook_guidance"),
    path(f"{HANDBOOK}guidance/new/", handbook_guidance.add, name="add_article"),
    path(f"{HANDBOOK}guidance/<slug:key>/", handbook_guidance.article, name="edit_article"),
    path(f"{HANDBOOK}guidance/<slug:key>/remove/", handbook_guidance.remove, name="remove_article"),
    path(f"{HANDBOOK}history/", handbook_history.history, name="handbook_history"),
    path(f"{HANDBOOK}changes/<uuid:edit>/undo/", handbook_history.undo, name="undo_edit"),
    path(f"{HANDBOOK}changes/<uuid:edit>/back/", handbook_history.back, name="put_back"),
    path(f"{HANDBOOK}words/", handbook_history.own_words, name="handbook_words"),
    path(f"{HANDBOOK}kit.zip", kits.export, name="export_handbook"),
    path(f"{HANDBOOK}<slug:part>/", handbook.items, name="handbook_items"),
    path(f"{HANDBOOK}<slug:part>/add/", handbook.add, name="add_item"),
    path(f"{HANDBOOK}<slug:part>/item/<str:key>/", handbook.item, name="edit_item"),
    path(f"{HANDBOOK}indicators/item/<slug:key>/figures/", handbook_measures.add, name="add_measure"),
    path(
        f"{HANDBOOK}indicators/item/<slug:key>/figures/<slug:measure>/", handbook_measures.change, name="edit_measure"
    ),
    path(
        f"{HANDBOOK}indicators/item/<slug:key>/figures/<slug:measure>/<slug:way>/",
        handbook_measures.step,
        name="step_measure",
    ),
    path(f"{HANDBOOK}<slug:part>/item/<str:key>/remove/", handbook.remove, name="remove_item"),
    path(f"{HANDBOOK}<slug:part>/item/<str:key>/<slug:way>/", handbook.move, name="move_item"),
    path(f"{PROGRAMME}worksheets/", sheets.worksheets, name="worksheets"),
    path(f"{PROGRAMME}worksheets/<slug:key>/begin/", sheets.begin, name="begin_worksheet"),
    path(f"{PROGRAMME}suggestions/", suggestions.box, name="suggestion_box"),
    path(f"{PROGRAMME}suggestions/<uuid:suggestion>/", suggestions.answer, name="answer_suggestion"),
    path(f"{PROGRAMME}cohorts/new/", cohorts.create, name="open_cohort"),
    path(COHORT, cohorts.detail, name="cohort"),
    path(f"{COHORT}edit/", cohorts.edit, name="edit_cohort"),
]

designs = [
    path(f"{HANDBOOK}worksheets/", designing.index, name="designs"),
    path(f"{HANDBOOK}worksheets/new/", designing.new, name="design_new"),
    path(DESIGN, designing.design, name="design"),
    path(f"{DESIGN}begin/", designing.begin, name="design_begin"),
    path(f"{DESIGN}drop/", designing.drop, name="design_drop"),
    path(f"{DESIGN}remove/", designing.remove, name="design_remove"),
    path(f"{DESIGN}undo/<int:revision>/", designing.undo, name="design_undo"),
    path(f"{DESIGN}facts/", designing_parts.facts, name="design_facts"),
    path(f"{DESIGN}sections/new/", designing_parts.new_section, name="design_new_section"),
    path(f"{DESIGN}sections/<slug:key>/", designing_parts.section, name="design_section"),
    path(f"{DESIGN}moments/new/", designing_parts.moment, name="design_new_moment"),
    path(f"{DESIGN}moments/<slug:key>/", designing_parts.moment, name="design_moment"),
    path(f"{DESIGN}add/<str:container>/", designing_questions.add, name="design_add"),
    path(f"{DESIGN}questions/<str:place>/", designing_questions.question, name="design_question"),
    path(f"{DESIGN}questions/<str:place>/kind/", designing_questions.kind, name="design_kind"),
    path(f"{DESIGN}preview/", designing_preview.preview, name="design_preview"),
    path(f"{DESIGN}preview/form/", designing_preview.form, name="design_form"),
    path(f"{DESIGN}preview/paper/", designing_preview.paper, name="design_paper"),
    path(f"{DESIGN}publish/", designing_publishing.publish, name="design_publish"),
    path(f"{DESIGN}versions/", designing_publishing.versions, name="design_versions"),
    path(f"{DESIGN}versions/<int:number>/", designing_publishing.restore, name="design_restore"),
]

joining_in = [
    path(f"{COHORT}people/", people.people, name="people"),
    path(f"{COHORT}people/people.csv", people.download, name="people_csv"),
    path(f"{COHORT}people/add/", people.add, name="add_person"),
    path(f"{COHORT}people/accept/", people_steps.accept, name="accept_people"),
    path(f"{COHORT}people/decline/", people_steps.decline, name="decline_people"),
    path(f"{COHORT}people/invite/", people_steps.invite, name="invite_people"),
    path(f"{COHORT}people/import/", importing.upload, name="import_upload"),
    path(IMPORT, importing.preview, name="import"),
    path(f"{IMPORT}columns/", importing.columns, name="import_columns"),
    path(f"{IMPORT}apply/", importing.apply, name="import_apply"),
    path(f"{IMPORT}drop/", importing.drop, name="import_drop"),
    path(f"{IMPORT}rows-to-put-right.csv", importing.bad_rows, name="import_bad_rows"),
    path(PERSON, people.person, name="person"),
    path(f"{PERSON}edit/", people.edit, name="edit_person"),
    path(f"{PERSON}withdraw/", people_steps.withdraw, name="withdraw_person"),
    path(f"{PERSON}reinstate/", people_steps.reinstate, name="reinstate_person"),
    path("join/<str:token>/", joining.join, name="join"),
    *worksheet_urls("enrolment/<uuid:person>/", "enrolment", own.find_enrolment),
    path("enrolment/<uuid:person>/next/", own.waiting, name="waiting"),
]

matching = [path(f"{COHORT}matching/", include("programmes.urls_matching"))]

sending = [
    path(f"{COHORT}material/", materials.materials, name="materials"),
    path(f"{COHORT}material/send/", materials.send, name="send_material"),
    path(f"{COHORT}material/<uuid:mailing>/", materials.mailing, name="mailing"),
    path(f"{COHORT}events/", gatherings.gatherings, name="gatherings"),
    path(f"{COHORT}events/new/", gatherings.create, name="plan_gathering"),
    path(EVENT, gatherings.gathering, name="gathering"),
    path(f"{EVENT}edit/", gatherings.edit, name="edit_gathering"),
    path(f"{EVENT}cancel/", gatherings.cancel, name="cancel_gathering"),
    path(f"{EVENT}attendance/", gatherings.attendance, name="note_attendance"),
    path(f"{COHORT}training/", training.cohort_training, name="cohort_training"),
    path(f"{COHORT}expenses/", expenses.cohort_expenses, name="cohort_expenses"),
    path(f"{COHORT}issues/", issues.cohort_issues, name="cohort_issues"),
]

taking_part = [
    path("events/", gatherings.own, name="own_gatherings"),
    path("events/<uuid:gathering>/", gatherings.mine, name="my_gathering"),
    path("events/<uuid:gathering>/answer/", gatherings.answer, name="answer_gathering"),
    path("events/<uuid:gathering>/feedback/", gatherings.feedback, name="gathering_feedback"),
    path("place/<uuid:person>/", own.place, name="place"),
    path("place/<uuid:person>/step-out/", stepping_out.page, name="step_out"),
    path("place/<uuid:person>/away/", own.away, name="away"),
    path("place/<uuid:person>/away/<uuid:away>/remove/", own.not_away, name="remove_away"),
    path("place/<uuid:person>/training/", training.training, name="training"),
    path("place/<uuid:person>/training/<slug:key>/", training.module, name="module"),
    path("place/<uuid:person>/worksheets/", sheets.own, name="own_worksheets"),
    path("place/<uuid:person>/worksheets/<slug:key>/begin/", sheets.begin_own, name="begin_own_worksheet"),
    path("worksheets/compare/", sheets.compare, name="compare_worksheets"),
    *worksheet_urls("worksheets/<uuid:sheet>/", "worksheet", sheets.find_worksheet),
    path("place/<uuid:person>/expenses/", expenses.expenses, name="expenses"),
    path("place/<uuid:person>/expenses/new/", expenses.begin, name="begin_claim"),
    path("expenses/<uuid:claim>/", expenses.claim, name="claim"),
    path("expenses/<uuid:claim>/lines/<uuid:line>/remove/", expenses.remove, name="remove_expense"),
    path("expenses/<uuid:claim>/lines/<uuid:line>/receipt/", expenses.receipt, name="receipt"),
    path("expenses/<uuid:claim>/<slug:step>/", expenses.step, name="claim_step"),
    path("issues/", issues.issues, name="issues"),
    path("issues/new/<uuid:person>/", issues.create, name="raise_issue"),
    path("issues/<uuid:issue>/", issues.issue, name="issue"),
    path("issues/<uuid:issue>/close/", issues.close, name="close_issue"),
    path("issues/<uuid:issue>/reopen/", issues.reopen, name="reopen_issue"),
    path("concerns/", concerns.concerns, name="concerns"),
    path("concerns/new/<uuid:person>/", concerns.create, name="raise_concern"),
    path("concerns/<uuid:concern>/", concerns.concern, name="concern"),
    path("concerns/<uuid:concern>/<slug:step>/", concerns.step, name="concern_step"),
    path("suggestions/<slug:programme>/", suggestions.suggestions, name="suggestions"),
    path("guidance/", guidance.guidances, name="guidances"),
    path("support/", guidance.support, name="support"),
    path("words/", guidance.glossaries, name="glossaries"),
    path("what-mentoring-is/", guidance.orientation, name="orientation"),
    path("what-mentoring-is/<slug:programme>/read/", guidance.oriented, name="oriented"),
    path(GUIDANCE, guidance.guidance, name="guidance"),
    path(f"{GUIDANCE}words/", guidance.glossary, name="glossary"),
    path(f"{GUIDANCE}resources/", guidance.resources, name="resources"),
    path(f"{GUIDANCE}resources/files/new/", library.add, name="add_library_file"),
    path(LIBRARY_FILE, library.file, name="library_file"),
    path(f"{LIBRARY_FILE}edit/", library.edit, name="edit_library_file"),
    path(f"{LIBRARY_FILE}save/", library.save, name="save_library_file"),
    path(f"{LIBRARY_FILE}versions/<int:number>/", library.save_version, name="save_library_version"),
    path(f"{LIBRARY_FILE}remove/", library.remove, name="remove_library_file"),
    path(f"{LIBRARY_FILE}put-back/", library.put_back, name="put_back_library_file"),
    path(f"{GUIDANCE}rights/", guidance.rights, name="rights"),
    path(f"{GUIDANCE}agreement/", guidance.agreement, name="agreement"),
    path(f"{GUIDANCE}contacts/", guidance.contacts, name="contacts"),
    path(f"{GUIDANCE}articles/<slug:key>/", guidance.article, name="article"),
    path(f"{GUIDANCE}worksheets/<slug:key>/", guidance.sheet, name="sheet"),
]

choosing = [path("", include("programmes.urls_choosing"))]

workplace = [path("", include("programmes.urls_workplace"))]

urlpatterns = [*designs, *running, *joining_in, *matching, *sending, *taking_part, *choosing, *workplace]
