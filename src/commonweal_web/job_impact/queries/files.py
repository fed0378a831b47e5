"""All that was said about a use, read in a constant number of statements for many uses."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar
from uuid import UUID

from commonweal.job_impact.runs import Run
from commonweal.job_impact.views import Answer, Closing, Side
from commonweal.job_impact.views import View as DomainView
from commonweal.practices import catalogue
from commonweal_web.job_impact.models import Assessment, Contributor, Reopening, View
from commonweal_web.job_impact.queries.groups import Column, columns_of_many

if TYPE_CHECKING:
    from commonweal_web.systems.models import Use

Row = TypeVar("Row")


def all_signals() -> tuple[str, ...]:
    """The ids of the whole list, in the catalogue's order."""
    return tuple(signal.id for signal in catalogue().signals)


@dataclass(frozen=True)
class UseFile:
    """What is on file about a use: its runs, earliest first, and everything said in them."""

    use: Use
    columns: tuple[Column, ...]
    assessments: tuple[Assessment, ...]
    views: tuple[View, ...]
    reopenings: tuple[Reopening, ...]
    contributors: tuple[Contributor, ...]

    @property
    def latest(self) -> Assessment | None:
        """The newest run, open or closed."""
        return self.assessments[-1] if self.assessments else None

    @property
    def open_run(self) -> Assessment | None:
        """The run that people can answer in now."""
        return next((each for each in self.assessments if each.is_open), None)

    @property
    def open_tasks(self) -> tuple[Reopening, ...]:
        """The tasks that no closed run has answered."""
        return tuple(each for each in self.reopenings if each.answered_by_id is None)

    def numbered(self, number: int) -> Assessment | None:
        """The run with this number."""
        return next((each for each in self.assessments if each.number == number), None)

    @cached_property
    def _known(self) -> dict[UUID, DomainView]:
        return {view.pk: domain_view(view) for view in self.views}

    def said_of(self, signal: str) -> list[View]:
        """The rows of what was said about one signal, earliest first."""
        return [view for view in self.views if view.signal == signal]

    def run(
        self,
        *,
        on: date,
        assessment: Assessment | None = None,
        signals: Sequence[str] | None = None,
    ) -> Run:
        """The run as the rules read it; a closed one as it stood when it was closed."""
        of = assessment or self.latest
        until = of.closed_at if of else None
        asked = signals if signals is not None else (of.signals if of else all_signals())
        people = [each for each in self.contributors if of and each.assessment_id == of.pk]
        return Run(
            id=str(of.pk) if of else "",
            stage=of.stage if of else self.use.stage,
            on=until.date() if until else on,
            signals=tuple(asked),
            groups=tuple(str(column.key) for column in self.columns),
            views=tuple(
                _as_of(self._known[each.pk], until) for each in _before(self.views, until=until)
            ),
            events=tuple(each.as_event() for each in _before(self.reopenings, until=until)),
            participations=tuple(each.as_participation() for each in people),
            experts=tuple(each.as_expert() for each in people if each.is_expert),
            data_available=_texts(of.data_available if of else None),
            data_missing=_texts(of.data_missing if of else None),
        )


def _before(rows: Iterable[Row], *, until: datetime | None) -> list[Row]:
    timed: list[Any] = list(rows)
    return [row for row in timed if until is None or row.at <= until]


def _as_of(view: DomainView, until: datetime | None) -> DomainView:
    """The view without a closing that came after the run was closed."""
    later = until is not None and view.closing is not None and view.closing.at > until
    return replace(view, closing=None) if later else view


def _texts(stated: list[str] | None) -> tuple[str, ...] | None:
    return None if stated is None else tuple(stated)


def bare_view(row: View) -> DomainView:
    """A stored view as it was given. Raises `ViewError` where the rules refuse it."""
    return DomainView(
        id=str(row.pk),
        signal=row.signal,
        side=Side(row.side),
        answer=Answer(row.answer),
        at=row.at,
        stage=row.stage,
        catalogue_version=row.catalogue_version,
        author=row.author,
        group=_text(row.group),
        author_group=_text(row.author_group),
        evidence=frozenset(row.rests_on),
        reason=row.reason,
        person=row.person,
        until=row.until,
    )


def domain_view(row: View) -> DomainView:
    """A stored view with what came after: its first follow-up and its closing."""
    closing = next(iter(row.closings.all()), None)
    follow_up = next(iter(row.follow_ups.all()), None)
    return replace(
        bare_view(row),
        person=row.person or (follow_up.person if follow_up else ""),
        until=row.until or (follow_up.until if follow_up else None),
        closing=Closing(Side(closing.by_side), closing.reason, closing.at) if closing else None,
    )


def _text(key: UUID | None) -> str | None:
    return None if key is None else str(key)


def file_of(use: Use) -> UseFile:
    """What is on file about one use."""
    return files_of([use])[use.pk]


def files_of(uses: Sequence[Use]) -> dict[UUID, UseFile]:
    """What is on file about each of these uses, in eight statements however many there are."""
    asked = list(uses)
    if not asked:
        return {}
    keys = [use.pk for use in asked]
    owner = asked[0].organisation_id
    assessments = Assessment.objects.of(owner).filter(use__in=keys).order_by("number")
    views = View.objects.of(owner).filter(use__in=keys).select_related("named_author")
    runs = _by_use(assessments)
    said = _by_use(views.prefetch_related("closings", "follow_ups"))
    tasks = _by_use(Reopening.objects.of(owner).filter(use__in=keys))
    people = Contributor.objects.of(owner).filter(assessment__use__in=keys)
    parts = _by_use(people.select_related("assessment"))
    columns = columns_of_many(asked)
    return {
        use.pk: UseFile(
            use=use,
            columns=columns[use.pk],
            assessments=tuple(runs.get(use.pk, ())),
            views=tuple(said.get(use.pk, ())),
            reopenings=tuple(tasks.get(use.pk, ())),
            contributors=tuple(parts.get(use.pk, ())),
        )
        for use in asked
    }


def _by_use(rows: Iterable[Any]) -> dict[UUID, list[Any]]:
    found: dict[UUID, list[Any]] = {}
    for row in rows:
        key = row.assessment.use_id if isinstance(row, Contributor) else row.use_id
        found.setdefault(key, []).append(row)
    return found
