"""Kinds of exports."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ExportKind(models.TextChoices):
    """What can be taken out of a programme."""

    XLSX = "xlsx", _("One Excel workbook")
    CSV = "csv", _("CSV files")
    PDF = "pdf", _("PDF documents")
    NAMELESS = "nameless", _("Answers without names")
