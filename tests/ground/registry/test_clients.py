"""Who lets machines in, with which grant, and what is refused."""

import re
from datetime import date
from typing import Any

import pytest

from anmin.base.errors import BadValue, Refused
from anmin.ground.audit.models import AuditLine
from anmin.ground.registry import actions, queries
from anmin.ground.registry.models import RegistryClient
from anmin.ground.registry.vocabulary import Register
from tests.conftest import TODAY, Cast, County


def grant(county: County, **changed: Any) -> dict[str, Any]:
    return {
        "client_id": "hrss.haian",
        "name": "县人力资源和社会保障局",
        "registers": [Register.SOCIAL],
        "areas": [county.qutang],
        "basis": "《社会救助暂行办法》第五条",
        "purpose": "就业帮扶对象核实",
        "purpose_code": "EMPLOYMENT",
        "valid_from": TODAY,
        "valid_until": date(2025, 6, 30),
        **changed,
    }


def test_an_administrator_lets_a_machine_in_and_sees_its_secret_once(county: County, cast: Cast) -> None:
    made = actions.register_client(**grant(county), actor=cast.administrator, on=TODAY)
    assert made.secret is not None
    assert len(made.secret) == 43
    again = RegistryClient.objects.get()
    assert (again.secret, again.needs_consent, again.identity_numbers, again.registers) == (None, True, False, ["social"])
    line = AuditLine.objects.get(verb="registry.client_registered")
    assert line.actor_name == "冯管理"
    assert line.summary == (
        "接入县人力资源和社会保障局（hrss.haian）：社会救助登记（人员、家庭），2024-07-01至2025-06-30，《社会救助暂行办法》第五条"
    )


def test_nobody_else_lets_machines_in_or_sees_them(county: County, cast: Cast) -> None:
    with pytest.raises(Refused, match="只有系统管理员可以管理外部系统的接入账号。"):
        actions.register_client(**grant(county), actor=cast.decision_maker, on=TODAY)
    made = actions.register_client(**grant(county), actor=cast.administrator, on=TODAY)
    assert list(queries.clients(cast.auditor)) == [made]
    assert list(queries.clients(cast.clerk)) == []
    with pytest.raises(Refused, match=r"没有系统标识为“hrss\.haian”的外部系统，或者您无权查看。"):
        queries.client(cast.clerk, "hrss.haian")
    for act in (
        lambda: actions.renew_client_secret(client=made, actor=cast.clerk, on=TODAY),
        lambda: actions.revoke_client(client=made, reason="x", actor=cast.clerk, on=TODAY),
    ):
        with pytest.raises(Refused, match="只有系统管理员"):
            act()


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"client_id": "人社局"}, "系统标识应为 3 至 60 位的字母、数字、点、横线或下划线，例如 hrss.haian。"),
        ({"name": " "}, "请填写单位名称。"),
        ({"basis": ""}, "请填写法律依据。"),
        ({"purpose": ""}, "请填写查询目的。"),
        ({"purpose_code": ""}, "请填写目的代码。"),
        ({"registers": []}, "请同时选择可查询的登记和区域；只向我们送回答复的系统，两项都不选。"),
        ({"areas": []}, "请同时选择可查询的登记和区域；只向我们送回答复的系统，两项都不选。"),
        ({"valid_until": date(2024, 6, 30)}, "授权期限应在三年以内，截止日期不早于起始日期。"),
        ({"valid_until": date(2028, 1, 1)}, "授权期限应在三年以内，截止日期不早于起始日期。"),
        ({"callback_uri": "http://hrss.example/back"}, "回调地址应以 https:// 开头"),
        ({"callback_uri": "https://user:word@hrss.example/back"}, "回调地址应以 https:// 开头"),
        ({"verification_key": "no key"}, "公钥无法读取，请提供 PEM 格式的公钥"),
        ({"verification_key": "x", "placeholder": "stub"}, "已登记公钥的系统必须签名，不能再约定占位签名。"),
    ],
)
def test_a_grant_that_cannot_be_is_refused(county: County, cast: Cast, changed: dict[str, Any], sentence: str) -> None:
    with pytest.raises(BadValue, match=re.escape(sentence)):
        actions.register_client(**grant(county, **changed), actor=cast.administrator, on=TODAY)
    assert RegistryClient.objects.count() == 0


def test_an_id_is_given_once_and_a_grant_withdrawn_once(county: County, cast: Cast) -> None:
    made = actions.register_client(**grant(county), actor=cast.administrator, on=TODAY)
    with pytest.raises(BadValue, match=r"系统标识“hrss\.haian”已经登记过，请换一个。"):
        actions.register_client(**grant(county), actor=cast.administrator, on=TODAY)
    with pytest.raises(BadValue, match="请写明撤销的原因。"):
        actions.revoke_client(client=made, reason=" ", actor=cast.administrator, on=TODAY)
    actions.revoke_client(client=made, reason="协议终止", actor=cast.administrator, on=TODAY)
    with pytest.raises(BadValue, match="的授权已于2024-07-01撤销。"):
        actions.revoke_client(client=made, reason="协议终止", actor=cast.administrator, on=TODAY)
