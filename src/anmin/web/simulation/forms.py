"""Which figures of the law are supposed to be what, since when."""

from collections.abc import Mapping
from itertools import groupby
from typing import Any

from django import forms

from anmin.base.errors import BadValue
from anmin.base.periods import Month
from anmin.ground.entitlements import foresight
from anmin.ground.policy import queries
from anmin.ground.policy.simulation import MONTHS
from anmin.ground.policy.supposed import Supposed
from anmin.web.policy.forms import MonthField

SPANS = (1, 3, 6, 12, 24, 36)
ROWS = 3
"""Figures that may be changed at once."""


class ChangeForm(forms.Form):
    """Up to three figures with the values they are supposed to have, from a month on."""

    since = MonthField(label="从哪个月起")
    months = forms.ChoiceField(label="测算多少个月", choices=[(n, f"{n} 个月") for n in SPANS], required=False)

    def __init__(self, data: Mapping[str, Any] | None = None, *, month: Month, **options: Any) -> None:
        super().__init__(data, **options)
        offered = figure_choices(month)
        for row in range(1, ROWS + 1):
            self.fields[f"figure{row}"] = forms.ChoiceField(
                label="调整的标准",
                choices=offered,
                required=row == 1,
                # The search box takes the select's place and its label; the hidden select keeps a name of its own.
                widget=forms.Select(attrs={"data-searchable": "", "aria-label": "调整的标准"}),
                error_messages={"required": "请选择一项要调整的标准。"},
            )
            self.fields[f"value{row}"] = forms.CharField(
                label="调整为",
                required=row == 1,
                max_length=20,
                error_messages={"required": "请填写调整后的数值。"},
            )
        self.initial.setdefault("since", month)
        self.initial.setdefault("months", MONTHS)

    @property
    def rows(self) -> list[tuple[Any, Any]]:
        """The fields of each figure."""
        return [(self[f"figure{row}"], self[f"value{row}"]) for row in range(1, ROWS + 1)]

    @property
    def more(self) -> list[tuple[Any, Any]]:
        return self.rows[1:]

    @property
    def has_more(self) -> bool:
        """Whether a second figure was chosen."""
        return any(self.data.get(f"figure{row}") for row in range(2, ROWS + 1))

    def clean(self) -> dict[str, Any]:
        found = super().clean() or self.cleaned_data
        since = found.get("since")
        changes: list[Supposed] = []
        for row in range(1, ROWS + 1):
            address, value = found.get(f"figure{row}"), found.get(f"value{row}", "")
            if not address or since is None:
                continue
            if not value.strip():
                self.add_error(f"value{row}", "请填写调整后的数值。")
                continue
            try:
                changes += foresight.supposed([(address, value.strip())], since)
            except BadValue as error:
                self.add_error(f"value{row}", error.message)
        found["changes"] = changes
        found["months"] = int(found.get("months") or MONTHS)
        return found


def figure_choices(month: Month) -> list[Any]:
    """The figures that may be changed, by programme, each with its value of the month."""
    found = []
    lasting = foresight.lasting()
    for figure in queries.figures(on=month.first_day):
        current = figure.current
        if figure.programme not in lasting or current is None:
            continue
        if figure.parameter.purpose != "amount" and not figure.address.endswith(".funding"):
            continue
        rows = figure.parameter.rows
        if rows:
            found += [
                (
                    figure.programme_label,
                    (f"{figure.address}.{key}", f"{figure.label}·{label}（现 {queries.shown_row(current.entry, key)}）"),
                )
                for key, label in rows.items()
            ]
        else:
            found.append((figure.programme_label, (figure.address, f"{figure.label}（现 {current.shown}）")))
    grouped = [(label, [choice for _, choice in members]) for label, members in groupby(found, lambda each: each[0])]
    return [("", "请选择"), *grouped]
