"""The key that the log signs with now, as its file and the record agree on it."""

from __future__ import annotations

from django.utils.translation import gettext as _

from commonweal.record import KeyPair, encode_public_key
from commonweal_web.house.refusals import Refused
from commonweal_web.record.models import LogHead, LogKey
from commonweal_web.record.signing import signing_key


def key_name(head: LogHead, *, number: int) -> str:
    """What a log's keys are called, from the first on."""
    return head.origin if number == 1 else f"{head.origin}/{number}"


def key_in_force(head: LogHead) -> tuple[str, KeyPair] | None:
    """The name and the pair of the newest key; None for a log that was never signed.

    Raises `Refused` where the published key is gone from the record or the file is another key's.
    """
    known = list(LogKey.objects.of(head.organisation_id).order_by("since", "name"))
    if not known:
        return None
    # The log's own place, not the day, says which key is the newest: names are counted.
    wanted = key_name(head, number=len(known))
    current = next((each for each in known if each.name == wanted), None)
    if current is None:
        raise Refused(
            "key_row_missing",
            _("The public key “%(name)s” is not on the record: somebody removed it.")
            % {"name": wanted},
        )
    pair = signing_key(head.organisation_id, number=len(known))
    if encode_public_key(current.name, public_key=pair.public_key) != current.public_key:
        raise Refused(
            "key_other",
            _("The key file is not that of the published key “%(name)s”. Put the right one back.")
            % {"name": current.name},
        )
    return current.name, pair
