"""Figures of the mail on its way, for whoever runs the installation: numbers, never names."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db.models import Count, Min, Q

from commonweal_web.house.declaration import Measure
from commonweal_web.notices.models import Mail, MailState


def mail_measures(*, at: datetime) -> Sequence[Measure]:
    """How much mail waits, for how long the oldest of it, and how much was not taken."""
    due = Q(state=MailState.WAITING, due_at__lte=at)
    found = Mail.objects.aggregate(
        waiting=Count("pk", filter=due),
        oldest=Min("due_at", filter=due),
        refused=Count("pk", filter=Q(state=MailState.REFUSED)),
        given_up=Count("pk", filter=Q(state=MailState.GIVEN_UP)),
    )
    late = (at - found["oldest"]).total_seconds() if found["oldest"] else 0.0
    return (
        Measure("mail_waiting", "Mails that are due and not yet sent.", found["waiting"]),
        Measure("mail_oldest_waiting_seconds", "Seconds that the oldest of them is late.", late),
        Measure("mail_refused", "Mails of the last month that were refused.", found["refused"]),
        Measure("mail_given_up", "Mails of the last month given up.", found["given_up"]),
    )
