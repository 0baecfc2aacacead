"""Forms about accounts, roles and passwords."""

from datetime import date
from typing import Any

from django import forms
from django.contrib.auth.forms import AuthenticationForm

from anmin.ground.accounts.gate import Actor
from anmin.ground.accounts.vocabulary import Role
from anmin.ground.areas import queries as areas
from anmin.ground.areas.vocabulary import Level

ALL = ("", "全部")
IN_USE, LOCKED, AT_REST, NO_ROLE = "in_use", "locked", "at_rest", "no_role"
STATES = {IN_USE: "在用", LOCKED: "已锁定", AT_REST: "已停用", NO_ROLE: "尚无角色"}

_RULES = "至少 10 位，不能全是数字，也不能是常见密码。"


def _new_password(label: str, help_text: str = _RULES) -> forms.CharField:
    return forms.CharField(
        label=label, help_text=help_text, widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}), strip=False
    )


class SignInForm(AuthenticationForm):
    """Who one is. Django's own sentence would name the field by its code."""

    error_messages = {  # noqa: RUF012  # the base class declares it for its instances
        "invalid_login": "账号或密码不正确，请核对后重新输入；密码区分大小写。",
        "inactive": "这个账号已停用，请联系本单位系统管理员。",
    }


class StaffFilter(forms.Form):
    """Which accounts."""

    text = forms.CharField(label="姓名、账号", required=False)
    role = forms.ChoiceField(label="角色", choices=[ALL, *Role.choices], required=False)
    state = forms.ChoiceField(label="状态", choices=[ALL, *STATES.items()], required=False)


class AccountForm(forms.Form):
    """A new account."""

    name = forms.CharField(label="姓名", max_length=60)
    username = forms.CharField(
        label="账号", max_length=40, help_text="2 至 40 位字母、数字、点、横线或下划线，以字母或数字开头；建立后不能更改。"
    )
    phone = forms.CharField(label="联系电话", max_length=20, required=False)
    password = _new_password("初始密码", f"{_RULES}本人首次登录时必须更换。")


class RoleForm(forms.Form):
    """A role in an area, from a day on."""

    role = forms.ChoiceField(label="角色", choices=[("", "请选择"), *Role.choices])
    area = forms.ChoiceField(label="任职地区", help_text="镇（街道）经办人选所在镇（街道），其他角色选县（市）。")
    valid_from = forms.DateField(label="起始日期")
    valid_until = forms.DateField(label="截止日期", required=False, help_text="长期任职的不填。")

    def __init__(self, *args: Any, actor: Actor, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.areas = {
            str(area.pk): area for area in areas.areas(actor, on=on).filter(level__in=(Level.COUNTY, Level.TOWN)).order_by("path")
        }
        choices = [("", "请选择"), *((key, area.name) for key, area in self.areas.items())]
        self.fields["area"].choices = choices  # type: ignore[attr-defined]  # a ChoiceField

    def clean_area(self) -> Any:
        """The record of the area."""
        return self.areas[self.cleaned_data["area"]]

    def clean_role(self) -> Role:
        """The role as a word of the vocabulary."""
        return Role(self.cleaned_data["role"])


class EndRoleForm(forms.Form):
    """The last day of a role."""

    valid_until = forms.DateField(label="截止日期")


class ResetPasswordForm(forms.Form):
    """A password given by the administrator."""

    password = _new_password("新密码", f"{_RULES}本人下次登录时必须更换。")


class OwnPasswordForm(forms.Form):
    """One's own new password."""

    old = forms.CharField(label="原密码", widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}), strip=False)
    new = _new_password("新密码")
    again = _new_password("再次输入新密码", "")

    def clean(self) -> dict[str, Any]:
        """Refuses two new passwords that differ."""
        given = super().clean() or {}
        if given.get("new") and given.get("again") and given["new"] != given["again"]:
            self.add_error("again", "两次输入的新密码不一致，请重新输入。")
        return given
