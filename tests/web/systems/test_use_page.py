"""The page of a use: what is needed next and whose move it is, from the file alone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.safestring import mark_safe

from commonweal.practices import catalogue
from commonweal.systems.requirements import Requirement, RequirementState, Role
from commonweal_web.house.declaration import Panel, Room
from commonweal_web.organisations.models import Organisation
from commonweal_web.systems import actions, queries
from commonweal_web.systems.models import Use
from commonweal_web.systems.queries.whole_file import practice_states
from commonweal_web.workplaces.models import WorkerGroup
from factories.systems import a_use
from factories.workplaces import a_group

Given = Callable[[], dict[str, Any]]


def page_of(browser: Client, use: Use) -> str:
    return browser.get(reverse("desk:systems:use", args=[use.pk])).content.decode()


def test_it_opens_with_what_it_is_for_and_whom_it_touches(lead: Client, use: Use) -> None:
    html = page_of(lead, use)
    assert "Proposes who works when." in html
    assert "212 Pickers" in html


def test_each_gap_leads_to_the_page_where_it_is_closed(
    lead: Client, organisation: Organisation, now: datetime
) -> None:
    use = a_use(organisation, at=now)
    html = page_of(lead, use)
    for name in ("describe", "classify", "groups", "owner", "facts"):
        assert reverse(f"desk:systems:{name}", args=[use.pk]) in html
    assert "Say what it is for and what it gives out." in html
    assert "People lead" in html


def test_with_no_gap_left_it_names_who_must_sign(lead: Client, use: Use) -> None:
    html = page_of(lead, use)
    assert "Let it pass, or say what holds it" in html
    assert reverse("desk:systems:gate", args=[use.pk, "selecting"]) in html


def test_a_use_that_entered_without_gate_lists_the_gaps_of_every_gate_it_missed(
    lead: Client, organisation: Organisation, now: datetime
) -> None:
    html = page_of(lead, a_use(organisation, at=now, stage="in_use"))
    assert "It was running before anybody asked" in html
    assert "Roll-out vote" in html
    assert "no gate passed" in html


def test_what_is_never_allowed_is_said_first(lead: Client, use: Use, as_lead: Given) -> None:
    actions.declare_facts(**as_lead(), use=use, yes=("infers_emotion",), no=())
    html = page_of(lead, use)
    assert html.index("This is never allowed here") < html.index("Whom it touches")


def test_a_use_that_could_show_who_organises_is_flagged(
    lead: Client, organisation: Organisation, as_lead: Given, now: datetime
) -> None:
    use = a_use(organisation, at=now)
    assert "It could show who organises" not in page_of(lead, use)
    actions.declare_facts(**as_lead(), use=use, yes=("could_reveal_organising",), no=())
    assert "It could show who organises" in page_of(lead, use)


def test_likely_signals_come_with_their_reasons(lead: Client, use: Use) -> None:
    html = page_of(lead, use)
    for each in queries.file_of(use, at=use.created_at).likely:
        assert catalogue().signal(each.signal).title in html
        assert each.reasons[0].split(": ")[1][:30].replace("'", "&#x27;") in html


def test_all_seventeen_practices_are_there_each_with_a_word(lead: Client, use: Use) -> None:
    html = page_of(lead, use)
    for practice in catalogue().practices:
        assert reverse("desk:practices:practice", args=[practice.id]) in html
    assert "met with evidence" in html
    assert "nothing on file yet" in html


def requirement(code: str, state: RequirementState, detail: str = "because") -> Requirement:
    return Requirement(
        code=code, title=code.title(), state=state, role=Role.USE_OWNER, detail=detail
    )


@pytest.mark.parametrize(
    ("states", "expected"),
    [
        (("met", "met"), "met"),
        (("met", "gap"), "gap"),
        (("met", "unknown"), "unknown"),
        (("not_applicable",), "not_applicable"),
        (("met", "not_applicable"), "met"),
        ((), "unknown"),
    ],
)
def test_a_practice_is_met_only_when_nothing_of_it_is_open(
    states: tuple[str, ...], expected: str
) -> None:
    room = Room(name="audits", title=mark_safe("Audits"), practices=("RPU8",))
    asked = [(room, requirement(f"r{n}", RequirementState(s))) for n, s in enumerate(states)]
    found = {each.practice.id: each.state.value for each in practice_states(asked)}
    assert found["RPU8"] == expected
    assert set(found.values()) <= {expected, "unknown"}
    assert len(found) == 17


def test_a_room_of_several_practices_says_for_which_a_requirement_speaks() -> None:
    room = Room(
        name="procurement",
        title=mark_safe("Buying"),
        practices=("RPU9", "RPU10"),
        practice_of={"skills": "RPU10"},
    )
    asked = [
        (room, requirement("skills", RequirementState.GAP)),
        (room, requirement("stray", RequirementState.MET)),
    ]
    found = {each.practice.id: each.state.value for each in practice_states(asked)}
    assert (found["RPU9"], found["RPU10"]) == ("unknown", "gap")


def test_panels_of_other_rooms_stand_in_their_place_and_order(
    lead: Client, use: Use, monkeypatch: pytest.MonkeyPatch
) -> None:
    def panel(order: int, what: str, place: Any) -> Any:
        context = {"what": what, "why": "", "url": ""}
        template = "components/empty_state.html"
        return lambda use, *, actor, at: Panel(order, template, context, place)

    room = Room(
        name="stand_in",
        title=mark_safe("Stand-in"),
        use_panels=(
            panel(2, "Second panel", "main"),
            panel(1, "First panel", "main"),
            panel(1, "Panel of the margin", "margin"),
            lambda use, *, actor, at: None,
        ),
    )
    monkeypatch.setattr("commonweal_web.systems.views.use.rooms", lambda: (room,))
    html = page_of(lead, use)
    margin = html.index('class="margin"')
    assert html.index("First panel") < html.index("Second panel") < margin
    assert html.index("Panel of the margin") > margin


def test_more_groups_and_incidents_cost_no_more_statements(
    lead: Client,
    use: Use,
    organisation: Organisation,
    as_lead: Given,
    now: datetime,
    django_assert_max_num_queries: Any,
) -> None:
    with django_assert_max_num_queries(60) as before:
        page_of(lead, use)
        few = len(before)
    for number in range(6):
        group = a_group(organisation, at=now, name=f"Crew {number}")
        actions.touch_group(**as_lead(), use=use, group=group)
        actions.report_incident(
            **as_lead(), use=use, kind="harm", occurred_on=now.date(), harm="A fall"
        )
    with django_assert_max_num_queries(few):
        page_of(lead, use)


def test_others_answer_for_it_so_an_owner_elsewhere_gets_no_way_to_describe_it(
    browse: Any, use: Use, owner: Any, pickers: WorkerGroup
) -> None:
    describe = reverse("desk:systems:describe", args=[use.pk])
    assert describe in page_of(browse("use_owner", account=owner), use)
    assert describe not in page_of(browse("use_owner"), use)


def test_the_history_tells_every_step(lead: Client, organisation: Organisation, now: Any) -> None:
    use = a_use(organisation, at=now, stage="piloting")
    html = lead.get(reverse("desk:systems:history", args=[use.pk])).content.decode()
    assert "entered without gate" in html
