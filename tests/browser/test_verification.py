"""Verification by mouse and keyboard: a department's file, a check of the whole roll as it runs, a doubtful match, a finding."""

import csv
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.browser.conftest import Visit

pytestmark = pytest.mark.browser

PEOPLE = "demo/tiny/files/2023-12-29_01_人员登记表.csv"


def _pensions(folder: Path, to: Path) -> Path:
    """A pension for everybody on the first list; every third comes without a number, and with another day of birth."""
    with (folder / PEOPLE).open(encoding="utf-8-sig", newline="") as file:
        people = list(csv.DictReader(file))
    rows = ["姓名,身份证号,出生日期,月养老金"]
    for place, each in enumerate(people):
        number = each["身份证号"]
        born = f"{number[6:10]}-{number[10:12]}-"
        known = f"{number},{born}{number[12:14]}" if place % 3 else f",{born}{int(number[12:14]) % 27 + 1:02d}"
        rows.append(f"{each['姓名']},{known},{1_500 + place}")
    to.write_text("\n".join(rows), encoding="gbk")
    return to


def _faults(visit: Visit) -> list[str]:
    found = Axe().run(visit.page).response["violations"]
    return [each["id"] for each in found if each["impact"] in ("serious", "critical")]


def test_file_comes_in_the_roll_is_checked_and_a_finding_is_proposed(desktop: Visit, folder: Path, tmp_path: Path) -> None:
    desktop.sign_in("shenhe1")
    page = desktop.page
    desktop.goto("/verification/deliveries/new?source=pensions")
    page.set_input_files("input[type=file]", _pensions(folder, tmp_path / "养老金.csv"))
    page.get_by_label("数据截至日期").fill("2024-07-01")
    page.get_by_role("button", name="上传并查看各列").click()
    expect(page.get_by_role("heading", name="核对列的含义")).to_be_visible()
    page.get_by_role("button", name="确认并接收").click()
    expect(page.get_by_text("可以用于核对")).to_be_visible()

    desktop.goto("/verification/inquiries/new")
    page.get_by_label("依据或事由").fill("上半年全量核对")
    page.get_by_role("button", name="发起并开始核对").click()
    expect(page.get_by_role("progressbar", name="核对进度")).to_be_visible(timeout=30_000)
    expect(page.get_by_text("日完成")).to_be_visible(timeout=60_000)

    page.get_by_role("link", name="养老待遇与申报不符").click()
    page.locator("tr[data-href]").first.click()
    page.get_by_text("提出处理意见").first.click()
    page.get_by_label("属实", exact=True).check()
    page.locator("#id_propose-reason").fill("养老金存折已核对。")
    page.locator("form[action$=propose] button[type=submit]").click()
    expect(page.get_by_text("请另一名审核人员认定。")).to_be_visible(timeout=30_000)
    serious = _faults(desktop)

    desktop.goto("/verification/queue")
    page.keyboard.press("j")
    page.keyboard.press("y")
    page.keyboard.type("姓名、出生日期和住址都对得上。")
    page.keyboard.press("Enter")
    expect(page.get_by_text("是本人，已列入核对发现")).to_be_visible(timeout=30_000)
    assert serious + _faults(desktop) == []
    assert (desktop.complaints, desktop.strangers) == ([], [])
