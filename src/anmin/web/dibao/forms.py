"""Filters of the register, and the month of an explanation."""

from typing import Any

from django import forms

from anmin.base.errors import BadValue
from anmin.base.periods import Month

ALL = ("", "全部")
ROUTES = (ALL, ("household", "整户保"), ("single", "单人保"))
CLASSES = (ALL, ("A", "A类"), ("B", "B类"), ("C", "C类"))
REVIEWS = (ALL, ("soon", "三十日内到期（含已过期）"), ("overdue", "已过复核期"))


class RegisterFilter(forms.Form):
    """Which entitlements, on which day."""

    search = forms.CharField(label="姓名、拼音首字母或编号", required=False)
    town = forms.ChoiceField(label="镇（街道）", required=False)
    route = forms.ChoiceField(label="保障方式", choices=ROUTES, required=False)
    review_class = forms.ChoiceField(label="复核类别", choices=CLASSES, required=False)
    review = forms.ChoiceField(label="复核期限", choices=REVIEWS, required=False)
    on = forms.DateField(label="截至日期", required=False)

    def __init__(self, *args: Any, towns: list[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["town"].choices = [ALL, *towns]  # type: ignore[attr-defined]  # a choice field has choices


class MonthField(forms.CharField):
    """A month, written 2024-06."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("widget", forms.TextInput(attrs={"type": "month"}))
        super().__init__(**options)

    def clean(self, value: Any) -> Month | None:
        """Return the month."""
        text = super().clean(value)
        if not text:
            return None
        try:
            return Month.parse(text)
        except BadValue as fault:
            raise forms.ValidationError(fault.message) from None


class WhyForm(forms.Form):
    """Which month, and as known when."""

    month = MonthField(label="月份", required=False)
    known_on = forms.DateField(label="按当时所知（留空为现在）", required=False)
