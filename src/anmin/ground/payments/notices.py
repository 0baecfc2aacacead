"""The letter that asks a family for money back: how much, of which month, why, and what may be done about it."""

from datetime import date

from anmin.base.periods import Month
from anmin.ground.accounts.gate import SYSTEM
from anmin.ground.cases.letters import contact, relief, yuan
from anmin.ground.documents.authority import authority
from anmin.ground.documents.models import Document
from anmin.ground.documents.paper import Block, Paper, Signature, fields, text
from anmin.ground.entitlements.benefits import BENEFITS
from anmin.ground.payments.causes import causes
from anmin.ground.payments.models import Recovery

KIND = "payments.recovery_notice"
TITLE = "追回多发待遇告知书"
BASIS = "《社会救助暂行办法》（国务院令第649号）第六十八条"


def recovery_notice(recovery: Recovery, on: date) -> Paper:
    """The letter as it stands on a day: what is still to come back."""
    line, held = recovery.line, recovery.entitlement
    month, label = Month.parse(line.for_month).label, BENEFITS[held.benefit].label
    return Paper(
        title=TITLE,
        red_head=authority().name,
        blocks=(
            text(f"{held.payee.name}{'的家属' if held.payee.died_on else ''}：", indent=False),
            text(
                f"经复核，{month}的{label}（{held.number}）按已掌握的情况应发{yuan(line.due)}，"
                f"名册已发{yuan(line.already)}，多发{yuan(recovery.amount)}。"
            ),
            fields(
                (
                    ("多发所属月份", month),
                    ("应追回", yuan(recovery.amount)),
                    ("已追回", yuan(recovery.recovered)),
                    ("尚应退回", yuan(recovery.amount - recovery.recovered)),
                )
            ),
            *_why(recovery),
            text(
                "多发的金额不从账户中直接扣划，可以一次或分次退回；继续享受待遇的，也可以书面同意从以后各月待遇中按规定的比例抵扣。"
            ),
            text(f"依据：{BASIS}。对上述情况有异议的，可以向我们陈述、申辩，并提供证明材料。"),
            relief("本决定"),
            contact(),
            Signature(authority().name, on),
        ),
    )


def _why(recovery: Recovery) -> tuple[Block, ...]:
    """What was learned, published or decided since the month was paid."""
    said = causes(SYSTEM, recovery.line)
    return (text(f"原因：{''.join(said)}"),) if said else ()


def notice_of(recovery: Recovery) -> Document | None:
    """The letter as it was issued; none before."""
    return Document.objects.filter(kind=KIND, subject_kind="payments.recovery", subject_id=str(recovery.pk)).first()
