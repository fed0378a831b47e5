"""The list of all uses says what is open for each, and its lines are what the rooms answer."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from commonweal_web.organisations.models import Organisation
from commonweal_web.people.models import Account
from commonweal_web.systems import actions
from commonweal_web.systems.actions.standings import count_anew
from commonweal_web.systems.models import SavedView, Standing, Use
from commonweal_web.systems.queries.standings import Line, lines_of
from commonweal_web.workplaces.models import WorkerGroup
from factories.populated import populate, populate_more
from factories.systems import a_use

Given = Callable[[], dict[str, Any]]


def shown(browser: Client, query: str = "") -> str:
    return browser.get(f"/desk/uses/{query}").content.decode()


def test_every_line_is_what_the_rooms_answer(organisation: Organisation, now: datetime) -> None:
    populate(organisation, at=now)
    populate_more(organisation, at=now)
    actions.bring_up_to_date(organisation, at=now)
    uses = list(Use.objects.of(organisation).select_related("organisation", "system"))
    fresh = lines_of(uses, at=now)
    kept = {row.use_id: Line.of(row) for row in Standing.objects.of(organisation)}
    assert kept == fresh
    assert any(line.gaps for line in kept.values())
    assert any(line.gravest is not None for line in kept.values())


def test_what_was_counted_is_what_would_be_counted_unless_it_is_marked(
    organisation: Organisation, now: datetime
) -> None:
    """Everything is counted once at the start; each later change must mark what it changes."""
    populate_more(organisation, at=now)
    actions.bring_up_to_date(organisation, at=now)
    populate(organisation, at=now)
    uses = list(Use.objects.of(organisation).select_related("organisation", "system"))
    fresh = lines_of(uses, at=now)
    held = Standing.objects.of(organisation).filter(is_stale=False)
    assert {row.use_id: Line.of(row) for row in held} == {
        row.use_id: fresh[row.use_id] for row in held
    }
    assert Standing.objects.of(organisation).count() == len(uses)


def test_a_change_to_a_worker_group_marks_the_uses_that_touch_it(
    as_lead: Given, use: Use, pickers: WorkerGroup, now: datetime
) -> None:
    from commonweal_web.workplaces.actions import change_group

    actions.bring_up_to_date(use.organisation, at=now)
    change_group(**as_lead(), group=pickers, name="Night pickers")
    actions.bring_up_to_date(use.organisation, at=now)
    assert "Night pickers" in Standing.objects.get(use=use).touches


def test_a_line_that_was_thrown_away_is_made_anew(
    use: Use, organisation: Organisation, now: datetime
) -> None:
    count_anew(at=now)
    before = Line.of(Standing.objects.get(use=use))
    Standing.objects.all().delete()
    assert count_anew(at=now) == 1
    assert Line.of(Standing.objects.get(use=use)) == before


def test_on_another_day_every_line_is_counted_again(
    use: Use, organisation: Organisation, now: datetime
) -> None:
    assert actions.bring_up_to_date(organisation, at=now) == 1
    assert actions.bring_up_to_date(organisation, at=now) == 0
    assert actions.bring_up_to_date(organisation, at=now + timedelta(days=1)) == 1


def test_the_list_says_what_is_missing_and_whose_move_it_is(
    lead: Client, organisation: Organisation, now: datetime
) -> None:
    a_use(organisation, at=now, name="Drafts")
    html = shown(lead)
    assert "missing</a>" in html
    assert "Use owner" in html
    assert "score" not in html


def test_the_reader_sees_a_change_at_once(lead: Client, as_lead: Given, use: Use) -> None:
    assert "nobody yet" not in shown(lead)
    actions.untouch(**as_lead(), affected=use.affected_groups.get())
    assert "nobody named yet that it touches" in shown(lead)


@pytest.mark.parametrize(
    ("query", "is_found"),
    [
        ("?owner=lindqvist", True),
        ("?owner=nobody-of-that-name", False),
        ("?site=harbour", True),
        ("?group=pickers", True),
        ("?group=drivers", False),
        ("?system=rota", True),
        ("?system=other", False),
        ("?code=scheduling", True),
        ("?code=hiring", False),
        ("?gaps=none", True),
        ("?gaps=yes", False),
        ("?move=worker_representative", True),
        ("?move=registrar", False),
        ("?dates=overdue", False),
        ("?dates=none", True),
        ("?differ=yes", False),
        ("?vulnerable=yes", False),
        ("?severity=3", False),
        ("?gaps=bogus&dates=bogus&severity=x", True),
    ],
)
def test_the_list_is_narrowed(lead: Client, use: Use, query: str, is_found: bool) -> None:
    rows = shown(lead, query).count('role="rowheader"')
    assert rows == (1 if is_found else 0)


def test_a_date_that_passed_is_overdue_without_a_write(
    lead: Client, organisation: Organisation, now: datetime
) -> None:
    a_use(organisation, at=now - timedelta(days=200), name="Pace system", stage="in_use")
    assert "overdue" in shown(lead, "?dates=overdue")
    assert "Pace system" in shown(lead, "?dates=soon")


@pytest.mark.parametrize("sort", ["owner", "since", "gaps", "next", "differ", "risks"])
def test_the_list_is_sorted_by_every_column_both_ways(
    lead: Client, use: Use, organisation: Organisation, now: datetime, sort: str
) -> None:
    a_use(organisation, at=now, name="Drafts")
    for sign in ("", "-"):
        assert shown(lead, f"?sort={sign}{sort}").count('role="rowheader"') == 2


def test_the_most_gaps_come_first_when_asked(
    lead: Client, use: Use, organisation: Organisation, now: datetime
) -> None:
    a_use(organisation, at=now, name="A draft")
    assert shown(lead, "?sort=-gaps").index("A draft") < shown(lead, "?sort=-gaps").index(
        "Shift planner"
    )


def test_an_exact_file_keeps_every_cell(
    lead: Client, organisation: Organisation, now: datetime
) -> None:
    a_use(organisation, at=now, name="=1+1")
    exact = b"".join(lead.get("/desk/uses/?format=exact").streaming_content).decode()
    safe = b"".join(lead.get("/desk/uses/?format=csv").streaming_content).decode()
    assert '"=1+1"' in exact
    assert '"\'=1+1"' in safe


def test_a_view_is_saved_under_a_name_and_opens_the_list(lead: Client, use: Use) -> None:
    sent = {"name": "With gaps", "filters": "gaps=yes&evil=1", "is_default": "on"}
    answer = lead.post("/desk/uses/views/save/", sent)
    assert answer.headers["Location"].endswith("?gaps=yes")
    assert lead.get("/desk/uses/").headers["Location"].endswith("?gaps=yes")
    assert lead.get("/desk/uses/?all=yes").status_code == 200
    assert "With gaps" in shown(lead, "?all=yes")


def test_a_view_is_private_unless_it_is_shared_with_ones_side(
    lead: Client, browse: Callable[..., Client], use: Use
) -> None:
    lead.post("/desk/uses/views/save/", {"name": "Mine", "filters": "gaps=yes"})
    lead.post("/desk/uses/views/save/", {"name": "Ours", "filters": "gaps=yes", "is_shared": "on"})
    same_side, other_side = browse("executive"), browse("worker_representative")
    assert "Ours" in shown(same_side)
    assert "Mine" not in shown(same_side)
    assert "Ours" not in shown(other_side)


def test_nobody_forgets_the_view_of_somebody_else(
    lead: Client, browse: Callable[..., Client]
) -> None:
    lead.post("/desk/uses/views/save/", {"name": "Mine", "filters": "", "is_shared": "on"})
    view = SavedView.objects.get()
    assert browse("executive").post(f"/desk/uses/views/{view.pk}/forget/").status_code == 404
    lead.post(f"/desk/uses/views/{view.pk}/open-with/", {"default": "yes"})
    assert SavedView.objects.get().is_default
    lead.post(f"/desk/uses/views/{view.pk}/forget/")
    assert not SavedView.objects.exists()


def test_at_most_thirty_views_are_kept(lead: Client) -> None:
    for number in range(30):
        lead.post("/desk/uses/views/save/", {"name": f"View {number}", "filters": ""})
    html = lead.post("/desk/uses/views/save/", {"name": "One more", "filters": ""}).content
    assert "Forget one first" in html.decode()
    assert SavedView.objects.count() == 30


def test_people_without_the_right_see_no_list(browse: Callable[..., Client]) -> None:
    for address in ("", "views/", "change/", "pack/"):
        assert browse("case_handler").get(f"/desk/uses/{address}").status_code == 403


def test_an_owner_that_answers_is_named(lead: Client, use: Use, owner: Account) -> None:
    assert owner.name in shown(lead)
