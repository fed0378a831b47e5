"""Registering and describing a use by forms: kept when right, explained when not."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from commonweal_web.organisations.models import Organisation
from commonweal_web.people.models import Account
from commonweal_web.record.action import action
from commonweal_web.systems import actions
from commonweal_web.systems.models import Alternative, Choice, Claim, Incident, Use
from commonweal_web.workplaces.models import WorkerGroup
from factories.systems import a_use
from factories.workplaces import a_group

Given = Callable[[], dict[str, Any]]
Browse = Callable[..., Client]


def send(browser: Client, use: Use, page: str, *more: Any, **data: Any) -> Any:
    return browser.post(reverse(f"desk:systems:{page}", args=[use.pk, *more]), data)


def day(name: str, day: int, month: int, year: int) -> dict[str, str]:
    return {f"{name}_day": str(day), f"{name}_month": str(month), f"{name}_year": str(year)}


def test_an_idea_is_registered(lead: Client, organisation: Organisation) -> None:
    page = lead.post(reverse("desk:systems:register"), {"name": "Drafts", "stage": "identified"})
    use = Use.objects.get(organisation=organisation)
    assert page["Location"] == reverse("desk:systems:use", args=[use.pk])
    assert (use.name, use.system.name, use.entered_without_gate) == ("Drafts", "Drafts", False)


def test_one_already_running_enters_without_gate(lead: Client, organisation: Organisation) -> None:
    data = {"name": "Pace", "stage": "in_use", **day("review_on", 1, 3, 2099)}
    refused = lead.post(reverse("desk:systems:register"), data)
    assert "first review on 2099-03-01" in refused.content.decode()
    assert Use.objects.count() == 0
    lead.post(reverse("desk:systems:register"), {"name": "Pace", "stage": "in_use"})
    use = Use.objects.get()
    assert use.entered_without_gate
    assert use.review_on is not None


def test_a_use_without_a_name_is_asked_again_and_nothing_typed_is_lost(
    lead: Client, organisation: Organisation
) -> None:
    data = {"name": "", "stage": "identified", "purpose": "Sorts mail"}
    html = lead.post(reverse("desk:systems:register"), data).content.decode()
    assert "Give it a name." in html
    assert "Sorts mail" in html
    assert Use.objects.count() == 0


def test_a_representative_registers_nothing(browse: Browse, organisation: Organisation) -> None:
    page = browse("worker_representative").post(
        reverse("desk:systems:register"), {"name": "Drafts", "stage": "identified"}
    )
    assert page.status_code == 403
    assert Use.objects.count() == 0


def test_a_description_is_kept(lead: Client, use: Use) -> None:
    send(lead, use, "describe", name="Rota", purpose="Plans.", outputs="A plan", unit="Ops")
    use.refresh_from_db()
    assert (use.name, use.purpose, use.unit) == ("Rota", "Plans.", "Ops")


def test_somebody_elses_use_is_not_described_by_another_owner(browse: Browse, use: Use) -> None:
    page = send(browse("use_owner"), use, "describe", name="X", purpose="Y", outputs="Z")
    assert page.status_code == 403
    use.refresh_from_db()
    assert use.name == "Shift planner"


def test_a_classification_is_kept_and_shown_again(lead: Client, use: Use) -> None:
    send(lead, use, "classify", forms_of_integration=["manages_people"], instances=["hiring"])
    use.refresh_from_db()
    assert use.classification == ["manages_people", "hiring"]
    html = lead.get(reverse("desk:systems:classify", args=[use.pk])).content.decode()
    assert html.count(" checked") == 2


def test_a_code_that_is_in_no_catalogue_is_refused(lead: Client, use: Use) -> None:
    page = send(lead, use, "classify", instances=["mind_reading"])
    assert page.status_code == 200
    assert "Please look at this again" in page.content.decode()
    use.refresh_from_db()
    assert "mind_reading" not in use.classification


def test_facts_are_declared_yes_no_or_left_open(lead: Client, use: Use) -> None:
    send(lead, use, "facts", infers_emotion="no", monitors_individuals="yes")
    use.refresh_from_db()
    assert use.facts_yes == ["monitors_individuals"]
    assert use.facts_no == ["infers_emotion"]


def test_what_words_of_a_register_suggest_is_said_beside_the_question(
    lead: Client, use: Use, as_lead: Given
) -> None:
    said = "The register’s words suggest this."
    pages = [reverse(f"desk:systems:{name}", args=[use.pk]) for name in ("facts", "classify")]
    assert all(said not in lead.get(page).content.decode() for page in pages)
    with action("tests.suggest", **as_lead()) as act:
        act.change(use, suggested=["reads_messages", "hiring"])
    assert all(lead.get(page).content.decode().count(said) == 1 for page in pages)


def test_an_owner_is_named(lead: Client, use: Use, person: Callable[..., Account]) -> None:
    other = person("use_owner", name="Ravi Menon")
    send(lead, use, "owner", owner=str(other.pk))
    use.refresh_from_db()
    assert use.owner == other


def test_nobody_without_the_role_can_be_made_owner(
    lead: Client, use: Use, owner: Account, person: Callable[..., Account]
) -> None:
    page = send(lead, use, "owner", owner=str(person("worker").pk))
    assert page.status_code == 200
    use.refresh_from_db()
    assert use.owner == owner


def test_amounts_are_typed_in_whole_units_and_kept_in_the_smallest(lead: Client, use: Use) -> None:
    money = {
        "currency": "eur",
        "cost_change": "-120 000.50",
        "return_multiple": "2.5",
        **day("change_since", 1, 1, 2027),
    }
    send(lead, use, "money", **money)
    use.refresh_from_db()
    assert use.cost_change_minor == -12_000_050
    assert use.return_multiple_hundredths == 250
    html = lead.get(reverse("desk:systems:use", args=[use.pk])).content.decode()
    assert "-120,000.50\N{NO-BREAK SPACE}EUR" in html
    assert "2.5 times the money put in" in html


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"currency": "EUR", "cost_change": "a lot"}, "cost_change"),
        ({"currency": "EUR", "cost_change": "1.234"}, "cost_change"),
        ({"currency": "EURO"}, "currency"),
        ({"currency": "12"}, "currency"),
        ({"currency": "EUR", "return_multiple": "NaN"}, "return_multiple"),
        ({"currency": "EUR", "return_multiple": "1.005"}, "return_multiple"),
        ({"currency": "EUR", "revenue_change": "5"}, "change_since"),
        ({"currency": "EUR", "cost_change": "9" * 30, **day("change_since", 1, 1, 2027)}, ""),
    ],
)
def test_an_amount_that_cannot_be_is_explained(
    lead: Client, use: Use, given: dict[str, str], said: str
) -> None:
    page = send(lead, use, "money", **given)
    assert page.status_code == 200
    html = page.content.decode()
    assert "Please look at this again" in html
    assert f"id_{said}" in html
    use.refresh_from_db()
    assert use.cost_change_minor is None


def test_the_next_review_is_at_most_a_year_away(lead: Client, use: Use) -> None:
    page = send(lead, use, "review", **day("review_on", 1, 3, 2099))
    assert "at most a year" in page.content.decode()
    send(lead, use, "review", **day("review_on", 1, 3, 2027))
    use.refresh_from_db()
    assert use.review_on is not None


def test_groups_outsiders_and_sites_are_named(
    lead: Client, use: Use, organisation: Organisation, now: datetime
) -> None:
    group = a_group(organisation, at=now, name="Drivers")
    send(lead, use, "groups", way="group", group=str(group.pk))
    send(lead, use, "groups", way="site", site=str(group.site_id))
    send(
        lead,
        use,
        "groups",
        way="outsiders",
        outside_name="Applicants",
        outside_count="40",
        outside_source="Last year's count",
    )
    html = lead.get(reverse("desk:systems:groups", args=[use.pk])).content.decode()
    assert "Drivers" in html
    assert "Applicants" in html
    assert f"Runs at: {group.site.name}" in html


def test_a_number_of_people_needs_its_source(lead: Client, use: Use) -> None:
    page = send(lead, use, "groups", way="outsiders", outside_name="Applicants", outside_count="9")
    html = page.content.decode()
    assert "Say where the number is from." in html
    assert 'href="#outsiders_outside_source"' in html
    assert use.affected_groups.count() == 1


def test_another_organisations_group_cannot_be_named(
    lead: Client, use: Use, other_organisation: Organisation, now: datetime
) -> None:
    theirs = a_group(other_organisation, at=now)
    page = send(lead, use, "groups", way="group", group=str(theirs.pk))
    assert page.status_code == 200
    assert use.affected_groups.count() == 1


def test_a_group_is_taken_off(lead: Client, use: Use) -> None:
    send(lead, use, "untouch", use.affected_groups.get().pk)
    assert use.affected_groups.count() == 0


@pytest.fixture
def choice(use: Use, as_lead: Given) -> Choice:
    return actions.add_choice(**as_lead(), use=use, kind="scope", question="How early?")


def test_a_choice_is_put_on_the_table_with_alternatives_side_by_side(
    lead: Client, use: Use, choice: Choice, pickers: WorkerGroup
) -> None:
    for title, effect in (("Two weeks before", "removes"), ("Three days before", "adds")):
        send(
            lead,
            use,
            "alternative",
            choice.pk,
            title=title,
            effect_1=effect,
            signal_1="RS10",
            group_1=str(pickers.pk),
        )
    html = lead.get(reverse("desk:systems:choices", args=[use.pk])).content.decode()
    assert "Takes away: Less predictable schedules" in html
    assert "Adds: Less predictable schedules" in html
    chosen = Alternative.objects.get(title="Two weeks before")
    send(lead, use, "choose", choice.pk, alternative=str(chosen.pk), reason="Children.")
    chosen.refresh_from_db()
    assert chosen.is_chosen


def test_half_an_effect_is_asked_again(lead: Client, use: Use, choice: Choice) -> None:
    page = send(lead, use, "alternative", choice.pk, title="Later", effect_1="adds")
    assert "Choose this too, or empty the whole line." in page.content.decode()
    assert Alternative.objects.count() == 0


def test_one_alternative_alone_is_no_choice(
    lead: Client, use: Use, choice: Choice, as_lead: Given
) -> None:
    only = actions.add_alternative(**as_lead(), choice=choice, title="Now")
    page = send(lead, use, "choose", choice.pk, alternative=str(only.pk), reason="Why not")
    assert "at least two" in page.content.decode()


def test_a_claim_is_kept_word_for_word_and_taken_off(lead: Client, use: Use) -> None:
    send(lead, use, "claims", quote="Saves 6 hours!", source="Brochure", value="6")
    claim = Claim.objects.get()
    assert (claim.quote, claim.value_hundredths) == ("Saves 6 hours!", 600)
    send(lead, use, "remove_claim", claim.pk)
    assert Claim.objects.count() == 0


def test_a_representative_reads_claims_and_adds_none(browse: Browse, use: Use) -> None:
    page = send(browse("worker_representative"), use, "claims", quote="Q", source="S")
    assert page.status_code == 403
    assert Claim.objects.count() == 0


def test_an_incident_is_reported_followed_up_confirmed_and_closed(lead: Client, use: Use) -> None:
    send(lead, use, "incidents", kind="harm", harm="A fall", **day("occurred_on", 20, 11, 2026))
    row = Incident.objects.get()
    early = send(lead, use, "close_incident", row.pk)
    assert early.status_code == 409
    send(lead, use, "incident", row.pk, follow_up="Belts slowed down")
    send(lead, use, "uphold_incident", row.pk)
    send(lead, use, "close_incident", row.pk)
    row.refresh_from_db()
    assert row.is_upheld
    assert row.closed_on is not None


def test_an_incident_of_tomorrow_is_refused(lead: Client, use: Use) -> None:
    page = send(
        lead, use, "incidents", kind="harm", harm="A fall", **day("occurred_on", 1, 1, 2099)
    )
    assert "future" in page.content.decode()
    assert Incident.objects.count() == 0


def test_a_use_that_is_over_is_no_longer_described(
    lead: Client, organisation: Organisation, as_lead: Given, now: datetime
) -> None:
    use = a_use(organisation, at=now)
    actions.retire_use(**as_lead(), use=use, reason="Not needed")
    page = send(lead, use, "describe", name="X", purpose="Y", outputs="Z")
    assert "This use is over" in page.content.decode()
