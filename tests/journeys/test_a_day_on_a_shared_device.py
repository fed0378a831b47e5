"""A worker without e-mail and password has a day at the phone in the break room, and leaves.

A registrar prints a sheet. The worker comes in by one of its codes at 390 px, answers what waits
and signs out. Then nothing of them may be left on the device: no cookie, nothing stored, no page
that the browser was allowed to keep, nothing behind its back button, and no code in its history.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserType, Page, Response

from commonweal_web.operations.sample.story import PASSWORD

# The `base_url` fixture of the browser plugin is written in a way that pytest 10 will refuse.
OF_THE_PLUGIN = "ignore:Session-scoped fixtures defined as instance methods"
pytestmark = [pytest.mark.browser, pytest.mark.filterwarnings(OF_THE_PLUGIN)]
PHONE = {"width": 390, "height": 844}
CODE = re.compile(r"(?:[0-9A-Z]{4}-){3}[0-9A-Z]{4}")
WORKER = "Piet Sorge"
KEPT = """async () => ({
  local: Object.keys(localStorage), session: Object.keys(sessionStorage), cookie: document.cookie,
  databases: (await indexedDB.databases()).map(each => each.name), caches: await caches.keys(),
  workers: (await navigator.serviceWorker.getRegistrations()).length })"""
NOTHING = {
    "local": [],
    "session": [],
    "cookie": "",
    "databases": [],
    "caches": [],
    "workers": 0,
}


@dataclass
class Day:
    """What went over the wire in one day at a device."""

    answers: list[Response] = field(default_factory=list)
    sent: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def watch(self, page: Page) -> None:
        page.on("response", lambda answer: self.answers.append(answer))
        page.on("request", lambda request: self.sent.append(request.url))
        page.on("pageerror", lambda error: self.errors.append(str(error)))

    def kept(self) -> list[str]:
        """What is not open to all, and yet the browser was not forbidden to keep."""
        private = [each for each in self.answers if "/static/" not in each.url]
        private = [each for each in private if "/public/" not in each.url]
        return [
            each.url
            for each in private
            if "no-store" not in each.headers.get("cache-control", "")
            and "favicon" not in each.url
        ]


@pytest.fixture
def codes(browser: Browser, demo: str) -> Iterator[list[str]]:
    """The codes that the registrar has just printed for the worker."""
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{demo}/sign-in/")
    page.fill("input[name=login]", "noor")
    page.fill("input[name=password]", PASSWORD)
    page.get_by_label("My own").check()
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url(lambda url: "/sign-in/" not in url)
    page.goto(f"{demo}/desk/people/?words={WORKER}")
    page.get_by_role("link", name=WORKER).click()
    page.get_by_role("link", name="Print a sheet of sign-in codes").click()
    page.get_by_role("button", name="Make a sheet to print").click()
    page.locator(".code-sheet code").first.wait_for()
    found = page.locator(".code-sheet code").all_inner_texts()
    assert len(found) == 12
    assert all(CODE.fullmatch(each) for each in found)
    yield found
    context.close()


def faults_of(page: Page) -> list[str]:
    """What axe finds, and what does not fit the phone."""
    found = [each["id"] for each in Axe().run(page).response["violations"]]
    wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    return [*found, f"{wide} px too wide"] if wide > 0 else found


def come_in(page: Page, code: str) -> None:
    """Type a code at the door, on what the form takes for a shared device."""
    page.get_by_label("Your code").fill(code.lower().replace("-", " "))
    assert page.get_by_label("A shared one").is_checked()
    page.get_by_role("button", name="Sign in", exact=True).click()


def answer_what_waits(page: Page) -> None:
    """Say what one of the questions is asking."""
    page.get_by_role("link", name=re.compile("Pace board: what does it do")).click()
    page.get_by_role("link", name=re.compile("Begin|Go on")).first.click()
    page.get_by_label("I don’t know").check()
    page.get_by_role("button", name="Save and go on").click()
    page.wait_for_url(re.compile(r"/questions/"))


def test_nothing_of_a_worker_is_left_on_a_shared_device(
    browser: Browser, demo: str, codes: list[str]
) -> None:
    context = browser.new_context(viewport=PHONE)
    page, day = context.new_page(), Day()
    day.watch(page)
    faults = {}
    page.goto(f"{demo}/sign-in/")
    page.get_by_role("link", name="I have a sheet with printed codes").click()
    faults["door"] = faults_of(page)
    come_in(page, codes[0])
    page.wait_for_url(f"{demo}/my/")
    assert "the registrar printed a sheet of sign-in codes for you" in page.inner_text("main")
    faults["first page"] = faults_of(page)
    answer_what_waits(page)
    page.goto(f"{demo}/my/account/")
    assert "11 codes are left" in page.inner_text("main")
    (session,) = [each for each in context.cookies() if each["name"] == "sessionid"]
    assert session["expires"] == -1  # gone with the browser, even if nobody signs out
    page.locator("form.leave button").click()
    page.wait_for_url(re.compile("/signed-out/"))
    faults["last page"] = faults_of(page)
    assert "This device holds nothing of you any more" in page.inner_text("main")

    assert context.cookies() == []
    assert page.evaluate(KEPT) == NOTHING
    assert day.kept() == []
    assert not [url for url in day.sent if any(code in url for code in codes)]
    assert day.errors == []
    assert {name: found for name, found in faults.items() if found} == {}
    for _back in range(4):
        page.go_back()
        assert WORKER not in page.inner_text("body")
        assert page.get_by_role("heading", name="Sign in").count() == 1
    assert "sessionid" not in {each["name"] for each in context.cookies()}
    context.close()


def test_the_session_of_whoever_left_is_worth_nothing_to_a_thief(
    browser: Browser, demo: str, codes: list[str]
) -> None:
    context = browser.new_context(viewport=PHONE)
    page = context.new_page()
    page.goto(f"{demo}/sign-in/code/")
    come_in(page, codes[0])
    page.wait_for_url(f"{demo}/my/")
    stolen = context.cookies()
    page.locator("form.leave button").click()
    page.wait_for_url(re.compile("/signed-out/"))
    thief = browser.new_context()
    thief.add_cookies(stolen)  # type: ignore[arg-type]
    other = thief.new_page()
    other.goto(f"{demo}/my/")
    assert "/sign-in/" in other.url
    other.goto(f"{demo}/sign-in/code/")
    come_in(other, codes[0])
    assert "This code does not work" in other.inner_text("main")
    context.close()
    thief.close()


def test_a_picture_on_the_sheet_opens_the_door_and_leaves_no_code_behind(
    browser: Browser, demo: str, codes: list[str]
) -> None:
    context = browser.new_context(viewport=PHONE)
    page, day = context.new_page(), Day()
    day.watch(page)
    page.goto(f"{demo}/sign-in/code/#{codes[1]}")
    page.wait_for_function("location.hash === ''")
    assert page.get_by_label("Your code").input_value() == codes[1]
    assert page.evaluate("history.length") == 2  # the empty page and this one
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url(f"{demo}/my/")
    page.go_back()
    assert codes[1] not in page.url
    assert page.get_by_label("Your code").input_value() == ""
    fragments = [url.split("#")[0] for url in day.sent]
    assert not [url for url in fragments if codes[1] in url]
    context.close()


def test_a_worker_without_script_types_the_code_and_is_signed_out_by_the_page_itself(
    browser: Browser, demo: str, codes: list[str]
) -> None:
    context = browser.new_context(viewport=PHONE, java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{demo}/sign-in/code/#{codes[2]}")
    assert page.get_by_label("Your code").input_value() == ""
    come_in(page, codes[2])
    page.wait_for_url(f"{demo}/my/")
    refresh = page.locator("meta[http-equiv=refresh]").get_attribute("content")
    assert refresh is not None
    assert refresh.startswith("300; url=/signed-out/")
    page.locator("form.leave button").click()
    page.wait_for_url(re.compile("/signed-out/"))
    assert context.cookies() == []
    context.close()


def test_the_screen_leaves_by_itself_when_nobody_touches_it(
    browser: Browser, demo: str, codes: list[str]
) -> None:
    context = browser.new_context(viewport=PHONE)
    page = context.new_page()
    page.clock.install()
    page.goto(f"{demo}/sign-in/code/")
    come_in(page, codes[3])
    page.wait_for_url(f"{demo}/my/")
    page.clock.fast_forward(4 * 60 * 1000 + 1000)
    assert "Are you still there?" in page.inner_text(".idle")
    page.mouse.down()
    page.mouse.up()
    assert page.locator(".idle").count() == 0
    context.clear_cookies()  # what the server does to a session whose time is over
    page.clock.fast_forward(5 * 60 * 1000 + 3000)
    page.wait_for_url(re.compile("/signed-out/.*after=idle"))
    assert "Nothing was touched for a while" in page.inner_text("main")
    context.close()


def test_nothing_of_a_worker_is_in_the_folder_that_the_browser_keeps(
    browser_type: BrowserType,
    browser_type_launch_args: dict[str, object],
    tmp_path: Path,
    demo: str,
    codes: list[str],
) -> None:
    """What a browser writes to the disk of the device is read after it has closed."""
    arguments = {**browser_type_launch_args}
    context = browser_type.launch_persistent_context(str(tmp_path), viewport=PHONE, **arguments)
    page = context.new_page()
    page.goto(f"{demo}/sign-in/code/")
    come_in(page, codes[4])
    page.wait_for_url(f"{demo}/my/")
    answer_what_waits(page)
    session = next(each for each in context.cookies() if each["name"] == "sessionid")["value"]
    page.goto(f"{demo}/my/account/")
    page.locator("form.leave button").click()
    page.wait_for_url(re.compile("/signed-out/"))
    context.close()
    written = b"".join(each.read_bytes() for each in tmp_path.rglob("*") if each.is_file())
    assert len(written) > 10_000
    for trace in (WORKER, session, codes[4], codes[4].replace("-", ""), "codes are left"):
        for encoding in ("utf-8", "utf-16-le"):
            assert trace.encode(encoding) not in written, trace
