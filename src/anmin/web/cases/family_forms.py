"""The forms of a family: the household, its members, and what each of them states."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.forms import BaseFormSet, formset_factory
from django.http import QueryDict

from anmin.base.errors import BadValue
from anmin.base.money import format_yuan, parse_yuan
from anmin.ground.people.queries import MemberLine
from anmin.ground.people.vocabulary import FACT_KINDS, AbsenceReason, FactKind, HukouKind, Relation, Sex

UNKNOWN = ("", "不清楚")
MOST_MEMBERS = 20
LIVES_HERE = ("", "共同生活")

_NONE_STATED = (
    "income.wage",
    "income.business",
    "income.property",
    "income.pension",
    "income.transfer_other",
    "assets.financial",
    "assets.vehicles",
    "assets.company",
)
"""What “nothing else” means; a home is never among it, since everybody lives somewhere."""


class HouseholdForm(forms.Form):
    """Where the household lives."""

    area = forms.ChoiceField(label="村（社区）", widget=forms.Select(attrs={"data-searchable": "", "aria-label": "村（社区）"}))
    address = forms.CharField(label="住址", max_length=200, help_text="组、门牌号等。")
    hukou_kind = forms.ChoiceField(label="户籍性质", choices=HukouKind.choices, widget=forms.RadioSelect, initial=HukouKind.RURAL)
    opened_on = forms.DateField(label="共同生活起始日期", help_text="不清楚的填今天。")

    def __init__(self, *args: Any, villages: Sequence[Any], on: date, **options: Any) -> None:
        super().__init__(*args, **options)
        self.villages = {str(area.pk): area for area in villages}
        several = len({area.parent_id for area in villages}) > 1
        choices = [(key, f"{area.parent.name}{area.name}" if several else area.name) for key, area in self.villages.items()]
        self.fields["area"].choices = [("", "请选择"), *choices]  # type: ignore[attr-defined]  # a ChoiceField
        self.fields["opened_on"].initial = on

    def clean_area(self) -> Any:
        """The record of the village."""
        return self.villages[self.cleaned_data["area"]]


class MemberForm(forms.Form):
    """Somebody who lives in the household, or stands on its register."""

    name = forms.CharField(label="姓名", max_length=60)
    identity_number = forms.CharField(label="身份证号", max_length=18, required=False)
    relation = forms.ChoiceField(
        label="与户主关系", choices=[each for each in Relation.choices if each[0] != Relation.HEAD], initial=Relation.CHILD
    )
    absence = forms.ChoiceField(
        label="是否共同生活",
        choices=[LIVES_HERE, *((value, f"不计入：{label}") for value, label in AbsenceReason.choices if value)],
        required=False,
    )
    phone = forms.CharField(label="联系电话", max_length=20, required=False)
    bank_name = forms.CharField(label="开户银行", max_length=60, required=False)
    bank_account = forms.CharField(label="银行账号", max_length=19, required=False)
    birth_on = forms.DateField(label="出生日期", required=False, help_text="没有身份证号的填写。")
    sex = forms.ChoiceField(label="性别", choices=[("", "按身份证号"), *Sex.choices], required=False)

    def clean(self) -> dict[str, Any]:
        """Refuses somebody with neither a number nor a birth date and sex."""
        given = super().clean() or {}
        if not given.get("identity_number") and not (given.get("birth_on") and given.get("sex")):
            self.add_error("identity_number", "请填写身份证号；确实没有的，填写出生日期和性别。")
        return given


class _Members(BaseFormSet):  # type: ignore[type-arg]  # generic only for the type checker
    def add_fields(self, form: forms.Form, index: int | None) -> None:
        """The first is the head, who lives here by definition."""
        super().add_fields(form, index)
        if index == 0:
            del form.fields["relation"]
            del form.fields["absence"]


def typed_rows(data: QueryDict) -> list[dict[str, Any]]:
    """What was typed so far about the members, row by row; a form set shows one blank row more."""
    try:
        count = min(int(data.get("members-TOTAL_FORMS") or 1), MOST_MEMBERS)
    except ValueError:
        count = 1
    return [{name: data.get(f"members-{place}-{name}", "") for name in MemberForm.base_fields} for place in range(count)]


MemberSet = formset_factory(MemberForm, formset=_Members, extra=1, min_num=0, max_num=MOST_MEMBERS, validate_max=True)


class StatementForm(forms.Form):
    """Since when what is stated holds, and who stated it."""

    since = forms.DateField(label="自何时起", help_text="填写家庭陈述的情况开始的日期，一般为今天。")
    source = forms.CharField(label="来源", max_length=60, initial="家庭申报")

    def __init__(self, *args: Any, on: date, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["since"].initial = on


class MeansForm(forms.Form):
    """What one member has, earns, suffers from and does. A blank is not known, and is not a zero."""

    nothing_else = forms.BooleanField(
        label="没有填写的收入和财产，经询问确认没有",
        required=False,
        help_text="勾选后，空着的收入、金融资产、车辆和企业按“无”登记。",
    )

    def __init__(self, *args: Any, line: MemberLine, **options: Any) -> None:
        super().__init__(*args, **options)
        self.person = line.member.person
        self.known: dict[str, Any] = {}
        for group in line.facts:
            for fact in group.in_force:
                self.known[fact.kind.name] = fact.row.code if fact.row.amount is None else fact.row.amount
        self.kinds = [kind for kind in FACT_KINDS.values() if kind.name != "status.dead"]
        for kind in self.kinds:
            self.fields[self.field_of(kind.name)] = _field(kind, self.known.get(kind.name))

    @staticmethod
    def field_of(kind: str) -> str:
        return kind.replace(".", "_")

    def groups(self) -> list[dict[str, Any]]:
        """The fields by group, each with its unit."""
        found: dict[str, list[dict[str, Any]]] = {}
        for kind in self.kinds:
            bound = self[self.field_of(kind.name)]
            found.setdefault(kind.group, []).append({"field": bound, "suffix": "元" if kind.shape == "fen" else ""})
        return [{"label": label, "rows": rows} for label, rows in found.items()]

    def clean(self) -> dict[str, Any]:
        """Amounts are in fen; a sentence stands at the field it is about."""
        given = super().clean() or {}
        for kind in self.kinds:
            name = self.field_of(kind.name)
            if kind.shape == "fen" and given.get(name):
                try:
                    given[name] = parse_yuan(given[name])
                except BadValue as error:
                    self.add_error(name, error.message)
        return given

    def stated(self) -> dict[str, Any]:
        """What is to be recorded: every kind with an answer that differs from what is known."""
        said: dict[str, Any] = {}
        for kind in self.kinds:
            value = self.cleaned_data.get(self.field_of(kind.name))
            if value in (None, ""):
                if self.cleaned_data["nothing_else"] and kind.name in _NONE_STATED and kind.name not in self.known:
                    said[kind.name] = 0
                continue
            plain = value if kind.shape == "code" else int(value)
            if plain != self.known.get(kind.name):
                said[kind.name] = plain
        return said


def _field(kind: FactKind, known: Any) -> forms.Field:
    common: dict[str, Any] = {"label": kind.label, "required": False, "initial": known}
    if kind.shape == "fen":
        common["initial"] = "" if known is None else format_yuan(known).replace(",", "")
        return forms.CharField(**common, widget=forms.TextInput(attrs={"inputmode": "decimal"}))
    if kind.shape == "count":
        return forms.IntegerField(**common, min_value=0, max_value=1000)
    if kind.shape == "yes_no":
        return forms.ChoiceField(**common, choices=[UNKNOWN, ("1", "是"), ("0", "否")])
    assert kind.codes is not None  # declared with codes
    return forms.ChoiceField(**common, choices=[UNKNOWN, *kind.codes.choices])
