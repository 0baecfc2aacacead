"""Forms about temporary assistance and deliberation."""

from collections.abc import Sequence
from typing import Any

from django import forms

from anmin.lines.assistance.deliberation.vocabulary import ResolutionKind
from anmin.lines.assistance.temporary.vocabulary import Cause, Level
from anmin.web.payments.forms import YuanField

ALL = ("", "全部")


class AidFilter(forms.Form):
    """Which aid."""

    text = forms.CharField(label="姓名、办件编号", required=False)
    cause = forms.ChoiceField(label="困难原因", choices=[ALL, *Cause.choices], required=False)
    level = forms.ChoiceField(label="由谁决定", choices=[ALL, *Level.choices], required=False)
    since = forms.DateField(label="自", required=False)
    until = forms.DateField(label="至", required=False)

    def __init__(self, *args: Any, towns: Sequence[Any], **options: Any) -> None:
        super().__init__(*args, **options)
        if len(towns) > 1:
            choices = [ALL, *((str(town.pk), town.name) for town in towns)]
            self.fields["town"] = forms.ChoiceField(label="镇（街道）", choices=choices, required=False)


class AllocateForm(forms.Form):
    """Money handed down to a town."""

    town = forms.ChoiceField(label="镇（街道）")
    amount = YuanField(label="下拨金额")
    document = forms.CharField(label="依据文件或拨款单", max_length=120)
    allocated_on = forms.DateField(label="下拨日期")
    note = forms.CharField(label="备注", max_length=200, required=False)

    def __init__(self, *args: Any, towns: Sequence[Any], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["town"].choices = [(str(town.pk), town.name) for town in towns]  # type: ignore[attr-defined]  # a ChoiceField


class ResolutionFilter(forms.Form):
    """Which decisions of panels."""

    kind = forms.ChoiceField(label="决定事项", choices=[ALL, *ResolutionKind.choices], required=False)
    agreed = forms.ChoiceField(label="结论", choices=[ALL, ("yes", "同意"), ("no", "不同意")], required=False)
    due = forms.BooleanField(label="待复核", required=False)


class RaiseForm(forms.Form):
    """The case that a rule stands in the way of."""

    about = forms.CharField(
        label="被规定挡住的办件编号", max_length=40, widget=forms.TextInput(attrs={"placeholder": "如 LSJ2024000001"})
    )
