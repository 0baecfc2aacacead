"""Which figures, of which period, of which town."""

from collections.abc import Sequence
from typing import Any

from django import forms

from anmin.base.periods import Period
from anmin.ground.indicators import queries
from anmin.ground.indicators.vocabulary import Kind
from anmin.web.benefits.naming import SECTIONS
from anmin.web.periods import PeriodField


class FiguresFilter(forms.Form):
    """The figures of a period."""

    text = forms.CharField(label="指标名称", required=False)
    kind = forms.ChoiceField(label="指标性质", choices=[("", "全部"), *Kind.choices], required=False)
    room = forms.ChoiceField(label="业务", required=False)

    def __init__(self, *args: Any, period: Period, towns: Sequence[Any], **options: Any) -> None:
        super().__init__(*args, **options)
        if "room" in self.fields:
            rooms = dict.fromkeys(id.partition(".")[0] for id in queries.ids())
            named = [(room, SECTIONS[room]) for room in SECTIONS if room in rooms]
            self.fields["room"].choices = [("", "全部"), *named]  # type: ignore[attr-defined]  # a ChoiceField
        self.fields["period"] = PeriodField(besides=period)
        if len(towns) > 1:
            choices = [("", "全市"), *((town.code, town.name) for town in towns)]
            self.fields["town"] = forms.ChoiceField(label="镇（街道）", choices=choices, required=False)
        self.order_fields(["period", "town", "room", "text", "kind"])
        self.initial["period"] = str(period)


class FigureFilter(FiguresFilter):
    """One figure of a period."""

    text = None  # type: ignore[assignment]  # so Django leaves a field of the parent out
    kind = None  # type: ignore[assignment]  # likewise
    room = None  # type: ignore[assignment]  # likewise
