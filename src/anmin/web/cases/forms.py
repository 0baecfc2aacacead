"""Filters of the lists of cases, and the form of a step made from what the step declares it needs."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms

from anmin.ground.cases.casetypes import kinds, states
from anmin.ground.cases.queries import Need, Options, PossibleStep

ALL = ("", "全部")
FEW_CHOICES, MANY_COLLEAGUES = 4, 12
LONGEST_NOTE = 1000


# --- filters --------------------------------------------------------------------------------------------------------


class _Filter(forms.Form):
    def __init__(self, *args: Any, towns: Sequence[Any], **options: Any) -> None:
        super().__init__(*args, **options)
        if len(towns) > 1:
            self.fields["town"] = forms.TypedChoiceField(
                label="镇（街道）",
                choices=[ALL, *((str(town.pk), town.name) for town in towns)],
                coerce=int,
                empty_value=None,
                required=False,
            )

    def _choices(self, name: str, choices: dict[str, str]) -> None:
        self.fields[name].choices = [ALL, *choices.items()]  # type: ignore[attr-defined]  # a ChoiceField


class WorkFilter(_Filter):
    """Which open cases."""

    text = forms.CharField(label="姓名、编号", required=False)
    kind = forms.ChoiceField(label="事项", required=False)
    state = forms.ChoiceField(label="环节", required=False)
    mine = forms.BooleanField(label="待我办理", required=False)
    soon = forms.BooleanField(label="即将到期", required=False)
    overdue = forms.BooleanField(label="已逾期", required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._choices("kind", kinds())
        self._choices("state", states(open_only=True))
        self.order_fields(["text", "town", "kind", "state", "mine", "soon", "overdue"])


class CaseFilter(_Filter):
    """Which cases, open or closed."""

    text = forms.CharField(label="姓名、编号", required=False)
    kind = forms.ChoiceField(label="事项", required=False)
    progress = forms.ChoiceField(label="进度", choices=[ALL, ("open", "在办"), ("closed", "已办结")], required=False)
    state = forms.ChoiceField(label="环节", required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._choices("kind", kinds())
        self._choices("state", states())
        self.order_fields(["text", "town", "kind", "progress", "state"])


# --- the form of a step ---------------------------------------------------------------------------------------------

_NOBODY = Options(people=(), staff=(), files=())


class StepForm(forms.Form):
    """What a step asks for, with everything filled in that is known: today, and who is asking."""

    def __init__(
        self, data: Any = None, *, step: PossibleStep, options: Options | None = None, on: date, me: int | None = None
    ) -> None:
        super().__init__(data, prefix=step.name)
        self.step = step
        self.styles: dict[str, dict[str, str]] = {}
        for need in step.needs:
            made = _field(need, options or _NOBODY, on, me)
            if made is not None:
                self.fields[need.name] = made
                self.styles[need.name] = {
                    "css": "is-wide" if need.shape in ("long_text", "checklist", "people", "staff", "files") else "",
                    "suffix": "元" if need.shape == "yuan" else "",
                }
        self.fields["note"] = forms.CharField(
            label="备注",
            required=False,
            max_length=LONGEST_NOTE,
            widget=forms.Textarea(attrs={"rows": 2}),
        )
        self.styles["note"] = {"css": "is-wide", "suffix": ""}

    def rows(self) -> list[dict[str, Any]]:
        """Each field with how it is laid out."""
        return [{"field": self[name], **self.styles[name]} for name in self.fields]

    def answers(self) -> dict[str, Any]:
        """What was filled in, for the action; what was left out is left out."""
        return {name: value for name, value in self.cleaned_data.items() if name != "note" and value not in (None, "", [])}

    def refuse(self, sentence: str) -> None:
        """The sentence stands at the field it names, or over all of them."""
        named = next((need.name for need in self.step.needs if sentence.startswith(f"“{need.label}”")), None)
        self.add_error(named if named in self.fields else None, sentence)


def _field(need: Need, options: Options, on: date, me: int | None) -> forms.Field | None:
    common: dict[str, Any] = {"label": need.label, "help_text": need.hint, "required": need.required}
    if need.shape == "date":
        # A day that need not be told must not be told by the form: nobody notices a date that was there already.
        return forms.DateField(**common, initial=on if need.required else None)
    if need.shape == "text":
        return forms.CharField(**common)
    if need.shape == "long_text":
        return forms.CharField(**common, widget=forms.Textarea(attrs={"rows": 3}))
    if need.shape == "yuan":
        return forms.CharField(**common, widget=forms.TextInput(attrs={"inputmode": "decimal"}))
    if need.shape == "count":
        return forms.IntegerField(**common, min_value=0)
    if need.shape == "yes_no":
        return forms.ChoiceField(**common, choices=[("1", "是"), ("0", "否")], widget=forms.RadioSelect)
    if need.shape == "choice":
        return _choice(need, common)
    if need.shape == "checklist":
        assert need.choices is not None  # declared with choices
        return forms.MultipleChoiceField(**common, choices=need.choices.choices, widget=forms.CheckboxSelectMultiple)
    offered = [(str(key), said) for key, said in getattr(options, need.shape)]
    if need.shape == "files" and not offered:
        return None
    if need.shape == "staff" and len(offered) > MANY_COLLEAGUES:
        widget: forms.Widget = forms.SelectMultiple(attrs={"data-searchable": ""})
    else:
        widget = forms.CheckboxSelectMultiple()
    initial = [str(me)] if need.shape == "staff" and str(me) in {key for key, _ in offered} else None
    return forms.MultipleChoiceField(**common, choices=offered, widget=widget, initial=initial)


def _choice(need: Need, common: dict[str, Any]) -> forms.Field:
    assert need.choices is not None  # declared with choices
    choices = list(need.choices.choices)
    if need.required and len(choices) <= FEW_CHOICES:
        return forms.ChoiceField(**common, choices=choices, widget=forms.RadioSelect)
    return forms.ChoiceField(**common, choices=[("", "请选择" if need.required else "不填"), *choices])
