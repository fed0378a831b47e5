"""Copying a use, and changing several at once: the rules of the single action, all or none."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from commonweal_web.house.refusals import Conflict, NotAllowed, Refused
from commonweal_web.organisations.models import Organisation
from commonweal_web.people.models import Account
from commonweal_web.people.queries import actor_of
from commonweal_web.record.models import LogLeaf
from commonweal_web.systems import actions
from commonweal_web.systems.models import AffectedGroup, StageChange, Use
from commonweal_web.workplaces.models import WorkerGroup
from factories.systems import a_use

Given = Callable[[], dict[str, Any]]


@pytest.fixture
def three(organisation: Organisation, now: datetime) -> list[Use]:
    return [a_use(organisation, at=now, name=f"Use {letter}") for letter in "abc"]


def test_a_copy_takes_what_it_is_and_leaves_what_was_decided(
    as_lead: Given, use: Use, pickers: WorkerGroup
) -> None:
    made = actions.copy_use(**as_lead(), original=use, name="Shift planner, south")
    assert (made.stage, made.purpose, made.classification) == (
        "identified",
        use.purpose,
        use.classification,
    )
    assert made.facts_no == use.facts_no
    assert made.owner is None
    assert not made.affected_groups.exists()
    assert [each.way for each in StageChange.objects.filter(use=made)] == ["registered"]


def test_the_groups_of_a_copy_are_chosen_again(
    as_lead: Given, use: Use, pickers: WorkerGroup
) -> None:
    made = actions.copy_use(**as_lead(), original=use, name="South", groups=[pickers])
    assert AffectedGroup.objects.get(use=made).group == pickers


def test_a_copy_needs_a_name_of_its_own(as_lead: Given, use: Use) -> None:
    with pytest.raises(Refused, match="a name of its own"):
        actions.copy_use(**as_lead(), original=use, name=f" {use.name.upper()}")


def test_both_pages_link_each_other(lead: Client, use: Use, pickers: WorkerGroup) -> None:
    answer = lead.post(f"/desk/uses/{use.pk}/copy/", {"name": "South", "groups": [pickers.pk]})
    copy = Use.objects.get(name="South")
    assert answer.headers["Location"] == f"/desk/uses/{copy.pk}/"
    assert str(use.pk) in lead.get(f"/desk/uses/{copy.pk}/").content.decode()
    assert str(copy.pk) in lead.get(f"/desk/uses/{use.pk}/").content.decode()


def test_a_copy_without_a_name_keeps_what_was_typed(
    lead: Client, use: Use, pickers: WorkerGroup
) -> None:
    html = lead.post(f"/desk/uses/{use.pk}/copy/", {"name": "", "groups": [pickers.pk]}).content
    assert "Give it a name." in html.decode()
    assert "checked" in html.decode()


def test_who_may_not_register_copies_nothing(browse: Callable[..., Client], use: Use) -> None:
    assert browse("executive").get(f"/desk/uses/{use.pk}/copy/").status_code == 403


def test_another_organisations_use_is_not_copied(
    lead: Client, other_organisation: Organisation, now: datetime
) -> None:
    theirs = a_use(other_organisation, at=now, name="Theirs")
    assert lead.get(f"/desk/uses/{theirs.pk}/copy/").status_code == 404
    assert lead.get(f"/desk/uses/{uuid4()}/pack/").status_code == 404


def test_all_are_changed_in_one_step_with_a_leaf_for_each(
    as_lead: Given, three: list[Use], owner: Account
) -> None:
    change = actions.Change("owner", owner=owner)
    seen = actions.preview_change(**as_lead(), uses=three, change=change)
    before = LogLeaf.objects.count()
    done = actions.change_many(**as_lead(), uses=three, change=change, stamp=seen.stamp)
    assert done == 3
    assert LogLeaf.objects.count() == before + 3
    assert {use.owner for use in Use.objects.filter(pk__in=[u.pk for u in three])} == {owner}


def test_a_preview_changes_nothing(as_lead: Given, three: list[Use]) -> None:
    before = LogLeaf.objects.count()
    seen = actions.preview_change(
        **as_lead(), uses=three, change=actions.Change("unit", text="Logistics")
    )
    assert [(each.before, each.after) for each in seen.outcomes] == [("", "Logistics")] * 3
    assert LogLeaf.objects.count() == before
    assert not Use.objects.filter(unit="Logistics").exists()


def test_a_stale_preview_is_refused(as_lead: Given, three: list[Use]) -> None:
    change = actions.Change("unit", text="Logistics")
    seen = actions.preview_change(**as_lead(), uses=three, change=change)
    first = three[0]
    actions.describe_use(
        **as_lead(), use=first, name=first.name, purpose="p", outputs="o", unit="Stores"
    )
    with pytest.raises(Conflict, match="changed since you looked"):
        actions.change_many(**as_lead(), uses=three, change=change, stamp=seen.stamp)
    assert not Use.objects.filter(unit="Logistics").exists()


def test_one_that_cannot_be_changed_holds_all(
    as_lead: Given, three: list[Use], now: datetime
) -> None:
    actions.retire_use(**as_lead(), use=three[1], reason="Not needed.")
    uses = list(Use.objects.filter(pk__in=[use.pk for use in three]))
    change = actions.Change("topic", text="Shifts")
    seen = actions.preview_change(**as_lead(), uses=uses, change=change)
    assert [each.use.name for each in seen.problems] == ["Use b"]
    with pytest.raises(Conflict, match="Use b"):
        actions.change_many(**as_lead(), uses=uses, change=change, stamp=seen.stamp)
    assert not Use.objects.filter(topic="Shifts").exists()


def test_a_review_moves_earlier_only_as_for_one(
    as_lead: Given, organisation: Organisation, now: datetime
) -> None:
    running = a_use(organisation, at=now, name="Pace", stage="in_use")
    later = actions.Change("review", day=now.date() + timedelta(days=200))
    seen = actions.preview_change(**as_lead(), uses=[running], change=later)
    assert "earlier, not later" in seen.problems[0].problem
    sooner = actions.Change("review", day=now.date() + timedelta(days=20))
    seen = actions.preview_change(**as_lead(), uses=[running], change=sooner)
    actions.change_many(**as_lead(), uses=[running], change=sooner, stamp=seen.stamp)
    running.refresh_from_db()
    assert running.review_on == sooner.day


@pytest.mark.parametrize(
    ("kinds", "codes"),
    [
        (("codes_on",), ["supports_decision", "scheduling", "hiring", "data_collected"]),
        (("codes_on", "codes_off"), ["supports_decision", "scheduling", "data_collected"]),
    ],
)
def test_codes_are_added_and_taken_off(
    as_lead: Given, use: Use, kinds: tuple[str, ...], codes: list[str]
) -> None:
    for kind in kinds:
        change, uses = actions.Change(kind, codes=("hiring",)), [Use.objects.get(pk=use.pk)]
        stamp = actions.preview_change(**as_lead(), uses=uses, change=change).stamp
        actions.change_many(**as_lead(), uses=uses, change=change, stamp=stamp)
    assert sorted(Use.objects.get(pk=use.pk).classification) == sorted(codes)


def test_a_group_is_added_and_taken_off(
    as_lead: Given, three: list[Use], pickers: WorkerGroup
) -> None:
    for kind, count in (("group_on", 3), ("group_off", 0)):
        change = actions.Change(kind, group=pickers)
        stamp = actions.preview_change(**as_lead(), uses=three, change=change).stamp
        actions.change_many(**as_lead(), uses=three, change=change, stamp=stamp)
        assert AffectedGroup.objects.filter(group=pickers).count() == count


def test_a_use_owner_changes_no_other_owners_use(
    organisation: Organisation, use: Use, person: Callable[..., Account], now: datetime
) -> None:
    other = actor_of(person("use_owner"), on=now.date())
    given: dict[str, Any] = {"organisation": organisation, "by": other, "at": now, "uses": [use]}
    seen = actions.preview_change(**given, change=actions.Change("unit", text="Mine"))
    assert "Somebody else answers" in seen.problems[0].problem
    with pytest.raises(NotAllowed):
        actions.preview_change(**given, change=actions.Change("owner"))


def test_none_and_too_many_are_refused(as_lead: Given, use: Use) -> None:
    change = actions.Change("unit", text="Logistics")
    with pytest.raises(Refused, match="at least one"):
        actions.preview_change(**as_lead(), uses=[], change=change)
    with pytest.raises(Refused, match="at most 500"):
        actions.preview_change(**as_lead(), uses=[use] * 501, change=change)


def test_several_are_changed_by_the_pages(lead: Client, three: list[Use]) -> None:
    address = "/desk/uses/change/?kind=unit"
    assert "Use a" in lead.get(address).content.decode()
    chosen = [str(three[0].pk), str(three[2].pk)]
    html = lead.post(address, {"value": "Logistics", "uses": chosen}).content.decode()
    assert "Nothing is changed yet" in html
    stamp = html.split('name="stamp" value="')[1].split('"')[0]
    lead.post(address, {"value": "Logistics", "uses": chosen, "stamp": stamp})
    assert sorted(Use.objects.filter(unit="Logistics").values_list("name", flat=True)) == [
        "Use a",
        "Use c",
    ]


def test_the_page_says_what_was_wrong(lead: Client, three: list[Use]) -> None:
    html = lead.post("/desk/uses/change/?kind=unit", {"value": "", "uses": []}).content.decode()
    assert "Name the part of the organisation." in html
    assert "Choose at least one use." in html


def test_each_kind_of_change_has_its_page(lead: Client, three: list[Use]) -> None:
    html = lead.get("/desk/uses/change/?words=use").content.decode()
    assert html.count("kind=") == 8
    for kind in ("owner", "review", "topic", "codes_on", "codes_off", "group_on", "group_off"):
        assert lead.get(f"/desk/uses/change/?kind={kind}").status_code == 200
