"""The page of a use: what it is, where it stands, what is needed next and whose move it is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from commonweal.practices import catalogue
from commonweal.systems.stages import Stage as DomainStage
from commonweal_web.house.declaration import Panel
from commonweal_web.house.requests import PersonRequest, needs
from commonweal_web.house.rooms import rooms
from commonweal_web.house.texts import day_text, money_text
from commonweal_web.layout.parts import Fact, Need
from commonweal_web.people.queries import accounts_in_role
from commonweal_web.record.actor import Actor
from commonweal_web.record.queries import proof_box
from commonweal_web.systems import queries
from commonweal_web.systems.models import Use
from commonweal_web.systems.page_parts import (
    MARK_OF_SIDE,
    STATE_WORDS,
    TAG_OF_STATE,
    address_of,
    needs_of,
    role_title,
    stops_of,
)
from commonweal_web.systems.permissions import (
    APPOINT_OWNER,
    DESCRIBE_USE,
    REGISTER_USE,
    SEE_USES,
    STOP_USE,
)
from commonweal_web.systems.views.answers import the_use, trail_to

NAMES_SHOWN = 4


@require_safe
@needs(SEE_USES)
def use(request: PersonRequest, pk: UUID) -> HttpResponse:
    """The whole file of a use."""
    the = the_use(request, pk)
    file = queries.file_of(the, at=request.now)
    panels = _panels(request, use=the)
    context = {
        "use": the,
        "file": file,
        "trail": trail_to((the.name, "")),
        "stops": stops_of(file.rail, since=the.stage_since),
        "needs": needs_next(file, actor=request.actor),
        "needs_title": needs_title(file),
        "gate_address": gate_address(file),
        "ungated": needs_of(file.ungated, actor=request.actor),
        "likely": [(catalogue().signal(each.signal), each.reasons) for each in file.likely],
        "deciders": _deciders(request, file=file),
        "facts": _facts(the),
        "practices": _practices(file, actor=request.actor),
        "main_panels": panels["main"],
        "margin_panels": panels["margin"],
        "proof": proof_box(request.organisation),
        "origin": queries.copied_from(the),
        "copies": queries.copies_of(the),
        "may_copy": request.actor.may(REGISTER_USE),
        "history_address": _maybe("desk:record:history", f"systems.use:{the.pk}"),
        "proof_address": _maybe("desk:record:check"),
        "may_describe": _may_describe(request, use=the),
        "may_appoint": request.actor.may(APPOINT_OWNER),
        "may_stop": request.actor.may(STOP_USE) and not DomainStage(the.stage).is_over,
    }
    return render(request, "systems/use.html", context)


def needs_next(file: queries.UseFile, *, actor: Actor) -> list[Need]:
    """The open requirements of the next gate; where there are none, the signatures."""
    if file.gate is None:
        return []
    decision = file.gate.decision
    if decision.gaps:
        return needs_of(decision.gaps, actor=actor)
    return [
        Need(
            text=_("Let it pass, or say what holds it"),
            side=MARK_OF_SIDE[role.side],
            who=role_title(role.value),
            url=gate_address(file),
        )
        for role in decision.missing_signatures
    ]


def needs_title(file: queries.UseFile) -> str:
    """What the next step is called."""
    if file.gate is None:
        return ""
    return gate_title(file.gate.gate.entering.value, leaving=file.gate.gate.leaving.value)


def gate_title(entering: str, *, leaving: str) -> str:
    """What is needed before a gate, as a heading."""
    if entering == leaving:
        return _("Needed to keep it in use another year")
    return {
        "selecting": _("Needed before products are compared"),
        "procuring": _("Needed before it is bought or built"),
        "piloting": _("Needed before people try it out"),
        "in_use": _("Needed before it goes into use"),
    }[entering]


def gate_address(file: queries.UseFile) -> str:
    """Where the next gate is passed."""
    if file.gate is None:
        return ""
    return reverse("desk:systems:gate", args=[file.use.pk, file.gate.gate.entering.value])


def _may_describe(request: PersonRequest, *, use: Use) -> bool:
    """A use owner describes only the uses they answer for."""
    if not request.actor.may(DESCRIBE_USE) or DomainStage(use.stage).is_over:
        return False
    is_free = use.owner_id in (None, *request.actor.stands_for)
    return is_free or "people_lead" in request.actor.roles


def _deciders(request: PersonRequest, *, file: queries.UseFile) -> list[Fact]:
    """Who decides here, side by side."""
    use = file.use
    groups = [each.group for each in file.affected if each.group]
    bodies = sorted({str(each.representation) for each in groups if each.representation})
    owner = use.owner.name if use.owner else _("nobody yet")
    return [
        Fact(_("Use owner"), owner, side="management"),
        Fact(_("People lead"), _names(request, role="people_lead"), side="management"),
        Fact(
            _("Worker representatives"),
            ", ".join(bodies) or _names(request, role="worker_representative"),
            side="workers",
        ),
        Fact(_("Registrar"), _names(request, role="registrar"), side="workers"),
        Fact(_("Outside experts"), _names(request, role="expert"), side="experts"),
    ]


def _names(request: PersonRequest, *, role: str) -> str:
    people = accounts_in_role(request.organisation, role=role, on=request.now.date())
    names = list(people.order_by("name").values_list("name", flat=True)[: NAMES_SHOWN + 1])
    if not names:
        return _("nobody yet")
    shown = ", ".join(names[:NAMES_SHOWN])
    return _("%(names)s and others") % {"names": shown} if len(names) > NAMES_SHOWN else shown


def _facts(use: Use) -> list[Fact]:
    """What is known of the use in few words."""
    described = [
        Fact(_("System"), use.system.name),
        Fact(_("Vendor"), use.system.vendor.name if use.system.vendor else _("none named")),
        Fact(_("Part of the organisation"), use.unit),
        Fact(_("Gives out"), use.outputs),
        Fact(_("Expected return"), _multiple(use.return_multiple_hundredths)),
        Fact(_("Change in yearly costs"), money_text(use.cost_change)),
        Fact(_("Change in yearly revenue"), money_text(use.revenue_change)),
        Fact(_("Next review"), day_text(use.review_on) if use.review_on else ""),
        Fact(
            _("Will have stopped by"),
            day_text(use.stopping_on) if use.stopping_on else "",
        ),
    ]
    return [fact for fact in described if fact.text]


def _multiple(hundredths: int | None) -> str:
    if hundredths is None:
        return ""
    whole, rest = divmod(abs(hundredths), 100)
    number = f"{'-' if hundredths < 0 else ''}{whole}.{rest:02d}".rstrip("0").rstrip(".")
    return _("%(number)s times the money put in") % {"number": number}


def _practices(file: queries.UseFile, *, actor: Actor) -> list[dict[str, Any]]:
    return [
        {
            "id": each.practice.id,
            "title": each.practice.title,
            "word": STATE_WORDS[each.state],
            "tag": TAG_OF_STATE[each.state],
            "why": each.words,
            "address": next(
                filter(None, (address_of(one, actor=actor) for one in each.evidence)), ""
            ),
            "count": len(each.evidence),
        }
        for each in file.practices
    ]


def _panels(request: PersonRequest, *, use: Use) -> dict[str, Sequence[str]]:
    """What other rooms add to the page, rendered, by place and in order."""
    found: list[Panel] = []
    for room in rooms():
        for panel in room.use_panels:
            shown = panel(use, actor=request.actor, at=request.now)
            found.extend([shown] if shown else [])
    ordered = sorted(found, key=lambda each: each.order)
    return {
        place: [
            render_to_string(each.template, {"use": use, **each.context}, request=request)
            for each in ordered
            if each.place == place
        ]
        for place in ("main", "margin")
    }


def _maybe(name: str, *args: str) -> str:
    """An address of a page that another room may have."""
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""


@require_safe
@needs(SEE_USES)
def history(request: PersonRequest, pk: UUID) -> HttpResponse:
    """How the use went from stage to stage, who let it, and on what that rested."""
    the = the_use(request, pk)
    context = {
        "use": the,
        "changes": queries.stage_changes_of(the),
        "overrides": queries.overrides_asked(the),
        "history_address": _maybe("desk:record:history", f"systems.use:{the.pk}"),
        "trail": trail_to((_("How it came here"), ""), use=the),
    }
    return render(request, "systems/history.html", context)
