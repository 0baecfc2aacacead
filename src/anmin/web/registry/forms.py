"""What an administrator says about the machine of another office."""

from datetime import date
from typing import Any

from django import forms

from anmin.ground.accounts.gate import Actor
from anmin.ground.areas import queries as areas
from anmin.ground.areas.vocabulary import Level
from anmin.ground.registry.vocabulary import Register


class ClientForm(forms.Form):
    """A grant."""

    name = forms.CharField(label="单位名称", max_length=60)
    client_id = forms.CharField(
        label="系统标识", max_length=60, help_text="字母、数字、点、横线、下划线，例如 hrss.haian；不能更改"
    )
    contact = forms.CharField(label="联系人和电话", max_length=100, required=False)
    registers = forms.MultipleChoiceField(
        label="可查询的登记",
        choices=Register.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="只向我们送回答复的系统不选。",
    )
    areas = forms.MultipleChoiceField(
        label="可查询的区域", required=False, help_text="选县（市）即为全县。", widget=forms.CheckboxSelectMultiple
    )
    basis = forms.CharField(label="法律依据", max_length=200)
    purpose = forms.CharField(label="查询目的", max_length=100)
    purpose_code = forms.CharField(label="目的代码", max_length=60, help_text="双方约定的代码，写在每次查询的同意书里。")
    valid_from = forms.DateField(label="起始日期")
    valid_until = forms.DateField(label="截止日期", help_text="最长三年。")
    by_law = forms.BooleanField(label="依法查询，不须本人同意", required=False)
    identity_numbers = forms.BooleanField(label="答复中给出完整的身份证号码", required=False)
    callback_uri = forms.CharField(
        label="回调地址", max_length=200, required=False, help_text="https:// 开头；不填的只能使用同步接口。"
    )
    verification_key = forms.CharField(
        label="对方公钥", required=False, help_text="PEM 格式；填写后对方的每个报文都必须签名。",
        widget=forms.Textarea(attrs={"rows": 4, "spellcheck": "false"}),
    )  # fmt: skip

    def __init__(self, *args: Any, actor: Actor, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        seen = areas.areas(actor, on=on).filter(level__in=(Level.COUNTY, Level.TOWN)).order_by("path")
        self.seen = {str(area.pk): area for area in seen}
        self.fields["areas"].choices = [(key, area.name) for key, area in self.seen.items()]  # type: ignore[attr-defined]  # a ChoiceField

    def grant(self) -> dict[str, Any]:
        """What the form says, as the action takes it."""
        said = dict(self.cleaned_data)
        said["areas"] = [self.seen[key] for key in said["areas"]]
        said["registers"] = [Register(each) for each in said["registers"]]
        said["needs_consent"] = not said.pop("by_law")
        return said


class RevokeForm(forms.Form):
    """Why a machine is put out."""

    reason = forms.CharField(label="撤销原因", max_length=200)
