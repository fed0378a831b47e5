"""What waits, what to look at first, and what workers see of the uses that touch them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.safestring import mark_safe

from commonweal_web.house.declaration import Room, Waiting
from commonweal_web.notices.queries import everything_waiting
from commonweal_web.organisations.models import Organisation
from commonweal_web.people.models import Account
from commonweal_web.people.queries import actor_of
from commonweal_web.systems import actions
from commonweal_web.systems.models import Incident, Use
from commonweal_web.workplaces.models import WorkerGroup
from factories.systems import a_use
from factories.workplaces import a_member

Browse = Callable[..., Client]
Given = Callable[[], dict[str, Any]]
PersonOf = Callable[..., Account]


def test_an_empty_house_teaches_a_new_people_lead_the_first_steps(
    lead: Client, organisation: Organisation
) -> None:
    html = lead.get("/desk/").content.decode()
    assert "The first steps" in html
    for name in ("bring_in", "register"):
        assert reverse(f"desk:systems:{name}") in html
    assert "Invite a representative" in html


def test_uses_to_look_at_first_come_with_reasons_in_words(
    lead: Client, organisation: Organisation, now: datetime
) -> None:
    a_use(organisation, at=now, name="Harmless idea")
    a_use(organisation, at=now, name="Pace system", stage="in_use")
    html = lead.get("/desk/").content.decode()
    assert html.index("Pace system") < html.index("Harmless idea")
    assert "It started without passing a gate." in html
    assert lead.get(reverse("desk:systems:attention")).status_code == 200


def what_waits(account: Account, *, at: datetime) -> list[str]:
    by = actor_of(account, on=at.date())
    found = everything_waiting(actor=by, organisation=account.organisation, at=at)
    return [f"{each.title} | {each.text}" for each in found]


def test_a_use_owner_is_told_what_is_missing_for_their_own_use(
    organisation: Organisation, owner: Account, person: PersonOf, now: datetime
) -> None:
    a_use(organisation, at=now, owner=owner, name="Drafts")
    assert any(each.startswith("Drafts") for each in what_waits(owner, at=now))
    other = person("use_owner")
    assert not any(each.startswith("Drafts") for each in what_waits(other, at=now))


def test_the_other_side_is_told_that_a_gate_waits_until_it_has_signed(
    use: Use, owner: Account, person: PersonOf, now: datetime
) -> None:
    representative = person("worker_representative")
    waits = "A gate waits for your side"
    assert not any(waits in each for each in what_waits(representative, at=now))
    given = {"organisation": use.organisation, "at": now, "use": use, "entering": "selecting"}
    actions.sign_gate(**given, by=actor_of(owner, on=now.date()), role="use_owner")
    assert any(waits in each for each in what_waits(representative, at=now))
    assert not any(waits in each for each in what_waits(owner, at=now))
    by = actor_of(representative, on=now.date())
    actions.sign_gate(**given, by=by, role="worker_representative")
    assert not any(waits in each for each in what_waits(representative, at=now))


def test_only_another_executive_is_asked_about_an_override(
    organisation: Organisation, person: PersonOf, as_lead: Given, now: datetime
) -> None:
    use = a_use(organisation, at=now)
    never = ("infers_emotion", "predicts_union_activity")
    use = actions.declare_facts(**as_lead(), use=use, yes=(), no=never)
    first, second = person("executive"), person("executive")
    actions.ask_override(
        organisation=organisation,
        by=actor_of(first, on=now.date()),
        at=now,
        use=use,
        entering="selecting",
        reason="Late.",
    )
    assert any("second name" in each for each in what_waits(second, at=now))
    assert not any("second name" in each for each in what_waits(first, at=now))


def test_an_open_incident_and_an_overdue_review_wait_for_the_people_lead(
    organisation: Organisation, person: PersonOf, as_lead: Given, now: datetime
) -> None:
    use = a_use(organisation, at=now, name="Pace", stage="in_use", review_on=date(2026, 12, 1))
    actions.report_incident(
        **as_lead(), use=use, kind="harm", occurred_on=now.date(), harm="A fall"
    )
    found = what_waits(person("people_lead"), at=now)
    assert any("Something went wrong" in each for each in found)
    assert any(each.startswith("Review “Pace”") for each in found)


def test_a_use_that_should_have_stopped_waits(
    use: Use, owner: Account, as_lead: Given, now: datetime
) -> None:
    actions.stop_use(**as_lead(), use=use, reason="Harm", stopping_on=now.date())
    assert any("stopped?" in each for each in what_waits(owner, at=now))


def test_what_waits_in_any_room_is_shown_the_earliest_day_first(
    browse: Browse, organisation: Organisation, monkeypatch: pytest.MonkeyPatch
) -> None:
    def some(**_asked: Any) -> list[Waiting]:
        due = date(2026, 12, 24)
        return [
            Waiting("Later on", "No day is set.", "/x/", "Open"),
            Waiting("By Christmas", "Soon.", "/y/", "Answer", due=due),
        ]

    room = Room(name="stand_in", title=mark_safe("Stand-in"), waiting=(some,))
    monkeypatch.setattr("commonweal_web.notices.queries.waiting.rooms", lambda: (room,))
    for role, address in (("worker", "/my/"), ("people_lead", "/desk/")):
        html = browse(role).get(address).content.decode()
        assert html.index("By Christmas") < html.index("Later on")
        assert "By 24 December 2026" in html
        assert html.count('class="do"') >= 1


@pytest.fixture
def picker(person: PersonOf, pickers: WorkerGroup, now: datetime) -> Account:
    account = person("worker")
    a_member(pickers, account, at=now)
    return account


def test_a_worker_sees_the_uses_that_touch_their_work_and_no_others(
    browse: Browse, picker: Account, use: Use, organisation: Organisation, now: datetime
) -> None:
    other = a_use(organisation, at=now, name="Office chat")
    browser = browse(account=picker)
    for address in ("/my/", "/my/uses/"):
        html = browser.get(address).content.decode()
        assert "Shift planner" in html
        assert "Office chat" not in html
    assert browser.get(reverse("my:systems:use", args=[use.pk])).status_code == 200
    assert browser.get(reverse("my:systems:use", args=[other.pk])).status_code == 404
    assert browser.get(reverse("my:systems:report", args=[other.pk])).status_code == 404


def test_a_worker_reads_what_is_needed_next_and_whose_move_it_is(
    browse: Browse, picker: Account, pickers: WorkerGroup, as_lead: Given
) -> None:
    use = actions.register_use(**as_lead(), name="Pace", system_name="Pulse", stage="in_use")
    actions.touch_group(**as_lead(), use=use, group=pickers)
    html = browse(account=picker).get(reverse("my:systems:use", args=[use.pk])).content.decode()
    assert "Needed to keep it in use another year" in html
    assert "It was running before anybody asked" in html
    assert "Use owner" in html
    assert "/desk/" not in html


def test_every_worker_reads_the_reason_and_the_names_of_an_override(
    browse: Browse, person: PersonOf, organisation: Organisation, as_lead: Given, now: datetime
) -> None:
    use = a_use(organisation, at=now, name="Far away")
    never = ("infers_emotion", "predicts_union_activity")
    use = actions.declare_facts(**as_lead(), use=use, yes=(), no=never)
    first, second = person("executive", name="Jonas"), person("executive", name="Amal")
    given = {"organisation": organisation, "at": now}
    asked = actions.ask_override(
        **given,
        by=actor_of(first, on=now.date()),
        use=use,
        entering="selecting",
        reason="The vendor is late.",
    )
    actions.agree_override(**given, by=actor_of(second, on=now.date()), override=asked)
    by = actor_of(person("worker_representative"), on=now.date())
    actions.sign_gate(**given, by=by, use=use, entering="selecting", role="worker_representative")
    html = browse("worker").get("/my/uses/").content.decode()
    for words in ("Far away", "The vendor is late.", "Jonas", "Amal"):
        assert words in html


def test_a_worker_reports_an_incident_and_the_history_does_not_name_them(
    browse: Browse, picker: Account, use: Use, person: PersonOf
) -> None:
    browser = browse(account=picker)
    page = reverse("my:systems:report", args=[use.pk])
    assert "Nobody is told who wrote this." in browser.get(page).content.decode()
    empty = browser.post(page, {"kind": "harm"})
    assert "Write what happened." in empty.content.decode()
    data = {"occurred_on_day": "20", "occurred_on_month": "11", "occurred_on_year": "2026"}
    browser.post(page, {"kind": "harm", "harm": "A fall", **data})
    row = Incident.objects.get()
    assert (
        picker.name
        not in browse("people_lead")
        .get(reverse("desk:systems:incident", args=[use.pk, row.pk]))
        .content.decode()
    )
    told = browser.get(reverse("my:systems:use", args=[use.pk])).content.decode()
    assert "A fall" in told


def test_a_worker_of_another_organisation_sees_nothing_of_it(
    use: Use, other_organisation: Organisation, now: datetime
) -> None:
    from factories.people import a_person

    browser = Client()
    browser.force_login(a_person(other_organisation, "worker", at=now))
    assert browser.get(reverse("my:systems:use", args=[use.pk])).status_code == 404


def test_the_first_pages_cost_a_constant_number_of_statements(
    lead: Client, organisation: Organisation, now: datetime, django_assert_max_num_queries: Any
) -> None:
    a_use(organisation, at=now, name="One", stage="in_use")
    lead.get("/desk/")
    with django_assert_max_num_queries(40) as before:
        lead.get("/desk/")
        few = len(before)
    for number in range(5):
        a_use(organisation, at=now, name=f"More {number}", stage="in_use")
    lead.get("/desk/")
    with django_assert_max_num_queries(few):
        lead.get("/desk/")
