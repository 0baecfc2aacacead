"""Forms about home checks."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms

from anmin.base.periods import Month
from anmin.lines.assistance.dibao.vocabulary import LivingConditions
from anmin.lines.assistance.homechecks.reports import Report
from anmin.lines.assistance.homechecks.vocabulary import REGISTERS, Change, PlanState, VisitResult

ALL = ("", "全部")
MANY_COLLEAGUES = 12


class PlansFilter(forms.Form):
    """Which rounds."""

    state = forms.ChoiceField(label="状态", choices=[ALL, *PlanState.choices], required=False)


class PlanForm(forms.Form):
    """A round to be planned."""

    title = forms.CharField(label="核查名称", max_length=60, help_text="如“2024年上半年入户核查”。")
    area = forms.TypedChoiceField(label="核查范围", coerce=int)
    benefits = forms.MultipleChoiceField(
        label="核查对象", choices=list(REGISTERS.items()), widget=forms.CheckboxSelectMultiple, initial=list(REGISTERS)[:2]
    )
    rostered_on = forms.DateField(label="名册日期", help_text="以这一天的在享记录为准，提交即冻结名册。")
    villages = forms.IntegerField(label="抽取村（社区）个数", min_value=1)
    households = forms.IntegerField(label="每村抽取户数", min_value=1, required=False, help_text="不填即核查村内全部在册家庭。")
    starts_on = forms.DateField(label="开始日期")
    due_on = forms.DateField(label="完成期限")
    document = forms.CharField(label="依据文件", max_length=120, required=False)

    def __init__(self, *args: Any, areas: Sequence[Any], on: date, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["area"].choices = [(each.pk, each.name) for each in areas]  # type: ignore[attr-defined]  # a ChoiceField
        month = Month.from_date(on)
        self.initial = {"rostered_on": on, "starts_on": on, "due_on": (month + 1).last_day, **self.initial}


class SeedForm(forms.Form):
    """The seed, and where it comes from."""

    seed = forms.CharField(label="抽取种子", max_length=60, help_text="公开产生、事先无法预知的数字或文字，登记后不能更改。")
    seed_source = forms.CharField(label="种子来源", max_length=120, help_text="如“福彩双色球第2024051期开奖号码”。")


class ReasonForm(forms.Form):
    """Why."""

    reason = forms.CharField(label="原因", max_length=200)


class ChecksFilter(forms.Form):
    """Which households of a round."""

    text = forms.CharField(label="户主、户编号", required=False)
    result = forms.ChoiceField(
        label="结果", choices=[ALL, ("none", "未走访"), ("overdue", "已逾期"), *VisitResult.choices], required=False
    )

    def __init__(self, *args: Any, towns: Sequence[Any], **options: Any) -> None:
        super().__init__(*args, **options)
        if len(towns) > 1:
            choices = [ALL, *((town.path, town.name) for town in towns)]
            self.fields["town"] = forms.ChoiceField(label="镇（街道）", choices=choices, required=False)


class VisitForm(forms.Form):
    """What two visitors found; one column on a phone, big choices."""

    visited_on = forms.DateField(label="入户日期")
    result = forms.ChoiceField(label="核查结果", choices=VisitResult.choices, widget=forms.RadioSelect)
    changes = forms.MultipleChoiceField(
        label="有变化的方面", choices=Change.choices, widget=forms.CheckboxSelectMultiple, required=False
    )
    conditions = forms.MultipleChoiceField(
        label="居住和生活状况", choices=LivingConditions.choices, widget=forms.CheckboxSelectMultiple, required=False
    )
    findings = forms.CharField(
        label="走访情况",
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="有变化的必须写明。",
    )
    visitors = forms.TypedMultipleChoiceField(label="走访人员（工作人员）", coerce=int)
    other_visitor = forms.CharField(label="参加走访的村（居）工作人员", max_length=60, required=False)

    def __init__(self, *args: Any, staff: Sequence[tuple[int, str]], on: date, me: int | None, **options: Any) -> None:
        super().__init__(*args, **options)
        many = len(staff) > MANY_COLLEAGUES
        widget = forms.SelectMultiple(attrs={"data-searchable": ""}) if many else forms.CheckboxSelectMultiple()
        field = self.fields["visitors"]
        field.widget = widget
        field.choices = list(staff)  # type: ignore[attr-defined]  # a ChoiceField
        mine = [me] if me in {key for key, _ in staff} else []
        self.initial = {"visited_on": on, "visitors": mine, **self.initial}

    def clean_visitors(self) -> list[int]:
        chosen: list[int] = self.cleaned_data["visitors"]
        if len(chosen) > 2:
            raise forms.ValidationError("工作人员最多选两名，其他参加的人写在下一项。")
        return chosen

    @property
    def report(self) -> Report:
        told = self.cleaned_data
        staff = told["visitors"]
        return Report(
            visited_on=told["visited_on"],
            visitor_id=staff[0],
            second_visitor_id=staff[1] if len(staff) > 1 else None,
            other_visitor=told["other_visitor"],
            result=told["result"],
            changes=tuple(told["changes"]),
            conditions=tuple(told["conditions"]),
            findings=told["findings"],
        )
