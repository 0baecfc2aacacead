"""核数 in the browser: what is pasted or brought comes back judged, can be put right, and is kept nowhere."""

import json
import re
from io import BytesIO
from typing import Any

import docx
import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client

from anmin.ground.audit.models import AuditLine
from anmin.ground.reports.models import RuleSetAside
from anmin.web.checking import carried
from tests.conftest import Cast
from tests.small_register import SmallRegister
from tests.web.signed_in import browser_of

TITLE = "某县水务局2023年工作总结"
WRONG = f"{TITLE}\n全县共有水库60座，其中大型水库5座、中型水库12座、小型水库53座。\n"


def page(answer: Any) -> str:
    return str(answer.content.decode())


def pasted(visitor: Client, text: str = WRONG, **others: Any) -> Any:
    return visitor.post("/checking", {"text": text, **others})


def fields(answer: Any) -> dict[str, str]:
    """What the page of a result carries, as its form sends it back."""
    return dict(answer.context["carried"])


def judged(answer: Any) -> list[tuple[str, str]]:
    return [(each["rule"], each["label"]) for each in answer.context["findings"]]


@pytest.fixture
def visitor(cast: Cast) -> Client:
    return browser_of(cast.reviewer)


def test_form_is_shown(visitor: Client) -> None:
    answer = visitor.get("/checking")
    assert (answer.status_code, "平台不保存、不记录" in page(answer)) == (200, True)


def test_who_only_keeps_the_accounts_is_refused(cast: Cast) -> None:
    assert browser_of(cast.administrator).get("/checking").status_code == 403


def test_pasted_text_comes_back_with_its_numbers_and_what_does_not_add_up(visitor: Client) -> None:
    answer = pasted(visitor)
    assert (answer.status_code, judged(answer)) == (200, [("parts_and_whole", "错误")])
    assert re.search(
        r'<a class="reading is-error" href="#detail" role="button" id="n-b1-\d+" data-key="b1:\d+">60座</a>', page(answer)
    )
    assert "5座+12座+53座=70座" in page(answer)


def test_file_is_read_by_what_it_holds(visitor: Client) -> None:
    made, file = docx.Document(), BytesIO()
    for line in WRONG.splitlines():
        made.add_paragraph(line)
    made.save(file)
    answer = visitor.post("/checking", {"text": "", "file": SimpleUploadedFile("总结.docx", file.getvalue())})
    assert (judged(answer), answer.context["name"], answer.context["findings"][0]["place"]) == (
        [("parts_and_whole", "错误")],
        "总结.docx",
        "第 2 段",
    )


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"text": " \n"}, "没有文字可以检查，请粘贴报告全文，或者选择一个文件。"),
        ({"text": "一", "file": SimpleUploadedFile("a.txt", b"1")}, "既粘贴了文字又选择了文件，请只留一种。"),
        ({"text": "", "file": SimpleUploadedFile("a.pdf", b"%PDF-1.5")}, "这是 PDF 文件。"),
        ({"text": "", "file": SimpleUploadedFile("a.txt", b"")}, "文件是空的，没有任何文字，请检查是否选错了文件。"),
        ({"text": "一", "against": SimpleUploadedFile("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")}, "这是旧版 .doc"),
        ({"text": "一", "period": "2024"}, "选择一个有效的选项"),
    ],
    ids=["nothing", "both", "pdf", "empty", "earlier", "period"],
)
def test_what_cannot_be_checked_is_told_at_its_field(visitor: Client, sent: dict[str, Any], sentence: str) -> None:
    answer = visitor.post("/checking", sent)
    assert (answer.status_code, sentence in page(answer)) == (422, True)


