"""Accounts, and appointments to roles."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.contrib.auth.hashers import check_password
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from commonweal_web.house.addresses import safe_address
from commonweal_web.organisations.models import Owned, OwnedManager
from commonweal_web.people import roles

if TYPE_CHECKING:
    from datetime import date

ONE_ACCOUNT = "one_account_per_username"


class AccountManager(OwnedManager["Account"], BaseUserManager["Account"]):
    """Finds accounts; new ones are made by `people.actions`."""


class Account(AbstractBaseUser, Owned):
    """A person who can sign in. Nothing says when they last did."""

    last_login = None
    recorded_as_digest: ClassVar[tuple[str, ...]] = ("password",)

    username = models.CharField(max_length=150, unique=True, verbose_name=_("sign-in name"))
    name = models.CharField(max_length=150, verbose_name=_("name"))
    email = models.EmailField(blank=True, validators=[safe_address], verbose_name=_("e-mail"))
    language = models.CharField(max_length=10, default="en", verbose_name=_("language"))
    is_active = models.BooleanField(default=True, verbose_name=_("may sign in"))
    password_is_own = models.BooleanField(
        default=False, verbose_name=_("nobody else chose the password")
    )

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    objects: ClassVar[AccountManager] = AccountManager()

    class Meta:
        ordering = ("name", "id")
        constraints = [models.UniqueConstraint(Lower("username"), name=ONE_ACCOUNT)]

    def __str__(self) -> str:
        return self.name

    def check_password(self, raw_password: str | None) -> bool:
        """Whether this is the password. Never rewrites the hash: that would bypass the record."""
        return check_password(raw_password, self.password)

    def get_full_name(self) -> str:
        """The name people know them by."""
        return self.name


class Appointment(Owned):
    """That somebody holds a role, from a day until another, at a site or everywhere.

    A handler's appointment is proposed by one side and holds once the other has confirmed it.
    `body_id` and `invited_on` say by which body, and by which day's invitation, a person came to
    speak for workers. A deputy's appointment names the one it stands in for (`deputy_of`) and is
    in force only while that person is away (`acts_from`, `acts_until`). The recall of a handler is
    proposed by one side and agreed to by the other; `recalled_at` ends a role at once.
    """

    account = models.ForeignKey(
        Account, on_delete=models.PROTECT, related_name="appointments", verbose_name=_("person")
    )
    role = models.CharField(max_length=40, choices=roles.CHOICES, verbose_name=_("role"))
    site_id = models.UUIDField(null=True, blank=True, verbose_name=_("site"))
    since = models.DateField(verbose_name=_("since"))
    until = models.DateField(null=True, blank=True, verbose_name=_("until"))
    named_by = models.CharField(max_length=200, verbose_name=_("named by"))
    named_by_side = models.CharField(max_length=20, blank=True, verbose_name=_("named by (side)"))
    body_id = models.UUIDField(null=True, blank=True, verbose_name=_("speaks for the body"))
    invited_on = models.DateField(null=True, blank=True, verbose_name=_("by the invitation of"))
    confirmed_by_side = models.CharField(
        max_length=20, blank=True, verbose_name=_("confirmed by (side)")
    )
    confirmed_at = models.DateTimeField(null=True, blank=True, verbose_name=_("confirmed"))
    deputy_of = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="deputies",
        verbose_name=_("deputy of"),
    )
    acts_from = models.DateField(null=True, blank=True, verbose_name=_("acts from"))
    acts_until = models.DateField(null=True, blank=True, verbose_name=_("acts until"))
    recall_by_side = models.CharField(
        max_length=20, blank=True, verbose_name=_("recall proposed by (side)")
    )
    recalled_at = models.DateTimeField(null=True, blank=True, verbose_name=_("recalled"))

    class Meta:
        ordering = ("role", "since", "id")

    def __str__(self) -> str:
        return f"{self.role} since {self.since}"

    @property
    def is_pending(self) -> bool:
        """Whether the other side has yet to confirm it."""
        return self.role in roles.OF_BOTH_SIDES and self.confirmed_at is None

    @property
    def is_deputy(self) -> bool:
        """Whether it only stands in for another person's appointment."""
        return self.deputy_of_id is not None

    def has_ended(self, day: date) -> bool:
        """Whether its last day lies before this day, or it was recalled at once."""
        return self.recalled_at is not None or (self.until is not None and self.until < day)

    def acts_on(self, day: date) -> bool:
        """Whether the person it stands in for is away; true for whoever is no deputy."""
        if not self.is_deputy:
            return True
        is_open = self.acts_until is None or day <= self.acts_until
        return self.acts_from is not None and self.acts_from <= day and is_open

    def holds_on(self, day: date) -> bool:
        """Whether the appointment is in force on this day."""
        has_begun = self.since <= day and not self.has_ended(day)
        return has_begun and not self.is_pending and self.acts_on(day)
