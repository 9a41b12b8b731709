"""The desk as a person meets it, in Chromium: nothing leaves the machine, nothing bars anybody, everything by key."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.web.entering import ROOT

from detente.web.pages import PAGES

AXE = (ROOT / "tests" / "web" / "vendored" / "axe.min.js").read_text(encoding="utf-8")
ALSO = ("/why/iran.missiles.position", "/why/us-iran.agenda.missiles", "/source/june-strikes", "/api", "/nothing")
MISSILES = "#chip-us-iran-missiles"
HERE = "#table-us-iran .column[data-mode={}] " + MISSILES


def violations(page: Page) -> list[str]:
    """What bars somebody from the page, as axe finds it."""
    page.evaluate(AXE)
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    return [f"{v['id']}: {[n['target'] for n in v['nodes']][:3]}" for v in found["violations"]]


def opened(page: Page, path: str) -> None:
    page.goto(re.match(r"https?://[^/]+", page.url)[0] + path)  # type: ignore[index]


def move(page: Page, to: str) -> None:
    chip = page.locator(MISSILES)
    if chip.locator("details[open]").count() == 0:
        chip.locator("summary").click()
    chip.locator("select").select_option(to)
    chip.locator("button").click()


@pytest.fixture
def other(browser: Browser, served: str) -> Iterator[Page]:
    """A second browser on the same desk."""
    context = browser.new_context()
    made = context.new_page()
    made.goto(served)
    yield made
    context.close()


@pytest.mark.parametrize("path", [*(p.path for p in PAGES), *ALSO])
def test_no_page_bars_anybody_in_any_light_on_any_screen(page: Page, path: str) -> None:
    opened(page, path)
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        assert violations(page) == [], scheme
    for width, height in ((640, 450), (360, 740)):  # twice the letters, and a telephone
        page.set_viewport_size({"width": width, "height": height})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert violations(page) == [], "on a telephone"


def test_a_number_opens_the_drawer_and_leads_to_its_sentence(page: Page) -> None:
    opened(page, "/situation")
    link = page.locator("#party-iran a.why", has_text="ballistic missiles")
    link.click()
    drawer = page.locator("#drawer")
    expect(drawer.locator("h2")).to_be_focused()
    expect(drawer.locator("mark").first).to_contain_text("missile")
    expect(drawer.locator(".grade").first).to_be_visible()
    assert violations(page) == []
    page.keyboard.press("Escape")
    expect(drawer).to_be_hidden()
    expect(link).to_be_focused()


def test_an_issue_is_dragged_and_taken_back_by_a_key(page: Page) -> None:
    opened(page, "/situation")
    now = page.locator("#table-us-iran .now")
    expect(now.locator("[data-verdict]")).to_contain_text("Yes at the best guess")
    expect(now.locator("[data-gains]")).to_contain_text("Iran +")
    page.locator(MISSILES).drag_to(page.locator("#table-us-iran .column[data-mode=precondition]"))
    expect(page.locator(HERE.format("precondition"))).to_contain_text("a precondition of Israel")
    expect(page.locator("#message")).to_contain_text("refused by Iran became a precondition of Israel")
    expect(now.locator("[data-verdict]")).to_contain_text("Not at the best guess")
    expect(now.locator("[data-blocked]")).to_contain_text("the red line of Iran on ballistic missiles")
    expect(now.locator("[data-gains]")).to_contain_text("none: there is no package")
    assert violations(page) == []
    page.keyboard.press("u")
    expect(page.locator(HERE.format("refused"))).to_be_visible()
    expect(now.locator("[data-verdict]")).to_contain_text("Yes at the best guess")
    page.reload()
    expect(page.locator(HERE.format("refused"))).to_be_visible()


def test_an_issue_is_moved_without_a_mouse(page: Page) -> None:
    opened(page, "/situation")
    page.locator(f"{MISSILES} summary").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.locator(f"{MISSILES} select").select_option("later")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator(HERE.format("later"))).to_be_visible()
    page.locator("[data-undo]").click()
    expect(page.locator(HERE.format("refused"))).to_be_visible()


def test_two_who_change_the_same_see_both_values(page: Page, other: Page) -> None:
    for one in (page, other):
        opened(one, "/situation")
    move(page, "option")
    expect(page.locator(HERE.format("option"))).to_be_visible()
    move(other, "later")
    said = other.locator("#message")
    expect(said).to_contain_text("Nothing was written over")
    expect(said).to_contain_text("an option")
    expect(said).to_contain_text("left for later")
    assert violations(other) == []
    said.get_by_role("button", name="Use yours").click()
    expect(other.locator(HERE.format("later"))).to_be_visible()
    for back_at in ("option", "refused"):
        other.locator("[data-undo]").click()
        expect(other.locator(HERE.format(back_at))).to_be_visible()


def test_a_wrong_value_is_said_and_the_page_stays(page: Page) -> None:
    opened(page, "/why/iran.missiles.position")
    page.locator("input[name=value]").fill("many")
    with page.expect_response("**/edit*") as answer:
        page.get_by_role("button", name="Enter").click()
    assert answer.value.status == 400
    expect(page.locator("#message")).to_contain_text("is no number")
    expect(page.locator("h1")).to_be_visible()


def test_keys_lead_to_every_page_and_are_listed(page: Page) -> None:
    for one in PAGES:
        with page.expect_navigation():
            page.keyboard.press("g")
            page.keyboard.press(one.key)
        expect(page.locator("h1")).to_have_text(one.asks)
    page.keyboard.press("?")
    expect(page.locator("#keys")).to_be_visible()
    assert violations(page) == []
    page.keyboard.press("Escape")
    expect(page.locator("#keys")).to_be_hidden()


def test_the_look_is_chosen_and_kept(page: Page) -> None:
    page.get_by_role("button", name="dark").click()
    opened(page, "/situation")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(21, 25, 30)"
    page.get_by_role("button", name="auto").click()


def test_everything_works_without_a_script(browser: Browser, served: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(served)
    page.get_by_role("link", name="Situation").click()
    move(page, "option")
    expect(page.locator(HERE.format("option"))).to_be_visible()
    expect(page.locator("#message")).to_contain_text("became an option")
    page.get_by_role("button", name="Undo").click()
    expect(page.locator(HERE.format("refused"))).to_be_visible()
    page.locator("#party-iran a.why", has_text="ballistic missiles").click()
    expect(page.locator("mark").first).to_be_visible()
    context.close()
