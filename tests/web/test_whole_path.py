"""The way of a first evening, in Chromium: paste an article, see who is in it, ask why, send the brief out."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.web.conftest import Elsewhere, started
from tests.web.sending import article

SLOW = 90_000  # the reader is loaded, and a brief asks every question twice


@pytest.fixture
def empty(browser: Browser, elsewhere: Elsewhere, tmp_path: Path) -> Iterator[Page]:
    """A browser at a desk over an empty folder."""
    place = tmp_path / "desk"
    place.mkdir()
    with started(place) as (_, address):
        context = browser.new_context(viewport={"width": 1280, "height": 900})
        elsewhere.watch(context, urlsplit(address).netloc)
        made = context.new_page()
        made.goto(address)
        yield made
        context.close()


def test_an_article_is_pasted_and_a_brief_goes_out(empty: Page, tmp_path: Path) -> None:
    page = empty
    page.get_by_label("What is the dispute called?").fill("Two sides")
    page.get_by_role("button", name="Begin").click()
    expect(page.locator(".empty")).to_be_visible()
    page.locator("nav.pages").get_by_role("link", name="Documents").click()
    page.get_by_label("Paste the text of an article").fill(article())
    page.get_by_role("button", name="Add", exact=True).click()
    expect(page.locator("#progress")).to_contain_text("Added", timeout=SLOW)

    page.locator("nav.pages").get_by_role("link", name="Situation").click()
    expect(page.locator("#party-uzbekistan")).to_be_visible()
    page.locator("#party-uzbekistan a.why").first.click()
    expect(page.locator("#drawer mark").first).to_contain_text("missiles")

    page.locator("nav.pages").get_by_role("link", name="Brief").click()
    expect(page.locator("article#preview")).to_contain_text("Uzbekistan", timeout=SLOW)
    with page.expect_download() as html:
        page.get_by_role("link", name="HTML", exact=True).click()
    html.value.save_as(tmp_path / "brief.html")
    written = (tmp_path / "brief.html").read_text(encoding="utf-8")
    assert "Uzbekistan threatened Kyrgyzstan" in re.sub(r"<[^>]+>", "", written)
    with page.expect_download() as data:
        page.get_by_role("link", name="JSON", exact=True).click()
    data.value.save_as(tmp_path / "brief.json")
    assert json.loads((tmp_path / "brief.json").read_text(encoding="utf-8"))["title"]