def test_text_too_long_for_a_page_is_told(visitor: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(carried, "CHARACTERS_AT_MOST", 20_000)
    answer = pasted(visitor, "全县有1户。" * 4_000)
    assert (answer.status_code, "全文约 2.4 万字，页面一次最多 2 万字" in page(answer)) == (422, True)


def test_hostile_text_is_shown_as_text(visitor: Client) -> None:
    hostile = '<script>alert(1)</script><img src=x onerror="a()">共有12户</script><!--\n|<b>甲</b>|"\'|\n|-|-|\n|1|2|\n'
    answer = pasted(visitor, hostile)
    shown = page(answer)
    assert (answer.status_code, "<script>alert" in shown, "<img src=x" in shown, "<b>甲" in shown) == (200, False, False, False)
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in shown
    inside = re.search(r'<script id="readings" type="application/json">(.*?)</script>', shown, re.DOTALL)
    assert inside is not None
    assert json.loads(inside.group(1)).keys() == {"numbers", "relations"}


def test_reading_put_right_is_judged_anew_and_can_be_taken_back(visitor: Client) -> None:
    first = pasted(visitor)
    key = first.context["findings"][0]["key"]
    right = visitor.post("/checking", {**fields(first), "correct": key, "figure": "70", "unit": "", "subject": ""})
    assert (judged(right), [each["key"] for each in right.context["corrections"]]) == ([], [key])
    again = visitor.post("/checking", {**fields(right), "uncorrect": key})
    assert (judged(again), again.context["corrections"]) == ([("parts_and_whole", "错误")], [])


def test_number_that_measures_nothing_is_left_alone(visitor: Client) -> None:
    first = pasted(visitor)
    key = first.context["findings"][0]["key"]
    answer = visitor.post("/checking", {**fields(first), "correct": key, "figure": "", "not_a_measure": "on"})
    assert judged(answer) == []
    assert "不是数量" in page(answer)


def test_wrong_correction_is_told_and_nothing_is_lost(visitor: Client) -> None:
    first = pasted(visitor)
    key = first.context["findings"][0]["key"]
    answer = visitor.post("/checking", {**fields(first), "correct": key, "figure": "七十"})
    assert (answer.status_code, "更正的数值“七十”请写成数字" in page(answer), judged(answer)) == (422, True, judged(first))


def test_rule_is_switched_off_with_a_reason_that_is_kept(visitor: Client, cast: Cast) -> None:
    first = pasted(visitor)
    answer = visitor.post("/checking", {**fields(first), "set_aside": "parts_and_whole|1", "reason-1": "有交叉统计"})
    assert (judged(answer), answer.context["off"][0]["reason"]) == ([], "有交叉统计")
    assert RuleSetAside.objects.get().set_by_id == cast.reviewer.id
    restored = visitor.post("/checking", {**fields(answer), "restore": "parts_and_whole"})
    assert (judged(restored), restored.context["off"]) == (judged(first), [])


def test_rule_is_not_switched_off_without_a_reason(visitor: Client) -> None:
    first = pasted(visitor)
    answer = visitor.post("/checking", {**fields(first), "set_aside": "parts_and_whole|1", "reason-1": " "})
    assert (answer.status_code, "需要写明理由" in page(answer), judged(answer)) == (422, True, judged(first))
    assert not RuleSetAside.objects.exists()


def test_nothing_of_the_text_is_kept(visitor: Client) -> None:
    visitor.post("/checking", {**fields(pasted(visitor)), "set_aside": "parts_and_whole|1", "reason-1": "有交叉统计"})
    assert [line.verb for line in AuditLine.objects.all()] == ["report.rule_set_aside"]
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608  a table of the test's own database
            assert "水库" not in str(cursor.fetchall()), table


@pytest.mark.parametrize(
    "broken",
    [
        "",
        "{",
        "[]",
        '{"name":"a","notes":[],"counted":"行","blocks":[]}',
        '{"name":"a","notes":[],"counted":"行","blocks":[{"p":1,"line":1,"heading":false,"breaks":[]}]}',
        '{"name":"a","notes":[],"counted":"行","blocks":[{"p":"1","line":-1,"heading":false,"breaks":[]}]}',
        '{"name":"a","notes":[],"counted":"行","blocks":[{"rows":[["1"],["1","2"]],"line":1,"caption":"","lines":[]}]}',
        "[" * 100_000,
        '{"name":"a","notes":[],"counted":"行","blocks":[{"p":"\\ud8001户","line":1,"heading":false,"breaks":[]}]}',
    ],
)
def test_what_no_page_sends_is_refused(visitor: Client, broken: str) -> None:
    answer = visitor.post("/checking", {"document": broken})
    assert (answer.status_code, "页面内容不完整" in page(answer)) == (400, True)


def test_text_survives_the_way_to_the_page_and_back() -> None:
    document = carried.document_of_text(carried.as_text(carried.document_of_text(carried.as_text(_document()))))
    assert document == _document()


def _document() -> Any:
    from anmin.ground.reports.checking.texts import document_of

    return document_of("# 表\n|甲|乙|\n|-|-|\n|1|“2”|\n共3户", "a.md")


@pytest.mark.parametrize("format", ["json", "xlsx", "docx"])
def test_result_is_downloaded(visitor: Client, format: str) -> None:
    answer = visitor.post(f"/checking/file/{format}", fields(pasted(visitor)))
    assert answer["Content-Disposition"].endswith(f".{format}")
    if format == "json":
        assert [each["rule"] for each in json.loads(answer.content)["findings"]] == ["parts_and_whole"]
    elif format == "xlsx":
        rows = list(openpyxl.load_workbook(BytesIO(answer.content)).active.values)
        assert rows[0] == ("序号", "程度", "规则", "位置", "原文", "核算", "建议")
        assert rows[1][:4] == (1, "错误", "分项与总数", "第 2 行")
    else:
        said = [paragraph.text for paragraph in docx.Document(BytesIO(answer.content)).paragraphs]
        assert "1. 错误　分项与总数　第 2 行" in said


def test_result_in_no_known_format_is_told(visitor: Client) -> None:
    answer = visitor.post("/checking/file/exe", fields(pasted(visitor)))
    assert (answer.status_code, "没有这种格式" in page(answer)) == (400, True)


def test_address_of_a_file_without_a_check_leads_to_the_form(visitor: Client) -> None:
    assert visitor.get("/checking/file/json").headers["Location"] == "/checking"


def test_figures_stand_beside_the_records_the_asker_may_see(cast: Cast, three_families: SmallRegister) -> None:
    text = "全市在保城乡低保对象2户。"
    for actor, held in ((cast.leader, "3户"), (cast.clerk_next_door, "1户")):
        answer = pasted(browser_of(actor), text, period="2024H1")
        said = [each["each"].sentence for each in answer.context["compared"]]
        assert said == [
            f"“城乡低保户数”文中为2户，平台记录（2024年上半年，截至6月30日）为{held}，两者不一致，请核对是文中有误还是记录不全。"
        ]


def test_earlier_report_goes_along_when_judged_anew(visitor: Client) -> None:
    earlier = SimpleUploadedFile("上期.txt", WRONG.encode())
    first = pasted(visitor, against=earlier)
    assert visitor.post("/checking", fields(first)).context["against"].name == "上期.txt"


def test_example_shows_what_the_check_does(visitor: Client) -> None:
    text = visitor.get("/checking?example").context["form"]["text"].value()
    assert [each["rule"] for each in pasted(visitor, text).context["findings"]] == ["growth", "share", "table_sum"]


def test_draft_of_the_report_is_checked_from_its_page(cast: Cast, three_families: SmallRegister) -> None:
    leader = browser_of(cast.leader)
    form = re.search(r'name="text" value="([^"]*)"', page(leader.get("/report?period=2024H1")))
    assert form is not None
    answer = pasted(leader, form.group(1), period="2024H1")
    assert [(each["each"].figure.id, each["each"].differs) for each in answer.context["compared"]][:2] == [
        ("assistance.dibao.households", False),
        ("assistance.dibao.persons", False),
    ]


def test_period_that_is_long_past_is_compared_too(visitor: Client) -> None:
    assert str(pasted(visitor, period="2015H2").context["period"]) == "2015H2"


def test_result_asks_little_of_the_database(visitor: Client, django_assert_max_num_queries: Any) -> None:
    with django_assert_max_num_queries(8):
        assert pasted(visitor).status_code == 200
