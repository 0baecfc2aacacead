"""The forms that enter and change what is known of persons and households."""

from datetime import date
from typing import Any

from django import forms

from anmin.base.errors import BadValue
from anmin.base.money import format_yuan, parse_yuan
from anmin.ground.accounts.gate import Actor
from anmin.ground.areas import queries as areas
from anmin.ground.areas.vocabulary import Level
from anmin.ground.people import queries
from anmin.ground.people.vocabulary import (
    FACT_KINDS,
    AbsenceReason,
    DutyOfSupport,
    FactKind,
    HukouKind,
    Relation,
    Sex,
)

CHOOSE = ("", "请选择")
FACT_GROUPS = tuple(dict.fromkeys(kind.group for kind in FACT_KINDS.values()))
_DEATH = "status.dead"
_SHOWN_WHEN_SEVERAL = 5


class YuanField(forms.CharField):
    """An amount in yuan; its value is whole fen, nothing written is not known."""

    suffix = "元"

    def __init__(self, **options: Any) -> None:
        options.setdefault("widget", forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}))
        super().__init__(**options)

    def prepare_value(self, value: Any) -> Any:
        """Return what stands in the box: yuan for fen, or what was typed."""
        return format_yuan(value).replace(",", "") if isinstance(value, int) else value

    def to_python(self, value: Any) -> int | None:  # type: ignore[override]  # an amount is not text
        """Return fen."""
        text = super().to_python(value)
        if not text:
            return None
        try:
            return parse_yuan(text)
        except BadValue as fault:
            raise forms.ValidationError(fault.message) from None


class AreaField(forms.ChoiceField):
    """A village the actor may see; its value is the record."""

    def __init__(self, *, actor: Actor, on: date, **options: Any) -> None:
        found = areas.areas(actor, on=on).filter(level__in=(Level.VILLAGE, Level.COUNTY)).select_related("parent")
        self.areas = {str(area.pk): area for area in found.order_by("path")}
        options.setdefault("widget", forms.Select(attrs={"data-searchable": "", "aria-label": str(options.get("label", ""))}))
        options.setdefault("error_messages", {"required": "请选择。"})
        super().__init__(choices=[CHOOSE, *((key, self._called(area)) for key, area in self.areas.items())], **options)

    @staticmethod
    def _called(area: Any) -> str:
        return f"{area.parent.name} {area.name}" if area.level == Level.VILLAGE else f"{area.name}以外（外地人员）"

    def clean(self, value: Any) -> Any:
        """Return the record of the area."""
        key = super().clean(value)
        return self.areas[key] if key else None


class PersonField(forms.CharField):
    """Somebody on the register, named by identity number, by name, or by name and last four digits."""

    is_wide = True

    def __init__(self, *, actor: Actor, **options: Any) -> None:
        options.setdefault("help_text", "填写身份证号，或姓名加身份证号末四位。尚未登记的人员请先登记。")
        options.setdefault("widget", forms.TextInput(attrs={"autocomplete": "off"}))
        super().__init__(max_length=80, **options)
        self.actor = actor

    def clean(self, value: Any) -> Any:
        """Return the one person meant."""
        text = super().clean(value)
        if not text:
            return None
        found = queries.search(self.actor, text).persons
        if not found:
            raise forms.ValidationError("没有找到这个人，请检查填写内容；尚未登记的，请先登记人员。")
        if len(found) > 1:
            named = "、".join(f"{each.name}（{each.identity_mask or '无身份证号'}）" for each in found[:_SHOWN_WHEN_SEVERAL])
            others = "等" if len(found) > _SHOWN_WHEN_SEVERAL else ""
            raise forms.ValidationError(f"相符的有 {len(found)} 人：{named}{others}，请填写身份证号。")
        return found[0]


