"""Forms about rolls, the bank's files and recoveries."""

from collections.abc import Sequence
from typing import Any

from django import forms

from anmin.base.errors import BadValue
from anmin.base.money import parse_yuan
from anmin.base.periods import Month
from anmin.ground.entitlements.benefits import BENEFITS
from anmin.ground.payments.vocabulary import ChangeState, LineKind, NoticeKind, PaymentState, RollState

ALL = ("", "全部")
KINDS_OF_CHANGE = {"entered": "新增", "left": "退出", "raised": "调增", "lowered": "调减"}


class YuanField(forms.CharField):
    """An amount in yuan; whole fen once cleaned."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("widget", forms.TextInput(attrs={"inputmode": "decimal"}))
        super().__init__(**options)

    def to_python(self, value: object) -> int | None:  # type: ignore[override]  # an amount is not text
        text = super().to_python(value)
        if not text:
            return None
        try:
            return parse_yuan(text)
        except BadValue as error:
            raise forms.ValidationError(error.message) from error


class RollFilter(forms.Form):
    """Which rolls."""

    year = forms.ChoiceField(label="年份", required=False)
    benefit = forms.ChoiceField(label="待遇", required=False)
    state = forms.ChoiceField(label="状态", choices=[ALL, *RollState.choices], required=False)

    def __init__(self, *args: Any, years: Sequence[int], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["year"].choices = [ALL, *((str(year), f"{year}年") for year in years)]  # type: ignore[attr-defined]  # a ChoiceField
        self.fields["benefit"].choices = [ALL, *_benefits()]  # type: ignore[attr-defined]  # both are ChoiceFields


class GenerateForm(forms.Form):
    """The roll to be generated."""

    benefit = forms.ChoiceField(label="待遇")
    month = forms.ChoiceField(label="月份")

    def __init__(self, *args: Any, months: Sequence[Month], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["benefit"].choices = _benefits()  # type: ignore[attr-defined]  # both are ChoiceFields
        self.fields["month"].choices = [(str(month), month.label) for month in months]  # type: ignore[attr-defined]  # likewise


class DiscardForm(forms.Form):
    """Why a roll is thrown away."""

    reason = forms.CharField(label="作废原因", max_length=200, widget=forms.Textarea(attrs={"rows": 2}))


class _InTown(forms.Form):
    def __init__(self, *args: Any, towns: Sequence[Any], **options: Any) -> None:
        super().__init__(*args, **options)
        if len(towns) > 1:
            choices = [ALL, *((town.path, town.name) for town in towns)]
            self.fields["town"] = forms.ChoiceField(label="镇（街道）", choices=choices, required=False)


class LineFilter(_InTown):
    """Which lines of a roll."""

    search = forms.CharField(label="姓名、编号", required=False)
    kind = forms.ChoiceField(label="类别", choices=[ALL, *LineKind.choices], required=False)


class ChangeFilter(forms.Form):
    """Which changes against last month."""

    search = forms.CharField(label="姓名、编号", required=False)
    kind = forms.ChoiceField(label="变动", choices=[ALL, *KINDS_OF_CHANGE.items()], required=False)


class NoticeFilter(forms.Form):
    """Which notices of a roll."""

    kind = forms.ChoiceField(label="事项", choices=[ALL, *NoticeKind.choices], required=False)


class PaymentFilter(_InTown):
    """Which payments."""

    search = forms.CharField(label="姓名、编号", required=False)
    benefit = forms.ChoiceField(label="待遇", required=False)
    month = forms.ChoiceField(label="名册月份", required=False)
    state = forms.ChoiceField(label="状态", choices=[ALL, *PaymentState.choices], required=False)

    def __init__(self, *args: Any, months: Sequence[str], **options: Any) -> None:
        super().__init__(*args, **options)
        choices = [ALL, *((month, Month.parse(month).label) for month in months)]
        self.fields["month"].choices = choices  # type: ignore[attr-defined]  # a ChoiceField
        self.fields["benefit"].choices = [ALL, *_benefits()]  # type: ignore[attr-defined]  # likewise


class ReturnForm(forms.Form):
    """The bank's answer."""

    file = forms.FileField(label="银行回盘文件", help_text="CSV 或 XLSX，须有“参考号”“结果”“原因”三列，可另有“金额”“入账日期”")


class ReleaseForm(forms.Form):
    """What was mended before a payment goes out again."""

    note = forms.CharField(
        label="更正了什么", max_length=200, help_text="如：更换账号、更换领款人。先在人员档案中更正，再重新发放。"
    )


class RecoveryFilter(_InTown):
    """Which recoveries."""

    state = forms.ChoiceField(label="状态", choices=[("", "未结清"), ("all", "全部")], required=False)


class RepayForm(forms.Form):
    """Money that a family paid back."""

    amount = YuanField(label="退回金额")
    note = forms.CharField(label="说明", max_length=200, required=False, help_text="如：缴款凭证号。")


def _benefits() -> list[tuple[str, str]]:
    return [(address, benefit.label) for address, benefit in BENEFITS.items() if benefit.pays]


class PayoutFilter(forms.Form):
    """Which changes of account or payee; without an answer those that wait."""

    search = forms.CharField(label="姓名、待遇编号", required=False)
    state = forms.ChoiceField(label="状态", choices=[("", "待确认"), *ChangeState.choices[1:], ("all", "全部")], required=False)


class SettleForm(forms.Form):
    """What the second person says of a change."""

    verdict = forms.ChoiceField(
        label="核对结果",
        choices=[(ChangeState.CONFIRMED.value, "确认变更"), (ChangeState.REFUSED.value, "不予确认，恢复原来的情况")],
        widget=forms.RadioSelect,
    )
    note = forms.CharField(label="说明", max_length=200, required=False, help_text="不予确认的，请写明原因。")
