"""The half-year report of a small county, word for word, in every format."""

import re
from collections.abc import Iterator
from datetime import date
from io import BytesIO

import docx
import pytest
from docx.shared import Pt

from anmin.base.errors import BadValue
from anmin.base.periods import HalfYear, Month
from anmin.ground.accounts.gate import SYSTEM
from anmin.ground.entitlements.vocabulary import EndReason
from anmin.ground.indicators.declarations import INDICATORS
from anmin.ground.policy.book import use
from anmin.ground.reports import drafts, queries, template
from tests.conftest import Cast, County
from tests.small_register import SmallRegister, standard_of

pytestmark = [pytest.mark.capability("RP-01"), pytest.mark.django_db]

H1 = HalfYear(2024, 1)


@pytest.fixture
def register(county: County) -> Iterator[SmallRegister]:
    """Ten persons in seven families, three of them new; three families gone; three months paid."""
    with use(standard_of(820)):
        small = SmallRegister()
        stay = [small.family(county.liuqiao, 2) for _ in range(3)]
        alone = small.family(county.zoufeng, 1, route="single")
        came = [small.family(county.sunzhuang, 1, since=date(2024, 3, 1)) for _ in range(3)]
        small.family(county.liuqiao, 3, until=date(2024, 2, 29), reason=EndReason.DIED)
        small.family(county.liuqiao, 1, until=date(2024, 3, 31), reason=EndReason.DIED)
        small.family(county.zoufeng, 2, until=date(2024, 5, 31), reason=EndReason.INCOME)
        for family in came:
            small.check(family.household, 2, date(2024, 1, 20))
        for month in ("2024-04", "2024-05", "2024-06"):
            roll = small.roll(month)
            for family in [*stay, alone, *came]:
                small.pay(roll, family, 61_234_567, persons=100)
            small.approve(roll)
        yield small


def test_report_reads_word_for_word(register: SmallRegister) -> None:
    assert queries.draft(SYSTEM, H1).text.splitlines() == [
        "海安市民政局2024年上半年工作总结",
        "一、上半年主要工作",
        "（一）困难群众基本生活保障有力有效",
        "一是应保尽保，救助底线兜得更牢。"
        "坚持把好政策用到最需要的家庭，重残重病人员单独纳入、就业成本扣减、收入豁免、渐退缓退等措施一体落实，让救助既合规矩、又有温度。"
        "截至6月底，全市在保城乡低保对象7户、10人，城乡执行同一标准，每人每月820元。"
        "上半年共发放低保资金1286万元，人均月补差6123元。"
        "其中，以“单人保”方式单独纳入保障的1人。",
        "二是动态管理，救助对象认得更准。"
        "凡新申请家庭先核对、再审核，上半年对新申请的3户、6人开展家庭经济状况核对，把好入口关。"
        "保障对象有进有出、按月调整，新增低保对象3户、3人，核减低保对象3户、6人。"
        "核减的家庭中，因保障对象死亡2户，因收入超过标准1户。",
    ]


def test_report_compares_with_last_year_where_it_is_known(register: SmallRegister, county: County) -> None:
    register.kept_since = date(2022, 1, 1)
    register.family(county.liuqiao, 2)
    said = queries.draft(SYSTEM, H1).text
    assert "每人每月820元。在保户数与上年同期持平，在保人数比上年同期减少3人、下降20.0%。上半年共发放" in said


def test_report_without_payments_says_so_and_prints_no_zero(county: County) -> None:
    small = SmallRegister()
    with use(standard_of(820)):
        small.family(county.liuqiao, 2)
        draft = queries.draft(SYSTEM, H1)
    assert "低保救助资金尚无数据。" in draft.text
    assert "万元" not in draft.text
    assert "低保救助资金尚无记录" in draft.left_out


def test_every_figure_has_one_value_wherever_it_stands(register: SmallRegister) -> None:
    parsed = template.parse(
        {
            "title": "报告",
            "period": "half_year",
            "blocks": [{"sentences": [{"text": "{assistance.dibao.persons}，再说一次{assistance.dibao.persons}。"}]}],
        },
        "模板",
    )
    draft = drafts.written(parsed, SYSTEM, H1, {"county": "海安市", "authority": "海安市民政局"})
    assert draft.text == "报告\n10人，再说一次10人。"


def test_clerk_writes_the_report_of_the_own_town(register: SmallRegister, cast: Cast) -> None:
    assert "在保城乡低保对象1户、1人" in queries.draft(cast.clerk_next_door, H1).text


def test_changing_a_record_changes_the_sentence(register: SmallRegister, county: County) -> None:
    register.family(county.zoufeng, 5)
    assert "在保城乡低保对象8户、15人" in queries.draft(SYSTEM, H1).text


def test_period_of_another_kind_is_refused() -> None:
    with pytest.raises(BadValue, match="2024年6月"):
        queries.draft(SYSTEM, Month(2024, 6))


def test_running_period_is_told_by_its_day(register: SmallRegister) -> None:
    draft = queries.draft(SYSTEM, H1, on=date(2024, 5, 15))
    assert "截至5月15日，全市在保城乡低保对象8户、12人" in draft.text


def test_every_number_of_the_html_leads_to_its_rows(register: SmallRegister) -> None:
    page = queries.written(SYSTEM, H1, "html").decode()
    links = re.findall(r'<a href="/figures/([a-z_.]+)\?period=2024H1">([^<]+)</a>', page)
    assert links[:4] == [
        ("assistance.dibao.households", "7户"),
        ("assistance.dibao.persons", "10人"),
        ("assistance.dibao.standard", "820元"),
        ("assistance.dibao.funds", "1286万元"),
    ]
    assert {id for id, _ in links} <= set(INDICATORS)
    # Outside the links no digit but those of the period and the day.
    rest = re.sub(r"<style>.*?</style>|<a [^>]*>[^<]*</a>|<[^>]*>", "", page, flags=re.S)
    assert re.findall(r"\d+", rest) == ["2024", "2024", "6"]


def test_markdown_says_the_same_without_addresses(register: SmallRegister) -> None:
    said = queries.written(SYSTEM, H1, "md").decode()
    assert said.startswith("# 海安市民政局2024年上半年工作总结\n\n## 一、上半年主要工作\n")
    assert "**一是应保尽保，救助底线兜得更牢。**" in said
    assert "](" not in said


def test_docx_opens_with_the_same_text_in_official_layout(register: SmallRegister) -> None:
    document = docx.Document(BytesIO(queries.written(SYSTEM, H1, "docx")))
    assert "\n".join(paragraph.text for paragraph in document.paragraphs) == queries.draft(SYSTEM, H1).text
    title = document.paragraphs[0].runs[0]
    assert 'w:eastAsia="方正小标宋简体"' in title._element.xml
    assert 'w:eastAsia="仿宋_GB2312"' in document.paragraphs[3].runs[0]._element.xml
    assert document.paragraphs[3].runs[0].font.size == Pt(16)
    footer = document.sections[0].footer.paragraphs[0]
    assert (footer.text, "PAGE" in footer._element.xml) == ("—  —", True)


def test_unknown_format_is_refused(register: SmallRegister) -> None:
    with pytest.raises(BadValue, match="没有“pdf”这种格式"):
        queries.written(SYSTEM, H1, "pdf")
