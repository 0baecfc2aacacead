"""Forms about group decisions."""

from typing import Any

from django import forms

from anmin.ground.entitlements.benefits import BENEFITS
from anmin.ground.entitlements.vocabulary import GroupKind, GroupState
from anmin.ground.policy.vocabulary import OUTCOMES

ALL = ("", "全部")


class GroupsFilter(forms.Form):
    """Which lists."""

    search = forms.CharField(label="编号或名称", required=False)
    benefit = forms.ChoiceField(label="待遇", required=False)
    kind = forms.ChoiceField(label="类别", choices=[ALL, *GroupKind.choices], required=False)
    state = forms.ChoiceField(label="状态", choices=[ALL, *GroupState.choices], required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        choices = [ALL, *((address, benefit.label) for address, benefit in BENEFITS.items())]
        self.fields["benefit"].choices = choices  # type: ignore[attr-defined]  # a ChoiceField


class LinesFilter(forms.Form):
    """Which persons of a list."""

    search = forms.CharField(label="姓名或首字母", required=False)
    outcome = forms.ChoiceField(label="规则测算", choices=[ALL, *OUTCOMES.items(), ("left_out", "不列入")], required=False)


class ReasonForm(forms.Form):
    """Why."""

    reason = forms.CharField(label="原因", max_length=100)
