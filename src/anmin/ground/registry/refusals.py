"""The two ways in which a message fails: as a whole, or one question of it; both carry the standard's code and a sentence."""

from anmin.base.errors import BadValue, Refused
from anmin.ground.registry.vocabulary import Fault, Reason


class MessageRefused(Refused):
    """The whole message is refused; nothing was answered."""

    def __init__(self, fault: Fault, message: str) -> None:
        super().__init__(message)
        self.fault = fault


class QuestionRejected(BadValue):
    """One question cannot be answered; the others of its message can."""

    def __init__(self, reason: Reason, message: str) -> None:
        super().__init__(message)
        self.reason = reason
