"""The two tables that are compared, column by column. Everything is text as it was delivered; what is missing is left out."""

from dataclasses import dataclass
from typing import TypeVar

import pyarrow as pa
import pyarrow.compute as pc

from anmin.base.errors import BadValue
from anmin.ground.verification.sources import WHO


@dataclass(frozen=True)
class Column:
    """One column: its name here, its Chinese heading, and what may stand in it."""

    name: str
    heading: str
    meaning: str
    is_key: bool = False
    aliases: tuple[str, ...] = ()
    """Other headings under which it may stand in a file."""


_WHO = {field.name: (field.label, *field.aliases) for field in WHO}

PERSONS = (
    Column("person_id", "人员编号", "whole number, ours; one person may have several rows", is_key=True),
    Column("name", "姓名", "as in our records", aliases=_WHO["name"]),
    Column("identity_number", "身份证号码", "18 or 15 places; may be missing or wrong", aliases=_WHO["identity_number"]),
    Column("sex", "性别", "男, 女, 1, 2, male, female"),
    Column("birth_date", "出生日期", "any usual way of writing a day", aliases=_WHO["birth_on"]),
    Column("household_id", "家庭编号", "whole number; who lives together, for a number borrowed within the family"),
    Column("village", "村（居）", "name of the village or community, or a whole address", aliases=_WHO["address"]),
    Column("telephone", "电话", "mobile or landline", aliases=_WHO["phone"]),
)
EXTRACT = (
    Column("row", "行号", "whole number; the row of the file as the department counts it", is_key=True),
    Column("name", "姓名", "as delivered", aliases=_WHO["name"]),
    Column(
        "identity_number",
        "身份证号码",
        "as delivered: masked, old, mistyped or missing numbers included",
        aliases=_WHO["identity_number"],
    ),
    Column(
        "other_number",
        "其他证件号码",
        "a disability card's number, which begins with the identity number",
        aliases=_WHO["card_number"],
    ),
    Column("birth_date", "出生日期", "as delivered", aliases=_WHO["birth_on"]),
    Column("sex", "性别", "as delivered"),
    Column("village", "村（居）", "as delivered: village, community or address", aliases=_WHO["address"]),
    Column("telephone", "电话", "as delivered", aliases=_WHO["phone"]),
)
WHOLE = {"person_id", "household_id", "row"}


def as_declared(table: pa.Table, columns: tuple[Column, ...]) -> pa.Table:
    """The table with exactly the declared columns, in their types; a column that was not delivered is empty.

    Refuses a missing or repeated key, a table with nothing to compare, and numbers that are floats: their last places are gone.
    """
    refuse_without(set(table.column_names), columns)
    made = {each.name: _column(table, each) for each in columns}
    key = columns[0]
    keys = made[key.name]
    if keys.null_count:
        raise BadValue(f"“{key.heading}”有 {keys.null_count} 行是空的，请补上。")
    repeated = len(keys) - pc.count_distinct(keys).as_py() if columns is EXTRACT else 0
    if repeated:
        raise BadValue(f"“{key.heading}”有 {repeated} 行重复，每行的编号应各不相同。")
    return pa.table(made)


def refuse_without(names: set[str], columns: tuple[Column, ...]) -> None:
    """Refuses columns without the key, or with nothing to compare."""
    key = columns[0]
    if key.name not in names:
        raise BadValue(f"缺少“{key.heading}”一列（{key.name}），请补上。")
    if not {"name", "identity_number", "other_number"} & names:
        raise BadValue("至少要有“姓名”或“身份证号码”中的一列，才能比对。")


def _column(table: pa.Table, column: Column) -> pa.ChunkedArray:
    if column.name not in table.column_names:
        return pa.chunked_array([pa.nulls(len(table), pa.int64() if column.name in WHOLE else pa.string())])
    return in_its_type(table.column(column.name), column)


Values = TypeVar("Values", pa.Array, pa.ChunkedArray)


def in_its_type(given: Values, column: Column) -> Values:
    """The values as text or whole numbers, as declared. Refuses what cannot be that, and numbers that are floats."""
    wanted = pa.int64() if column.name in WHOLE else pa.string()
    if pa.types.is_dictionary(given.type):
        given = given.cast(given.type.value_type)
    if given.type == wanted:
        return given
    if pa.types.is_floating(given.type) and "number" in column.name:
        raise BadValue(f"“{column.heading}”一列是数值而不是文本，末几位已经丢失，请把该列设为“文本”格式后重新导出。")
    if pa.types.is_date(given.type) or pa.types.is_timestamp(given.type):
        return pc.strftime(given, format="%Y-%m-%d")
    if wanted == pa.int64() and pa.types.is_string(given.type):
        given = pc.utf8_trim_whitespace(given)
    try:
        return given.cast(wanted)
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError):
        raise BadValue(f"“{column.heading}”一列应为{'整数' if column.name in WHOLE else '文本'}，请检查。") from None
