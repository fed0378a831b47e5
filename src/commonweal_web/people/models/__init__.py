"""Accounts, appointments to roles, API tokens, and sheets of sign-in codes."""

from commonweal_web.people.models.accounts import (
    ONE_ACCOUNT,
    Account,
    AccountManager,
    Appointment,
)
from commonweal_web.people.models.codes import CodeLeft, CodeSheet, WrongTries
from commonweal_web.people.models.tokens import ApiAnswer, ApiToken

__all__ = [
    "ONE_ACCOUNT",
    "Account",
    "AccountManager",
    "ApiAnswer",
    "ApiToken",
    "Appointment",
    "CodeLeft",
    "CodeSheet",
    "WrongTries",
]
