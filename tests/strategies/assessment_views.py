"""Views of sides in a job impact assessment, as Hypothesis strategies."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from hypothesis import strategies as st

from commonweal.job_impact.views import Answer, Closing, Side, View

FIRST_DAY = date(2026, 3, 2)
LAST_DAY = FIRST_DAY + timedelta(days=20)

days = st.integers(0, 20).map(lambda count: FIRST_DAY + timedelta(days=count))
times = st.builds(
    lambda day, hour: datetime(day.year, day.month, day.day, hour, tzinfo=UTC),
    days,
    st.integers(6, 20),
)
sides = st.sampled_from(Side)
groups = st.sampled_from([None, "packers", "drivers"])


@st.composite
def views(
    draw: st.DrawFn,
    side: st.SearchStrategy[Side] = sides,
    answers: st.SearchStrategy[Answer] = st.sampled_from(
        [one for one in Answer if one is not Answer.NOT_YET_ASSESSED]
    ),
) -> View:
    """One view about signal RS9, with a closing now and then."""
    answer = draw(answers)
    at = draw(times)
    who = draw(side)
    uncertain = answer is Answer.UNCERTAIN
    closable = answer in {Answer.PRESENT, Answer.UNCERTAIN}
    closing = Closing(Side.REPRESENTATIVES, "It was switched off.", at + timedelta(days=3))
    return View(
        id=str(draw(st.uuids())),
        signal="RS9",
        side=who,
        answer=answer,
        at=at,
        stage="piloting",
        catalogue_version="2026.1",
        author=draw(st.sampled_from(["a", "b"])),
        group=draw(groups),
        reason=draw(st.sampled_from(["", "The pace is fixed by contract."])),
        person="Ines Bor" if uncertain else "",
        until=draw(days) if uncertain else None,
        closing=closing if closable and draw(st.booleans()) else None,
    )
