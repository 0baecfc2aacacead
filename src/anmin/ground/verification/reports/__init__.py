"""The report on one household (核对报告): what it says, how it looks on paper, and how a copy is proved unchanged."""
