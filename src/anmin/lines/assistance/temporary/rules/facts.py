"""What the rules of temporary assistance are told: by the application and by what was verified for it."""

from anmin.ground.policy.facts import YES_NO, Codes, Fact, Means, Undetermined

MEASURES = "《国务院关于全面建立临时救助制度的通知》（国发〔2014〕47号）"
OPINIONS = "《关于进一步加强和改进临时救助工作的意见》（民发〔2018〕23号）"

AID = Codes({"none": "没有申请", "emergency": "急难型", "expenditure": "支出型"})
LEVEL = Codes({"none": "无", "town": "镇（街道）小额救助", "county": "县级审核确认", "deliberated": "一事一议"})
"""Who may decide on the amount the rules allow."""

YES = YES_NO["yes"]

FACTS = (
    Fact(
        "aid_kind",
        "household",
        "救助类型",
        "code",
        Means(AID["none"], OPINIONS, "没有提出临时救助申请"),
        codes=AID,
    ),
    Fact("aid_need", "household", "需要救助的支出或损失", "CNY", Undetermined(MEASURES, when="applied")),
    Fact("aids_before", "household", "本年度已获临时救助次数", "times", Means(0, OPINIONS, "本年度没有救助记录"), most=99),
    Fact(
        "same_event_aided",
        "household",
        "同一事由已获救助",
        "code",
        Means(0, OPINIONS, "没有因同一事由救助的记录"),
        most=1,
        codes=YES_NO,
    ),
    Fact("aid_income", "household", "核对后的家庭月人均收入", "CNY/month", Undetermined(OPINIONS, when="by_expenditure")),
    Fact(
        "aid_assets_over",
        "household",
        "家庭财产超过规定",
        "code",
        Undetermined(OPINIONS, when="by_expenditure"),
        most=1,
        codes=YES_NO,
    ),
    Fact(
        "deliberated_amount",
        "household",
        "一事一议同意的金额",
        "CNY",
        Means(0, OPINIONS, "没有一事一议决定"),
    ),
    Fact(
        "aid_for",
        "person",
        "本次受助",
        "code",
        Means(1, OPINIONS, "没有另行注明的，全体共同生活的家庭成员受助"),
        most=1,
        codes=YES_NO,
    ),
)
