"""Gates: what shuts them, who opens them, and what nobody can override."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest

from commonweal_web.house.refusals import Conflict, NotAllowed, Refused
from commonweal_web.organisations.models import Organisation
from commonweal_web.people.actions import name_deputy, note_absence
from commonweal_web.people.models import Account
from commonweal_web.people.queries import account_with_roles, actor_of
from commonweal_web.systems import actions
from commonweal_web.systems.models import GateSignature, StageChange, Use
from commonweal_web.systems.queries import attention_page, gate_view, ungated_gaps
from factories.systems import a_described_use, a_use
from factories.workplaces import a_group

PersonOf = Callable[..., Account]


@pytest.fixture
def owner(person: PersonOf) -> Account:
    return person("use_owner")


@pytest.fixture
def use(organisation: Organisation, owner: Account, now: datetime) -> Use:
    group = a_group(organisation, at=now)
    return a_described_use(organisation, at=now, owner=owner, groups=(group,))


@pytest.fixture
def sign(organisation: Organisation, now: datetime) -> Callable[..., Any]:
    def one(use: Use, account: Account, role: str, entering: str = "selecting") -> Any:
        return actions.sign_gate(
            organisation=organisation,
            by=actor_of(account, on=now.date()),
            at=now,
            use=use,
            entering=entering,
            role=role,
        )

    return one


def test_both_sides_sign_and_the_use_goes_on(
    use: Use, owner: Account, person: PersonOf, sign: Callable[..., Any]
) -> None:
    first = sign(use, owner, "use_owner")
    assert not first.passes
    assert sign(use, person("worker_representative"), "worker_representative").passes
    assert Use.objects.get(pk=use.pk).stage == "selecting"
    assert StageChange.objects.filter(use=use, way="passed").count() == 1


def test_nobody_signs_while_a_gap_is_open(
    organisation: Organisation, owner: Account, now: datetime, sign: Callable[..., Any]
) -> None:
    use = a_use(organisation, at=now, owner=owner)
    with pytest.raises(Conflict, match="described"):
        sign(use, owner, "use_owner")


def test_a_stage_cannot_be_jumped(use: Use, owner: Account, sign: Callable[..., Any]) -> None:
    with pytest.raises(Conflict, match="Selecting"):
        sign(use, owner, "use_owner", "piloting")


def test_the_second_to_sign_in_one_role_is_told_so(
    use: Use, person: PersonOf, sign: Callable[..., Any]
) -> None:
    sign(use, person("worker_representative"), "worker_representative")
    with pytest.raises(Conflict, match="already"):
        sign(use, person("worker_representative"), "worker_representative")


def test_somebody_elses_use_is_not_signed_by_another_owner(
    use: Use, person: PersonOf, sign: Callable[..., Any]
) -> None:
    with pytest.raises(NotAllowed):
        sign(use, person("use_owner"), "use_owner")


def test_a_running_use_enters_without_gate_and_every_gap_is_listed(
    organisation: Organisation, now: datetime
) -> None:
    use = a_use(organisation, at=now, stage="in_use")
    assert use.entered_without_gate
    assert use.review_on == now.date() + timedelta(days=90)
    codes = {gap.code for gap in ungated_gaps(use, at=now)}
    assert {"described", "classified", "affected_groups", "infers_emotion"} <= codes


def override(
    use: Use, account: Account, *, at: datetime, reason: str = "The vendor is late."
) -> Any:
    return actions.ask_override(
        organisation=use.organisation,
        by=actor_of(account, on=at.date()),
        at=at,
        use=use,
        entering="selecting",
        reason=reason,
    )


def agree(asked: Any, account: Account, *, at: datetime) -> Any:
    by = actor_of(account, on=at.date())
    return actions.agree_override(organisation=asked.organisation, by=by, at=at, override=asked)


@pytest.fixture
def lacking(organisation: Organisation, owner: Account, now: datetime) -> Use:
    """A use with missing evidence and nothing forbidden."""
    use = a_use(organisation, at=now, owner=owner)
    return actions.declare_facts(
        organisation=organisation,
        by=actor_of(owner, on=now.date()),
        at=now,
        use=use,
        yes=(),
        no=("infers_emotion", "predicts_union_activity"),
    )


def test_two_executives_override_missing_evidence_but_not_the_workers_signature(
    lacking: Use, person: PersonOf, sign: Callable[..., Any], now: datetime
) -> None:
    asked = override(lacking, person("executive"), at=now)
    decision = agree(asked, person("executive"), at=now)
    assert not decision.passes
    assert sign(lacking, person("worker_representative"), "worker_representative").passes
    change = StageChange.objects.get(use=lacking, way="overridden")
    assert change.reason == "The vendor is late."
    assert {each["code"] for each in change.requirements} >= {"described", "classified"}


def test_one_executive_alone_overrides_nothing(
    lacking: Use, person: PersonOf, now: datetime
) -> None:
    executive = person("executive")
    asked = override(lacking, executive, at=now)
    with pytest.raises(NotAllowed, match="two people"):
        agree(asked, executive, at=now)


def test_an_executive_and_their_deputy_override_nothing_between_them(
    lacking: Use, person: PersonOf, now: datetime
) -> None:
    executive, deputy = person("executive"), person("worker")
    acting: dict[str, Any] = {"organisation": lacking.organisation, "at": now}
    acting["by"] = actor_of(executive, on=now.date())
    name_deputy(**acting, appointment=executive.appointments.get(), deputy=deputy)
    note_absence(**acting, account=executive, since=now.date())
    standing_in = account_with_roles(deputy.pk)
    assert standing_in is not None
    with pytest.raises(NotAllowed, match="two people"):
        agree(override(lacking, executive, at=now), standing_in, at=now)


def test_an_override_needs_a_reason(lacking: Use, person: PersonOf, now: datetime) -> None:
    with pytest.raises(Refused, match="reason"):
        override(lacking, person("executive"), at=now, reason="  ")


@pytest.mark.parametrize("fact", ["infers_emotion", "predicts_union_activity"])
def test_a_hard_block_cannot_be_overridden(
    lacking: Use, owner: Account, person: PersonOf, now: datetime, fact: str
) -> None:
    others = {"infers_emotion", "predicts_union_activity"} - {fact}
    actions.declare_facts(
        organisation=lacking.organisation,
        by=actor_of(owner, on=now.date()),
        at=now,
        use=lacking,
        yes=(fact,),
        no=others,
    )
    with pytest.raises(Conflict, match="Nobody can override"):
        override(lacking, person("executive"), at=now)


def test_a_hard_block_declared_after_the_first_executive_asked_still_holds(
    lacking: Use, owner: Account, person: PersonOf, now: datetime
) -> None:
    asked = override(lacking, person("executive"), at=now)
    actions.declare_facts(
        organisation=lacking.organisation,
        by=actor_of(owner, on=now.date()),
        at=now,
        use=lacking,
        yes=("infers_emotion",),
        no=("predicts_union_activity",),
    )
    with pytest.raises(Conflict, match="Nobody can override"):
        agree(asked, person("executive"), at=now)


def test_management_stops_a_use_at_once(
    use: Use, owner: Account, now: datetime, organisation: Organisation
) -> None:
    by = actor_of(owner, on=now.date())
    given = {"organisation": organisation, "by": by, "at": now}
    actions.stop_use(**given, use=use, reason="It hurts people.", stopping_on=now.date())
    stopped = actions.finish_stopping(**given, use=Use.objects.get(pk=use.pk))
    assert stopped.stage == "stopped"
    with pytest.raises(Conflict, match="over"):
        actions.retire_use(**given, use=stopped, reason="again")


def test_the_uses_to_look_at_first_come_with_reasons_in_words(
    organisation: Organisation, now: datetime
) -> None:
    a_use(organisation, at=now, name="Harmless idea")
    running = a_use(organisation, at=now, name="Pace system", stage="in_use")
    rows = attention_page(organisation, on=now.date()).page.rows
    assert rows[0][0].pk == running.pk
    assert any("without passing a gate" in reason.words for reason in rows[0][1])


def test_the_gate_view_says_whose_move_it_is(organisation: Organisation, now: datetime) -> None:
    shown = gate_view(a_use(organisation, at=now), at=now)
    assert shown is not None
    assert {gap.role.value for gap in shown.decision.gaps} == {"use_owner", "people_lead"}


def test_a_signature_lapses_when_the_use_is_no_longer_what_was_signed(
    use: Use, owner: Account, person: PersonOf, sign: Callable[..., Any], now: datetime
) -> None:
    sign(use, person("worker_representative"), "worker_representative")
    actions.describe_use(
        organisation=use.organisation,
        by=actor_of(owner, on=now.date()),
        at=now,
        use=use,
        name=use.name,
        purpose="Ranks people and proposes whom to dismiss.",
        outputs=use.outputs,
    )
    assert not sign(use, owner, "use_owner").passes
    shown = gate_view(Use.objects.get(pk=use.pk), at=now)
    assert shown is not None
    assert [row.role for row in shown.lapsed] == ["worker_representative"]


def test_whoever_signed_can_take_it_back_until_the_gate_is_passed(
    use: Use, person: PersonOf, sign: Callable[..., Any], now: datetime
) -> None:
    representative = person("worker_representative")
    sign(use, representative, "worker_representative")
    row = GateSignature.objects.get(use=use)
    by = actor_of(representative, on=now.date())
    given = {"organisation": use.organisation, "by": by, "at": now}
    actions.withdraw_signature(**given, signature=row)
    with pytest.raises(Conflict):
        actions.withdraw_signature(**given, signature=row)
    assert not sign(use, representative, "worker_representative").passes


def test_a_representative_of_another_site_does_not_sign_here(
    use: Use, person: PersonOf, sign: Callable[..., Any]
) -> None:
    elsewhere = person("worker_representative", site_id=uuid4())
    with pytest.raises(NotAllowed, match="another site"):
        sign(use, elsewhere, "worker_representative")


def test_a_review_only_moves_earlier(
    organisation: Organisation, owner: Account, now: datetime
) -> None:
    running = a_use(organisation, at=now, owner=owner, stage="in_use")
    given = {"organisation": organisation, "by": actor_of(owner, on=now.date()), "at": now}
    with pytest.raises(Refused, match="earlier, not later"):
        actions.set_review_day(**given, use=running, review_on=now.date() + timedelta(days=200))
    moved = actions.set_review_day(**given, use=running, review_on=now.date() + timedelta(days=30))
    assert moved.review_on == now.date() + timedelta(days=30)


def test_a_known_use_cannot_enter_again_without_its_gates(
    organisation: Organisation, owner: Account, now: datetime
) -> None:
    a_use(organisation, at=now, owner=owner)
    with pytest.raises(Conflict, match="registered here already"):
        a_use(organisation, at=now, owner=owner, stage="in_use")
