"""The provincial platform by files: a list goes out, a bundle of answers comes in; the round trip stands on files alone."""

import csv
import io
import zipfile
from datetime import date
from typing import Any

import pytest
from typer.testing import CliRunner

from anmin.base.errors import BadValue, Refused
from anmin.cli import exchange as commands
from anmin.ground.audit.models import AuditLine
from anmin.ground.people.models import Household, Person
from anmin.ground.verification import actions
from anmin.ground.verification.exchange import ANSWER, BATCH
from anmin.ground.verification.models import Extract, Hit, Inquiry, InquirySource
from anmin.ground.verification.sealed import delivered
from tests.api.registry_stage import make_household, make_person, number_of
from tests.conftest import TODAY, Cast, County
from tests.ground.verification.registry_interface.test_inquiries import consent, request_for

AS_OF = date(2024, 6, 20)


@pytest.fixture
def family(county: County) -> tuple[Household, Person, Person]:
    head = make_person(county.liuqiao, "顾长明", date(1960, 5, 20), 11)
    wife = make_person(county.liuqiao, "丁秀兰", date(1962, 7, 1), 22)
    return make_household("HA000001", head, {wife: "spouse"}), head, wife


@pytest.fixture
def inquiry(family: tuple[Household, Person, Person], cast: Cast, county: County) -> Inquiry:
    """顾长明 agreed to everything, 丁秀兰 to deposits and securities; nobody delivered anything here."""
    home, head, wife = family
    consent(head)
    consent(wife, "deposits", "securities")
    request = request_for(home)
    actions.run_requests(requests=[request], area=county.county, actor=cast.reviewer, on=TODAY)
    request.refresh_from_db()
    assert request.inquiry is not None
    return request.inquiry


def lines(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))


def table(*rows: tuple[Any, ...], heads: tuple[str, ...] = ANSWER) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(heads)
    writer.writerows(rows)
    return text.getvalue().encode("gb18030")


def bundle(**files: bytes) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as packed:
        for name, content in files.items():
            packed.writestr(f"{name}.csv", content)
    return made.getvalue()


DEPOSITS = ("序号", "姓名", "公民身份号码", "开户银行", "存款余额")


def answers(inquiry: Inquiry, head: Person, wife: Person, **changed: Any) -> dict[str, Any]:
    """What the platform would send: 顾长明 has 30,000 in a bank, 丁秀兰 nothing."""
    first = (inquiry.number, 1, head.name, number_of(head), "银行存款", "有记录", AS_OF, "")
    second = (inquiry.number, 2, wife.name, number_of(wife), "银行存款", "无记录", AS_OF, "")
    money = table((1, head.name, number_of(head), "江苏农商行", "30000.50"), heads=DEPOSITS)
    return {"答复": table(first, second), "银行存款": money, **changed}


@pytest.mark.capability("SA-12")
def test_the_list_names_who_agreed_and_to_what(inquiry: Inquiry, family: tuple[Household, Person, Person], cast: Cast) -> None:
    home, head, wife = family
    sent = actions.send_batch(inquiry=inquiry, sources=["deposits", "tax"], actor=cast.reviewer, on=TODAY)
    assert sent.batch is not None
    first, second = lines(sent.batch)
    assert tuple(first) == BATCH
    assert first == {
        "批次号": inquiry.number, "序号": "1", "姓名": "顾长明", "公民身份号码": number_of(head), "出生日期": "1960-05-20",
        "性别": "男",
        "核对身份": "申请人", "家庭编号": home.number, "核对内容": "银行存款、个人所得税", "核对依据": inquiry.ground,
        "委托日期": "2024-07-01",
    }  # fmt: skip
    assert (second["序号"], second["姓名"], second["核对内容"]) == ("2", "丁秀兰", "银行存款")
    line = AuditLine.objects.get(verb="verification.batch_sent")
    assert line.summary == f"{inquiry.number}：生成省核对平台名单 2 人，核对银行存款、个人所得税"
    assert number_of(wife) not in str(line.details)


def test_who_agreed_to_nothing_of_it_does_not_stand_in_the_list(inquiry: Inquiry, cast: Cast) -> None:
    sent = actions.send_batch(inquiry=inquiry, sources=["tax"], actor=cast.reviewer, on=TODAY)
    assert sent.batch is not None
    assert [each["姓名"] for each in lines(sent.batch)] == ["顾长明"]
    with pytest.raises(Refused, match="只有县级民政部门的审核人员可以开展信息核对"):
        actions.send_batch(inquiry=inquiry, actor=cast.clerk, on=TODAY)


def receive(inquiry: Inquiry, cast: Cast, files: dict[str, bytes]) -> Inquiry:
    return actions.receive_batch(
        inquiry=inquiry, file_name="答复.zip", content=bundle(**files), actor=cast.reviewer, on=TODAY
    )  # fmt: skip


