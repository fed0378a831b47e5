"""Asking for a pack as a PDF, making it in the background, and forgetting it after a week."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from commonweal_web.house.refusals import Conflict, Refused
from commonweal_web.organisations.models import Organisation
from commonweal_web.record.actor import Actor
from commonweal_web.systems.models import Pack, Use
from commonweal_web.systems.permissions import SEE_USES

KEPT_FOR = timedelta(days=7)
MOST_WAITING = 5


def ask_pack(
    *, organisation: Organisation, by: Actor, at: datetime, use: Use | None, filters: str = ""
) -> Pack:
    """Ask for a PDF of one use, or of what the list shows; at most five wait at a time."""
    by.require(SEE_USES)
    own = Pack.objects.of(organisation).filter(account_id=by.account_id, state=Pack.State.WAITING)
    if own.count() >= MOST_WAITING:
        raise Conflict("packs_waiting", _("Five of your packs are being made. Wait for one."))
    made: Pack = Pack.objects.create(
        organisation=organisation,
        account_id=by.account_id,
        use=use,
        filters=filters,
        asked_at=at,
    )
    return made


def finish_pack(*, pk: UUID, make: Callable[[Pack], bytes]) -> None:
    """Make the file of a pack that waits; a pack that is done or gone is left alone."""
    rows = Pack.objects.select_related("organisation", "account", "use__organisation")
    pack = rows.filter(pk=pk, state=Pack.State.WAITING).first()
    if pack is None:
        return
    try:
        made = make(pack)
    except Refused as refusal:
        pack.state, pack.said = Pack.State.FAILED, str(refusal.message)[:300]
    else:
        path_of(pack).parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        path_of(pack).write_bytes(made)
        pack.digest, pack.size = hashlib.sha256(made).hexdigest(), len(made)
        pack.state = Pack.State.DONE
    pack.save(update_fields=["state", "said", "digest", "size"])


def path_of(pack: Pack) -> Path:
    """Where the file of a pack is kept."""
    return Path(settings.DATA) / "packs" / f"{pack.pk}.pdf"


def forget_old_packs(*, at: datetime) -> int:
    """Delete packs that were asked for more than a week ago, with their files."""
    with transaction.atomic():
        old = list(Pack.objects.filter(asked_at__lt=at - KEPT_FOR))
        for pack in old:
            path_of(pack).unlink(missing_ok=True)
            pack.delete()
    return len(old)


def forget_lost_packs(organisation_id: UUID) -> None:
    """Delete the files of packs whose rows are gone, as they are with a deleted organisation."""
    folder = Path(settings.DATA) / "packs"
    found = {path.stem: path for path in folder.glob("*.pdf")} if folder.exists() else {}
    known = {str(pk) for pk in Pack.objects.values_list("pk", flat=True)}
    for stem in found.keys() - known:
        found[stem].unlink(missing_ok=True)
