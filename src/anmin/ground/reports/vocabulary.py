"""In which formats a report is written, and how its numbers begin."""

from django.db import models


class ReportFormat(models.TextChoices):
    MARKDOWN = "md", "纯文本（Markdown）"
    HTML = "html", "网页"
    DOCX = "docx", "Word 文档"


SERIES = "总结"
"""Follows the mark of the authority: 海民总结〔2024〕1号."""
