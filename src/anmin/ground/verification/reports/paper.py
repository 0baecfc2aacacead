"""The report as a paper: people against sources, findings, the result, and the code by which it is proved unchanged."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from anmin.ground.documents.authority import authority
from anmin.ground.documents.paper import Block, Heading, Paper, QrCode, Signature, chinese_date, fields, table, text
from anmin.ground.verification.reports.proof import code_text, printed

TITLE = "居民家庭经济状况核对报告"
BASIS = "《江苏省社会救助家庭经济状况核对办法》（省政府令第126号）、《最低生活保障审核确认办法》（民发〔2021〕57号）"
_ACROSS = 4
"""So many people fit beside the sources on one sheet; a larger family has more tables."""


def paper_of(content: Mapping[str, Any], seal: str) -> Paper:
    """The paper that says what the content says."""
    issued, until = date.fromisoformat(content["issued_on"]), date.fromisoformat(content["valid_until"])
    return Paper(
        title=TITLE,
        number=content["number"],
        blocks=(
            fields(
                (
                    ("核对任务", content["inquiry"]),
                    ("核对事由", content["occasion"]),
                    ("家庭编号", content["household"]),
                    ("户主", content["head"]),
                    ("所在地", content["area"]),
                    ("提请人", content["requested_by"]),
                    ("提请日期", content["requested_on"]),
                    ("有效期至", content["valid_until"]),
                )
            ),
            text(f"依照{BASIS}，根据有效的核对授权书，对下列人员的家庭经济状况进行了核对。"),
            Heading("一、核对对象"),
            table(
                ("姓名", "公民身份号码", "身份"),
                [(each["name"], each["identity"] or "—", each["capacity"]) for each in content["persons"]],
                widths=(20, 40, 40),
            ),
            Heading("二、各数据源的核对情况"),
            *_answers(content),
            Heading("三、核对发现"),
            *_findings(content),
            Heading("四、核对结果"),
            text(f"{content['result']}。{_caution(content)}"),
            text(f"本报告自出具之日起至{chinese_date(until)}有效。比对结果仅作为调查核实的线索，不直接作为审核确认的结论；"
                 "家庭对结果有异议的，可以提供证明材料，申请重新核查。"),
            Signature(authority().name, issued),
            QrCode(
                code_text(content["number"], seal),
                (f"校验码：{printed(seal)}", "扫描二维码，或者输入报告编号和校验码，可以查验本报告是否由本机关出具、有无改动。"),
            ),
        ),
    )  # fmt: skip


def _answers(content: Mapping[str, Any]) -> list[Block]:
    blocks: list[Block] = []
    persons, sources = content["persons"], content["sources"]
    for start in range(0, len(persons), _ACROSS):
        some = range(start, min(start + _ACROSS, len(persons)))
        blocks.append(
            table(
                ("数据源", "截至日期", *(persons[place]["name"] for place in some)),
                [
                    (each["label"], _days(each), *(content["answers"][place][row] for place in some))
                    for row, each in enumerate(sources)
                ],
                widths=(26, 22, *(18 for _ in some)),
            )
        )
    return blocks


def _days(source: Mapping[str, Any]) -> str:
    """The day its data are of, and the days of partial deliveries that were searched beside it."""
    parts = [f"部分数据{day}" for day in source.get("parts", ())]
    return "；".join((source["as_of"] or "—", *parts)) if parts else source["as_of"] or "—"


def _findings(content: Mapping[str, Any]) -> list[Block]:
    if not content["findings"]:
        return [text("未发现与申报不符的情形。")]
    rows = [
        (each["person"], each["kind"], each["declared"], "；".join(filter(None, (each["found"], each["effect"]))), each["state"])
        for each in content["findings"]
    ]
    return [table(("姓名", "疑点", "申报", "查得", "处理"), rows, widths=(12, 20, 20, 34, 14))]


def _caution(content: Mapping[str, Any]) -> str:
    if not content["incomplete"]:
        return ""
    return "部分数据源未授权、未提供数据、没有答复或者数据已过时效，“未查到记录”以外的情形不表示没有相应的收入和财产。"
