"""Registering uses and saying what they are, whom they touch and what they bring."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from commonweal.practices import Dimension, catalogue
from commonweal.systems.classification import ClassificationError, classify, declare
from commonweal.systems.gates import enter_without_gate
from commonweal.systems.stages import Stage as DomainStage
from commonweal_web.house.refusals import Conflict, NotAllowed, Refused
from commonweal_web.house.texts import day_text
from commonweal_web.organisations.models import Organisation
from commonweal_web.record.action import Act, action
from commonweal_web.record.actor import Actor
from commonweal_web.systems.events import UseDescribed, UseRegistered
from commonweal_web.systems.models import (
    AffectedGroup,
    AiSystem,
    Stage,
    StageChange,
    Use,
    UseSite,
    Vendor,
)
from commonweal_web.systems.permissions import APPOINT_OWNER, DESCRIBE_USE, REGISTER_USE

if TYPE_CHECKING:
    from commonweal_web.people.models import Account
    from commonweal_web.workplaces.models import Site, WorkerGroup


def register_use(
    *,
    organisation: Organisation,
    by: Actor,
    at: datetime,
    name: str,
    system_name: str,
    vendor_name: str = "",
    purpose: str = "",
    stage: str = Stage.IDENTIFIED,
    review_on: date | None = None,
    owner: Account | None = None,
) -> Use:
    """Register a use: an idea at the first stage, or one already running at its true stage.

    A running one enters without gate: nothing counts as met, and a first review day is set.
    """
    with action("systems.register_use", organisation=organisation, by=by, at=at) as act:
        act.may(REGISTER_USE)
        if stage != Stage.IDENTIFIED:
            _refuse_known(organisation, name=name, system_name=system_name or name)
        use = Use(
            organisation=organisation,
            system=_system(act, name=system_name or name, vendor_name=vendor_name),
            name=name,
            purpose=purpose,
            owner=owner,
            currency=organisation.currency,
            catalogue_version=catalogue().version,
        )
        return enter_register(act, use=use, stage=stage, review_on=review_on)


def _refuse_known(organisation: Organisation, *, name: str, system_name: str) -> None:
    """A use that is known here goes through its gates; it cannot enter again without them."""
    known = Use.objects.of(organisation).filter(
        name__iexact=name.strip(), system__name__iexact=system_name.strip()
    )
    if known.exists():
        raise Conflict(
            "use_known",
            _("“%(name)s” is registered here already. Register a new one from its first stage.")
            % {"name": name},
            where="name",
        )


def enter_register(act: Act, *, use: Use, stage: str, review_on: date | None = None) -> Use:
    """Store a new use at its stage; one that is already running enters without gate."""
    day = act.at.date()
    without_gate = stage != Stage.IDENTIFIED
    use.stage, use.stage_since, use.created_at = stage, day, act.at
    use.entered_without_gate = without_gate
    use.review_on = first_review(stage, day=day, wanted=review_on) if without_gate else review_on
    act.create(use)
    way = StageChange.Way.WITHOUT_GATE if without_gate else StageChange.Way.REGISTERED
    act.create(
        StageChange(
            organisation=act.organisation, use=use, to_stage=stage, way=way, changed_at=act.at
        )
    )
    act.emit(UseRegistered(use=use.pk, stage=stage, without_gate=without_gate))
    return use


def first_review(stage: str, *, day: date, wanted: date | None) -> date | None:
    """The first review day of a use at this stage. Raises `Refused` for one out of range."""
    try:
        entered = enter_without_gate(
            DomainStage(stage), registered_on=day, requirements={}, first_review=wanted
        )
    except ValueError as error:
        raise Refused("review_day", str(error), where="review_on") from error
    return entered.first_review


def _system(act: Act, *, name: str, vendor_name: str) -> AiSystem:
    """The system of this name and vendor, made when it is not there yet."""
    vendor = vendor_named(act, name=vendor_name) if vendor_name else None
    found = (
        AiSystem.objects.of(act.organisation)
        .filter(name=name, vendor=vendor, import_key="")
        .first()
    )
    return found or act.create(AiSystem(organisation=act.organisation, name=name, vendor=vendor))


def vendor_named(act: Act, *, name: str) -> Vendor:
    """The vendor of this name, made when it is not there yet."""
    found = Vendor.objects.of(act.organisation).filter(name=name).first()
    return found or act.create(Vendor(organisation=act.organisation, name=name))


def may_describe(act: Act, *, use: Use) -> Use:
    """Check the right and hold the use; a use owner describes the uses they answer for."""
    act.may(DESCRIBE_USE)
    held = act.lock(Use, use.pk)
    refuse_describing(held, by=act.by, role=act.role)
    return held


def refuse_describing(use: Use, *, by: Actor, role: str) -> None:
    """Refuse what may not be described in this role: another owner's use, or one that is over."""
    refuse_others_use(use, by=by, role=role)
    if DomainStage(use.stage).is_over:
        raise Conflict("use_over", _("This use is over. Its file can be read, not changed."))


