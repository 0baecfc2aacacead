"""Phrases that the papers of every kind of case share: who writes, to whom, on which figures, what may be done against it."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from anmin.base.money import format_yuan
from anmin.ground.areas.queries import town_of
from anmin.ground.cases.models import CaseAction
from anmin.ground.cases.situation import Situation
from anmin.ground.documents.authority import authority
from anmin.ground.documents.paper import Block, chinese_date, table, text
from anmin.ground.people.vocabulary import Relation


def said(situation: Situation, *steps: str) -> CaseAction:
    """The latest action of these steps; a paper is offered only after its step."""
    action = situation.last(*steps)
    assert action is not None  # the paper belongs to the step
    return action


def town(situation: Situation) -> str:
    """The office that writes for the town of the case."""
    found = town_of(situation.case.area)
    if found is None:
        return authority().government
    if found.name.endswith("镇"):
        return f"{authority().county}{found.name}人民政府"
    return f"{authority().county}{found.name}" + ("办事处" if found.name.endswith("街道") else "")


def addressee(situation: Situation) -> Block:
    """To whom the paper goes."""
    return text(f"{situation.case.applicant.name}：", indent=False)


def relief(against: str) -> Block:
    """What may be done against a decision (《行政复议法》2023年修订第二十条、第二十四条；《行政诉讼法》第四十六条)."""
    return text(
        f"如对{against}不服，可以自收到本通知书之日起六十日内向{authority().review_authority}申请行政复议，"
        f"也可以自收到本通知书之日起六个月内依法向{authority().court}提起行政诉讼。"
    )


def contact() -> Block:
    """Where to ask."""
    return text(f"联系电话：{authority().telephone}", indent=False)


def labels(choices: Any, values: Iterable[str] | None) -> list[str]:
    """What the chosen ones are called, in the order of the choices."""
    wanted = set(values or ())
    return [str(choice.label) for choice in choices if choice.value in wanted]


def yuan(fen: int | None) -> str:
    """An amount, a dash where there is none."""
    return "—" if fen is None else f"{format_yuan(fen)}元"


def day(value: Any) -> str:
    """A day kept with an action, in Chinese."""
    return chinese_date(date.fromisoformat(str(value))) if value else ""


def family(situation: Situation) -> Block:
    """Who lives together, with masked numbers."""
    return table(
        ("姓名", "与户主关系", "公民身份号码", "出生日期"),
        (
            (row.person.name, str(Relation(row.relation).label), row.person.identity_mask, chinese_date(row.person.birth_on))
            for row in situation.members
        ),
        widths=(18, 18, 36, 28),
    )


def reckoned(assessed: Mapping[str, Any] | None) -> tuple[Block, ...]:
    """What the rules said, in words and in figures with the article of each; nothing where they were not asked.

    `assessed` is what a step kept of it (`grounds.grounds_of`). A decision kept before figures were has its words alone.
    """
    if not assessed or not assessed.get("paragraph"):
        return ()
    figures = assessed.get("figures") or ()
    rows = table(("认定项目", "认定结果", "依据"), figures, widths=(34, 20, 46)) if figures else None
    return (text(f"计算说明：{assessed['paragraph']}"), *((rows,) if rows else ()))


def articles(assessed: Mapping[str, Any] | None, otherwise: str) -> str:
    """The articles that stood in the way, each once; the law of the programme where none is named."""
    found = [source for _, source in (assessed or {}).get("reasons") or ()]
    return "；".join(dict.fromkeys(found)) or otherwise


def not_known(assessed: Mapping[str, Any] | None) -> tuple[Block, ...]:
    """What is not on record, without which nothing can be decided; nothing where all is known."""
    lacking = list((assessed or {}).get("lacking") or ())
    if not lacking:
        return ()
    rows = ((str(place), each.removesuffix("，请补充。")) for place, each in enumerate(lacking, 1))
    return (
        text("按现有登记，下列情况尚未掌握，暂不能作出认定，请一并说明或者提供："),
        table(("序号", "尚未掌握的情况"), rows, widths=(15, 85)),
    )


def new_amount(before: int | None, after: int | None) -> tuple[tuple[str, str], ...]:
    """The monthly sum before and after, and the difference, as rows of a form."""
    rows = (("原每月金额", yuan(before)), ("现每月金额", yuan(after)))
    if before is None or after is None:
        return rows
    return (*rows, ("每月增加" if after >= before else "每月减少", yuan(abs(after - before))))
