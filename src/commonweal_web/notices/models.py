"""Who is told what, and the mail that is on its way. None of it is history.

Whom a notice was made for, whether it was opened and when a mail went out is nobody's decision;
kept, it would show who is slow and who speaks up. So these tables are not on the record, a cleared
notice is gone, and a mail that its server has accepted is gone too.
"""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from commonweal_web.organisations.models import Owned


class Channel(models.TextChoices):
    """Where somebody is told."""

    MAIL = "mail", _("By e-mail, and here")
    HERE = "here", _("Only here, when I sign in")
    NONE = "none", _("Not at all")


class Rhythm(models.TextChoices):
    """How often mail is sent to somebody."""

    DAILY = "daily", _("Once a day, all together")
    AT_ONCE = "at_once", _("At once")


class Preference(Owned):
    """How one person wants to be told."""

    account = models.OneToOneField(
        "people.Account", on_delete=models.PROTECT, related_name="+", verbose_name=_("person")
    )
    channel = models.CharField(
        max_length=10, choices=Channel.choices, verbose_name=_("how we tell you")
    )
    rhythm = models.CharField(
        max_length=10, choices=Rhythm.choices, verbose_name=_("how often mail is sent")
    )

    def __str__(self) -> str:
        return f"{self.channel}, {self.rhythm}"


class MailState(models.TextChoices):
    """Where a mail stands. One that its server has accepted is not kept."""

    WAITING = "waiting", _("waiting")
    REFUSED = "refused", _("refused")
    GIVEN_UP = "given_up", _("given up")


class Mail(Owned):
    """One mail on its way to one person; its id is in its `Message-ID`, each time it is sent.

    `not_before` moves ahead while a process is sending it and after each failure, so that two
    processes do not send it at once and a server that is down is not hurried.
    """

    account = models.ForeignKey(
        "people.Account", on_delete=models.PROTECT, related_name="+", verbose_name=_("person")
    )
    is_digest = models.BooleanField(verbose_name=_("mail of the day"))
    made_at = models.DateTimeField(verbose_name=_("made"))
    due_at = models.DateTimeField(verbose_name=_("due"))
    not_before = models.DateTimeField(verbose_name=_("not before"))
    attempts = models.PositiveSmallIntegerField(default=0, verbose_name=_("attempts"))
    state = models.CharField(
        max_length=10,
        choices=MailState.choices,
        default=MailState.WAITING,
        verbose_name=_("state"),
    )
    reason = models.CharField(max_length=40, blank=True, verbose_name=_("reason"))

    class Meta:
        ordering = ("due_at", "id")
        indexes = [models.Index(fields=("state", "not_before"), name="mail_to_send")]
        constraints = [
            models.UniqueConstraint(
                fields=("account", "due_at"), condition=Q(is_digest=True), name="one_digest_a_day"
            )
        ]

    def __str__(self) -> str:
        return f"mail {self.pk}, {self.state}"


class Notice(Owned):
    """That something is new for one person: why, in neutral words, and where it is."""

    account = models.ForeignKey(
        "people.Account", on_delete=models.PROTECT, related_name="+", verbose_name=_("person")
    )
    kind = models.CharField(max_length=80, verbose_name=_("kind"))
    about = models.CharField(max_length=150, verbose_name=_("about"))
    url = models.CharField(max_length=300, verbose_name=_("address"))
    due = models.DateField(null=True, blank=True, verbose_name=_("due"))
    told_at = models.DateTimeField(verbose_name=_("told"))
    mail = models.ForeignKey(
        Mail, null=True, blank=True, on_delete=models.SET_NULL, related_name="notices"
    )
    mail_failed = models.BooleanField(default=False, verbose_name=_("mail could not be sent"))

    class Meta:
        ordering = ("-told_at", "id")
        constraints = [
            models.UniqueConstraint(
                fields=("account", "kind", "about"), name="one_notice_per_subject"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"


class Feed(Owned):
    """A private calendar address of one person; only the digest of its secret is kept."""

    account = models.OneToOneField(
        "people.Account", on_delete=models.PROTECT, related_name="+", verbose_name=_("person")
    )
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField(verbose_name=_("made"))

    def __str__(self) -> str:
        return f"calendar {self.pk}"


class Reminded(models.Model):
    """That a reminder was given, as a digest that names nobody, so that it is given once."""

    digest = models.CharField(max_length=64, primary_key=True)
    day = models.DateField(verbose_name=_("day"))

    def __str__(self) -> str:
        return self.digest


class ReminderRound(models.Model):
    """How far the day's reminders have come, so that a restart goes on where it stopped."""

    organisation = models.OneToOneField(
        "organisations.Organisation", on_delete=models.PROTECT, primary_key=True, related_name="+"
    )
    day = models.DateField(verbose_name=_("day"))
    after = models.UUIDField(null=True, blank=True, verbose_name=_("reminded up to"))
    is_over = models.BooleanField(default=False, verbose_name=_("over"))

    def __str__(self) -> str:
        return f"reminders of {self.day}"
