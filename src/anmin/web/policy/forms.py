"""Filters of the policy browser."""

from collections.abc import Sequence
from typing import Any

from django import forms

from anmin.base.periods import Month, Period
from anmin.ground.policy.exclusivity import RELATIONS
from anmin.ground.policy.programmes import PROGRAMMES
from anmin.ground.policy.vocabulary import CONFIDENCE, ENTITIES, PURPOSES

ALL = ("", "全部")


class FigureFilter(forms.Form):
    """Which figures of the law, as of which day."""

    text = forms.CharField(label="名称、文件", required=False)
    programme = forms.ChoiceField(label="业务", choices=[ALL, *PROGRAMMES.items()], required=False)
    purpose = forms.ChoiceField(label="用途", choices=[ALL, *PURPOSES.items()], required=False)
    confidence = forms.ChoiceField(label="依据情况", choices=[ALL, *CONFIDENCE.items()], required=False)
    on = forms.DateField(label="按哪一天查看", required=False)


class ValueFilter(forms.Form):
    """Which values of all."""

    text = forms.CharField(label="名称、文件", required=False)
    programme = forms.ChoiceField(label="业务", choices=[ALL, *PROGRAMMES.items()], required=False)
    confidence = forms.ChoiceField(label="依据情况", choices=[ALL, *CONFIDENCE.items()], required=False)


class MatrixFilter(forms.Form):
    """Which relations between benefits, as of which day."""

    party = forms.ChoiceField(label="待遇", required=False)
    value = forms.ChoiceField(label="关系", choices=[ALL, *RELATIONS.items()], required=False)
    on = forms.DateField(label="按哪一天查看", required=False)

    def __init__(self, *args: Any, parties: Sequence[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["party"].choices = [ALL, *parties]  # type: ignore[attr-defined]  # a choice field has choices


class _OfProgramme(forms.Form):
    """Of which programme; there is always one."""

    def __init__(self, *args: Any, programmes: Sequence[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["programme"] = forms.ChoiceField(label="业务", choices=programmes, required=False)
        self.order_fields(["programme"])


class StoryFilter(_OfProgramme):
    """Which worked cases."""

    text = forms.CharField(label="标题、故事", required=False)
    outcome = forms.CharField(label="结论", required=False)

    def __init__(self, *args: Any, outcomes: Sequence[str], **options: Any) -> None:
        super().__init__(*args, **options)
        choices = [ALL, *((outcome, outcome) for outcome in outcomes)]
        self.fields["outcome"] = forms.ChoiceField(label="结论", choices=choices, required=False)


class MonthField(forms.CharField):
    """A calendar month, as 2024-06."""

    widget = forms.TextInput(attrs={"type": "month"})

    def to_python(self, value: object) -> Period | None:  # type: ignore[override]  # a month is not text
        text = super().to_python(value)
        if not text:
            return None
        try:
            return Month.parse(text)
        except ValueError as error:
            raise forms.ValidationError(str(error)) from error

    def prepare_value(self, value: object) -> object:
        return str(value) if isinstance(value, Period) else value


class RuleFilter(_OfProgramme):
    """Which rules, as of which month."""

    text = forms.CharField(label="名称、条文、公式", required=False)
    level = forms.ChoiceField(label="计算对象", choices=[ALL, *ENTITIES.items()], required=False)
    kind = forms.ChoiceField(label="种类", choices=[ALL, ("value", "计算规则"), ("finding", "提示与不符合情形")], required=False)
    month = MonthField(label="按哪个月查看", required=False)
