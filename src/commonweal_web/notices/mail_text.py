"""What a mail says: that something is new, in the reader's language, and where. Never what.

Plain text, built by the mail library so that no value can become a header. Nothing in it calls
home, and no machine answers it.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from commonweal_web.house.addresses import refuse_unsafe_address
from commonweal_web.notices.models import Mail, Notice
from commonweal_web.notices.queries.kinds import kind_named, words_of

HEADERS = {"Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All"}


def message_of(mail: Mail, *, connection: Any = None) -> EmailMessage:
    """The mail as it is sent. Raises `AddressRefused` for an address that is no address."""
    refuse_unsafe_address(mail.account.email)
    told = sorted(mail.notices.all(), key=lambda each: (each.told_at, each.pk))
    with translation.override(mail.account.language):
        subject, body = _words(told, is_digest=mail.is_digest)
    return EmailMessage(
        subject=subject,
        body=body,
        from_email=settings.DEFAULT_FROM_EMAIL,
        to=[mail.account.email],
        headers={**HEADERS, "Message-ID": message_id(mail)},
        connection=connection,
    )


def message_id(mail: Mail) -> str:
    """The same each time a mail is sent, so that a second copy can be told from a second mail."""
    domain = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2]
    return f"<{mail.pk}@{domain}>"


def address_in_mail(notice: Notice) -> str:
    """Leads to the notice, which leads on: the address itself says nothing about its subject."""
    audience = audience_of(notice)
    return settings.PUBLIC_ADDRESS + reverse(f"{audience}:notices:open", args=[notice.pk])


def audience_of(notice: Notice) -> str:
    """Whether the pages for workers or those for staff hold what the notice is about."""
    return "my" if notice.url.startswith("/my/") else "desk"


def _words(told: list[Notice], *, is_digest: bool) -> tuple[str, str]:
    lines = [{"words": _said(each), "url": address_in_mail(each)} for each in told]
    how = f"{audience_of(told[0])}:notices:how"
    context = {"lines": lines, "how": settings.PUBLIC_ADDRESS + reverse(how)}
    name = "digest" if is_digest else "one"
    body = render_to_string(f"notices/mail/{name}.txt", context)
    if is_digest:
        return _("What is new for you in Commonweal"), body
    return _("Something waits for you in Commonweal"), body


def _said(notice: Notice) -> str:
    """The neutral words of the kind; of what is told to whole groups a mail says none."""
    try:
        kind = kind_named(notice.kind)
    except LookupError:
        return ""
    return "" if kind.to_whole_group else words_of(notice.kind)
