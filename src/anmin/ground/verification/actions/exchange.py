"""Lists that go to the provincial verification platform, and what it answers."""

import hashlib
from collections.abc import Sequence
from datetime import date

from django.conf import settings

from anmin.base.errors import BadValue, Refused
from anmin.ground.accounts.gate import Actor, action, remark
from anmin.ground.verification.answers import Standing
from anmin.ground.verification.exchange import batch, read_answers
from anmin.ground.verification.late import ask_again, waiting_in
from anmin.ground.verification.models import Inquiry
from anmin.ground.verification.permissions import may_ask_sources
from anmin.ground.verification.sources import SOURCES
from anmin.ground.verification.sources import source as source_of
from anmin.ground.verification.vocabulary import Answered


@action("verification.batch_sent", permission=may_ask_sources)
def send_batch(*, inquiry: Inquiry, sources: Sequence[str] = (), actor: Actor, on: date) -> Inquiry:
    """The list of the inquiry for the platform stands on the instance (`batch`), with identity numbers in full; nowhere else.

    `sources` are those to be checked there; all that could not be searched here, where none is given. Basis: that of the inquiry.
    Refuses: a source that was searched already, and a list in which nobody would stand.
    """
    wanted = _wanted(inquiry, sources)
    content, count = batch(inquiry, wanted, on=on)
    if not count:
        raise Refused("没有人同时具备有效授权和身份证号码，不能委托核对。")
    labels = "、".join(SOURCES[each].label for each in wanted)
    remark(
        f"{inquiry.number}：生成省核对平台名单 {count} 人，核对{labels}",
        basis=inquiry.ground, persons=count, sources=wanted, sha256=hashlib.sha256(content).hexdigest(),
    )  # fmt: skip
    inquiry.batch = content
    return inquiry


@action("verification.batch_answered", permission=may_ask_sources)
def receive_batch(*, inquiry: Inquiry, file_name: str, content: bytes, actor: Actor, on: date) -> Inquiry:
    """What the platform answered about the inquiry stands as hits and findings; sources it did not answer stay unavailable.

    Basis: that of the inquiry. Refuses, and keeps nothing: a file over the limit, one that is no bundle, is of another batch,
    names somebody else, contradicts itself, or cannot be read (by line); and an inquiry whose sources were all searched.
    """
    if len(content) > settings.UPLOAD_LIMIT_BYTES:
        raise BadValue(f"文件超过{settings.UPLOAD_LIMIT_BYTES // (1024 * 1024)} MB 的上限。")
    answers = read_answers(content, inquiry, _wanted(inquiry, ()), on=on)
    answers = {source: each for source, each in answers.items() if each.answered}
    if not answers:
        raise BadValue("答复包中没有一个人、一项数据得到有效答复，没有接收。")
    findings = ask_again(inquiry, [Standing(each, Answered.SEARCHED, None) for each in answers], answers, on=on)
    said = "".join(each.sentence for each in answers.values())
    remark(
        f"{inquiry.number}：接收省核对平台答复，新增疑点{findings}条。{said}",
        basis=inquiry.ground, file=file_name[:100], sha256=hashlib.sha256(content).hexdigest(),
    )  # fmt: skip
    return inquiry


def _wanted(inquiry: Inquiry, sources: Sequence[str]) -> list[str]:
    for each in sources:
        source_of(each)
    waiting = list(waiting_in(inquiry).values_list("source", flat=True))
    if searched := [each for each in sources if each not in waiting]:
        raise Refused(f"{inquiry.number}已经比对过{SOURCES[searched[0]].label}数据，不必委托核对。")
    if not waiting:
        raise Refused(f"{inquiry.number}的数据源都已比对。")
    return list(sources) or waiting
