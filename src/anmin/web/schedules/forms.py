"""Which tasks."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

ALL = ("", "全部")
WHEN = {"overdue": "已超期", "month": "本月内到期"}


class TaskFilter(forms.Form):
    """Which of the open tasks."""

    text = forms.CharField(label="事项、姓名、编号", required=False)
    when = forms.ChoiceField(label="期限", choices=[ALL, *WHEN.items()], required=False)

    def __init__(self, *args: Any, schedules: Mapping[str, str], towns: Sequence[Any], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["schedule"] = forms.ChoiceField(label="类别", choices=[ALL, *schedules.items()], required=False)
        if len(towns) > 1:
            choices = [ALL, *((town.path, town.name) for town in towns)]
            self.fields["town"] = forms.ChoiceField(label="镇（街道）", choices=choices, required=False)
        self.order_fields(["text", "schedule", "when", "town"])
