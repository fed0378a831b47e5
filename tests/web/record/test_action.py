"""The writer: one transaction, a leaf for every row, and nothing half-written."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import pytest

from commonweal.record.tree import grow
from commonweal_web.house.refusals import Conflict, NotAllowed, NotHere, Refused
from commonweal_web.organisations.models import Organisation
from commonweal_web.people.permissions import ADD_ACCOUNT
from commonweal_web.record.action import action
from commonweal_web.record.actor import Actor
from commonweal_web.record.fields import subject_of
from commonweal_web.record.models import LogHead, LogLeaf, LogNode, Opening
from commonweal_web.record.queries import verify_record
from commonweal_web.systems.permissions import REPORT_INCIDENT
from commonweal_web.workplaces.models import Site

ActorOf = Callable[..., Actor]


def a_site(organisation: Organisation, name: str = "Harbour") -> Site:
    return Site(organisation=organisation, name=name, country="ES", time_zone="Europe/Madrid")


def payload_of_latest(site: Site) -> str:
    leaf = LogLeaf.objects.filter(subject=subject_of(site)).latest("index")
    return Opening.objects.get(organisation=leaf.organisation_id, index=leaf.index).payload


def test_a_new_row_has_a_leaf_that_names_the_role_and_the_day(
    organisation: Organisation, actor: ActorOf, now: datetime
) -> None:
    with action("test.site", organisation=organisation, by=actor("people_lead"), at=now) as act:
        act.may(ADD_ACCOUNT)
        site = act.create(a_site(organisation))
    leaf = LogLeaf.objects.get(subject=subject_of(site))
    assert (leaf.kind, leaf.role, leaf.day) == ("test.site", "people_lead", now.date())


def test_the_head_is_the_tree_over_all_leaves(
    organisation: Organisation, actor: ActorOf, now: datetime
) -> None:
    by = actor("people_lead")
    for number in range(20):
        with action("test.site", organisation=organisation, by=by, at=now) as act:
            act.create_many([a_site(organisation, f"{number}-{each}") for each in range(3)])
    head = LogHead.objects.get(organisation=organisation)
    hashes = [bytes(each.hash) for each in LogLeaf.objects.filter(organisation=organisation)]
    whole = grow(0, (), hashes)
    assert (head.size, bytes(head.root)) == (len(hashes), whole.root)
    stored = LogNode.objects.filter(organisation=organisation).count()
    assert stored == sum(1 for node in whole.nodes if node.level)


def test_an_error_leaves_neither_row_nor_leaf(
    organisation: Organisation, actor: ActorOf, now: datetime
) -> None:
    by = actor("people_lead")
    before = LogHead.objects.get(organisation=organisation).size
    with (
        pytest.raises(RuntimeError),
        action("test.site", organisation=organisation, by=by, at=now) as act,
    ):
        act.create(a_site(organisation))
        raise RuntimeError("the power went")
    assert LogHead.objects.get(organisation=organisation).size == before
    assert not Site.objects.exists()


def test_a_change_that_changes_nothing_leaves_no_leaf(
    organisation: Organisation, actor: ActorOf, now: datetime
) -> None:
    by = actor("people_lead")
    with action("test.site", organisation=organisation, by=by, at=now) as act:
        site = act.create(a_site(organisation))
    before = LogHead.objects.get(organisation=organisation).size
    with action("test.site", organisation=organisation, by=by, at=now) as act:
        act.change(site, name="Harbour")
    assert LogHead.objects.get(organisation=organisation).size == before


def test_a_change_keeps_what_somebody_else_wrote_meanwhile(
    organisation: Organisation, actor: ActorOf, now: datetime
) -> None:
    by = actor("people_lead")
    with action("test.site", organisation=organisation, by=by, at=now) as act:
        site = act.create(a_site(organisation))
    stale = Site.objects.get(pk=site.pk)
    with action("test.site", organisation=organisation, by=by, at=now) as act:
        act.change(site, name="North harbour")
    with action("test.site", organisation=organisation, by=by, at=now) as act:
        act.change(stale, region="Norte")
    payload = payload_of_latest(site)
    assert "North harbour" in payload
    assert "Norte" in payload


def test_a_value_that_does_not_fit_is_refused_with_its_column(
    organisation: Organisation, actor: ActorOf, now: datetime
) -> None:
    by = actor("people_lead")
    site = Site(organisation=organisation, name="X", country="ES", time_zone="Mars/Base")
    with (
        pytest.raises(Refused, match="Mars/Base") as refusal,
        action("test.site", organisation=organisation, by=by, at=now) as act,
    ):
        act.create(site)
    assert refusal.value.where == "time_zone"


def test_somebody_without_the_right_is_refused(
    organisation: Organisation, actor: ActorOf, now: datetime
) -> None:
    by = actor("worker")
    with (
        pytest.raises(NotAllowed, match="worker"),
        action("test.site", organisation=organisation, by=by, at=now) as act,
    ):
        act.may(ADD_ACCOUNT)


def test_nobody_acts_in_another_organisation(
    organisation: Organisation, other_organisation: Organisation, actor: ActorOf, now: datetime
) -> None:
    by = actor("people_lead")
    with (
        pytest.raises(NotHere),
        action("test.site", organisation=other_organisation, by=by, at=now),
    ):
        pass


def test_history_never_names_a_worker(
    organisation: Organisation, actor: ActorOf, now: datetime
) -> None:
    by = actor("worker")
    with action("test.site", organisation=organisation, by=by, at=now) as act:
        site = act.create(a_site(organisation))
    payload = payload_of_latest(site)
    assert str(by.account_id) not in payload


def test_a_write_outside_an_action_fails(organisation: Organisation) -> None:
    with pytest.raises(AssertionError, match="outside an action"):
        a_site(organisation).save()


def test_a_row_edited_around_the_software_is_not_made_right_by_the_next_change(
    organisation: Organisation, actor: ActorOf, now: datetime
) -> None:
    by = actor("people_lead")
    with action("test.site", organisation=organisation, by=by, at=now) as act:
        site = act.create(a_site(organisation))
    with action("test.site", organisation=organisation, by=by, at=now):
        Site.objects.update(country="XX")
    with (
        pytest.raises(Conflict, match="around the software"),
        action("test.site", organisation=organisation, by=by, at=now) as act,
    ):
        act.change(site, region="Norte")
    assert not verify_record(organisation).is_sound


def test_a_row_inserted_around_the_software_cannot_be_changed(
    organisation: Organisation, actor: ActorOf, now: datetime
) -> None:
    by = actor("people_lead")
    forged = a_site(organisation)
    with action("test.site", organisation=organisation, by=by, at=now):
        forged.save(force_insert=True)
    with (
        pytest.raises(Conflict, match="around the software"),
        action("test.site", organisation=organisation, by=by, at=now) as act,
    ):
        act.change(forged, region="Norte")


def test_a_log_that_was_carried_on_without_its_key_takes_no_further_step(
    organisation: Organisation, actor: ActorOf, now: datetime
) -> None:
    by = actor("people_lead")
    LogHead.objects.filter(organisation=organisation).update(root=bytes(32))
    with (
        pytest.raises(Conflict, match="around the software"),
        action("test.site", organisation=organisation, by=by, at=now) as act,
    ):
        act.create(a_site(organisation))


def test_somebody_who_is_also_a_worker_acts_unnamed_where_workers_may(
    organisation: Organisation, actor: ActorOf, now: datetime
) -> None:
    by = actor("expert", "worker")
    with action("test.site", organisation=organisation, by=by, at=now) as act:
        act.may(REPORT_INCIDENT)
        site = act.create(a_site(organisation))
    opened = Opening.objects.latest("index").payload
    assert subject_of(site).startswith("workplaces.site")
    assert str(by.account_id) not in opened


def test_many_rows_change_as_they_stand_now(
    organisation: Organisation, actor: ActorOf, now: datetime
) -> None:
    by = actor("people_lead")
    with action("test.site", organisation=organisation, by=by, at=now) as act:
        stale = act.create_many([a_site(organisation, f"S{each}") for each in range(3)])
    with action("test.site", organisation=organisation, by=by, at=now) as act:
        act.change(Site.objects.get(pk=stale[0].pk), name="Renamed")
    for each in stale:
        each.region = "Norte"
    with action("test.site", organisation=organisation, by=by, at=now) as act:
        act.change_many(stale, fields=("region",))
    assert set(Site.objects.values_list("region", flat=True)) == {"Norte"}
    assert Site.objects.filter(name="Renamed").exists()
    assert verify_record(organisation).is_sound
