"""Every verb about people: persons are registered, households opened, facts recorded; nothing is overwritten."""

from anmin.ground.people.actions.facts import correct_fact, record_fact, withdraw_fact
from anmin.ground.people.actions.households import (
    add_member,
    add_supporter,
    correct_supporter_income,
    end_membership,
    end_supporter,
    open_household,
)
from anmin.ground.people.actions.persons import (
    change_person,
    record_death,
    register_person,
    reveal_identity_number,
    withdraw_death,
)

__all__ = [
    "add_member",
    "add_supporter",
    "change_person",
    "correct_fact",
    "correct_supporter_income",
    "end_membership",
    "end_supporter",
    "open_household",
    "record_death",
    "record_fact",
    "register_person",
    "reveal_identity_number",
    "withdraw_death",
    "withdraw_fact",
]
