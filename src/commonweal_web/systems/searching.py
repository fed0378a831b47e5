"""What of this room can be found: uses, systems, vendors, and how uses are brought in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from commonweal_web.house.searching import (
    SearchHit,
    SearchReader,
    SearchSource,
    SearchText,
    Touched,
    rows_found,
)
from commonweal_web.house.texts import day_text
from commonweal_web.systems.models import AiSystem, Choice, Use, Vendor
from commonweal_web.systems.permissions import SEE_OWN_USES, SEE_USES
from commonweal_web.systems.queries.products import ids_touching
from commonweal_web.workplaces.queries import groups_of_account

if TYPE_CHECKING:
    from commonweal_web.house.searching import Visible


def _at_the_desk(reader: SearchReader) -> bool:
    return reader.audience == "desk" and reader.actor.may(SEE_USES)


def _uses(reader: SearchReader) -> Visible:
    """At a desk all of them, as in the list; else those that touch the reader's own work."""
    if reader.audience == "desk" or not reader.actor.may(SEE_OWN_USES):
        return _at_the_desk(reader)
    groups = frozenset(group.pk for group in groups_of_account(reader.account, reader.on))
    return Touched(groups, ids=ids_touching(reader.organisation, groups=groups))


def _words_of_use(use: Use) -> SearchText:
    vendor = use.system.vendor
    return SearchText(
        title=use.name,
        text=(use.purpose,),
        more=(use.outputs, use.unit, use.topic, use.system.name, vendor.name if vendor else ""),
        groups=[each.group_id for each in use.affected_groups.all() if each.group_id],
    )


def _use_hits(ids: Sequence[UUID], *, reader: SearchReader) -> Mapping[UUID, SearchHit]:
    rows = Use.objects.only("organisation", "name", "purpose", "stage")
    page = f"{reader.audience}:systems:use"
    return {
        use.pk: SearchHit(
            use.name, use.purpose, use.get_stage_display(), reverse(page, args=[use.pk])
        )
        for use in rows_found(rows, ids=ids, reader=reader)
    }


def _words_of_system(system: AiSystem) -> SearchText:
    vendor = system.vendor.name if system.vendor else ""
    return SearchText(title=system.name, more=(system.description, vendor))


def _system_hits(ids: Sequence[UUID], *, reader: SearchReader) -> Mapping[UUID, SearchHit]:
    rows = AiSystem.objects.annotate(count_of_uses=Count("uses"))
    return {
        system.pk: SearchHit(
            title=system.name,
            text=system.description,
            state=ngettext("%(count)s use here", "%(count)s uses here", system.count_of_uses)
            % {"count": system.count_of_uses},
            url=reverse("desk:systems:system", args=[system.pk]),
        )
        for system in rows_found(rows, ids=ids, reader=reader)
    }


def _vendor_hits(ids: Sequence[UUID], *, reader: SearchReader) -> Mapping[UUID, SearchHit]:
    rows = Vendor.objects.annotate(count_of_systems=Count("systems"))
    return {
        vendor.pk: SearchHit(
            title=vendor.name,
            text="",
            state=ngettext(
                "%(count)s system here", "%(count)s systems here", vendor.count_of_systems
            )
            % {"count": vendor.count_of_systems},
            url=reverse("desk:systems:vendor", args=[vendor.pk]),
        )
        for vendor in rows_found(rows, ids=ids, reader=reader)
    }


def _choice_hits(ids: Sequence[UUID], *, reader: SearchReader) -> Mapping[UUID, SearchHit]:
    rows = rows_found(Choice.objects.select_related("use"), ids=ids, reader=reader)
    return {
        choice.pk: SearchHit(
            title=choice.question,
            text=_("For “%(use)s”. %(reason)s")
            % {"use": choice.use.name, "reason": choice.reason},
            state=_("chosen on %(day)s") % {"day": day_text(choice.chosen_on)}
            if choice.chosen_on
            else _("not chosen yet"),
            url=reverse("desk:systems:choices", args=[choice.use_id]),
        )
        for choice in rows
    }


SEARCH = (
    SearchSource(
        kind="vendor",
        order=50,
        title=gettext_lazy("Vendors"),
        model="systems.Vendor",
        text_of=lambda vendor: SearchText(title=vendor.name),
        visible=_at_the_desk,
        hits=_vendor_hits,
    ),
    SearchSource(
        kind="system",
        order=40,
        title=gettext_lazy("AI systems"),
        model="systems.AiSystem",
        text_of=_words_of_system,
        visible=_at_the_desk,
        hits=_system_hits,
        read_with=("vendor",),
        follows={"systems.Vendor": "vendor"},
    ),
    SearchSource(
        kind="use",
        order=10,
        title=gettext_lazy("Uses of AI"),
        model="systems.Use",
        text_of=_words_of_use,
        visible=_uses,
        hits=_use_hits,
        read_with=("system__vendor",),
        lists=("affected_groups",),
        follows={"systems.AiSystem": "system"},
        parts={"systems.AffectedGroup": "use_id"},
    ),
    SearchSource(
        kind="decision",
        order=30,
        title=gettext_lazy("Decisions"),
        model="systems.Choice",
        text_of=lambda choice: SearchText(
            title=choice.question, more=(choice.reason, choice.use.name)
        ),
        visible=_at_the_desk,
        hits=_choice_hits,
        read_with=("use",),
        follows={"systems.Use": "use"},
    ),
)
