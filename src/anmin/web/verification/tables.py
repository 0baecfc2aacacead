"""The lists of verification: letters, deliveries, requests and inquiries, doubtful matches, findings, reports."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from anmin.ground.verification.sources import SOURCES
from anmin.ground.verification.vocabulary import (
    ConsentState,
    FindingKind,
    FindingState,
    Freshness,
    Occasion,
    SignedAs,
    Tier,
    VerificationResult,
)
from anmin.web.columns import BadgeColumn, Column, DayColumn, LinkColumn, MoneyColumn, NumberColumn, Table
from anmin.web.verification.tabs import CONSENT_TONES, FINDING_TONES, FRESHNESS_TONES, RESULT_TONES, with_labels

_NAME = {"td": {"class": "is-name"}}
# On a wide screen: never broken, room for a few words, room for a sentence.
_SHORT, _WORDED, _TOLD = ({"td": {"class": name}} for name in ("is-short", "is-worded", "is-told"))


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
    newest = DayColumn(verbose_name="最新截至日期", empty_values=())
    age = NumberColumn(verbose_name="已过（天）")
    freshness = BadgeColumn(verbose_name="状态", labels=dict(Freshness.choices), tones=FRESHNESS_TONES)
    deliveries = NumberColumn(verbose_name="留存批次")

    class Meta:
        attrs: ClassVar = {"label": "核对数据源"}
        row_attrs: ClassVar = {"data-href": source_url}

    def render_newest(self, record: dict[str, Any]) -> str:
        """The day of the whole, and of what came of it since."""
        whole = f"{record['newest']:%Y-%m-%d}" if record["newest"] else "—"
        part = record["part"]
        return format_html("{}<br>部分数据 {}", whole, f"{part:%Y-%m-%d}") if part else whole

    def value_newest(self, record: dict[str, Any]) -> str:
        words = [
            f"{record['newest']:%Y-%m-%d}" if record["newest"] else "",
            f"部分数据{record['part']}" if record["part"] else "",
        ]
        return "；".join(word for word in words if word)


class DeliveryTable(Table):
    """What departments delivered."""

    source = Column(verbose_name="数据源")
    file_name = LinkColumn(verbose_name="文件", href=delivery_url, attrs=_NAME)
    department = Column(verbose_name="报送部门")
    as_of = DayColumn(verbose_name="数据截至")
    partial = Column(verbose_name="范围")
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

    def render_partial(self, value: bool) -> str:
        return "部分数据" if value else "全量数据"

    value_partial = render_partial

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


def finding_url(record: Any) -> str:
    return reverse("finding", args=[record.pk])


def inquiry_url(record: Any) -> str:
    return reverse("inquiry", args=[record.number])


def family_url(record: Any) -> str:
    return reverse("family-verification", args=[record.household_id])


def report_url(record: Any) -> str:
    return reverse("verification-report", args=[record.number])


class FindingTable(Table):
    """Findings, each with what was declared, what was found, and what it would change."""

    person = LinkColumn(accessor="person__name", verbose_name="姓名", href=finding_url, attrs=_SHORT)
    household = Column(accessor="household__number", verbose_name="家庭")
    town = Column(accessor="area__parent__name", verbose_name="镇（街道）", order_by="area__path", attrs=_SHORT)
    kind = Column(verbose_name="情形", attrs=_WORDED)
    declared = Column(verbose_name="申报", orderable=False, attrs=_WORDED)
    found = Column(verbose_name="发现", orderable=False, attrs=_TOLD)
    amount_before = MoneyColumn(verbose_name="月金额（元）")
    amount_after = MoneyColumn(verbose_name="属实后（元）")
    state = BadgeColumn(verbose_name="状态", labels=dict(FindingState.choices), tones=with_labels(FindingState, FINDING_TONES))
    reply_due_on = DayColumn(verbose_name="说明期限")

    class Meta:
        attrs: ClassVar = {"label": "核对发现"}
        row_attrs: ClassVar = {"data-href": finding_url}
        empty_text = "没有符合条件的核对发现。"

    def value_kind(self, value: str) -> str:
        return str(dict(FindingKind.choices).get(value, value))

    render_kind = value_kind


class HitTable(Table):
    """Doubtful matches, for a file."""

    person = Column(accessor="person__name", verbose_name="姓名")
    mask = Column(accessor="person__identity_mask", verbose_name="身份证号")
    source = Column(verbose_name="数据源")
    department = Column(accessor="extract__department", verbose_name="报送部门")
    as_of = DayColumn(accessor="extract__as_of", verbose_name="数据截至")
    points = NumberColumn(verbose_name="符合程度（分）")
    inquiry = Column(accessor="inquiry__number", verbose_name="核对任务")

    class Meta:
        attrs: ClassVar = {"label": "待辨认"}

    def value_source(self, value: str) -> str:
        return SOURCES[value].label


class LookedAtTable(HitTable):
    """Records of which somebody has said whose they are, for a file."""

    tier = Column(verbose_name="辨认")
    identified_by = Column(accessor="identified_by__name", verbose_name="辨认人", default="系统")
    identified_on = DayColumn(verbose_name="辨认日期")
    identified_because = Column(verbose_name="理由")

    class Meta:
        attrs: ClassVar = {"label": "已辨认"}

    def value_tier(self, record: Any) -> str:
        return "不是本人" if record.tier == Tier.NOT_THE_PERSON else "是本人"


class RequestTable(Table):
    """What cases have asked for."""

    household = LinkColumn(accessor="household__number", verbose_name="家庭", href=family_url, attrs=_NAME)
    head = Column(accessor="household__head__name", verbose_name="户主")
    area = Column(accessor="area__name", verbose_name="所在地")
    occasion = Column(verbose_name="事由")
    persons = NumberColumn(verbose_name="人数")
    requested_on = DayColumn(verbose_name="提请日期")
    requested_by = Column(accessor="requested_by__name", verbose_name="提请人", default="系统")

    class Meta:
        attrs: ClassVar = {"label": "待核对的请求"}
        row_attrs: ClassVar = {"data-href": family_url}
        empty_text = "没有待核对的请求。"

    def value_occasion(self, value: str) -> str:
        return str(dict(Occasion.choices).get(value, value))

    render_occasion = value_occasion


class InquiryTable(Table):
    """What was asked, when, why."""

    number = LinkColumn(verbose_name="编号", href=inquiry_url, attrs=_NAME)
    occasion = Column(verbose_name="事由", attrs=_SHORT)
    area = Column(accessor="area__name", verbose_name="范围", attrs=_SHORT)
    ground = Column(verbose_name="依据", orderable=False)
    asked_on = DayColumn(verbose_name="发起日期")
    asked_by = Column(accessor="asked_by__name", verbose_name="发起人", default="系统")
    done_on = DayColumn(verbose_name="完成日期")

    class Meta:
        attrs: ClassVar = {"label": "核对任务"}
        row_attrs: ClassVar = {"data-href": inquiry_url}
        empty_text = "没有符合条件的核对任务。"

    def value_occasion(self, value: str) -> str:
        return str(dict(Occasion.choices).get(value, value))

    render_occasion = value_occasion


class ReportTable(Table):
    """Reports on households."""

    number = LinkColumn(verbose_name="编号", href=report_url, attrs=_NAME)
    head = Column(accessor="household__head__name", verbose_name="户主")
    household = Column(accessor="household__number", verbose_name="家庭")
    town = Column(accessor="area__parent__name", verbose_name="镇（街道）", order_by="area__path")
    result = BadgeColumn(
        verbose_name="结论", labels=dict(VerificationResult.choices), tones=with_labels(VerificationResult, RESULT_TONES)
    )
    issued_on = DayColumn(verbose_name="出具日期")
    valid_until = DayColumn(verbose_name="有效期至")
    issued_by = Column(accessor="issued_by__name", verbose_name="出具人", default="系统")

    class Meta:
        attrs: ClassVar = {"label": "核对报告"}
        row_attrs: ClassVar = {"data-href": report_url}
        empty_text = "没有符合条件的核对报告。"


class WatchTable(FindingTable):
    """What the watched sources said, each with the review that is under way."""

    on = DayColumn(accessor="inquiry__asked_on", verbose_name="监测日期")
    review = Column(accessor="household_id", verbose_name="在办复核", orderable=False)

    class Meta:
        attrs: ClassVar = {"label": "动态监测"}
        row_attrs: ClassVar = {"data-href": finding_url}
        exclude = ("declared", "amount_before", "amount_after", "reply_due_on")
        sequence = ("person", "household", "town", "kind", "found", "on", "state", "review")
        empty_text = "没有符合条件的监测发现。"

    reviews: ClassVar[Mapping[int, str]] = {}
    """Numbers of the cases under way, by household; set on the table before it is shown."""

    def render_review(self, value: int) -> SafeString | str:
        number = self.reviews.get(value)
        return format_html('<a href="{}">{}</a>', reverse("case", args=[number]), number) if number else "—"

    def value_review(self, value: int) -> str:
        return self.reviews.get(value, "")
