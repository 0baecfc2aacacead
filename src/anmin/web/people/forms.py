"""Filters of the lists."""

from typing import Any

from django import forms

from anmin.ground.entitlements.benefits import BENEFITS
from anmin.ground.people.vocabulary import HukouKind

ALL = ("", "全部")
ANY, NONE = "any", "none"
LIVING, DEAD = "living", "dead"
OPENED, CLOSED = "open", "closed"


class _TownFilter(forms.Form):
    text = forms.CharField(required=False)
    town = forms.ChoiceField(label="镇（街道）", required=False)

    def __init__(self, *args: Any, towns: list[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["town"].choices = [ALL, *towns]  # type: ignore[attr-defined]  # a choice field has choices
        held = [(address, f"享受{benefit.label}") for address, benefit in BENEFITS.items()]
        self.fields["benefit"].choices = [ALL, (ANY, "享受任一待遇"), (NONE, "未享受待遇"), *held]  # type: ignore[attr-defined]  # likewise


class PeopleFilter(_TownFilter):
    """Which persons."""

    text = forms.CharField(label="姓名、拼音首字母、证件号", required=False)
    hukou_kind = forms.ChoiceField(label="户籍", choices=[ALL, *HukouKind.choices], required=False)
    benefit = forms.ChoiceField(label="待遇", required=False)
    state = forms.ChoiceField(label="状态", choices=[ALL, (LIVING, "在世"), (DEAD, "已死亡")], required=False)


class HouseholdFilter(_TownFilter):
    """Which households."""

    text = forms.CharField(label="户编号、户主姓名", required=False)
    benefit = forms.ChoiceField(label="待遇", required=False)
    state = forms.ChoiceField(label="状态", choices=[ALL, (OPENED, "在册"), (CLOSED, "已注销")], required=False)


class OnForm(forms.Form):
    """As of which day."""

    on = forms.DateField(label="按哪一天查看", required=False)


class RevealForm(forms.Form):
    """Why the number must be seen."""

    reason = forms.CharField(label="查看事由", max_length=100)
