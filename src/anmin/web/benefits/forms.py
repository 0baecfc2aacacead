"""Filters of registers, the month of an explanation, and what an entitlement's own actions ask."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms

from anmin.base.errors import BadValue
from anmin.base.periods import Month
from anmin.ground.entitlements.vocabulary import StopReason
from anmin.ground.payments.queries import STATUSES
from anmin.web.benefits.naming import Named

ALL = ("", "全部")
CLASSES = (ALL, ("A", "A类"), ("B", "B类"), ("C", "C类"))
REVIEWS = (ALL, ("soon", "三十日内到期（含已过期）"), ("overdue", "已过复核期"))


class RegisterFilter(forms.Form):
    """Which entitlements of a benefit, on which day."""

    search = forms.CharField(label="姓名、拼音首字母或编号", required=False)
    town = forms.ChoiceField(label="镇（街道）", required=False)
    route = forms.ChoiceField(label="保障方式", required=False)
    status = forms.ChoiceField(label="状态", choices=list(STATUSES.items()), required=False)
    review_class = forms.ChoiceField(label="复核类别", choices=CLASSES, required=False)
    review = forms.ChoiceField(label="复核期限", choices=REVIEWS, required=False)
    on = forms.DateField(label="截至日期", required=False)

    def __init__(self, *args: Any, towns: list[tuple[str, str]], of: Named, reviewed: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        if len(towns) > 1:
            self.fields["town"].choices = [ALL, *towns]  # type: ignore[attr-defined]  # a choice field has choices
        else:
            del self.fields["town"]
        if of.routes:
            self.fields["route"].label = "类别" if of.of_persons else "保障方式"
            self.fields["route"].choices = [ALL, *of.routes.items()]  # type: ignore[attr-defined]  # likewise
        else:
            del self.fields["route"]
        if not reviewed:
            del self.fields["review_class"], self.fields["review"]
        if of.benefit.once:
            del self.fields["status"]


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


class SuspendForm(forms.Form):
    """From which month on nothing is paid, and why."""

    month = MonthField(label="从哪个月起暂停")
    reason = forms.CharField(label="暂停原因", max_length=200, widget=forms.Textarea(attrs={"rows": 2}))


class ResumeForm(forms.Form):
    """From which month on it is paid again, and whether what was held back is."""

    month = MonthField(label="从哪个月起恢复")
    released = forms.BooleanField(label="补发暂停期间的待遇", required=False)


class EndForm(forms.Form):
    """Which month is the last, and why."""

    month = MonthField(label="最后发放月份")
    reason = forms.ChoiceField(label="停发原因", choices=[("", "请选择"), *StopReason.choices])


class PayeeForm(forms.Form):
    """Who is paid from now on, and why."""

    payee = forms.ChoiceField(label="领款人")
    reason = forms.CharField(label="变更原因", max_length=200)

    def __init__(self, *args: Any, people: Sequence[tuple[int, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["payee"].choices = [("", "请选择"), *((str(key), name) for key, name in people)]  # type: ignore[attr-defined]  # a choice field has choices


class LayerFilter(forms.Form):
    """The stock of the layers on a day, and the flows since another."""

    since = forms.DateField(label="期初日期", required=False)
    on = forms.DateField(label="截至日期", required=False)

    def clean(self) -> dict[str, Any]:
        """Refuse a beginning that is no earlier than the end."""
        cleaned: dict[str, Any] = super().clean() or {}
        since, on = cleaned.get("since"), cleaned.get("on")
        if isinstance(since, date) and isinstance(on, date) and since >= on:
            self.add_error("since", "期初应早于截至日期。")
        return cleaned
