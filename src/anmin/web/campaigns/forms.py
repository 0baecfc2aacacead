"""Forms about campaigns and the supplementary insurance."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms

from anmin.base.errors import BadValue
from anmin.base.periods import Month
from anmin.lines.assistance.campaigns.vocabulary import Budget, CampaignKind, CampaignState, Group
from anmin.lines.assistance.supplementary.vocabulary import Layer
from anmin.web.payments.forms import YuanField

ALL = ("", "全部")


class MonthField(forms.CharField):
    """A month, written 2024-06."""

    def __init__(self, **options: Any) -> None:
        super().__init__(widget=forms.TextInput(attrs={"type": "month", "placeholder": "2024-06"}), **options)

    def to_python(self, value: object) -> Month | None:  # type: ignore[override]  # a month is not text
        text = super().to_python(value)
        if not text:
            return None
        try:
            return Month.parse(text)
        except BadValue as error:
            raise forms.ValidationError(error.message) from error


class CampaignsFilter(forms.Form):
    """Which campaigns."""

    kind = forms.ChoiceField(label="项目", choices=[ALL, *CampaignKind.choices], required=False)
    state = forms.ChoiceField(label="状态", choices=[ALL, *CampaignState.choices], required=False)


class ProposeForm(forms.Form):
    """A campaign to be prepared."""

    kind = forms.ChoiceField(label="项目", choices=CampaignKind.choices)
    occasion = forms.CharField(label="发放事由", max_length=40, help_text="如“2024年春节”；同一事由每人只发一次。")
    cutoff_on = forms.DateField(label="名册截止日", help_text="以这一天的在享记录为准，次日起可以冻结名册。")
    for_month = MonthField(label="标准所属月份", help_text="价格临时补贴为指数所属月份，其余与发放月份相同。")
    pay_month = MonthField(label="发放月份")
    document = forms.CharField(label="依据文件", max_length=120, required=False)

    def __init__(self, *args: Any, on: date, **options: Any) -> None:
        super().__init__(*args, **options)
        month = Month.from_date(on)
        self.initial = {"cutoff_on": (month - 1).last_day, "for_month": str(month), "pay_month": str(month), **self.initial}


class RowsFilter(forms.Form):
    """Which persons of a roster."""

    text = forms.CharField(label="姓名", required=False)
    group = forms.ChoiceField(label="类别", choices=[ALL, *Group.choices], required=False)
    mark = forms.ChoiceField(
        label="情形",
        choices=[ALL, ("left_out", "不予发放"), ("withheld", "缺发一部分"), ("gifts_open", "慰问品未领")],
        required=False,
    )

    def __init__(self, *args: Any, towns: Sequence[Any], **options: Any) -> None:
        super().__init__(*args, **options)
        if len(towns) > 1:
            choices = [ALL, *((town.path, town.name) for town in towns)]
            self.fields["town"] = forms.ChoiceField(label="镇（街道）", choices=choices, required=False)


class ReasonForm(forms.Form):
    """Why."""

    reason = forms.CharField(label="原因", max_length=100)


class WithholdForm(forms.Form):
    """Which budget's money is withheld, and why."""

    budget = forms.ChoiceField(label="资金来源", choices=Budget.choices)
    why = forms.CharField(label="不发的理由", max_length=100)

    def __init__(self, *args: Any, budgets: Sequence[str], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["budget"].choices = [each for each in Budget.choices if each[0] in budgets]  # type: ignore[attr-defined]  # a ChoiceField


class GiftForm(forms.Form):
    """Gifts handed over to all of the place who have none yet."""

    given_on = forms.DateField(label="发放日期")
    taken_by = forms.CharField(label="领取人", max_length=60, required=False, help_text="本人领取的不填。")


class PolicyForm(forms.Form):
    """The insurance of a year."""

    year = forms.IntegerField(label="保单年度", min_value=2020, max_value=2100)
    number = forms.CharField(label="保险单号", max_length=60)
    insurer = forms.CharField(label="承保公司", max_length=60)
    starts_on = forms.DateField(label="保险起期")
    ends_on = forms.DateField(label="保险止期")
    rostered_on = forms.DateField(label="名册截止日", help_text="以这一天在册的低收入人口为准。")
    premium = YuanField(label="每人保费", required=False, help_text="不填即按政策参数。")


class InsuredFilter(forms.Form):
    """Which of the insured."""

    text = forms.CharField(label="姓名", required=False)
    layer = forms.ChoiceField(label="类别", choices=[ALL, *Layer.choices], required=False)
    claimed = forms.BooleanField(label="有赔付", required=False)
