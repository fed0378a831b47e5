"""Who reacts to what: every pair, so that nothing happens behind anybody's back."""

from __future__ import annotations

from commonweal_web.house.rooms import rooms

PAIRS = {
    ("RowsWritten", "systems"),
    ("RowsWritten", "search"),
    ("SubjectErased", "people"),
    ("PeopleToTell", "notices"),
    ("SubjectErased", "notices"),
    ("YearStated", "disclosure"),
    ("UseRegistered", "job_impact"),
    ("UseDescribed", "job_impact"),
    ("StageEntered", "job_impact"),
    ("IncidentUpheld", "job_impact"),
    ("ClaimsChanged", "job_impact"),
    ("SignalBecamePresent", "mitigations"),
    ("SignalNoLongerPresent", "mitigations"),
    ("UseDescribed", "mitigations"),
    ("ClaimsChanged", "disclosure"),
    ("UseDescribed", "disclosure"),
    ("RiskOpened", "disclosure"),
    ("RiskChanged", "disclosure"),
    ("RiskClosed", "disclosure"),
}


def test_these_rooms_react_to_these_events_and_no_others() -> None:
    found = {(event.__name__, room.name) for room in rooms() for event in room.reacts_to}
    assert found == PAIRS


def test_a_room_reacts_only_to_rooms_below_it() -> None:
    order = [room.name for room in rooms()]
    above = {
        (event.__name__, room.name)
        for room in rooms()
        for event in room.reacts_to
        if order.index(event.__module__.split(".")[1]) >= order.index(room.name)
    }
    assert above == set()
