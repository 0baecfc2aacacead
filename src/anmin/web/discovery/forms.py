"""Which leads, of which month."""

from collections.abc import Mapping
from typing import Any

from django import forms

from anmin.base.periods import Month
from anmin.ground.policy.discovery import KINDS
from anmin.web.policy.forms import ALL, MonthField


class LeadFilter(forms.Form):
    """The leads of a month."""

    text = forms.CharField(label="姓名、家庭编号、理由", required=False)
    kind = forms.ChoiceField(label="线索类型", choices=[ALL, *KINDS.items()], required=False)

    def __init__(self, data: Mapping[str, Any] | None, *, programmes: Mapping[str, str], month: Month) -> None:
        super().__init__(data)
        self.fields["programme"] = forms.ChoiceField(label="项目", choices=[ALL, *programmes.items()], required=False)
        self.fields["month"] = MonthField(label="按哪个月核查", required=False)
        self.order_fields(["month", "kind", "programme", "text"])
        self.initial["month"] = month


class WayFilter(forms.Form):
    """The better ways of a month, some of them."""

    month = MonthField(label="按哪个月核查", required=False)
    text = forms.CharField(label="家庭编号、姓名、镇（街道）", required=False)

    def __init__(self, data: Mapping[str, Any] | None, *, month: Month) -> None:
        super().__init__(data)
        self.initial["month"] = month
