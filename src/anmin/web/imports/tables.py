"""The lists of files and of what is to be mended in one of them."""

import re
from dataclasses import dataclass
from typing import Any, ClassVar

from django.urls import reverse

from anmin.ground.imports.forms import labels
from anmin.ground.imports.vocabulary import ImportState
from anmin.web.columns import BadgeColumn, Column, DayColumn, LinkColumn, NumberColumn, Table

STATE_TONES = {ImportState.LOADED: "success", ImportState.REFUSED: "danger"}
_SENTENCE = re.compile(r"第 (?P<row>\d+) 行(?:“(?P<field>[^”]+)”)?：(?P<said>.*)", re.DOTALL)


def batch_url(record: Any) -> str:
    return reverse("import-batch", args=[record.pk])


class BatchTable(Table):
    """What was brought, and what became of it."""

    file_name = LinkColumn(verbose_name="文件", href=batch_url)
    form = Column(verbose_name="表格")
    state = BadgeColumn(verbose_name="结果", tones=lambda batch: STATE_TONES[ImportState(batch.state)])
    rows = NumberColumn(verbose_name="行数")
    problem_count = NumberColumn(verbose_name="需修改")
    brought_by = Column(verbose_name="导入人", accessor="brought_by__name", default="系统")
    brought_on = DayColumn(verbose_name="导入日期")

    class Meta:
        attrs: ClassVar = {"label": "数据导入"}
        row_attrs: ClassVar = {"data-href": batch_url}

    def render_form(self, value: str) -> str:
        """Return what the form is called."""
        return labels().get(value, value)

    def value_form(self, value: str) -> str:
        """Return what the form is called."""
        return labels().get(value, value)


@dataclass(frozen=True)
class Problem:
    """One thing to mend: the row as the spreadsheet shows it, the column, what is wrong. Neither where the whole file is."""

    row: int | None
    field: str
    said: str


def problems(sentences: list[str]) -> list[Problem]:
    """The sentences of a refused file, taken apart for a table: what is wrong with the whole file first, then row by row."""
    found = []
    for sentence in sentences:
        parts = _SENTENCE.fullmatch(sentence)
        found.append(Problem(int(parts["row"]), parts["field"] or "", parts["said"]) if parts else Problem(None, "", sentence))
    return sorted(found, key=lambda each: each.row or 0)


class ProblemTable(Table):
    """What is to be mended, row by row."""

    row = NumberColumn(verbose_name="行号")
    field = Column(verbose_name="列")
    said = Column(verbose_name="问题")

    class Meta:
        attrs: ClassVar = {"label": "需要修改的内容"}