def refuse_other_owner(act: Act, *, use: Use) -> None:
    """A use owner acts on the uses they answer for, and on those nobody answers for yet."""
    refuse_others_use(use, by=act.by, role=act.role)


def refuse_others_use(use: Use, *, by: Actor, role: str) -> None:
    """The same, before anything is begun."""
    if role == "use_owner" and use.owner_id not in (None, *by.stands_for):
        raise NotAllowed(
            "other_owner",
            _("Somebody else answers for this use. Ask them, or the people lead."),
        )


def describe_use(
    *,
    organisation: Organisation,
    by: Actor,
    at: datetime,
    use: Use,
    name: str,
    purpose: str,
    outputs: str,
    unit: str = "",
    topic: str = "",
) -> Use:
    """Say what a use is, what it is for and what it gives out."""
    with action("systems.describe_use", organisation=organisation, by=by, at=at) as act:
        held = may_describe(act, use=use)
        again = _asks_again(held, purpose=purpose, on=act.at.date())
        changed = act.change(
            use, name=name, purpose=purpose, outputs=outputs, unit=unit, topic=topic, **again
        )
        act.emit(UseDescribed(use=use.pk, fields=("purpose",)))
        return changed


def _asks_again(use: Use, *, purpose: str, on: date) -> dict[str, date]:
    """A new purpose of a use that people work with is reviewed at once, and voted on anew."""
    was_known = bool(use.purpose.strip()) and use.purpose != purpose
    if not was_known or use.stage not in (Stage.PILOTING, Stage.IN_USE):
        return {}
    return {"purpose_changed_on": on, "review_on": on}


def classify_use(
    *, organisation: Organisation, by: Actor, at: datetime, use: Use, codes: Iterable[str]
) -> Use:
    """Say how AI is built in, where people meet it, and how it works."""
    with action("systems.classify_use", organisation=organisation, by=by, at=at) as act:
        may_describe(act, use=use)
        known = known_codes(codes)
        changed = act.change(use, classification=known, catalogue_version=catalogue().version)
        act.emit(UseDescribed(use=use.pk, fields=("classification",)))
        return changed


def known_codes(codes: Iterable[str]) -> list[str]:
    """The codes in the catalogue's order. Raises `Refused` for one it does not have."""
    given = set(codes)
    dimensions = {choice.id: choice.dimension for choice in catalogue().choices}
    by_dimension = {
        dimension: [code for code in given if dimensions.get(code) is dimension]
        for dimension in Dimension
    }
    strangers = given.difference(dimensions)
    try:
        classify(
            catalogue=catalogue(),
            forms=[*by_dimension[Dimension.FORM_OF_INTEGRATION], *strangers],
            instances=by_dimension[Dimension.INSTANCE],
            aspects=by_dimension[Dimension.TECHNOLOGICAL_ASPECT],
        )
    except ClassificationError as error:
        raise Refused("code_unknown", str(error), where="codes") from error
    return [choice.id for choice in catalogue().choices if choice.id in given]


def declare_facts(
    *,
    organisation: Organisation,
    by: Actor,
    at: datetime,
    use: Use,
    yes: Iterable[str],
    no: Iterable[str],
) -> Use:
    """Declare what a use does and what it does not do; the rest stays unanswered."""
    with action("systems.declare_facts", organisation=organisation, by=by, at=at) as act:
        may_describe(act, use=use)
        try:
            facts = declare(catalogue=catalogue(), yes=yes, no=no)
        except ClassificationError as error:
            raise Refused("fact_refused", str(error), where="yes") from error
        changed = act.change(
            use,
            facts_yes=sorted(facts.yes),
            facts_no=sorted(facts.no),
            catalogue_version=catalogue().version,
        )
        act.emit(UseDescribed(use=use.pk, fields=("facts",)))
        return changed


