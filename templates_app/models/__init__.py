"""Handbooks, worksheets, what people wrote, and documents."""

from templates_app.models.article import Article
from templates_app.models.document import Document
from templates_app.models.handbook import Handbook, LoadedKit
from templates_app.models.picture import Picture
from templates_app.models.response import EarlierAnswers, Response, ResponseState, SideDraft
from templates_app.models.share import Share
from templates_app.models.template import Template, TemplateVersion
from templates_app.models.upload import Upload

__all__ = [
    "Article",
    "Document",
    "EarlierAnswers",
    "Handbook",
    "LoadedKit",
    "Picture",
    "Response",
    "ResponseState",
    "Share",
    "SideDraft",
    "Template",
    "TemplateVersion",
    "Upload",
]
