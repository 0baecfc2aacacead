"""The lists of letters and deliveries."""

from typing import Any, ClassVar

from django.urls import reverse

from anmin.ground.verification.sources import SOURCES
from anmin.ground.verification.vocabulary import ConsentState, Freshness, SignedAs
from anmin.web.columns import BadgeColumn, Column, DayColumn, LinkColumn, NumberColumn, Table
from anmin.web.verification.tabs import CONSENT_TONES, FRESHNESS_TONES

_NAME = {"td": {"class": "is-name"}}


def consent_url(record: Any) -> str:
    return reverse("consent", args=[record.pk])


def delivery_url(record: Any) -> str:
    return reverse("delivery", args=[record.pk])


def source_url(record: Any) -> str:
    return reverse("deliveries") + f"?source={record['id']}"


def sources_words(names: list[str]) -> str:
    """What a letter covers, in few words."""
    return f"全部 {len(names)} 项" if set(names) >= set(SOURCES) else f"{len(names)} 项"


class ConsentTable(Table):
    """Letters, each with where it stands today."""

    person = LinkColumn(accessor="person__name", verbose_name="姓名", href=consent_url, attrs=_NAME)
    mask = Column(accessor="person__identity_mask", verbose_name="身份证号", orderable=False)
    town = Column(accessor="person__area__parent__name", verbose_name="镇（街道）", order_by="person__area__path")
    village = Column(accessor="person__area__name", verbose_name="村（社区）", order_by="person__area__path")
    signed_as = Column(verbose_name="签署")
    sources = Column(verbose_name="可查询", orderable=False)
    valid_from = DayColumn(verbose_name="签署日期")
    valid_until = DayColumn(verbose_name="有效期至")
    state = BadgeColumn(verbose_name="状态", labels=dict(ConsentState.choices), tones=CONSENT_TONES, orderable=False)

    class Meta:
        attrs: ClassVar = {"label": "核对授权书"}
        row_attrs: ClassVar = {"data-href": consent_url}
        empty_text = "没有符合条件的授权书。"

    def render_signed_as(self, value: str, record: Any) -> str:
        return self.value_signed_as(value, record)

    def value_signed_as(self, value: str, record: Any) -> str:
        return "本人" if record.signed_as == SignedAs.SELF else f"监护人{record.signed_by.name}"

    def render_sources(self, value: list[str]) -> str:
        return sources_words(value)

    def value_sources(self, value: list[str]) -> str:
        return "、".join(SOURCES[name].label for name in value if name in SOURCES)


class SourceTable(Table):
    """Declared sources, each with how fresh its newest delivery is."""

    label = LinkColumn(verbose_name="数据源", href=source_url, attrs=_NAME)
    department = Column(verbose_name="主管部门")
    proves = Column(verbose_name="证明内容", orderable=False)
    basis = Column(verbose_name="法定依据", orderable=False)
    limit = NumberColumn(verbose_name="时效（天）")
    newest = DayColumn(verbose_name="最新截至日期")
    age = NumberColumn(verbose_name="已过（天）")
    freshness = BadgeColumn(verbose_name="状态", labels=dict(Freshness.choices), tones=FRESHNESS_TONES)
    deliveries = NumberColumn(verbose_name="留存批次")

    class Meta:
        attrs: ClassVar = {"label": "核对数据源"}
        row_attrs: ClassVar = {"data-href": source_url}


class DeliveryTable(Table):
    """What departments delivered."""

    source = Column(verbose_name="数据源")
    file_name = LinkColumn(verbose_name="文件", href=delivery_url, attrs=_NAME)
    department = Column(verbose_name="报送部门")
    as_of = DayColumn(verbose_name="数据截至")
    rows = NumberColumn(verbose_name="行数")
    received_on = DayColumn(verbose_name="接收日期")
    received_by = Column(accessor="received_by__name", verbose_name="接收人", default="系统")
    keep_until = DayColumn(verbose_name="保存至")
    deleted_on = DayColumn(verbose_name="删除日期")

    class Meta:
        attrs: ClassVar = {"label": "接收记录"}
        row_attrs: ClassVar = {"data-href": delivery_url}
        sequence = ("file_name", "source", "...")
        empty_text = "没有符合条件的接收记录。"

    def render_source(self, value: str) -> str:
        return SOURCES[value].label if value in SOURCES else value

    value_source = render_source


class FaultTable(Table):
    """What is to be mended in a department's file."""

    row = NumberColumn(verbose_name="行号")
    field = Column(verbose_name="列")
    said = Column(verbose_name="问题")

    class Meta:
        attrs: ClassVar = {"label": "需要改正的内容"}
