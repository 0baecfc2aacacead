"""The rules of the checker with their Chinese titles; how sure a finding is; how a relation came out."""

from enum import StrEnum
from types import MappingProxyType


class Severity(StrEnum):
    ERROR = "error"
    DOUBTFUL = "doubtful"
    ASK = "ask"


class State(StrEnum):
    """How a relation between numbers came out."""

    HOLDS = "holds"
    ROUNDING = "rounding"
    FAILS = "fails"
    CANNOT_TELL = "cannot tell"


class Kind(StrEnum):
    """What a number is; only measures, ratios and standards are reckoned with."""

    MEASURE = "measure"
    RATIO = "ratio"
    STANDARD = "standard"
    STRUCTURE = "structure"
    DATE = "date"
    DURATION = "duration"
    DOCUMENT = "document"
    ORDINAL = "ordinal"
    NAME = "name"
    MALFORMED = "malformed"


class Role(StrEnum):
    """What a number says of its subject."""

    LEVEL = "level"
    CHANGE = "change"
    RATE = "rate"
    POINTS = "points"
    SHARE = "share"
    PRIOR = "prior"
    TARGET = "target"
    LIMIT = "limit"
    TIMES = "times"
    RANK = "rank"
    OTHER = "other"


SEVERITIES = MappingProxyType({Severity.ERROR: "错误", Severity.DOUBTFUL: "存疑", Severity.ASK: "请核"})

STATES = MappingProxyType(
    {State.HOLDS: "相符", State.ROUNDING: "四舍五入后相符", State.FAILS: "不符", State.CANNOT_TELL: "无法判断"}
)

KINDS = MappingProxyType(
    {
        Kind.MEASURE: "数量",
        Kind.RATIO: "比率",
        Kind.STANDARD: "标准、单价",
        Kind.STRUCTURE: "构成比",
        Kind.DATE: "日期",
        Kind.DURATION: "时长、年龄",
        Kind.DOCUMENT: "文号",
        Kind.ORDINAL: "序数",
        Kind.NAME: "名称中的数字",
        Kind.MALFORMED: "写法有误",
    }
)

RULES = MappingProxyType(
    {
        "parts_and_whole": "分项与总数",
        "list_total": "列举与合计",
        "growth": "增量与增幅",
        "count_times_price": "数量与单价",
        "standard_times_people": "人数与标准",
        "share": "占比与比率",
        "subtotal": "分句小计",
        "repeated_figure": "前后数字",
        "stock_and_flow": "期初期末与增减",
        "rank_in_itself": "排名范围",
        "full_rate_of_nothing": "百分之百的底数",
        "unit_slip": "计量单位",
        "households_and_persons": "户数与人数",
        "date_outside_period": "日期与报告期",
        "copied_figure": "沿用旧数",
        "table_sum": "表格合计",
        "table_change": "表格增减",
        "listed_items": "列举项数",
        "range_order": "区间先后",
        "malformed_number": "数字写法",
    }
)
