from __future__ import annotations

from datetime import date

import pytest

from commonweal.shared.source import Source, SourceError

CHECKED = date(2026, 5, 4)


def test_a_source_without_an_address_may_stand() -> None:
    assert Source("Annual report", "Rivet & Sons", CHECKED).url == ""


@pytest.mark.parametrize(("title", "publisher"), [("", "ILO"), ("Report", "  ")])
def test_a_source_names_title_and_publisher(title: str, publisher: str) -> None:
    with pytest.raises(SourceError, match="who published it"):
        Source(title, publisher, CHECKED)


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "example.org", "https://", "//example.org", "http://[broken"]
)
def test_only_web_addresses_are_followed(url: str) -> None:
    with pytest.raises(SourceError, match="not a web address"):
        Source("Report", "ILO", CHECKED, url)


def test_a_web_address_is_kept_as_it_is() -> None:
    assert Source("Report", "ILO", CHECKED, "https://example.org/a?b#c").url.endswith("#c")
