"""Nowhere is there one number for everything people said."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

import commonweal_web.job_impact
from commonweal_web.job_impact.models import Assessment
from factories import job_impact as make
from factories.job_impact import desk, text_of

Browse = Callable[..., Client]


ROOM = Path(commonweal_web.job_impact.__file__).parent
SUMS = re.compile(
    r"\b(?:net|over-?all|total|final|aggregate|combined|weighted|average|mean)[ _-]?"
    r"(?:score|rating|index|grade|impact|result|signals?|risk)\b|\b(?:score|rating_sum|index_of)\b"
    r"|\btraffic[ _-]?light\b|\bpercent_present\b"
    r"|\b(?:risk|signal)_(?:score|total|index|points)\b",
    re.IGNORECASE,
)


NO_SUMS = {
    "facet.score": "one facet of severity, which stays beside the others",
    "There is no score.": "says that there is none",
    "nothing is added up to a score.": "says that there is none",
}
"""Words that name no sum, and why."""


def sums_in(text: str) -> list[str]:
    """What in a text looks like one number for everything people said."""
    for words in NO_SUMS:
        text = text.replace(words, "")
    return [hit.group() for hit in SUMS.finditer(text)]


def sources() -> list[Path]:
    """Every template of the product, every API module, and this room's own code."""
    web = Path(settings.PACKAGE)
    return sorted(
        {*web.glob("*/templates/**/*.html"), *web.glob("*/api*.py"), *ROOM.glob("**/*.py")}
    )


def test_there_is_no_net_score_in_any_template_or_route() -> None:
    found = [
        f"{path.name}: {hit}"
        for path in sources()
        for hit in sums_in(path.read_text(encoding="utf-8"))
    ]
    assert found == []
    assert len(sources()) > 30


@pytest.mark.parametrize(
    "sample", ["risk_score", "Overall rating", "net impact", "{{ use.score }}"]
)
def test_the_search_for_a_net_score_would_find_one(sample: str) -> None:
    assert sums_in(sample)


def test_no_page_of_an_assessment_sums_up_what_people_said(
    browse: Browse, assessment: Assessment, actor: Any, now: datetime
) -> None:
    make.every_signal_answered(assessment, by=actor("people_lead"), at=now, answer="present")
    page = browse("people_lead").get(desk("assessment", assessment.use))
    assert "present_count" not in page.content.decode()
    assert not sums_in(text_of(page))
    assert not re.search(r"\b\d+ (?:risks?|opportunit\w+|present|benefits?)\b", text_of(page))
