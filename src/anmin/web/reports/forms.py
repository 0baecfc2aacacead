"""Which period the report is about."""

from typing import Any

from django import forms

from anmin.base import clock
from anmin.base.periods import HalfYear

OFFERED = 8


class ReportFilter(forms.Form):
    """A half-year: the county writes a report for each."""

    def __init__(self, *args: Any, period: HalfYear, **options: Any) -> None:
        super().__init__(*args, **options)
        current = HalfYear.from_date(clock.today())
        offered = [current - back for back in range(OFFERED)]
        if period not in offered:
            offered.append(period)
        choices = [(str(each), each.label) for each in offered]
        self.fields["period"] = forms.ChoiceField(label="期间", choices=choices, required=False, initial=str(period))