class PersonForm(forms.Form):
    """Somebody new on the register."""

    name = forms.CharField(label="姓名", max_length=60)
    identity_number = forms.CharField(
        label="身份证号",
        max_length=30,
        required=False,
        help_text="出生日期和性别由号码得出。",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    birth_on = forms.DateField(label="出生日期", required=False, help_text="没有身份证号时填写。")
    sex = forms.ChoiceField(label="性别", choices=[CHOOSE, *Sex.choices], required=False, help_text="没有身份证号时填写。")
    hukou_kind = forms.ChoiceField(label="户籍性质", choices=[("", "不清楚"), *HukouKind.choices], required=False)
    phone = forms.CharField(label="联系电话", max_length=20, required=False)
    address = forms.CharField(label="住址", max_length=200, required=False)
    bank_name = forms.CharField(label="开户银行", max_length=60, required=False)
    bank_account = forms.CharField(
        label="银行账号",
        max_length=30,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "numeric"}),
    )

    def __init__(self, *args: Any, actor: Actor, on: date, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["area"] = AreaField(actor=actor, on=on, label="所在村（社区）")
        self.order_fields(["name", "identity_number", "birth_on", "sex", "area"])

    def clean(self) -> dict[str, Any]:
        """Refuses somebody without a number, a birth date or a sex."""
        given = super().clean() or {}
        given["bank_account"] = str(given.get("bank_account", "")).replace(" ", "")
        if not given.get("identity_number"):
            given["identity_number"] = None
            for name, label in (("birth_on", "出生日期"), ("sex", "性别")):
                if not given.get(name):
                    self.add_error(name, f"没有身份证号的人员，须填写{label}。")
        else:
            # What follows from the number is not asked twice.
            given["birth_on"] = given["sex"] = None
        return given


class ChangeForm(forms.Form):
    """What may change of a person's particulars; the identity number may not."""

    name = forms.CharField(label="姓名", max_length=60)
    hukou_kind = forms.ChoiceField(label="户籍性质", choices=[("", "不清楚"), *HukouKind.choices], required=False)
    phone = forms.CharField(label="联系电话", max_length=20, required=False)
    address = forms.CharField(label="住址", max_length=200, required=False)
    bank_name = forms.CharField(label="开户银行", max_length=60, required=False)
    bank_account = forms.CharField(
        label="新的银行账号",
        max_length=30,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "numeric"}),
    )

    def __init__(self, data: Any, *, actor: Actor, person: Any, on: date) -> None:
        now = {name: getattr(person, name) for name in ("name", "hukou_kind", "phone", "address", "bank_name")}
        super().__init__(data, initial={**now, "area": person.area_id})
        self.fields["area"] = AreaField(actor=actor, on=on, label="所在村（社区）")
        kept = f"现有账号 {person.bank_account_mask}，" if person.bank_account_mask else ""
        self.fields["bank_account"].help_text = f"{kept}不更换的不填。"
        self.order_fields(["name", "area"])

    def clean(self) -> dict[str, Any]:
        """An account left blank is not changed."""
        given = super().clean() or {}
        given["bank_account"] = str(given.get("bank_account", "")).replace(" ", "") or None
        return given


class DeathForm(forms.Form):
    """When somebody died, and from where it is known."""

    died_on = forms.DateField(label="死亡日期")
    source = forms.CharField(label="来源", max_length=60, help_text="例如：死亡医学证明、殡葬火化信息、村（社区）报告。")


class NoDeathForm(forms.Form):
    """Why a recorded death was none."""

    reason = forms.CharField(label="撤销理由和依据", max_length=100, help_text="例如：本人持身份证到场，殡葬数据为同名人员。")


class FactForm(forms.Form):
    """What is known of one kind, for which days, from where."""

    valid_from = forms.DateField(label="起始日期", help_text="当月变化自下月起影响待遇。")
    valid_until = forms.DateField(label="截止日期", required=False, help_text="仍在持续的不填。")
    source = forms.CharField(label="来源", max_length=60, help_text="例如：本人申报、入户调查、人社部门数据。")

    def __init__(self, *args: Any, kind: FactKind, **options: Any) -> None:
        super().__init__(*args, **options)
        self.kind = kind
        self.fields["value"] = _value_field(kind)
        self.order_fields(["value"])

    def clean_value(self) -> Any:
        """The value as an action takes it."""
        value = self.cleaned_data["value"]
        return int(value) if self.kind.shape in ("yes_no", "count") else value


