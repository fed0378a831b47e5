"""The whole thread: a row of a real register becomes a page that the public can check."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.test import Client

from commonweal.systems.inventory.mapping_file import shipped_format
from commonweal.systems.inventory.reading import read_register
from commonweal_web.disclosure import queries
from commonweal_web.mitigations.models import Risk
from commonweal_web.record.queries import verify_record
from commonweal_web.systems import actions as systems
from commonweal_web.systems.models import Use
from factories.disclosure import a_commitment, judge, publish
from factories.job_impact import a_view, a_worker_actor, an_assessment
from factories.workplaces import a_group

DATA = Path(__file__).parents[2] / "domain" / "systems" / "inventory" / "data"
CSV = DATA / "us_federal_ai_use_cases_2024.csv"
FORMAT = shipped_format("us-federal-2024")


def test_from_a_row_of_the_register_to_a_page_that_anyone_can_check(
    organisation: Any, now: Any, given: Any
) -> None:
    register = systems.RegisterFile.of(
        CSV.name, data=CSV.read_bytes(), table=read_register(CSV), format=FORMAT
    )
    assert systems.import_register(**given, register=register).created == 2133
    a_commitment(organisation, at=now)
    use = Use.objects.of(organisation).exclude(purpose="").order_by("name")[0]
    systems.describe_use(
        **given, use=use, name="Mail sorter", purpose="Sorts mail.", outputs="A pile."
    )
    drivers = a_group(organisation, at=now, name="clerks", headcount=7)
    systems.touch_group(**given, use=use, group=drivers)

    run = an_assessment(organisation, at=now, use=use)
    a_view(run, by=a_worker_actor(organisation, drivers, at=now), at=now, signal="RS10")
    risk = Risk.objects.of(organisation).get(use=use, signal="RS10")
    assert not queries.standing_duties(organisation)
    judge(risk, at=now, facets={"scale": 4, "scope": 1, "irremediability": 0})
    (late,) = queries.undisclosed_uses(organisation, on=now.date())
    assert late.use == use

    publish(use, at=now)
    assert not queries.undisclosed_uses(organisation, on=now.date())
    address = f"/public/{organisation.slug}/uses/{use.pk}"
    text = Client().get(f"{address}/").content.decode()
    assert "Mail sorter" in text
    assert "under 10 clerks" in text
    data = Client().get(f"{address}.json").json()
    page = queries.page_id(data["published"])
    assert data["record"]["subject"] == f"disclosure.publishedpage:{page}"
    assert Client().get(data["record"]["address"]).status_code == 200
    assert not verify_record(organisation).problems
