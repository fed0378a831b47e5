"""API tokens, and what the API answered."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from commonweal_web.organisations.models import Owned
from commonweal_web.people.models.accounts import Account


class ApiToken(Owned):
    """A program's right to act for an account, in some rooms, reading or also writing."""

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=100, verbose_name=_("what it is for"))
    prefix = models.CharField(max_length=12, unique=True, verbose_name=_("begins with"))
    digest = models.CharField(max_length=64)
    scopes = models.JSONField(default=list, blank=True, verbose_name=_("what it may do"))
    expires_on = models.DateField(verbose_name=_("expires"))
    revoked_at = models.DateTimeField(null=True, blank=True, verbose_name=_("revoked"))

    class Meta:
        ordering = ("name", "id")

    def __str__(self) -> str:
        return f"{self.prefix}… {self.name}"


class ApiAnswer(models.Model):
    """What the API answered to a request that may be sent again, kept for a day.

    No history: what the request changed is on the record already.
    """

    token = models.ForeignKey(ApiToken, on_delete=models.PROTECT, related_name="+")
    key = models.CharField(max_length=200)
    route = models.CharField(max_length=300)
    body_sha256 = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField(default=0)
    answer = models.TextField(blank=True)
    asked_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=("token", "key"), name="one_answer_per_key")]

    def __str__(self) -> str:
        return self.route
