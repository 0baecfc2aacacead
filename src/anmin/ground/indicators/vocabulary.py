"""What a figure counts, in which unit it is printed, and what kind of number it is."""

from django.db import models


class Kind(models.TextChoices):
    STOCK = "stock", "期末数"
    FLOW = "flow", "期间数"
    STANDARD = "standard", "执行标准"
    RATIO = "ratio", "比率"


class Unit(models.TextChoices):
    """The label is what is printed. Amounts are held in fen, whatever the unit they are printed in."""

    HOUSEHOLDS = "households", "户"
    PERSONS = "persons", "人"
    TIMES = "times", "人次"
    MONTHS = "months", "个月"
    CASES = "cases", "件"
    PLACES = "places", "个"
    OCCASIONS = "occasions", "次"
    ITEMS = "items", "条"
    YUAN = "yuan", "元"
    WAN_YUAN = "wan_yuan", "万元"
    YUAN_PER_PERSON_MONTH = "yuan_per_person_month", "元/人·月"

    @property
    def fen(self) -> int:
        """How many fen the printed unit holds; 0 for what is not money."""
        return {Unit.YUAN: 100, Unit.YUAN_PER_PERSON_MONTH: 100, Unit.WAN_YUAN: 1_000_000}.get(self, 0)


NOTHING_RECORDED = "尚无记录"


class CellKind(models.TextChoices):
    TEXT = "text", "文字"
    NUMBER = "number", "数字"
    DATE = "date", "日期"
    MONEY = "money", "金额"