@pytest.mark.capability("SA-12")
def test_what_comes_back_is_hits_and_what_does_not_stays_unavailable(
    inquiry: Inquiry, family: tuple[Household, Person, Person], cast: Cast
) -> None:
    _, head, wife = family
    receive(inquiry, cast, answers(inquiry, head, wife))
    source = InquirySource.objects.get(inquiry=inquiry, source="deposits")
    assert (source.answered, source.persons, source.hits) == ("searched", 2, 1)
    hit = Hit.objects.get()
    assert (hit.person, hit.tier, delivered(hit.delivered_cipher)["balance"]) == (head, "A", 3_000_050)
    extract = Extract.objects.get()
    assert (extract.as_of, extract.file_name, extract.kept_as) == (AS_OF, "省核对平台查询2人", "")
    assert InquirySource.objects.get(inquiry=inquiry, source="tax").answered == "not_delivered"
    said = AuditLine.objects.get(verb="verification.batch_answered").summary
    assert said.startswith(f"{inquiry.number}：接收省核对平台答复，新增疑点")
    with pytest.raises(BadValue, match="没有委托核对这个人"):
        receive(inquiry, cast, answers(inquiry, head, wife))


def test_a_person_without_an_answer_is_never_one_of_whom_nothing_was_found(
    inquiry: Inquiry, family: tuple[Household, Person, Person], cast: Cast
) -> None:
    _, head, wife = family
    first = (inquiry.number, 1, head.name, number_of(head), "银行存款", "有记录", AS_OF, "")
    silent = (inquiry.number, 2, wife.name, number_of(wife), "银行存款", "未能核对", "", "银行未反馈")
    receive(inquiry, cast, answers(inquiry, head, wife, 答复=table(first, silent)))

    def stands() -> tuple[Any, ...]:
        source = InquirySource.objects.get(inquiry=inquiry, source="deposits")
        missed = inquiry.persons.order_by("id").values_list("unanswered", flat=True)
        return source.answered, source.persons, source.unanswered, source.hits, list(missed)

    assert stands() == ("searched", 1, 1, 1, [[], ["deposits"]])
    # The next list names the other only, and a bundle that is silent about her changes nothing.
    again = actions.send_batch(inquiry=inquiry, sources=["deposits"], actor=cast.reviewer, on=TODAY)
    assert again.batch is not None
    assert [each["姓名"] for each in lines(again.batch)] == ["丁秀兰"]
    with pytest.raises(BadValue, match="没有一个人、一项数据得到有效答复"):
        receive(inquiry, cast, {"答复": table(silent)})
    assert stands() == ("searched", 1, 1, 1, [[], ["deposits"]])
    receive(inquiry, cast, {"答复": table((inquiry.number, 2, wife.name, number_of(wife), "银行存款", "无记录", AS_OF, ""))})
    assert stands() == ("searched", 2, 0, 1, [[], []])
    summaries = (
        AuditLine.objects.filter(verb="verification.batch_answered").order_by("sequence").values_list("summary", flat=True)
    )
    assert "（对方没有答复：银行未反馈），不视为未查到" in summaries[0]


def test_a_source_that_answered_about_nobody_is_unavailable(
    inquiry: Inquiry, family: tuple[Household, Person, Person], cast: Cast
) -> None:
    _, head, wife = family
    silent = [(inquiry.number, n, p.name, number_of(p), "银行存款", "未能核对", "", "") for n, p in ((1, head), (2, wife))]
    tax = (inquiry.number, 1, head.name, number_of(head), "个人所得税", "无记录", AS_OF, "")
    receive(inquiry, cast, {"答复": table(*silent, tax)})
    deposits, taxed = (InquirySource.objects.get(inquiry=inquiry, source=each) for each in ("deposits", "tax"))
    assert (deposits.answered, deposits.persons, deposits.unanswered, deposits.extract) == ("not_delivered", 0, 0, None)
    assert (taxed.answered, taxed.persons, taxed.unanswered) == ("searched", 1, 0)


def test_old_data_are_no_answer(inquiry: Inquiry, family: tuple[Household, Person, Person], cast: Cast) -> None:
    _, head, wife = family
    old = date(2020, 1, 1)
    rows = [
        (inquiry.number, n, p.name, number_of(p), "银行存款", r, old, "")
        for n, p, r in ((1, head, "有记录"), (2, wife, "无记录"))
    ]
    with pytest.raises(BadValue, match="没有一个人、一项数据得到有效答复，没有接收"):
        receive(inquiry, cast, answers(inquiry, head, wife, 答复=table(*rows)))


