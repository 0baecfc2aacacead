"""The lists of the policy browser."""

from typing import Any, ClassVar

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from anmin.ground.policy.queries import Figure, RuleCard
from anmin.web.columns import BadgeColumn, Column, DayColumn, LinkColumn, Table

CONFIDENCE_TONES = {"stated": "success", "general": "info", "assumed": "warning"}
OUTCOME_TONES = {"符合条件": "success", "不符合条件": "danger", "暂不能认定": "warning"}
SEVERITY_TONES = {"不符合": "danger", "提示": "warning", "说明": "info"}

_NAME = {"td": {"class": "is-name"}}
_RIGHT = {kind: {"class": "is-number"} for kind in ("th", "td")}


def figure_url(record: Figure) -> str:
    return reverse("policy-figure", args=[record.address])


def rule_url(record: RuleCard) -> str:
    return reverse("policy-rule", args=[record.programme, record.name])


def confidence_tone(record: Any) -> str:
    """The tone of how well the value in force is founded."""
    return CONFIDENCE_TONES[record.current.entry.confidence] if record.current else "neutral"


class FigureTable(Table):
    """The figures of the law with the value in force."""

    label = LinkColumn(verbose_name="名称", href=figure_url, attrs=_NAME)
    value = Column(accessor="current__shown", verbose_name="数值", orderable=False)
    since = DayColumn(accessor="current__entry__valid_from", verbose_name="执行日期")
    document = Column(accessor="current__entry__document", verbose_name="文件依据")
    confidence = BadgeColumn(accessor="current__confidence", verbose_name="依据情况", tones=confidence_tone)

    class Meta:
        attrs: ClassVar = {"label": "政策标准"}
        row_attrs: ClassVar = {"data-href": figure_url}


class FigureExport(Table):
    """All that is to be said of the figures, for a spreadsheet."""

    programme = Column(accessor="programme_label", verbose_name="业务")
    purpose = Column(verbose_name="用途")
    label = Column(verbose_name="名称")
    value = Column(accessor="current__shown", verbose_name="数值")
    since = Column(accessor="current__entry__valid_from", verbose_name="执行日期")
    issuer = Column(accessor="current__issuer", verbose_name="制定机关")
    document = Column(accessor="current__entry__document", verbose_name="文件依据")
    published = Column(accessor="current__entry__published", verbose_name="公布日期")
    confidence = Column(accessor="current__confidence", verbose_name="依据情况")
    note = Column(accessor="current__entry__note", verbose_name="说明")


class ValueTable(Table):
    """Every dated value, for reading and for a spreadsheet."""

    label = LinkColumn(verbose_name="名称", href=lambda record: str(record["href"]), attrs=_NAME)
    programme = Column(verbose_name="业务")
    value = Column(verbose_name="数值", orderable=False)
    valid_from = DayColumn(verbose_name="起")
    valid_until = DayColumn(verbose_name="止")
    document = Column(verbose_name="文件依据")
    issuer = Column(verbose_name="制定机关")
    published = DayColumn(verbose_name="公布日期")
    confidence = BadgeColumn(verbose_name="依据情况", tones=lambda record: str(record["tone"]))

    class Meta:
        attrs: ClassVar = {"label": "政策参数"}
        row_attrs: ClassVar = {"data-href": lambda record: record["href"]}


class RelationTable(Table):
    """What is between two benefits of one person, on which paper."""

    first = Column(verbose_name="待遇", attrs=_NAME)
    second = Column(verbose_name="与之相对的待遇")
    relation = BadgeColumn(verbose_name="关系", tones=lambda record: str(record["relation_tone"]))
    note = Column(verbose_name="说明", orderable=False)
    valid_from = DayColumn(verbose_name="执行日期")
    document = Column(verbose_name="文件依据")
    confidence = BadgeColumn(verbose_name="依据情况", tones=lambda record: str(record["tone"]))

    class Meta:
        attrs: ClassVar = {"label": "待遇之间的关系"}


def story_url(record: Any) -> str:
    return str(record["href"])


class StoryTable(Table):
    """The worked cases of a programme."""

    title = LinkColumn(verbose_name="算例", href=story_url, attrs=_NAME)
    text = Column(verbose_name="故事", orderable=False)
    month = Column(verbose_name="月份", attrs={"td": {"class": "is-date"}}, orderable=False)
    outcome = BadgeColumn(verbose_name="结论", tones=OUTCOME_TONES)
    amount = Column(verbose_name="月保障金额", attrs=_RIGHT, orderable=False)

    class Meta:
        attrs: ClassVar = {"label": "算例"}
        row_attrs: ClassVar = {"data-href": story_url}


class RuleTable(Table):
    """The rules of a programme in the order in which they are reckoned."""

    label = LinkColumn(accessor="card__label", verbose_name="规则", href=rule_url, attrs=_NAME)
    level = Column(accessor="card__level", verbose_name="计算对象")
    formula = Column(accessor="card__formula", verbose_name="公式", orderable=False)
    source = Column(accessor="card__source", verbose_name="条文依据")

    class Meta:
        attrs: ClassVar = {"label": "计算规则"}
        row_attrs: ClassVar = {"data-href": rule_url}

    def render_label(self, value: str, record: RuleCard) -> SafeString:
        """Return the link, with how serious the finding is where the rule makes one."""
        severity = record.card.severity
        badge = BadgeColumn(tones=SEVERITY_TONES).render(severity, record) if severity else ""
        return format_html('<a href="{}">{}</a> {}', rule_url(record), value, badge)

    def value_label(self, value: str) -> str:
        """Return the name alone for a spreadsheet."""
        return value
