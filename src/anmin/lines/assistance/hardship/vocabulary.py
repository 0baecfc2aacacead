"""Words of the recognition of a family in hardship through unavoidable expenses; the law renamed it on 24 October 2024."""

from datetime import date

from anmin.base.errors import BadValue
from anmin.ground.policy.book import policy

BENEFIT = "assistance.hardship"
LABEL = "刚性支出困难"
FULL = "支出型（刚性支出）困难家庭"
BASIS = "《刚性支出困难家庭认定办法》（2024年，文号待核）；国办发〔2023〕39号"
ROUTES = {"household": "整户"}
NAMES = {"expense": "支出型困难家庭", "rigid": "刚性支出困难家庭"}


def name_on(on: date) -> str:
    """What such a family is called on a day. Refuses a day before the first name on file."""
    return NAMES[str(policy().value(f"{BENEFIT}.name", on=on))]


def label_on(on: date) -> str:
    """The short name of a day, for headings; before the first name on file, the first."""
    try:
        name = name_on(on)
    except BadValue:
        name = NAMES["expense"]
    return name.removesuffix("家庭")
