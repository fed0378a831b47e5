"""Reminders: once for each day, a few people a minute, and never of what is private."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from commonweal_web.house.declaration import Room, Waiting
from commonweal_web.job_impact.actions.telling import remind_of_questions
from commonweal_web.notices.actions import remind, reminding
from commonweal_web.notices.models import Notice, Reminded
from commonweal_web.organisations.models import Organisation
from commonweal_web.people.models import Account
from factories import job_impact
from factories.workplaces import a_group
from web.notices.conftest import notices_of

PersonOf = Callable[..., Account]
DAY = timedelta(days=1)


@pytest.fixture
def waits(monkeypatch: pytest.MonkeyPatch, now: datetime) -> Callable[..., None]:
    """Lets one thing wait for everybody: `waits(days=3, is_private=True)`."""

    def one(*, days: int, **details: Any) -> None:
        due: date = now.date() + timedelta(days=days)
        some = Waiting("One", "Text.", "/desk/", "Open", due=due, key="one.thing:1", **details)
        room = Room(name="one", title="", waiting=(lambda **_asked: [some],))
        monkeypatch.setattr("commonweal_web.notices.queries.waiting.rooms", lambda: (room,))

    return one


def test_staff_are_reminded_once_when_a_day_comes_near_and_once_when_it_has_passed(
    waits: Callable[..., None], person: PersonOf, now: datetime
) -> None:
    owner = person("use_owner")
    waits(days=5)
    assert [remind(at=now + n * DAY) for n in range(8)] == [1, 0, 0, 0, 0, 0, 1, 0]
    assert {each.kind for each in notices_of(owner)} == {"notices.due_soon", "notices.overdue"}


def test_one_who_cleared_a_reminder_does_not_get_it_again(
    waits: Callable[..., None], person: PersonOf, now: datetime
) -> None:
    person("use_owner")
    waits(days=5)
    remind(at=now)
    Notice.objects.all().delete()
    assert remind(at=now + DAY) == 0


@pytest.mark.parametrize("how", [{"days": 20}, {"days": 2, "is_private": True}])
def test_nobody_is_reminded_of_a_far_day_or_of_what_is_private(
    waits: Callable[..., None], person: PersonOf, now: datetime, how: dict[str, Any]
) -> None:
    person("use_owner", "worker")
    waits(**how)
    assert remind(at=now) == 0


def test_workers_are_not_gone_through_one_by_one(
    waits: Callable[..., None], person: PersonOf, now: datetime
) -> None:
    person("worker")
    waits(days=1)
    assert remind(at=now) == 0


def test_a_round_goes_on_where_it_stopped_and_ends_for_the_day(
    waits: Callable[..., None],
    person: PersonOf,
    now: datetime,
    monkeypatch: pytest.MonkeyPatch,
    django_assert_num_queries: Any,
) -> None:
    monkeypatch.setattr(reminding, "A_MINUTE", 2)
    staff = [person("use_owner") for _each in range(5)]
    waits(days=1)
    assert [remind(at=now) for _minute in range(4)] == [2, 2, 1, 0]
    assert all(len(notices_of(each)) == 1 for each in staff)
    with django_assert_num_queries(3):  # old marks, the organisations, and that it is over
        remind(at=now)


def test_a_mark_names_nobody_and_is_forgotten_in_time(
    waits: Callable[..., None], person: PersonOf, now: datetime
) -> None:
    owner = person("use_owner")
    waits(days=1)
    remind(at=now)
    mark = Reminded.objects.get()
    assert str(owner.pk) not in mark.digest
    remind(at=now + 401 * DAY)
    assert not Reminded.objects.filter(pk=mark.pk).exists()


def test_that_questions_close_is_told_once_to_everyone_of_the_group_who_answered_too(
    organisation: Organisation, now: datetime
) -> None:
    group = a_group(organisation, at=now, name="Pickers")
    workers = [job_impact.a_worker(organisation, group, at=now) for _each in range(3)]
    use = job_impact.an_assessable_use(organisation, group, at=now)
    run = job_impact.an_assessment(organisation, at=now, use=use)
    near = datetime.combine(run.due_on - DAY, now.timetz())
    assert [remind_of_questions(at=moment) for moment in (now, near, near)] == [0, 1, 0]
    told = Notice.objects.filter(kind="job_impact.questions_close")
    assert {each.account_id for each in told} == {each.pk for each in workers}
