"""A query of the standard, in any of its three shapes, as one tree of comparisons. Knows no tables."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from pydantic import ValidationError

from anmin.base.dci.messages import Expression, IdTypeValue, Plain, Predicate
from anmin.ground.registry.refusals import QuestionRejected
from anmin.ground.registry.vocabulary import Reason

MOST_COMPARISONS = 20
DEEPEST = 5

Operator = Literal["gt", "lt", "eq", "ge", "le", "in"]
_OPERATORS: dict[str, Operator] = {
    "gt": "gt",
    "lt": "lt",
    "eq": "eq",
    "gte": "ge",
    "ge": "ge",
    "lte": "le",
    "le": "le",
    "in": "in",
}
_MARKS: dict[str, Literal["and", "or", "not"]] = {"and": "and", "or": "or", "not": "not"}


@dataclass(frozen=True)
class Comparison:
    """One attribute against one value, or several for `in`. The attribute is the last part of a dotted name."""

    attribute: str
    operator: Operator
    values: tuple[Plain, ...]


@dataclass(frozen=True)
class Group:
    """Comparisons and groups joined; `not` denies all of them together."""

    joined: Literal["and", "or", "not"]
    parts: tuple["Comparison | Group", ...]


@dataclass(frozen=True)
class Identified:
    """One identifier: its kind and value."""

    kind: str
    value: str


Tree = Comparison | Group | Identified


def tree_of(query_type: str, query: Mapping[str, Any] | Sequence[Any]) -> tuple[Tree, str]:
    """The tree of a query, and the collection it names (`Group`, `Member`; blank where it names none).

    Refuses a query that is not of its shape, too many comparisons, too deep a nesting.
    """
    if query_type == "idtype-value":
        try:
            asked = IdTypeValue.model_validate(query)
        except ValidationError:
            raise _wrong("按证件查询应写成 {type, value}，value 为不超过 99 个字符的文本") from None
        return Identified(asked.type.strip().lower(), str(asked.value).strip()), ""
    if query_type == "predicate":
        return _of_predicates(query), ""
    if query_type == "expression":
        return _of_expression(query)
    raise _wrong(f"不支持查询方式“{query_type}”")


def _of_predicates(query: Mapping[str, Any] | Sequence[Any]) -> Group:
    try:
        predicates = [Predicate.model_validate(each) for each in query] if isinstance(query, list) else []
    except ValidationError:
        raise _wrong("条件应写成 {expression1, condition, expression2}，运算符为 gt、lt、eq、ge、le、in") from None
    if not predicates or 2 * len(predicates) > MOST_COMPARISONS:
        raise _wrong(f"条件应有 1 至 {MOST_COMPARISONS // 2} 组")
    predicates.sort(key=lambda each: each.seq_num or 0)
    return Group("and", tuple(_of_predicate(each) for each in predicates))


def _of_predicate(each: Predicate) -> Comparison | Group:
    first = _comparison(each.expression1)
    if each.expression2 is None:
        return Group("not", (first,)) if each.condition == "not" else first
    second = _comparison(each.expression2)
    if each.condition == "or":
        return Group("or", (first, second))
    # “a not b” holds where a does and b does not.
    return Group("and", (first, Group("not", (second,)) if each.condition == "not" else second))


def _comparison(said: Expression) -> Comparison:
    value = said.attribute_value
    values = tuple(value) if isinstance(value, list) else (value,)
    return _checked(said.attribute_name, said.operator, values)


def _checked(name: str, operator: Operator, values: tuple[Plain, ...]) -> Comparison:
    if not values or len(values) > 100 or (operator != "in" and len(values) > 1):
        raise _wrong(f"“{name[:40]}”的取值个数不对")
    return Comparison(name.rpartition(".")[2].strip().lower().replace("-", "_"), operator, values)


def _of_expression(query: Mapping[str, Any] | Sequence[Any]) -> tuple[Group, str]:
    """`{type, value: {expression: {collection, query}}}`, or, as the disability registry writes it, the conditions alone."""
    said: Any = query
    collection = ""
    if isinstance(said, dict) and isinstance(said.get("value"), dict):
        said = said["value"].get("expression")
        if isinstance(said, dict) and "query" in said:
            collection = str(said.get("collection", ""))[:40]
            said = said["query"]
    if not isinstance(said, dict) or not said:
        raise _wrong("表达式应写成 {type, value: {expression: {collection, query}}}")
    counted: list[Comparison] = []
    return _group("and", [said], counted, 1), collection


def _group(joined: Literal["and", "or", "not"], said: Any, counted: list[Comparison], depth: int) -> Group:
    if depth > DEEPEST:
        raise _wrong(f"条件嵌套超过 {DEEPEST} 层")
    each_said = said if isinstance(said, list) else [said]
    parts: list[Comparison | Group] = []
    for each in each_said:
        if not isinstance(each, dict) or not each:
            raise _wrong("表达式中的条件应写成 {属性: {运算符: 值}}")
        inner: list[Comparison | Group] = []
        for name, value in each.items():
            mark = _MARKS.get(str(name).removeprefix("$").lower())
            if mark and str(name).startswith("$"):
                inner.append(_group(mark, value, counted, depth + 1))
            else:
                inner += _attribute(str(name), value, counted)
        parts.append(inner[0] if len(inner) == 1 else Group("and", tuple(inner)))
    if not parts:
        raise _wrong("表达式中没有条件")
    return Group(joined, tuple(parts))


def _attribute(name: str, value: Any, counted: list[Comparison]) -> list[Comparison | Group]:
    said = value if isinstance(value, dict) else {"$eq": value}
    found: list[Comparison | Group] = []
    for operator, operand in said.items():
        known = _OPERATORS.get(str(operator).removeprefix("$").lower())
        if known is None:
            raise _wrong(f"“{name[:40]}”的运算符“{str(operator)[:20]}”不支持")
        values = tuple(operand) if isinstance(operand, list) else (operand,)
        if not all(isinstance(each, str | int | float | bool) for each in values):
            raise _wrong(f"“{name[:40]}”的取值应为文本或者数字")
        comparison = _checked(name, known, values)
        counted.append(comparison)
        found.append(comparison)
    if not found or len(counted) > MOST_COMPARISONS:
        raise _wrong(f"条件应有 1 至 {MOST_COMPARISONS} 个")
    return found


def _wrong(what: str) -> QuestionRejected:
    return QuestionRejected(Reason.CRITERIA, f"{what}。")
