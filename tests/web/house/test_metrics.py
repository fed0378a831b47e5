"""Figures for whoever watches over the installation: behind a token, and about nobody."""

from __future__ import annotations

import json
import logging

import pytest
from django.conf import LazySettings
from django.test import Client
from prometheus_client.parser import text_string_to_metric_families

from commonweal_web.house.logs import AllowedAsJson, AllowedOnly, chosen_format
from commonweal_web.organisations.models import Organisation

TOKEN = "a-long-token-for-the-watcher"


def figures(client: Client, *, token: str = TOKEN) -> dict[str, float]:
    answer = client.get("/metrics", headers={"authorization": f"Bearer {token}"})
    assert answer.status_code == 200
    families = text_string_to_metric_families(answer.content.decode())
    return {
        "|".join([sample.name, *sample.labels.values()]): sample.value
        for family in families
        for sample in family.samples
    }


def test_without_a_token_there_are_no_figures(
    client: Client, db: None, settings: LazySettings
) -> None:
    assert client.get("/metrics").status_code == 404
    settings.METRICS_TOKEN = TOKEN
    assert client.get("/metrics").status_code == 404
    wrong = client.get("/metrics", headers={"authorization": "Bearer wrong"})
    assert wrong.status_code == 404


def test_answers_are_counted_for_all_pages_together(
    client: Client, organisation: Organisation, settings: LazySettings
) -> None:
    settings.METRICS_TOKEN = TOKEN
    before = figures(client)
    client.get("/health")
    client.get("/no-such-page/")
    after = figures(client)
    name = "commonweal_answers_total"
    assert after[f"{name}|2xx"] - before.get(f"{name}|2xx", 0) == 2
    assert after[f"{name}|4xx"] - before.get(f"{name}|4xx", 0) == 1
    assert not any("/" in each for each in after)


def test_rooms_add_their_own_figures(
    client: Client, organisation: Organisation, settings: LazySettings
) -> None:
    settings.METRICS_TOKEN = TOKEN
    found = figures(client)
    assert found["commonweal_organisations"] == 1
    assert not any("record" in name for name in found)
    assert organisation.slug not in str(found)


def test_a_log_for_programs_holds_the_same_allowed_fields(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("COMMONWEAL_LOG", raising=False)
    assert isinstance(chosen_format(), AllowedOnly)
    monkeypatch.setenv("COMMONWEAL_LOG", "json")
    formatter = chosen_format()
    assert isinstance(formatter, AllowedAsJson)
    ours = logging.LogRecord("commonweal.tick", 40, "f", 1, "tick %s\nfailed", ("a",), None)
    theirs = logging.LogRecord("django.request", 40, "f", 1, "/secret-link", (), None)
    assert json.loads(formatter.format(ours)) == {
        "time": json.loads(formatter.format(ours))["time"],
        "level": "ERROR",
        "logger": "commonweal.tick",
        "said": "tick a failed",
    }
    assert "secret-link" not in formatter.format(theirs)
