"""Where a request for verification stands, what a report may say, and where answers come from."""

from django.db import models


class VerificationState(models.TextChoices):
    REQUESTED = "requested", "已提请"
    ANSWERED = "answered", "已出具"


class VerificationResult(models.TextChoices):
    """What the report says; a match is a hint, never a refusal."""

    NOTHING_OVER = "nothing_over", "未发现超标情形"
    DOUBTFUL = "doubtful", "疑似超标，需入户核实"
    INCOMPLETE = "incomplete", "数据不全"


class SourceName(models.TextChoices):
    """The ports through which answers come. The platform of the county is not connected yet: staff ask by hand and write down."""

    BY_HAND = "by_hand", "核对平台尚未接入（人工查询）"
