"""Filters of findings and doubtful matches, and the forms of what people do about them."""

from collections.abc import Mapping
from typing import Any

from django import forms

from anmin.ground.verification.sources import SOURCES
from anmin.ground.verification.vocabulary import DECIDED, FindingKind, FindingState
from anmin.web.handing_in import SmallFileForm
from anmin.web.verification.forms import ALL, TownFilter

WAITING, OVERDUE = "waiting", "overdue"
_STATES = ((WAITING, "未办结"), (OVERDUE, "说明期限已过"))
EFFECTS = (
    ("ends", "不再符合条件"),
    ("less", "金额减少"),
    ("same", "金额不变"),
    ("more", "金额增加"),
    ("unknown", "未能测算"),
)


class FindingFilter(TownFilter):
    """Which findings."""

    text = forms.CharField(label="姓名、家庭或核对编号", required=False)
    state = forms.ChoiceField(
        label="状态", choices=[ALL, (WAITING, "未办结"), (OVERDUE, "说明期限已过"), *FindingState.choices], required=False
    )
    kind = forms.ChoiceField(label="情形", choices=[ALL, *FindingKind.choices], required=False)
    effect = forms.ChoiceField(label="对金额的影响", choices=[ALL, *EFFECTS], required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.order_fields(["text", "town", "state", "kind", "effect"])


class HitFilter(forms.Form):
    """Which doubtful matches."""

    text = forms.CharField(label="姓名", required=False)
    source = forms.ChoiceField(
        label="数据源", choices=[ALL, *((name, source.label) for name, source in SOURCES.items())], required=False
    )


class IdentifyForm(forms.Form):
    """Whether a record is the person's, and why one thinks so."""

    is_person = forms.ChoiceField(label="辨认", choices=[("yes", "是本人"), ("no", "不是本人")], widget=forms.RadioSelect)
    reason = forms.CharField(label="理由", max_length=200)


class LookAgainForm(forms.Form):
    """Why what was said of a record no longer holds."""

    reason = forms.CharField(label="理由", max_length=200)


class WhyForm(forms.Form):
    """Why, at some length."""

    reason = forms.CharField(label="理由", max_length=500, widget=forms.Textarea(attrs={"rows": 3}))


class AskForm(WhyForm):
    """What the family is asked."""

    reason = forms.CharField(
        label="请家庭说明的内容",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="写明发现了什么、需要说明什么。",
    )


class EvidenceForm(SmallFileForm, WhyForm):
    """What the family said, with what it brought."""

    reason = forms.CharField(label="家庭的说明或异议", max_length=500, widget=forms.Textarea(attrs={"rows": 3}))
    file = forms.FileField(label="证明材料", required=False)


class ReopenForm(SmallFileForm, WhyForm):
    """Why a decided finding is looked at again, with what was brought."""

    file = forms.FileField(label="异议材料", required=False)


class ProposeForm(WhyForm):
    """What somebody who looked into it proposes."""

    proposal = forms.ChoiceField(
        label="处理意见", choices=[each for each in FindingState.choices if each[0] in DECIDED], widget=forms.RadioSelect
    )
    field_order = ("proposal", "reason")


class DecideForm(WhyForm):
    """The decision of another person."""

    decision = forms.ChoiceField(label="认定", widget=forms.RadioSelect)
    field_order = ("decision", "reason")

    def __init__(self, *args: Any, proposed: str, **options: Any) -> None:
        super().__init__(*args, **options)
        label = FindingState(proposed).label
        self.fields["decision"].choices = [("follow", f"同意，认定{label}"), ("return", "不同意，退回重新核实")]  # type: ignore[attr-defined]  # a ChoiceField


class SettleForm(WhyForm):
    """Which of two sources holds."""

    holds = forms.ChoiceField(label="采信", widget=forms.RadioSelect)
    field_order = ("holds", "reason")

    def __init__(self, *args: Any, sides: Mapping[str, str], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["holds"].choices = list(sides.items())  # type: ignore[attr-defined]  # a ChoiceField
