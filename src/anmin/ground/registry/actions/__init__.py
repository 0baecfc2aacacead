"""Verbs of the registry interface."""

from anmin.ground.registry.actions.answers import answer_disability, answer_search, answer_status, note_answer, note_refusal
from anmin.ground.registry.actions.clients import register_client, renew_client_secret, revoke_client
from anmin.ground.registry.actions.deliveries import record_delivery
from anmin.ground.registry.actions.subscriptions import notify, subscribe, unsubscribe

__all__ = [
    "answer_disability",
    "answer_search",
    "answer_status",
    "note_answer",
    "note_refusal",
    "notify",
    "record_delivery",
    "register_client",
    "renew_client_secret",
    "revoke_client",
    "subscribe",
    "unsubscribe",
]
