"""A file is loaded whole or not at all, is remembered, and is in the log."""

from collections.abc import Iterator

import pytest

from anmin.base.errors import BadValue, Refused
from anmin.ground.accounts.vocabulary import Role
from anmin.ground.areas.models import Area
from anmin.ground.areas.vocabulary import Level
from anmin.ground.audit.models import AuditLine
from anmin.ground.imports import forms, queries
from anmin.ground.imports.actions import import_file
from anmin.ground.imports.forms import Column, Counts, ImportForm, Incoming
from anmin.ground.imports.models import ImportBatch
from anmin.ground.imports.vocabulary import ImportState
from tests.conftest import TODAY, Cast, County


def _check(incoming: Incoming) -> list[str]:
    for row in incoming.sound:
        if row["name"] == "禁用":
            incoming.wrong(row, "name", "不能使用。")
    return [row["name"] for row in incoming.sound]


def _load(names: list[str], incoming: Incoming) -> Counts:
    for name in names:
        Area.objects.create(code=name, name=name, level=Level.COUNTY, path=f"{name}/", valid_from=incoming.on)
    return {"新地名": len(names)}


FORM = ImportForm(
    "test.places",
    "试用表",
    "测试",
    (Column("name", "名称", required=True, synonyms=("地名",)), Column("size", "大小", "count")),
    _check,
    _load,
    roles=(Role.SECTION_REVIEWER,),
    row_limit=1_000,
)


@pytest.fixture(autouse=True)
def form() -> Iterator[None]:
    forms.register((FORM,))
    yield
    del forms.FORMS[FORM.name]


def bring(cast: Cast, text: str) -> ImportBatch:
    return import_file(form="test.places", path=text.encode(), name="表.csv", actor=cast.reviewer, on=TODAY)


def places() -> set[str]:
    return set(Area.objects.exclude(code__startswith="1").values_list("name", flat=True))


def test_import_file_loads_every_row(cast: Cast) -> None:
    batch = bring(cast, "名称,大小\n甲,1\n乙,\n")

    assert (batch.state, batch.rows, batch.counts, places()) == (ImportState.LOADED, 2, {"新地名": 2}, {"甲", "乙"})


def test_import_file_loads_nothing_when_one_row_is_wrong(cast: Cast) -> None:
    batch = bring(cast, "名称,大小\n甲,1\n禁用,2\n丙,三\n")

    assert (batch.is_refused, batch.problems, places()) == (
        True,
        ["第 4 行“大小”：“三”应为整数，例如 0、1、2。", "第 3 行“名称”：不能使用。"],
        set(),
    )


def test_import_file_keeps_five_hundred_problems_and_counts_all(cast: Cast) -> None:
    batch = bring(cast, "名称,大小\n" + "甲,x\n" * 700)

    assert (len(batch.problems), batch.problem_count) == (500, 700)


def test_import_file_leaves_one_line_in_the_log_with_counts(cast: Cast) -> None:
    batch = bring(cast, "名称\n甲\n")
    line = AuditLine.objects.get()

    assert (line.verb, line.subject_id, line.summary, line.details["counts"]) == (
        "file.imported",
        str(batch.pk),
        "导入“试用表”表.csv：1 行，新地名 1",
        {"新地名": 1},
    )


def test_import_file_logs_a_refused_file_too(cast: Cast) -> None:
    bring(cast, "名称\n禁用\n")

    assert AuditLine.objects.get().summary == "退回“试用表”表.csv：1 处需要修改，没有导入任何一行"


def test_import_file_refuses_the_same_file_twice(cast: Cast) -> None:
    bring(cast, "名称\n甲\n")

    with pytest.raises(Refused, match=r"^这个文件已于 2024-07-01 导入过（文件名“表.csv”，1 行），没有再次导入。$"):
        bring(cast, "名称\n甲\n")


def test_import_file_without_headings_keeps_no_identity_number(cast: Cast) -> None:
    batch = bring(cast, "甲,320699199001010011\n乙,32069919900101003X\n")

    assert batch.problems[1] == "第 2 列“320***********0011”不是本表的列；请改名或删除该列。"


