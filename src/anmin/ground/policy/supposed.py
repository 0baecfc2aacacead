"""A change of the law as it is supposed for a simulation: which figure, which value, from which month on."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from anmin.base.errors import BadValue
from anmin.base.money import parse_yuan
from anmin.base.periods import Month
from anmin.ground.policy.parameter_files import LARGEST_RATE
from anmin.ground.policy.parameters import Document, Parameter, Parameters, Scalar, Value, is_money, shown_value
from anmin.ground.policy.programmes import code_labels

DOCUMENT = Document("测算方案", "未发布")


@dataclass(frozen=True)
class Supposed:
    """A figure of the law, or one row of a table, with another value from a month on; money in fen."""

    address: str
    key: str | None
    value: Scalar
    since: Month
    label: str
    shown: str
    shown_before: str

    @property
    def sentence(self) -> str:
        """The change as an officer reads it."""
        return f"“{self.label}”自{self.since.label}起由{self.shown_before}调整为{self.shown}"


def read_change(parameters: Parameters, text: str, since: Month) -> Supposed:
    """The change that `assistance.dibao.standard=860` means; the row of a table is a further part of its address.

    Sums are in yuan. Refuses what is no change, a figure that does not exist, a value that it cannot have.
    """
    address, sign, value = text.partition("=")
    if not sign or not value.strip():
        raise BadValue(f"“{text}”不是一项调整，请写成“政策参数编号=数值”，如 assistance.dibao.standard=860。")
    return suppose(parameters, address.strip(), value.strip(), since)


def suppose(parameters: Parameters, address: str, value: str, since: Month) -> Supposed:
    """The figure of this address with the value as it was typed. Refuses a figure or a value that cannot be."""
    parameter, key = _found(parameters, address)
    entry = parameter.entry(on=since.first_day)
    label = parameter.label + (f"·{entry.rows.get(key, key)}" if key is not None else "")
    read = _read(parameter, label, value)
    if isinstance(read, str):
        labels = code_labels(parameter.address)
        now = entry.value[key] if key is not None and isinstance(entry.value, Mapping) else entry.value
        return Supposed(parameter.address, key, read, since, label, labels[read], labels[str(now)])
    return Supposed(parameter.address, key, read, since, label, shown_value(read, parameter.unit), entry.shown(key))


def supposing(parameters: Parameters, changes: Iterable[Supposed]) -> Parameters:
    """The law with the changes in it; what was to come later of the same figures no longer comes."""
    made = parameters
    for change in changes:
        day = change.since.first_day
        before = made[change.address].entry(on=day).value
        value: Value = change.value
        if change.key is not None:
            assert isinstance(before, Mapping)  # only a row of a table has a key
            value = {**before, change.key: change.value}
        made = made.with_change(change.address, day, value, DOCUMENT, day, note="仅用于测算")
        made = _ending_with(made, change.address, day)
    return made


def _ending_with(parameters: Parameters, address: str, day: date) -> Parameters:
    old = parameters[address]
    kept = tuple(entry for entry in old.entries if entry.valid_from <= day)
    return Parameters({**parameters, address: replace(old, entries=kept)})


def _found(parameters: Parameters, address: str) -> tuple[Parameter, str | None]:
    if address in parameters:
        parameter = parameters[address]
        last = parameter.entries[-1].value
        if isinstance(last, Mapping):
            rows = "、".join(f"{address}.{key}（{label}）" for key, label in parameter.rows.items())
            raise BadValue(f"“{parameter.label}”是一张表，请写明调整其中哪一项：{rows}。")
        return parameter, None
    table, _, key = address.rpartition(".")
    if table in parameters and key in parameters[table].rows:
        return parameters[table], key
    raise BadValue(f"没有名为“{address}”的政策参数，可用 anmin policy list 查看全部参数。")


def _read(parameter: Parameter, label: str, text: str) -> Scalar:
    if parameter.unit == "code":
        labels = code_labels(parameter.address)
        for code, said in labels.items():
            if text in (code, said):
                return code
        raise BadValue(f"“{label}”可以是{'、'.join(f'“{said}”' for said in labels.values())}，现在是“{text}”。")
    if is_money(parameter.unit):
        return parse_yuan(text)
    scale = 10 if parameter.unit == "per_mille" and text.endswith("%") else 1
    try:
        number = round(float(text.removesuffix("%")) * scale) if scale == 10 else int(text)
    except ValueError:
        raise BadValue(f"“{label}”应为整数，现在是“{text}”。") from None
    if not 0 <= number < LARGEST_RATE:
        raise BadValue(f"“{label}”应在 0 与 {LARGEST_RATE} 之间，现在是“{text}”。")
    return number
