"""What happens when somebody has signed in: their time begins, and they hear of new sheets."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.signals import user_logged_in
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override, pgettext

from commonweal_web.people.models import Account, CodeSheet
from commonweal_web.people.queries import news_of_sheet
from commonweal_web.people.sessions import OWN, begin_sitting


def greet_arrivals() -> None:
    """Start the idle time of every session, however it began, and tell of sheets printed."""
    user_logged_in.connect(_arrived, dispatch_uid="people.arrived")


def _arrived(request: Any, user: Account, **_details: Any) -> None:
    begin_sitting(request, device=request.session.get("device", OWN))
    if not hasattr(request, "_messages"):
        return
    news = news_of_sheet(user, at=timezone.now())
    if news is not None:
        with override(user.language):
            messages.warning(request, told_of(news))


def told_of(sheet: CodeSheet) -> str:
    """What its holder is told of a sheet that somebody printed for them."""
    day = date_format(
        timezone.localtime(sheet.issued_at),
        pgettext("day with year, in Django's date format", "j F Y"),
    )
    if sheet.issued_by_role == "registrar":
        said = _(
            "On %(day)s the registrar printed a sheet of sign-in codes for you. Was that not "
            "agreed with you? Cancel it under “My account” and tell your representative."
        )
    else:
        said = _(
            "On %(day)s the people lead, who is on management’s side, printed a sheet of sign-in "
            "codes for you. Was that not agreed with you? Cancel it under “My account” and tell "
            "your representative."
        )
    return said % {"day": day}