def state_money(
    *,
    organisation: Organisation,
    by: Actor,
    at: datetime,
    use: Use,
    currency: str,
    cost_change_minor: int | None,
    revenue_change_minor: int | None,
    change_since: date | None,
    return_multiple_hundredths: int | None,
) -> Use:
    """State what the use is expected to return, and what it changes in costs and revenue."""
    with action("systems.state_money", organisation=organisation, by=by, at=at) as act:
        may_describe(act, use=use)
        if (cost_change_minor or revenue_change_minor) and change_since is None:
            raise Refused(
                "day_missing",
                _("Say from which day these changes count."),
                where="change_since",
            )
        changed = act.change(
            use,
            currency=currency,
            cost_change_minor=cost_change_minor,
            revenue_change_minor=revenue_change_minor,
            change_since=change_since,
            return_multiple_hundredths=return_multiple_hundredths,
        )
        act.emit(UseDescribed(use=use.pk, fields=("money",)))
        return changed


def appoint_owner(
    *, organisation: Organisation, by: Actor, at: datetime, use: Use, owner: Account
) -> Use:
    """Say which manager answers for a use."""
    with action("systems.appoint_owner", organisation=organisation, by=by, at=at) as act:
        act.may(APPOINT_OWNER)
        return act.change(use, owner=owner)


def set_review_day(
    *, organisation: Organisation, by: Actor, at: datetime, use: Use, review_on: date
) -> Use:
    """Set the day of the next review, within a year; a day that stands only moves earlier."""
    with action("systems.set_review_day", organisation=organisation, by=by, at=at) as act:
        held = may_describe(act, use=use)
        return act.change(use, review_on=review_day(held, on=act.at.date(), wanted=review_on))


def review_day(use: Use, *, on: date, wanted: date) -> date | None:
    """The day of the next review of this use. Raises `Refused` for a later or too distant one."""
    if use.review_on is not None and wanted > use.review_on:
        raise Refused(
            "review_later",
            _("The review is due on %(day)s. It can be earlier, not later.")
            % {"day": day_text(use.review_on)},
            where="review_on",
        )
    return first_review(use.stage, day=on, wanted=wanted)


def use_at_site(
    *, organisation: Organisation, by: Actor, at: datetime, use: Use, site: Site
) -> UseSite:
    """Say that a use runs, or will run, at a site."""
    with action("systems.use_at_site", organisation=organisation, by=by, at=at) as act:
        may_describe(act, use=use)
        found = UseSite.objects.of(organisation).filter(use=use, site=site).first()
        return found or act.create(UseSite(organisation=organisation, use=use, site=site))


def touch_group(
    *, organisation: Organisation, by: Actor, at: datetime, use: Use, group: WorkerGroup
) -> AffectedGroup:
    """Say that a use touches a worker group."""
    with action("systems.touch_group", organisation=organisation, by=by, at=at) as act:
        may_describe(act, use=use)
        found: AffectedGroup | None = (
            AffectedGroup.objects.of(organisation).filter(use=use, group=group).first()
        )
        if found:
            return found
        row = act.create(AffectedGroup(organisation=organisation, use=use, group=group))
        act.emit(UseDescribed(use=use.pk, fields=("groups",)))
        return row


def touch_outsiders(
    *,
    organisation: Organisation,
    by: Actor,
    at: datetime,
    use: Use,
    outside_name: str,
    outside_count: int | None,
    outside_source: str,
) -> AffectedGroup:
    """Say that a use touches people outside the roster; a number needs its source."""
    with action("systems.touch_outsiders", organisation=organisation, by=by, at=at) as act:
        may_describe(act, use=use)
        if not outside_name.strip():
            raise Refused("name_missing", _("Say who they are."), where="outside_name")
        if outside_count is not None and not outside_source.strip():
            raise Refused(
                "source_missing", _("Say where the number is from."), where="outside_source"
            )
        row = act.create(
            AffectedGroup(
                organisation=organisation,
                use=use,
                outside_name=outside_name,
                outside_count=outside_count,
                outside_source=outside_source,
            )
        )
        act.emit(UseDescribed(use=use.pk, fields=("groups",)))
        return row


def untouch(
    *, organisation: Organisation, by: Actor, at: datetime, affected: AffectedGroup
) -> None:
    """Take a group off a use; the record keeps that it was there."""
    with action("systems.untouch", organisation=organisation, by=by, at=at) as act:
        may_describe(act, use=affected.use)
        act.remove(affected)
        act.emit(UseDescribed(use=affected.use_id, fields=("groups",)))
