"""The levels at which two values can agree, from exact to anything else, each with the words for a caseworker."""

from enum import IntEnum, StrEnum

POINTS_PER_BIT = 10
"""Points are whole numbers, so that the parts of a hit sum to it exactly: ten of them are one bit, which doubles the odds."""


class Tier(StrEnum):
    """How far a hit has been settled. Even the best is a hint: nothing is decided by it."""

    A = "A"
    B = "B"
    QUEUE = "queue"

    @property
    def label(self) -> str:
        """In the caseworker's words."""
        return {"A": "号码和姓名一致", "B": "综合各项足以认定为同一人", "queue": "待人工核实"}[self.value]


class NameLevel(IntEnum):
    """How the names compare."""

    UNKNOWN = 0
    EQUAL = 1
    OTHER_FORM = 2
    SAME_READING = 3
    COVERED = 4
    CONTAINED = 5
    ONE_CHARACTER = 6
    SURNAME_ONLY = 7
    DIFFERENT = 8


class NumberLevel(IntEnum):
    """How the identity numbers compare."""

    UNKNOWN = 0
    EQUAL = 1
    EQUAL_OLD = 2
    EQUAL_ON_CARD = 3
    EQUAL_INVALID = 4
    ONE_DIGIT = 5
    EXCHANGED = 6
    MISSING_OR_EXTRA = 7
    CUT_OFF = 8
    TWO_PLACES = 9
    COVERED = 10
    ROUNDED = 11
    OF_HOUSEHOLD = 12
    DIFFERENT = 13
    BIRTH_CORRECTED = 14


class BirthLevel(IntEnum):
    """How the birth dates compare, where the numbers do not already say it."""

    UNKNOWN = 0
    EQUAL = 1
    EXCHANGED = 2
    TWO_OF_THREE = 3
    DIFFERENT = 4
    IN_NUMBER = 5


class PlainLevel(IntEnum):
    """How two values compare that are the same or not: sex, village, telephone."""

    UNKNOWN = 0
    EQUAL = 1
    DIFFERENT = 2
    IN_NUMBER = 3


SENTENCES: dict[str, dict[IntEnum, str]] = {
    "name": {
        NameLevel.UNKNOWN: "至少一方没有姓名，未作比较",
        NameLevel.EQUAL: "姓名一致",
        NameLevel.OTHER_FORM: "姓名只是写法不同（繁简、异体、间隔号、空格或备注），为同一姓名",
        NameLevel.SAME_READING: "姓名读音相同，用字不同",
        NameLevel.COVERED: "姓名有遮盖或丢失的字，其余的字一致",
        NameLevel.CONTAINED: "一方的姓名是另一方的一部分",
        NameLevel.ONE_CHARACTER: "姓名有一个字不同",
        NameLevel.SURNAME_ONLY: "只有姓氏相同",
        NameLevel.DIFFERENT: "姓名不同",
    },
    "number": {
        NumberLevel.UNKNOWN: "至少一方没有身份证号码，未作比较",
        NumberLevel.EQUAL: "身份证号码一致",
        NumberLevel.EQUAL_OLD: "15位旧身份证号码补足后一致",
        NumberLevel.EQUAL_ON_CARD: "残疾人证号中的身份证号码一致",
        NumberLevel.EQUAL_INVALID: "身份证号码一致，但校验码不符",
        NumberLevel.ONE_DIGIT: "身份证号码有一位不同，校验码不符",
        NumberLevel.EXCHANGED: "身份证号码有相邻两位颠倒，校验码不符",
        NumberLevel.MISSING_OR_EXTRA: "身份证号码少一位或多一位，其余一致",
        NumberLevel.CUT_OFF: "身份证号码不完整，已有的部分一致",
        NumberLevel.TWO_PLACES: "身份证号码有两处不同，校验码不符",
        NumberLevel.COVERED: "身份证号码有遮盖，未遮盖的各位一致",
        NumberLevel.ROUNDED: "身份证号码末三位已被电子表格抹去，前十五位一致",
        NumberLevel.OF_HOUSEHOLD: "身份证号码属于同户的另一人，姓名为本人",
        NumberLevel.DIFFERENT: "身份证号码不同",
        NumberLevel.BIRTH_CORRECTED: "身份证号码只有出生日期中的一项不同，两个号码都有效（可能经公安机关更正）",
    },
    "birth": {
        BirthLevel.UNKNOWN: "至少一方没有出生日期，未作比较",
        BirthLevel.EQUAL: "出生日期一致",
        BirthLevel.EXCHANGED: "出生日期的月和日颠倒",
        BirthLevel.TWO_OF_THREE: "出生日期的年、月、日中有一项不同",
        BirthLevel.DIFFERENT: "出生日期不同",
        BirthLevel.IN_NUMBER: "出生日期已包含在身份证号码中，不重复计算",
    },
    "sex": {
        PlainLevel.UNKNOWN: "至少一方没有性别，未作比较",
        PlainLevel.EQUAL: "性别一致",
        PlainLevel.DIFFERENT: "性别不同",
        PlainLevel.IN_NUMBER: "性别已包含在身份证号码中，不重复计算",
    },
    "village": {
        PlainLevel.UNKNOWN: "至少一方没有村（居），未作比较",
        PlainLevel.EQUAL: "村（居）一致",
        PlainLevel.DIFFERENT: "村（居）不同",
        PlainLevel.IN_NUMBER: "",
    },
    "telephone": {
        PlainLevel.UNKNOWN: "至少一方没有电话，未作比较",
        PlainLevel.EQUAL: "电话一致",
        PlainLevel.DIFFERENT: "电话不同",
        PlainLevel.IN_NUMBER: "",
    },
}
"""What each level of each field says to the caseworker and to the applicant who contests it."""


def places(differing: list[int]) -> str:
    """Which places of a number differ."""
    return f"（第{'、'.join(map(str, differing))}位）" if differing else ""


RESULT_LABELS = {
    "source": "数据来源",
    "row": "行号",
    "person_id": "人员编号",
    "tier": "档次",
    "points": "分值",
    "evidence": "依据",
}
"""The headings of hits in a file that people read."""

FIELD_LABELS = {
    "name": "姓名",
    "number": "身份证号码",
    "birth": "出生日期",
    "sex": "性别",
    "village": "村（居）",
    "telephone": "电话",
}
FIELDS = tuple(FIELD_LABELS)

SEXES = {1: "男", 2: "女"}
"""How a sex that was compared is written."""

LEVELS: dict[str, type[IntEnum]] = {
    "name": NameLevel,
    "number": NumberLevel,
    "birth": BirthLevel,
    "sex": PlainLevel,
    "village": PlainLevel,
    "telephone": PlainLevel,
}
"""Which vocabulary a field's level is of."""
