"""Saving, sharing and forgetting views of the list of uses; nothing of it is recorded."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from commonweal_web.house.refusals import Conflict
from commonweal_web.organisations.models import Organisation
from commonweal_web.record.actor import Actor
from commonweal_web.systems.models import SavedView, SetupDismissed
from commonweal_web.systems.permissions import SEE_USES

MOST_VIEWS = 30


@transaction.atomic
def save_view(
    *,
    organisation: Organisation,
    by: Actor,
    name: str,
    filters: str,
    is_shared: bool = False,
    is_default: bool = False,
) -> SavedView:
    """Keep what the list shows under a name; one's own view of the same name is replaced.

    It is private unless it is shared with one's own side. At most thirty are kept.
    """
    side = by.require(SEE_USES).side
    own = SavedView.objects.of(organisation).filter(account_id=by.account_id)
    known = own.filter(name=name).first()
    if known is None and own.count() >= MOST_VIEWS:
        raise Conflict(
            "views_full",
            _("You have %(most)s saved views. Forget one first.") % {"most": MOST_VIEWS},
            where="name",
        )
    if is_default:
        own.update(is_default=False)
    view = known or SavedView(organisation=organisation, name=name)
    view.account_id = by.account_id
    view.filters, view.side = filters, side if is_shared else ""
    view.is_default = is_default
    view.save()
    return view


def forget_view(*, view: SavedView) -> None:
    """Forget a saved view; whoever it was shared with sees it no longer."""
    view.delete()


@transaction.atomic
def open_with(*, view: SavedView, is_default: bool) -> None:
    """Open the list with this view from now on, or no longer."""
    own = SavedView.objects.of(view.organisation_id).filter(account_id=view.account_id)
    own.update(is_default=False)
    if is_default:
        own.filter(pk=view.pk).update(is_default=True)


def set_steps_aside(*, organisation: Organisation, by: Actor, is_wanted: bool) -> None:
    """Show the first steps on one's own first page no longer, or again."""
    aside = SetupDismissed.objects.of(organisation).filter(account_id=by.account_id)
    if is_wanted:
        aside.delete()
    elif not aside.exists():
        SetupDismissed.objects.create(organisation=organisation, account_id=by.account_id)
