"""Documents in Chromium: an article is pasted and looked through by keys, one is dropped, the days are moved along."""

import re

import pytest
from playwright.sync_api import Page, expect
from tests.web.sending import article
from tests.web.test_browser import opened, violations

TITLE = "kyrgyzstan-refuses-to-discuss-missiles"
SOON = 60_000.0  # milliseconds: the reader is loaded with the first document


def test_an_article_is_pasted_and_looked_through_by_keys(page: Page) -> None:
    opened(page, "/documents")
    page.locator("#add summary").click()
    page.locator("textarea").fill(article())
    page.get_by_role("button", name="Add", exact=True).click()
    expect(page.locator("#progress .task").first).to_be_visible()
    expect(page.locator("#progress .done").first).to_contain_text(TITLE, timeout=SOON)
    expect(page.locator("#listed")).to_contain_text("Kyrgyzstan refuses to discuss missiles")
    assert violations(page) == []
    page.locator("#list-title ~ .scroll").get_by_role("link", name="Kyrgyzstan refuses").click()
    items = page.locator(".item")
    first, second = items.nth(0), items.nth(1)
    expect(first).to_have_attribute("aria-current", "true")
    page.keyboard.press("j")
    expect(second).to_have_attribute("aria-current", "true")
    expect(second).to_be_focused()
    page.keyboard.press("k")
    page.keyboard.press("a")
    expect(first).to_contain_text("accepted by A. Tester")
    expect(second).to_have_attribute("aria-current", "true")
    page.keyboard.press("e")
    expect(second.locator(".edit-item select").first).to_be_focused()
    assert violations(page) == []
    second.locator("input[name=to]").fill("kazakhstan")
    second.get_by_role("button", name="Keep the edit").click()
    expect(second).to_contain_text("edited by A. Tester")
    page.locator("h1").click()
    page.keyboard.press("u")
    expect(second).not_to_contain_text("edited by")
    page.keyboard.press("r")
    expect(page.locator("#message")).to_contain_text("Rejected")
    expect(page.locator("#progress .at-work")).to_have_count(0, timeout=SOON)
    assert violations(page) == []


def test_a_file_is_dropped_on_the_page(page: Page) -> None:
    opened(page, "/documents")
    words = article("2026-02-10", more="Kyrgyzstan met Uzbekistan in Astana.\n")
    dropped = page.evaluate_handle(
        "words => { const it = new DataTransfer(); it.items.add(new File([words], '../dropped.txt')); return it; }",
        words,
    )
    with page.expect_navigation():
        page.dispatch_event("#page", "drop", {"dataTransfer": dropped})
    expect(page.locator("#progress .done").first).to_contain_text("dropped", timeout=SOON)
    expect(page.locator("#listed")).to_contain_text("2026-02-10")


def test_the_days_are_moved_along_with_a_slider(page: Page) -> None:
    opened(page, "/documents")
    before = page.locator("#known-says").inner_text()
    slider = page.locator("[data-as-of] [type=range]")
    slider.focus()
    with page.expect_navigation(url=re.compile("as_of=2026-01-29")):
        page.keyboard.press("Home")
    said = page.locator("#known-says")
    expect(said).to_contain_text("By the end of 2026-01-29")
    assert said.inner_text() != before
    expect(page.locator("tr.later").first).to_contain_text("not known yet")
    assert violations(page) == []


@pytest.mark.parametrize("width", [360, 1280])
def test_what_changed_is_shown_with_the_words_before_and_since(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    opened(page, "/changes?since=2026-02-05")
    expect(page.locator("h1")).to_have_text("What changed since?")
    first = page.locator(".known a.why").first
    first.click()
    expect(page.locator("#drawer mark").first).to_be_visible()
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
