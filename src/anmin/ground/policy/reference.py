"""The reference pages that are written from the law as data and from the facts of the programmes: schema, figures, matrix."""

from collections.abc import Iterable, Mapping

from anmin.ground.policy.assessing import Programme
from anmin.ground.policy.cells import FEN
from anmin.ground.policy.chain import Chain
from anmin.ground.policy.exclusivity import MARKS, RELATIONS, Exclusivity
from anmin.ground.policy.facts import Fact, Means
from anmin.ground.policy.parameters import Parameters, is_money
from anmin.ground.policy.programmes import PROGRAMMES, programme_of
from anmin.ground.policy.results import COLUMNS
from anmin.ground.policy.table_reading import ENTITY_OF, KEYS, NEEDED, TABLES
from anmin.ground.policy.vocabulary import CONFIDENCE, ISSUERS, PURPOSES, UNITS

_WRITTEN = "<!-- Written by `anmin docs write`; a test says when it was forgotten. -->"


def facts_page(programmes: Iterable[Programme]) -> str:
    """The schema of the tables that `anmin policy assess` and `anmin policy simulate` read."""
    chain = Chain(programmes)
    facts = chain.facts
    lines = [
        "# Tables of facts",
        "",
        _WRITTEN,
        "",
        "`anmin policy assess --facts DIR --month 2024-06 --out FILE` decides the families of a folder without any database;",
        "`anmin policy simulate … --facts DIR` reckons a change on them; `anmin policy facts --out DIR --month 2024-06` writes",
        "the platform's own families in this form. A table is one file, `<name>.csv` (UTF-8 or GB 18030, headings in row 1) or",
        "`<name>.parquet`. `households` and `persons` must be there; the others may be left out.",
        "",
        "| | |",
        "|---|---|",
        "| sums | in yuan with at most two decimals; a column whose name ends in `_fen` holds whole fen |",
        "| dates | `2024-07-01`, `20240701`, or a date column of Parquet |",
        "| codes | the code or its Chinese label |",
        "| yes and no | `yes`/`no`, `是`/`否`, `1`/`0`, or a boolean column |",
        "| not known | blank; never 0 |",
        "| headings | the name of the fact or its Chinese label; a heading nobody knows is refused, one that only programmes ask"
        " that were not chosen is left alone |",
        "",
        "Facts are those in force on the first day of the month. A fact may stand as a column of its table, where it holds",
        "throughout, or as rows of `facts` with a period, which win on the days they cover. What a person holds may stand in",
        "`holdings`; a benefit that is decided in the same run counts as held when it is granted there.",
        "",
    ]
    for table, label in TABLES.items():
        lines += ["", f"## `{table}` ({label})", "", "| Column | | Meaning |", "|---|---|---|"]
        for column, said in KEYS[table].items():
            lines.append(f"| `{column}` | {'needed' if column in NEEDED[table] else ''} | {said} |")
        if table in ENTITY_OF:
            entity = ENTITY_OF[table]
            lines += ["", "| Fact | Label | Unit and values | Not known means | Asked by |", "|---|---|---|---|---|"]
            lines += [_fact(fact, chain) for fact in facts.values() if fact.entity == entity]
    lines += ["", "## The result", "", "| Column | Meaning |", "|---|---|"]
    lines += [f"| `{column}` | {said} |" for column, said in COLUMNS.items()]
    return "\n".join([*lines, ""])


def _fact(fact: Fact, chain: Mapping[str, Programme]) -> str:
    asking = "、".join(programme.label for programme in chain.values() if fact.name in programme.inputs)
    missing = (
        f"取“{_value(fact, fact.missing.value)}”：{fact.missing.because}" if isinstance(fact.missing, Means) else "暂不能认定"
    )
    if not isinstance(fact.missing, Means) and fact.missing.when:
        missing += "（对其有影响时）"
    heading = f"`{fact.name}`" + (f" or `{fact.name}{FEN}`" if is_money(fact.unit) else "")
    return f"| {heading} | {fact.label} | {_unit(fact)} | {_cell(missing)} | {asking} |"


def _unit(fact: Fact) -> str:
    if fact.codes is not None:
        return "；".join(f"`{name}` {code.label}" for name, code in fact.codes.items())
    if fact.unit == "date":
        return "日期"
    return f"{UNITS[fact.unit]}（{fact.least}–{fact.most}）" if not is_money(fact.unit) else UNITS[fact.unit]


def _value(fact: Fact, value: int) -> str:
    return str(fact.codes.label(value)) if fact.codes is not None else str(value)


def parameters_page(parameters: Parameters) -> str:
    """Every figure of the law with all its values, dates, papers and how well each is founded."""
    rows = [entry for parameter in parameters.values() for entry in parameter.entries]
    counts = "，".join(f"{label} {sum(each.confidence == key for each in rows)} 条" for key, label in CONFIDENCE.items())
    lines = [
        "# Figures of the law",
        "",
        _WRITTEN,
        "",
        f"{len(parameters)} 项，{len(rows)} 条数值：{counts}。",
    ]
    order = list(PROGRAMMES)
    found = sorted(parameters.values(), key=lambda each: (order.index(programme_of(each.address)), each.purpose, each.address))
    head = ("| 编号 | 名称 | 数值 | 执行 | 公布 | 制定机关 | 文件 | 可信程度 | 说明 |", "|---|---|---|---|---|---|---|---|---|")
    title = ""
    for parameter in found:
        programme = programme_of(parameter.address)
        if title != (title := f"{PROGRAMMES[programme]} · {PURPOSES[parameter.purpose]}"):
            lines += ["", f"## {title}", "", *head]
        for entry in parameter.entries:
            cells = (
                f"`{parameter.address}`",
                parameter.label,
                entry.shown(),
                str(entry.valid_from),
                str(entry.published),
                ISSUERS[entry.issuer],
                str(entry.document),
                CONFIDENCE[entry.confidence],
                "；".join(filter(None, (parameter.note, entry.note))),
            )
            lines.append("| " + " | ".join(_cell(each) for each in cells) + " |")
    return "\n".join([*lines, ""])


def exclusivity_page(matrix: Exclusivity) -> str:
    """What may be held together: the matrix, then each pair with its paper."""
    latest = max((each.valid_from for each in matrix.relations), default=None)
    assert latest is not None  # a matrix without a pair is no file
    parties = list(matrix.parties.values())
    lines = [
        "# What may be held together",
        "",
        _WRITTEN,
        "",
        "、".join(f"{MARKS[key]} {label}" for key, label in RELATIONS.items()) + "；空白处未作规定，可以同时享受。",
        "",
        "| | " + " | ".join(each.label for each in parties) + " |",
        "|---" * (len(parties) + 1) + "|",
    ]
    for row in parties:
        marks = []
        for column in parties:
            relation = matrix.between(row.name, column.name, latest) if row is not column else None
            marks.append("–" if row is column else MARKS[relation.value] if relation else "")
        lines.append(f"| {row.label} | " + " | ".join(marks) + " |")
    lines += ["", "| 待遇 | 待遇 | 关系 | 执行 | 依据 | 可信程度 | 说明 |", "|---|---|---|---|---|---|---|"]
    for each in matrix.relations:
        cells = (each.first.label, each.second.label, each.label, str(each.valid_from), str(each.document))
        lines.append("| " + " | ".join(_cell(x) for x in (*cells, CONFIDENCE[each.confidence], each.note)) + " |")
    return "\n".join([*lines, ""])


def _cell(text: str) -> str:
    return text.replace("|", "／").replace("\n", " ")