def _value_field(kind: FactKind) -> forms.Field:
    label = kind.label
    if kind.shape == "fen":
        field = YuanField(label=label, help_text="确实没有的填 0。")
        field.suffix = "元/月" if kind.name.startswith("income.") else "元"
        return field
    if kind.shape == "yes_no":
        return forms.ChoiceField(label=label, choices=[("1", "是"), ("0", "否")], widget=forms.RadioSelect)
    if kind.codes is not None:
        return forms.ChoiceField(label=label, choices=[CHOOSE, *kind.codes.choices])
    if kind.name == "disability.grade":
        return forms.ChoiceField(label=label, choices=[CHOOSE, ("1", "一级"), ("2", "二级"), ("3", "三级"), ("4", "四级")])
    return forms.IntegerField(label=label, min_value=0, max_value=999)


def kinds_by_group() -> list[tuple[str, list[FactKind]]]:
    """What can be recorded, by group; a death has a form of its own."""
    return [
        (group, kinds)
        for group in FACT_GROUPS
        if (kinds := [kind for kind in FACT_KINDS.values() if kind.group == group and kind.name != _DEATH])
    ]


def kind_named(name: str) -> FactKind | None:
    """The kind that can be recorded under a name."""
    return FACT_KINDS.get(name) if name != _DEATH else None


class WithdrawForm(forms.Form):
    """Why something should never have been recorded."""

    reason = forms.CharField(label="撤回理由", max_length=100, help_text="例如：录入了他人的数据。")


class HouseholdForm(forms.Form):
    """A new household with its head."""

    hukou_kind = forms.ChoiceField(label="户籍性质", choices=[CHOOSE, *HukouKind.choices])
    opened_on = forms.DateField(label="立户日期", help_text="户主自这一天起计入共同生活成员。")
    number = forms.CharField(label="户编号", max_length=30, required=False, help_text="不填则按村（社区）自动编号。")
    address = forms.CharField(label="住址", max_length=200, required=False)

    def __init__(self, *args: Any, actor: Actor, on: date, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["head"] = PersonField(actor=actor, label="户主")
        self.fields["area"] = AreaField(actor=actor, on=on, label="所在村（社区）")
        self.order_fields(["head", "area", "hukou_kind", "opened_on", "number"])


class MemberForm(forms.Form):
    """Somebody who joins a household, or whose place in it changes."""

    relation = forms.ChoiceField(label="与户主关系", choices=[CHOOSE, *Relation.choices])
    valid_from = forms.DateField(label="起始日期", help_text="自这一天起为家庭成员，或自这一天起情况改变。")
    counted = forms.ChoiceField(
        label="是否计入共同生活成员", choices=[("1", "计入"), ("0", "不计入")], initial="1", widget=forms.RadioSelect
    )
    absence = forms.ChoiceField(
        label="不计入的原因",
        choices=[("", "—"), *((value, label) for value, label in AbsenceReason.choices if value)],
        required=False,
        help_text="不计入的才选。",
    )
    same_hukou = forms.BooleanField(label="与户主在同一户籍", required=False, initial=True)

    def __init__(self, *args: Any, actor: Actor, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["person"] = PersonField(actor=actor, label="成员")
        self.order_fields(["person"])

    def clean_counted(self) -> bool:
        """Yes or no."""
        return bool(self.cleaned_data["counted"] == "1")


class EndForm(forms.Form):
    """The last day, and why."""

    valid_until = forms.DateField(label="最后一天")
    reason = forms.CharField(label="原因", max_length=100, required=False)


class SupporterForm(forms.Form):
    """Somebody who lives elsewhere and owes a person support, and with what means."""

    duty = forms.ChoiceField(
        label="义务",
        choices=[CHOOSE, *DutyOfSupport.choices],
        help_text="子女对父母为赡养，父母对子女为抚养，配偶之间为扶养。",
    )
    valid_from = forms.DateField(label="起始日期")
    household_income = YuanField(label="义务人家庭月收入", required=False, help_text="不清楚的不填，不要填 0。")
    household_size = forms.IntegerField(label="义务人家庭人数", min_value=1, max_value=30, required=False)
    dependants = forms.IntegerField(label="该义务人应赡养、抚养的人数", min_value=1, max_value=20, initial=1)
    court_amount = YuanField(label="裁判文书确定的月金额", required=False)
    actual_amount = YuanField(label="实际给付的月金额", required=False)
    exempt = forms.BooleanField(label="依规免除义务", required=False)

    def __init__(self, *args: Any, actor: Actor, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["obligor"] = PersonField(actor=actor, label="义务人")
        self.order_fields(["obligor"])
