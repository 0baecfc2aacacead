"""Which list, as of which month."""

from typing import Any

from django import forms

from anmin.base.periods import Month
from anmin.lines.eldercare.accident_insurance.rules import ROUTE

_MONTHS = 24


class InsuredFilter(forms.Form):
    """As of the first day of which month, which list, part of a name."""

    search = forms.CharField(label="姓名", required=False)
    month = forms.ChoiceField(label="名单基准月", required=False)
    which = forms.ChoiceField(
        label="名单", choices=[("", "全部"), *((name, code.label) for name, code in ROUTE.items() if int(code))], required=False
    )

    def __init__(self, *args: Any, until: Month, **options: Any) -> None:
        super().__init__(*args, **options)
        months = [until + -back for back in range(_MONTHS)]
        self.fields["month"].choices = [(str(each), f"{each.label}1日") for each in months]  # type: ignore[attr-defined]  # a ChoiceField

    def clean_month(self) -> Month | None:
        chosen = self.cleaned_data["month"]
        return Month.parse(chosen) if chosen else None