def test_import_file_with_shifted_columns_keeps_no_account(cast: Cast) -> None:
    batch = bring(cast, "名称,大小\n甲,6230660012345678\n")

    assert batch.problems == ["第 2 行“大小”：“623*********5678”应为整数，例如 0、1、2。"]


def test_import_file_takes_a_refused_file_again(cast: Cast) -> None:
    bring(cast, "名称\n禁用\n")

    assert bring(cast, "名称\n禁用\n").is_refused


def test_import_file_undoes_what_the_database_refuses(cast: Cast) -> None:
    batch = bring(cast, "名称\n甲\n甲\n")

    assert (batch.is_refused, batch.problem_count, places()) == (True, 1, set())


def test_import_file_names_every_wrong_column(cast: Cast) -> None:
    batch = bring(cast, "名字,大小,大 小,备注\n甲,1,1,x\n")

    assert batch.problems == [
        "第 1 列“名字”不是本表的列，是否应为“名称”；请改名或删除该列。",
        "“大小”列出现了两次（第 2 列和第 3 列），请只保留一列。",
        "第 4 列“备注”不是本表的列；请改名或删除该列。",
        "缺少必填的“名称”列。",
        "“试用表”表应有的列为：名称（必填）、大小。",
    ]


def test_import_file_knows_a_header_by_its_synonyms(cast: Cast) -> None:
    bring(cast, "大小（选填）, 地 名*\n1,甲\n")

    assert places() == {"甲"}


def test_import_file_names_content_without_a_header(cast: Cast) -> None:
    assert bring(cast, "名称\n甲,多余\n").problems == ["第 2 行：第 2 列没有列名却有内容，请补上列名或清除。"]


def test_import_file_names_a_blank_in_a_required_column(cast: Cast) -> None:
    assert bring(cast, "名称,大小\n,1\n").problems == ["第 2 行“名称”：没有填写，此列为必填。"]


def test_import_file_refuses_a_file_of_headers_only(cast: Cast) -> None:
    assert bring(cast, "名称,大小\n").problems == ["文件只有列名，没有数据行，请检查导出的文件。"]


def test_import_file_refuses_too_many_rows(cast: Cast) -> None:
    batch = bring(cast, "名称\n" + "甲\n" * 1001)

    assert batch.problems == ["文件有 1001 行数据，超过每个文件 1000 行的上限，请按镇街拆成几个文件后再导入。"]


def test_import_file_records_a_file_that_cannot_be_read(cast: Cast) -> None:
    batch = bring(cast, "")

    assert (batch.is_refused, batch.problems) == (True, ["文件是空的，没有任何内容，请检查导出的文件。"])


def test_import_file_refuses_who_may_not(cast: Cast) -> None:
    with pytest.raises(Refused, match=r"^您的岗位不能导入这种表格"):
        import_file(form="test.places", path=b"x", name="a.csv", actor=cast.clerk, on=TODAY)


def test_import_file_refuses_an_unknown_form_with_the_nearest(cast: Cast) -> None:
    with pytest.raises(BadValue, match=r"^没有名为“test.place”的导入表，相近的有：test.places"):
        import_file(form="test.place", path=b"x", name="a.csv", actor=cast.clerk, on=TODAY)


def test_register_refuses_two_forms_of_one_name() -> None:
    with pytest.raises(ValueError, match=r"two forms claim the name test.places"):
        forms.register((ImportForm("test.places", "另一张", "测试", (), _check, _load),))


def test_batches_are_seen_by_the_county_and_by_who_brought_them(cast: Cast, county: County) -> None:
    batch = bring(cast, "名称\n甲\n")

    assert [list(queries.batches(actor)) for actor in (cast.reviewer, cast.leader, cast.clerk, cast.clerk_next_door)] == [
        [batch],
        [batch],
        [],
        [],
    ]


def test_forms_lists_those_the_actor_may_bring(cast: Cast) -> None:
    assert (FORM in queries.forms(cast.reviewer), FORM in queries.forms(cast.clerk)) == (True, False)
