"""The world that the walk goes through is complete: every table has rows, every text column a canary that could leak."""

from typing import Any

import pytest
from django.apps import apps
from django.db import models

from mentoring.tenancy import fields
from mentoring.tenancy.managers import is_tenant
from mentoring.tenancy.scope import tenant_scope

TEXTS = (models.CharField, models.TextField, models.JSONField, fields.SealedTextField, fields.SealedJSONField)
TENANT_MODELS = sorted((model for model in apps.get_models() if is_tenant(model)), key=lambda model: model._meta.label)

NOT_WRITTEN = {
    "keys of a handbook, by which answers are found": "Theme.worksheet Theme.question ThemeMark.question",
    "a key, kind, role, state or place of the application's or the kit's own": """
        Action.field Action.row ClaimLine.currency ClaimLine.kind ClaimLine.receipt_type
        Article.chapter Article.roles Article.sessions Article.stages Consent.item
        Criterion.key Criterion.kind Criterion.mentee_field Criterion.mentor_field Document.kind Document.subject_kind
        EarlierAnswers.facts Event.about_kind Event.action Event.within_kind Gathering.module Goal.row
        Goal.field Goal.said Goal.worksheet
        Handbook.kit_key Handbook.kit_version LoadedKit.key LoadedKit.version Message.kind Message.occasion
        Message.subject_kind Output.moment Output.stage Output.worksheet OutsideSigner.key
        Sheet.worksheet Report.kind Report.period Session.way
        Schedule.frequency Schedule.platform SideDraft.facts SigningEvent.action SigningEvent.consent SigningEvent.method
        LibraryFile.roles LibraryVersion.content_type ProposedMatch.acknowledged SharedFile.content_type SigningEvent.side
        Pairing.phase Pairing.writers Template.key
        Picture.content_type Training.module Training.pages_read Upload.content_type Upload.field
        WorksheetDraft.key""",
    "ids of the catalogue": "Article.points Article.source Partner.source",
    "a time zone or a language": """
        Cohort.zone Document.language Gathering.zone Handbook.language Message.language Participant.zone ProposedTimes.zone
        Session.zone SigningEvent.zone""",
    "instants": "ProposedTimes.starts",
    "a part of addresses, which whoever asks has typed themselves": "Cohort.slug Programme.slug",
    "a random token, a form's own key, or a fingerprint": """
        Picture.kept Agreement.content_sha256 ApprovalLink.token_hash ContactLink.token_hash Document.revision Document.sha256
        FeedToken.token FeedToken.token_hash ImportMapping.headings_hash Invitation.token_hash Response.last_key
        SideDraft.save_key SigningEvent.content_sha256 SigningEvent.previous_sha256 SigningEvent.sha256 SigningLink.token_hash
        SignedSheet.content_sha256
        Suggestion.code_hash ManagerLink.token_hash NeedsLink.token_hash PublicNotice.code""",
    "what kind of failure it was, never content": "Document.error Export.error MatchRun.error Message.error Report.error",
    "the people's ids and a reason's key": "MatchRun.unmatched",
    "ids of responses": "Document.sources",
    "made of addresses and dates": "Export.filename",
    "made of the first letters of a title": "Article.key HandbookEdit.part",
}
WITHOUT_CANARY = {name for names in NOT_WRITTEN.values() for name in names.split()}


def _rows(worlds: Any, model: type[models.Model]) -> list[models.Model]:
    with tenant_scope(worlds.ours.organisation):
        return list(model.objects.all())


@pytest.mark.parametrize("model", TENANT_MODELS, ids=lambda model: model._meta.label)
def test_every_table_has_a_row_and_every_text_column_a_canary(worlds, model):
    rows = _rows(worlds, model)
    assert rows, f"Nothing of {model._meta.label} could leak: give tests/rich a row of it."
    texts = [field for field in model._meta.concrete_fields if isinstance(field, TEXTS) and not field.choices]
    bare = {f"{model._meta.object_name}.{field.name}" for field in texts if not _has_canary(worlds, rows, field)}
    assert bare - WITHOUT_CANARY == set(), "No canary stands in these columns: write one in tests/rich."
    assert not {name for name in WITHOUT_CANARY if name.startswith(f"{model._meta.object_name}.")} - bare


def _has_canary(worlds: Any, rows: list[models.Model], field: models.Field) -> bool:
    return any(worlds.ours.marks.company in str(getattr(row, field.attname)).lower() for row in rows)


def test_every_canary_stands_somewhere_once(worlds):
    assert len(worlds.ours.marks.places) == len(set(worlds.ours.marks.places)) > 500
    assert not set(worlds.ours.marks.places) & set(worlds.theirs.marks.places)
