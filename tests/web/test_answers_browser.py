"""An agenda dragged and its verdict followed, a number clicked down to a sentence, a source switched off."""

from playwright.sync_api import Browser, Page, expect
from tests.web.test_browser import MISSILES, opened, violations

SOURCE = ".switches li:has-text('Iran keeps its missiles off the table')"
NOW = "#table-us-iran .now"
SLOW = 60_000  # milliseconds: each source is switched off in turn, on a machine that tests other things meanwhile


def test_missiles_dragged_to_a_precondition_change_verdict_blockers_and_gains(page: Page) -> None:
    opened(page, "/situation")
    now = page.locator(NOW)
    expect(now.locator(".verdict")).to_contain_text("Yes at the best guess")
    expect(now.locator("[data-blocked]")).to_have_text("nobody")
    expect(now.locator("[data-gains]")).to_contain_text("Iran +")
    page.locator(MISSILES).drag_to(page.locator("#table-us-iran .column[data-mode=precondition]"))
    expect(now.locator(".verdict")).to_contain_text("Not at the best guess")
    expect(now.locator("[data-blocked]")).to_have_text("the red line of Iran on ballistic missiles")
    expect(now.locator("[data-gains]")).to_have_text("none: there is no package")
    expect(now.locator(".change")).to_contain_text("Iran gained +")
    expect(now.locator(".proof")).to_contain_text("is not real", timeout=SLOW)
    assert violations(page) == []
    page.keyboard.press("u")
    expect(now.locator(".verdict")).to_contain_text("Yes at the best guess")


def test_a_share_of_draws_is_clicked_down_to_a_sentence(page: Page) -> None:
    opened(page, "/situation")
    link = page.locator(f"{NOW} [data-share] a")
    link.focus()
    page.keyboard.press("Enter")
    drawer = page.locator("#drawer")
    expect(drawer.locator("h2")).to_be_focused()
    expect(drawer).to_contain_text("Nothing else in the file moves it")
    expect(drawer.locator(".ranked")).to_contain_text("sampled, 4,096 draws", timeout=SLOW)
    expect(drawer.locator(".input q").first).to_be_visible()
    assert violations(page) == []
    drawer.locator(".input", has=page.locator("q")).locator("a.why").first.click()
    expect(drawer.locator("mark").first).to_be_visible()
    page.keyboard.press("Escape")
    expect(drawer).to_be_hidden()


def test_a_source_is_switched_off_and_what_changed_is_said(page: Page) -> None:
    opened(page, "/evidence")
    expect(page.locator("#matrix svg").first).to_be_visible(timeout=SLOW)
    assert violations(page) == []
    page.locator(SOURCE).get_by_role("link", name="Switch off").click()
    assert "off=2026-02-08-araghchi" in page.url
    expect(page.locator("#changed")).to_contain_text("in place of", timeout=SLOW)
    assert violations(page) == []
    page.locator(SOURCE).get_by_role("link", name="Switch on").click()
    assert "off=" not in page.url


def test_a_number_and_a_source_without_a_script(browser: Browser, served: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(served)
    page.get_by_role("link", name="Situation").click()
    page.locator(f"{NOW} [data-share] a").click()
    expect(page.locator("h1")).to_contain_text("A deal on")
    page.get_by_role("link", name="Ranked, on a page of its own").click()
    expect(page.locator(".ranked")).to_contain_text("sampled, 4,096 draws")
    page.get_by_role("link", name="Evidence").click()
    page.locator(SOURCE).get_by_role("link", name="Switch off").click()
    page.goto(page.url.replace("/evidence?", "/evidence/changed?"))
    expect(page.locator("#changed")).to_contain_text("in place of", timeout=SLOW)
    context.close()