@pytest.mark.parametrize(
    ("place", "value", "sentence"),
    [
        (0, "HD9999-0001", "第 2 行的批次号不是 "),
        (1, 9, "第 2 行的序号“9”不在本批次中"),
        (1, "x", "第 2 行的序号“x”不在本批次中"),
        (2, "别人", "第 2 行不是序号 1 的人，是其他人的答复"),
        (3, "320699197001010015", "第 2 行不是序号 1 的人，是其他人的答复"),
        (4, "彩票", "第 2 行的数据源“彩票”没有委托核对这个人"),
        (5, "大概有", "第 2 行的结果“大概有”应为：有记录、无记录、未能核对"),
        (6, "2024-07-02", "第 2 行的数据截至日期缺失、无法读取或者在将来"),
        (6, "昨天", "第 2 行的数据截至日期缺失、无法读取或者在将来"),
        (5, "无记录", "银行存款：序号 1 附有记录，但答复不是“有记录”"),
    ],
)
def test_a_bundle_with_a_fault_is_refused_whole_and_by_line(
    inquiry: Inquiry, family: tuple[Household, Person, Person], cast: Cast, place: int, value: Any, sentence: str
) -> None:
    _, head, wife = family
    first: list[Any] = [inquiry.number, 1, head.name, number_of(head), "银行存款", "有记录", AS_OF, ""]
    first[place] = value
    second = (inquiry.number, 2, wife.name, number_of(wife), "银行存款", "无记录", AS_OF, "")
    with pytest.raises(BadValue) as refused:
        receive(inquiry, cast, answers(inquiry, head, wife, 答复=table(tuple(first), second)))
    assert sentence in refused.value.message
    assert refused.value.message.startswith("答复没有接收，也没有留下任何数据：")
    assert (Hit.objects.count(), Extract.objects.count()) == (0, 0)


def test_records_of_somebody_else_or_none_where_some_were_promised_are_refused(
    inquiry: Inquiry, family: tuple[Household, Person, Person], cast: Cast
) -> None:
    _, head, wife = family
    strange = table((1, wife.name, number_of(wife), "江苏农商行", "1"), heads=DEPOSITS)
    with pytest.raises(BadValue, match=r"“银行存款\.csv”第 2 行不是所填序号的人"):
        receive(inquiry, cast, answers(inquiry, head, wife, 银行存款=strange))
    with pytest.raises(BadValue, match="序号 1 的答复为“有记录”，但没有附记录"):
        receive(inquiry, cast, answers(inquiry, head, wife, 银行存款=table(heads=DEPOSITS)))
    spoilt = table((1, head.name, number_of(head), "江苏农商行", "三万"), heads=DEPOSITS)
    with pytest.raises(BadValue, match="第 2 行“存款余额”列"):
        receive(inquiry, cast, answers(inquiry, head, wife, 银行存款=spoilt))


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"no zip", "答复包无法打开：应为没有密码的 ZIP 文件。"),
        (bundle(other=b"x"), "答复包中没有“答复.csv”，请核对是否选对了文件。"),
        (bundle(答复=b"a,b\n1,2\n"), "“答复.csv”缺少列：批次号、序号、姓名、公民身份号码、数据源、结果。"),
        (bundle(**{f"f{number}": b"x" for number in range(41)}), "答复包中的文件超过 40 个，或者解开后过大，请分批答复。"),
    ],
    ids=["no zip", "no table", "no columns", "too many"],
)
def test_what_is_no_bundle_is_refused(inquiry: Inquiry, cast: Cast, content: bytes, sentence: str) -> None:
    with pytest.raises(BadValue) as refused:
        actions.receive_batch(inquiry=inquiry, file_name="x", content=content, actor=cast.reviewer, on=TODAY)
    assert refused.value.message == sentence


def test_the_round_trip_from_the_command_line(inquiry: Inquiry, family: tuple[Household, Person, Person], tmp_path: Any) -> None:
    _, head, wife = family
    run, out = CliRunner(), tmp_path / "名单.csv"
    said = run.invoke(commands.app, ["send", inquiry.number, "--out", str(out), "--as", "reviewer", "--source", "deposits"])
    assert said.stdout == f"已写入 {out}，共 2 人。\n"
    assert out.stat().st_mode & 0o777 == 0o600
    back = tmp_path / "答复.zip"
    back.write_bytes(bundle(**answers(inquiry, head, wife)))
    said = run.invoke(commands.app, ["receive", inquiry.number, str(back), "--as", "reviewer"])
    assert said.stdout.startswith("已接收。尚未全部答复的数据源 "), said.output
    assert Hit.objects.count() == 1
    assert "没有编号为“HD0”的核对任务" in run.invoke(commands.app, ["receive", "HD0", str(back), "--as", "reviewer"]).stderr
