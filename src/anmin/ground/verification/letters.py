"""The letter of consent as a family is given it to sign (授权书样表)."""

from collections.abc import Sequence
from dataclasses import dataclass

from anmin.ground.documents.authority import authority
from anmin.ground.documents.paper import Paper, Signature, fields, table, text
from anmin.ground.verification.sources import PROVINCIAL, SOURCES

_BLANK = "　　年　　月　　日"


@dataclass(frozen=True)
class Signer:
    """Who is to sign: name, masked number, as what; a minor's guardian signs instead."""

    name: str
    number: str
    capacity: str
    is_minor: bool


def blank_letter(*, household: str, address: str, signers: Sequence[Signer], months: int) -> Paper:
    """The letter for a family, everything filled in but signatures, days and the sources somebody would strike out."""
    bureau = authority().name
    asked = "、".join(source.label for source in SOURCES.values())
    return Paper(
        title="家庭经济状况核对授权书",
        blocks=(
            fields((("家庭编号", household), ("住址", address or "—"))),
            text(f"{bureau}："),
            text(
                f"本人及共同生活的家庭成员、法定赡养（抚养、扶养）义务人因申请或者复核社会救助，自愿授权{bureau}及其委托的核对机构，"
                f"依照{PROVINCIAL}，向有关部门、金融机构和其他单位查询、核对以下信息：{asked}。"
            ),
            text("不同意查询的项目，请在此写明：＿＿＿＿＿＿＿＿＿＿＿＿＿＿＿＿"),
            text(
                f"本授权自签署之日起{months}个月内有效；有效期内可以书面撤回，撤回前已经进行的查询仍然有效。"
                "查询结果只用于本次救助的审核确认、复核和动态管理，不作其他用途。"
            ),
            text("本人已经知晓：不授权或者撤回授权的，有关情况无法核对，可能影响救助的审核确认。"),
            table(
                ("姓名", "身份号码", "身份", "签名（按手印）", "签署日期"),
                [(each.name, each.number or "—", each.capacity, _signature(each), _BLANK) for each in signers],
                widths=(14, 26, 18, 22, 20),
            ),
            text("未满十八周岁或者不能自己签名的，由监护人代为签署，并在签名后注明与本人的关系。"),
            Signature(_BLANK, None, ("授权人（户主）签名：＿＿＿＿＿＿＿＿",)),
        ),
    )


def _signature(signer: Signer) -> str:
    return "（监护人代签）" if signer.is_minor else ""
