"""A folder of tables is read with every fault named by file, row and column, and gives the facts of any month."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from anmin.base.errors import BadValue
from anmin.base.periods import Month
from anmin.ground.policy.cells import Coded, Part
from anmin.ground.policy.chain import Chain
from anmin.ground.policy.families import FactTables
from anmin.ground.policy.programmes import DECIDED
from anmin.ground.policy.table_files import folder_tables, read_tables, write_parts, write_table, write_tables
from tests.ground.policy import made_up

FACTS = Chain([DECIDED["assistance.dibao"], DECIDED["disability.living"]]).facts
JUNE, JULY = Month.parse("2024-06"), Month.parse("2024-07")

HOUSEHOLDS = "household,area\nH1,曲塘镇\nH2,白甸镇\n"
PERSONS = "person,household,name,birth_on,relation,income_wage\nP2,H2,李四,1960-05-01,head,500.5\nP1,H1,张三,1950-01-31,户主,\n"


def folder(path: Path, **tables: str) -> Path:
    for name, text in {"households": HOUSEHOLDS, "persons": PERSONS, **tables}.items():
        (path / f"{name}.csv").write_text(text, encoding="utf-8")
    return path


def refusal(path: Path, **tables: str) -> list[str]:
    with pytest.raises(BadValue) as refused:
        read_tables(folder(path, **tables), FACTS)
    return str(refused.value).splitlines()


def column(tables: FactTables, name: str, month: Month = JUNE) -> list[int]:
    made = tables.on(month, FACTS.values()).columns[FACTS[name].entity][name]
    return [int(each) for each in made]


def test_persons_stand_in_the_order_of_their_families(tmp_path: Path) -> None:
    tables = read_tables(folder(tmp_path), FACTS)
    assert tables.person_names.tolist() == ["张三", "李四"]
    assert tables.offsets["person"].tolist() == [0, 1, 2]
    assert tables.areas.tolist() == ["曲塘镇", "白甸镇"]


def test_sums_are_fen_dates_are_numbers_codes_may_be_labels_and_blank_is_not_known(tmp_path: Path) -> None:
    tables = read_tables(folder(tmp_path), FACTS)
    assert column(tables, "income_wage") == [-1, 50_050]
    assert column(tables, "birth_on") == [19_500_131, 19_600_501]
    assert column(tables, "relation") == [0, 0]


def test_a_heading_may_be_the_label_of_the_fact_or_hold_fen(tmp_path: Path) -> None:
    labelled = read_tables(folder(tmp_path, persons="person,household,工资性收入\nP1,H1,12.30\n"), FACTS)
    in_fen = read_tables(folder(tmp_path, persons="person,household,income_wage_fen\nP1,H1,1230\n"), FACTS)
    assert column(labelled, "income_wage") == column(in_fen, "income_wage") == [1230]


def test_keys_may_be_headed_by_their_labels_and_faults_speak_of_the_heading_that_stands_there(tmp_path: Path) -> None:
    households = "家庭编号,所属地区\nH1,曲塘镇\nH2,\n"
    persons = "人员编号,家庭编号,姓名,工资性收入\nP1,H1,张三,12.30\n"
    facts = "人员编号,事实,数值,起始日期\nP1,工资性收入,20,2024-06-01\n"
    holdings = "人员编号,待遇,起始日期\nP1,最低生活保障,2024-06-01\n"
    tables = read_tables(folder(tmp_path, households=households, persons=persons, facts=facts, holdings=holdings), FACTS)
    assert (tables.areas.tolist(), tables.person_names.tolist()) == (["曲塘镇", ""], ["张三"])
    assert (column(tables, "income_wage"), column(tables, "holds_dibao")) == ([2000], [1])
    assert refusal(tmp_path, households=households, persons="人员编号,家庭编号\nP1,H9\n") == [
        "persons.csv 第 2 行“家庭编号”：“H9”不在“家庭”表中。"
    ]


def test_one_column_under_two_headings_is_a_fault(tmp_path: Path) -> None:
    persons = "person,household,人员编号,income_wage,工资性收入,income_wage_fen\nP1,H1,P1,3,3,300\n"
    assert refusal(tmp_path, persons=persons) == [
        "persons.csv“人员编号”：与“person”是同一列，请删去一列。",
        "persons.csv“工资性收入”：与“income_wage”是同一列，请删去一列。",
        "persons.csv“income_wage_fen”：与“income_wage”是同一列，请删去一列。",
    ]


def test_a_benefit_that_nobody_knows_is_a_fault_and_never_overlooked(tmp_path: Path) -> None:
    assert refusal(tmp_path, holdings="person,benefit\nP1,低保金\n") == [
        "holdings.csv 第 2 行“benefit”：不认识“低保金”这项待遇，请写项目的编号或名称，如 assistance.dibao 或最低生活保障。"
    ]


def test_what_changes_over_time_is_taken_on_the_first_of_the_month(tmp_path: Path) -> None:
    facts = (
        "person,fact,value,valid_from,valid_until\n"
        "P1,income_wage,100,2024-01-01,2024-06-30\nP1,工资性收入,200,2024-07-01,\nP2,illness_severe,是,,\n"
    )
    tables = read_tables(folder(tmp_path, facts=facts), FACTS)
    assert column(tables, "income_wage", JUNE) == [10_000, 50_050]
    assert column(tables, "income_wage", JULY) == [20_000, 50_050]
    assert column(tables, "illness_severe") == [-1, 1]


def test_holdings_say_who_is_covered_in_a_month(tmp_path: Path) -> None:
    holdings = "person,benefit,valid_from,valid_until\nP1,assistance.dibao,2024-07-01,\n"
    tables = read_tables(folder(tmp_path, holdings=holdings), FACTS)
    assert column(tables, "holds_dibao", JUNE) == [0, 0]
    assert column(tables, "holds_dibao", JULY) == [1, 0]
    held = tables.snapshot(JULY, FACTS.values()).held
    assert held is not None
    assert held["assistance.dibao"].tolist() == [True, False]


def test_without_a_table_of_holdings_nothing_is_known_of_them(tmp_path: Path) -> None:
    snapshot = read_tables(folder(tmp_path), FACTS).snapshot(JUNE, FACTS.values())
    assert snapshot.held is None
    assert "holds_dibao" not in snapshot.batch.columns["person"]


def test_those_who_owe_support_follow_a_person_into_both_families(tmp_path: Path) -> None:
    persons = "person,household\nP1,H1\nP1,H2\nP2,H2\n"
    supporters = "person,name,supporter_income\nP2,王五,10\nP1,赵六,20\n"
    facts = "person,fact,value\nP1,illness_severe,是\n"
    tables = read_tables(folder(tmp_path, persons=persons, supporters=supporters, facts=facts), FACTS)
    assert tables.offsets["supporter"].tolist() == [0, 1, 2, 3]
    assert tables.supporter_names.tolist() == ["赵六", "赵六", "王五"]
    assert column(tables, "supporter_income") == [2000, 2000, 1000]
    assert column(tables, "illness_severe") == [1, 1, -1]


def test_a_file_of_an_office_spreadsheet_in_its_own_encoding_is_read(tmp_path: Path) -> None:
    folder(tmp_path)
    (tmp_path / "persons.csv").write_bytes(PERSONS.encode("gb18030"))
    assert read_tables(tmp_path, FACTS).person_names.tolist() == ["张三", "李四"]


def test_every_cell_that_cannot_be_read_is_named_at_once(tmp_path: Path) -> None:
    persons = (
        "person,household,birth_on,relation,income_wage,assets_homes,illness_severe\n"
        "P1,H1,1950-02-30,小叔子,一千,1.5,也许\nP2,H2,,,-3,,\n"
    )
    said = refusal(tmp_path, persons=persons)
    assert [line.split("：")[0] for line in said] == [
        "persons.csv 第 2 行“birth_on”",
        "persons.csv 第 2 行“relation”",
        "persons.csv 第 2 行“income_wage”",
        "persons.csv 第 3 行“income_wage”",
        "persons.csv 第 2 行“assets_homes”",
        "persons.csv 第 2 行“illness_severe”",
    ]
    assert said[0] == "persons.csv 第 2 行“birth_on”：“1950-02-30”不是日期，请写成 2024-07-01 的样子。"
    assert said[3] == "persons.csv 第 3 行“income_wage”：金额“-3”是负数，此处不能为负。"


def test_keys_that_are_missing_doubled_or_lead_nowhere_are_faults(tmp_path: Path) -> None:
    said = refusal(tmp_path, households="household\nH1\nH1\n", persons="person,household\nP1,H9\nP2,\n")
    assert said == [
        "households.csv 第 3 行“household”：“H1”重复，一户只写一行。",
        "persons.csv 第 3 行“household”：没有填写家庭编号。",
        "persons.csv 第 2 行“household”：“H9”不在“家庭”表中。",
    ]


def test_a_heading_that_nobody_knows_is_a_fault(tmp_path: Path) -> None:
    said = refusal(tmp_path, persons="person,household,income_wages\nP1,H1,3\n")
    assert said == ["persons.csv“income_wages”：不认识这一列，请对照事实表说明检查列名。"]


def test_a_person_stands_once_in_a_family(tmp_path: Path) -> None:
    assert refusal(tmp_path, persons="person,household\nP1,H1\nP1,H1\n") == ["persons.csv“person”：“P1”在同一户中出现两次。"]


def test_periods_that_overlap_or_end_before_they_begin_are_faults(tmp_path: Path) -> None:
    facts = (
        "person,fact,value,valid_from,valid_until\n"
        "P1,income_wage,1,2024-01-01,2024-06-30\nP1,income_wage,2,2024-06-01,\nP2,income_wage,3,2024-06-01,2024-05-01\n"
    )
    assert refusal(tmp_path, facts=facts) == [
        "facts.csv 第 4 行“valid_until”：早于起始日期，请检查。",
        "facts.csv 第 3 行“valid_from”：“工资性收入”的期间与另一行重叠。",
    ]


def test_a_row_that_is_too_short_is_refused(tmp_path: Path) -> None:
    assert refusal(tmp_path, persons="person,household\nP1\n") == ["persons.csv 第 2 行有 1 格，与列名的 2 格不一致，请检查。"]


def test_a_folder_without_its_tables_is_refused(tmp_path: Path) -> None:
    (tmp_path / "households.csv").write_text(HOUSEHOLDS, encoding="utf-8")
    with pytest.raises(BadValue, match=r"没有“成员”表，请提供 persons\.csv 或 persons\.parquet"):
        read_tables(tmp_path, FACTS)


@pytest.mark.parametrize("ending", ["csv", "parquet"])
def test_tables_that_are_written_are_read_as_they_were(tmp_path: Path, ending: str) -> None:
    made = made_up.tables(FACTS, 40)
    write_tables(tmp_path, folder_tables(made, FACTS, in_fen=ending == "parquet"), ending=ending)
    read = read_tables(tmp_path, FACTS)
    assert read.household_ids.tolist() == made.household_ids.tolist()
    for entity, named in made.columns.items():
        for name, before in named.items():
            after = read.columns[entity].get(name)
            assert (np.full(len(before), -1) if after is None else after).tolist() == before.tolist(), name


@pytest.mark.parametrize("ending", ["csv", "parquet"])
def test_a_result_that_cannot_be_finished_leaves_the_file_as_it_was(tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"out.{ending}"

    def parts(rows: int, *, broken: bool) -> Iterator[Part]:
        yield {"programme": Coded(np.zeros(rows, dtype=np.int8), ["低保"]), "amount": np.arange(rows)}
        if broken:
            raise BadValue("没有这个月的标准。")

    write_parts(path, parts(1, broken=False), repeated=["programme"])
    before = path.read_bytes()
    with pytest.raises(BadValue, match="没有这个月的标准"):
        write_parts(path, parts(2, broken=True), repeated=["programme"])
    assert (path.read_bytes(), list(tmp_path.iterdir())) == (before, [path])


def test_a_table_that_cannot_be_written_leaves_the_folder_as_it_was(tmp_path: Path) -> None:
    write_tables(tmp_path, {"households": {"household": ["H1"]}, "persons": {"person": ["P1"]}}, ending="parquet")
    with pytest.raises(ValueError, match="shorter"):
        write_tables(tmp_path, {"households": {"household": ["H1"], "area": []}}, ending="csv")
    assert sorted(each.name for each in tmp_path.iterdir()) == ["households.parquet", "persons.parquet"]


def test_a_typed_table_is_read_as_the_same_words_in_csv_are(tmp_path: Path) -> None:
    homes = {"household": ["H1 ", "H2"], "area": ["", "　城东镇"], "claim_type": [None, None]}
    persons = {"person": ["P1", " P2"], "household": ["H1", "H2 "], "relation": ["head", ""], "assets_homes": ["1", None]}
    made = []
    for ending in ("csv", "parquet"):
        write_tables(tmp_path, {"households": homes, "persons": persons}, ending=ending)
        read = read_tables(tmp_path, FACTS)
        names = [each.tolist() for each in (read.household_ids, read.areas, read.person_ids)]
        made.append([*names, *(column(read, name) for name in ("claim_type", "relation", "assets_homes"))])
    assert made[0] == [["H1", "H2"], ["", "城东镇"], ["P1", "P2"], [-1, -1], [0, -1], [1, -1]]
    assert made[1] == made[0]


def test_typed_whole_numbers_need_no_reading_and_negative_ones_are_faults(tmp_path: Path) -> None:
    write_table(tmp_path / "households.parquet", {"household": ["H1"]})
    persons = {"person": ["P1"], "household": ["H1"]}
    write_table(tmp_path / "persons.parquet", {**persons, "income_wage_fen": [1230], "assets_homes": [2]})
    read = read_tables(tmp_path, FACTS)
    assert (column(read, "income_wage"), column(read, "assets_homes")) == ([1230], [2])
    write_table(tmp_path / "persons.parquet", {**persons, "income_wage_fen": [-1]})
    with pytest.raises(BadValue, match="第 2 行“income_wage_fen”：“-1”不能是负数；不掌握的请留空"):
        read_tables(tmp_path, FACTS)
