"""What the task process does for this room: drawing packs."""

from __future__ import annotations

from uuid import UUID

from django.utils import timezone, translation
from django_tasks import task

from commonweal_web.people.queries import actor_of
from commonweal_web.systems import actions
from commonweal_web.systems.models import Pack
from commonweal_web.systems.packing import board_context, sheet, use_context
from commonweal_web.systems.pdf import pdf_of


@task()
def draw_pack(pk: str) -> None:
    """Draw one pack, with the rights that whoever asked has now, in their language."""
    actions.finish_pack(pk=UUID(pk), make=drawn)


def drawn(pack: Pack) -> bytes:
    """The PDF of a pack as things stand now."""
    now = timezone.now()
    actor = actor_of(pack.account, on=now.date())
    with translation.override(pack.account.language):
        if pack.use is not None:
            context = use_context(pack.use, actor=actor, at=now)
            return pdf_of(sheet("systems/pack_of_use.html", context=context))
        actions.bring_up_to_date(pack.organisation, at=now, most=10_000)
        context = board_context(pack.organisation, filters=pack.filters, actor=actor, at=now)
        return pdf_of(sheet("systems/pack_of_board.html", context=context))
