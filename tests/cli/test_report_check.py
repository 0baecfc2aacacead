"""`anmin report check FILE`: a text is judged without records; with --period its figures stand beside the records'."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from anmin.cli import report
from tests.conftest import Cast, County
from tests.small_register import SmallRegister

run = CliRunner()

TITLE = "某县水务局2023年工作总结\n"
WRONG = TITLE + "全县共有水库60座，其中大型水库5座、中型水库12座、小型水库53座。\n"
RIGHT = TITLE + "全县共有水库70座，其中大型水库5座、中型水库12座、小型水库53座。\n"


def check(*words: str, typed: str | bytes | None = None) -> Any:
    return run.invoke(report.app, ["check", *words], input=typed)


def written(folder: Path, text: str, name: str = "总结.txt", encoding: str = "utf-8") -> str:
    path = folder / name
    path.write_bytes(text.encode(encoding))
    return str(path)


def test_what_does_not_add_up_is_told_with_its_line_and_its_arithmetic(tmp_path: Path) -> None:
    said = check(written(tmp_path, WRONG))
    lines = said.stdout.splitlines()
    assert said.exit_code == 1
    assert lines[0].startswith("总结.txt　读出 ")
    assert lines[2] == "1. 错误　分项与总数　第 2 行"
    assert lines[3] == "   原文：全县共有水库【60座】，其中大型水库5座、中型水库12座、小型水库53座"
    assert lines[4].startswith("   核算：5座+12座+53座=70座")
    assert lines[-1] == "共 1 处需要核对：错误 1 处。"


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16"])
def test_what_adds_up_is_clean(tmp_path: Path, encoding: str) -> None:
    said = check(written(tmp_path, RIGHT, encoding=encoding))
    assert (said.exit_code, said.stdout.splitlines()[-1]) == (0, "没有发现算不拢的地方。")


def test_standard_input_is_a_file_too() -> None:
    said = check("-", "--json", typed=WRONG.encode("gbk"))
    told = json.loads(said.stdout)
    assert (said.exit_code, told["name"], told["counted"], told["clean"]) == (1, "标准输入", "行", False)
    assert [(each["rule"], each["severity"], each["line"]) for each in told["findings"]] == [("parts_and_whole", "error", 2)]


@pytest.mark.parametrize(
    ("content", "sentence"), [(b"", "文件是空的，没有任何文字，请检查是否选错了文件。"), (b"%PDF-1.4", "这是 PDF 文件。")]
)
def test_what_cannot_be_read_is_told_and_has_a_status_of_its_own(tmp_path: Path, content: bytes, sentence: str) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(content)
    said = check(str(path))
    assert (said.exit_code, said.stdout, said.stderr.startswith(sentence)) == (2, "", True)


def test_missing_file_is_told(tmp_path: Path) -> None:
    said = check(str(tmp_path / "无.txt"), "--json")
    assert (said.exit_code, said.stdout, said.stderr.endswith("请检查路径。\n")) == (2, "", True)


def test_without_file_and_period_one_is_asked_for() -> None:
    said = check()
    assert (said.exit_code, said.stderr) == (2, "请给出要检查的文件，或者用 --period 2024H1 说明检查哪个期间的草稿。\n")


def test_rule_that_is_switched_off_is_told_with_its_reason(tmp_path: Path) -> None:
    said = check(written(tmp_path, WRONG), "--off", "parts_and_whole=大型水库有交叉统计")
    assert said.exit_code == 0
    assert "未使用规则“分项与总数”（parts_and_whole）：大型水库有交叉统计" in said.stdout.splitlines()


@pytest.mark.parametrize(
    ("off", "sentence"),
    [
        ("parts_and_whole", "停用规则“分项与总数”需要写明理由，理由会随结果一起显示。"),
        ("分项与总数= ", "停用规则“分项与总数”需要写明理由，理由会随结果一起显示。"),
        ("nothing=理由", "没有“nothing”这条规则。"),
    ],
)
def test_rule_is_not_switched_off_without_a_reason_or_a_name(tmp_path: Path, off: str, sentence: str) -> None:
    said = check(written(tmp_path, WRONG), "--off", off)
    assert (said.exit_code, said.stderr.startswith(sentence)) == (2, True)


def test_correction_of_a_reading_is_judged_anew(tmp_path: Path) -> None:
    path = written(tmp_path, WRONG)
    wrong = json.loads(check(path, "--json").stdout)["findings"][0]["numbers"][0]
    corrections = tmp_path / "corrections.json"
    corrections.write_text(json.dumps([{"key": wrong, "figure": 70}]), encoding="utf-8")
    assert check(path, "--corrections", str(corrections)).exit_code == 0
    corrections.write_text(json.dumps([{"key": wrong, "measure": False}]), encoding="utf-8")
    assert check(path, "--corrections", str(corrections)).exit_code == 0


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ("{", "更正内容不是有效的 JSON，请检查括号和引号是否成对。"),
        ("{}", "更正内容应是一个列表，不超过 2000 项。"),
        ('[{"figure": "3"}]', "第 1 项更正缺少 key（数字的编号，见 --json 的 numbers）。"),
        ('[{"key": "b1:2", "figure": "三"}]', "第 1 项更正的数值“三”请写成数字，例如 2738 或 14.2，单位另写。"),
        ('[{"key": "b1:2", "value": 3}]', "第 1 项更正有不认识的内容“value”，可以写 figure、unit、subject、measure。"),
        ('[{"key": "b99:2"}]', "更正里的编号“b99:2”在文中没有对应的数字，编号见 --json 的 numbers。"),
        ('[{"key": "b1:2", "measure": 0}]', "第 1 项更正的 measure 只能是 true 或 false。"),
    ],
)
def test_wrong_corrections_are_told_by_their_number(tmp_path: Path, said: str, sentence: str) -> None:
    corrections = tmp_path / "corrections.json"
    corrections.write_text(said, encoding="utf-8")
    told = check(written(tmp_path, WRONG), "--corrections", str(corrections))
    assert (told.exit_code, told.stderr) == (2, f"{sentence}\n")


def test_a_check_of_a_text_starts_at_once_and_loads_no_django(tmp_path: Path) -> None:
    path = written(tmp_path, WRONG)
    typed = (
        f"import sys\nsys.argv = ['anmin', 'report', 'check', {path!r}]\nfrom anmin.cli.__main__ import main\n"
        "try:\n    main()\nexcept SystemExit as end:\n"
        "    print(end.code, sorted({'django', 'openpyxl', 'docx', 'lxml'} & set(sys.modules)))"
    )
    said = subprocess.run([sys.executable, "-c", typed], capture_output=True, text=True, check=True)  # noqa: S603  our own words
    assert said.stdout.splitlines()[-1] == "1 []"


def test_the_module_is_the_command(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "anmin", "report", "check", written(tmp_path, RIGHT)]
    assert subprocess.run(command, capture_output=True, check=False).returncode == 0  # noqa: S603  our own command


@pytest.fixture
def register(county: County) -> SmallRegister:
    small = SmallRegister()
    small.family(county.liuqiao, 2)
    small.family(county.zoufeng, 1)
    return small


SAID = "海安市民政局2024年上半年工作总结\n全市在保城乡低保对象3户、3人，低保标准每人每月820元。另有社会组织12家。\n"


def test_figures_that_the_records_hold_too_stand_beside_them(register: SmallRegister, tmp_path: Path) -> None:
    said = check(written(tmp_path, SAID), "--period", "2024H1", "--json")
    told = [(each["figure"], each["said"], each["held"], each["differs"]) for each in json.loads(said.stdout)["compared"]]
    assert told == [
        ("assistance.dibao.households", "3户", "2户", True),
        ("assistance.dibao.persons", "3人", "3人", False),
        ("assistance.dibao.standard", "820元", "820.00元/人·月", False),
    ]
    assert said.exit_code == 1


def test_records_are_those_the_account_may_see(register: SmallRegister, cast: Cast, tmp_path: Path) -> None:
    said = check(written(tmp_path, SAID), "--period", "2024H1", "--as", "clerk")
    told = "文中为3户，平台记录（2024年上半年，截至6月30日）为1户，两者不一致，请核对是文中有误还是记录不全。"
    assert f"   不一致　“城乡低保户数”{told}" in said.stdout.splitlines()
    assert said.stdout.splitlines()[-1] == "与平台记录不一致 2 处。"


def test_text_is_checked_although_there_are_no_such_records(register: SmallRegister, tmp_path: Path) -> None:
    said = check(written(tmp_path, RIGHT), "--period", "2025H1")
    assert (said.exit_code, said.stderr) == (0, "没有与平台记录对照：2025年上半年尚未开始，还没有数据。\n")
