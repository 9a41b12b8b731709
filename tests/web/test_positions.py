"""Who wants what: lanes that are moved by pointer and by key, filters in the address, forms without a script."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect
from tests.web.entering import Visit, entered, guarded, hash_in
from tests.web.small import small
from tests.web.test_browser import violations

MISSILES = "israel.missiles.position"
HANDLE = 'svg:not(.narrow) .handle[data-path="{}"][data-part={}]'


def lanes_in(page: str) -> list[str]:
    return re.findall(r'<section class="lane-of" id="lane-([a-z-]+)"', page)


def test_every_issue_has_its_lane_with_its_distances_and_its_forms(looking: Visit) -> None:
    page = looking.client.get("/positions").text
    assert lanes_in(page) == ["enrichment", "stockpile", "inspections", "missiles", "proxies", "sanctions"]
    assert "the widest gap is between Iran and Israel" in page
    assert page.count('data-path="israel.missiles.red_line" data-part="line"') == 2  # wide and narrow
    assert '<form class="inline" method="post" action="/edit" data-path="israel.missiles.red_line"' in page
    assert 'hx-get="/positions?part=inside"' in page


def test_the_address_chooses_the_issue_and_from_whom_distances_are_measured(looking: Visit) -> None:
    page = looking.client.get("/positions?issue=missiles&party=iran&part=inside").text
    assert lanes_in(page) == ["missiles"]
    assert re.search(r"from <bdi>Iran</bdi>, of the scale", page)
    assert re.search(r"<bdi>Israel</bdi></th>.*?<td>72%</td>", page, re.S)
    assert page.count("The models side by side") == 2
    assert lanes_in(looking.client.get("/positions?party=russia").text) == ["stockpile"]


def test_the_text_alone_shows_no_handles_and_nothing_to_change(looking: Visit) -> None:
    page = looking.client.get("/positions?view=text").text
    assert 'role="slider"' not in page
    assert "data-path=" not in page


@pytest.mark.parametrize("name", ["party", "issue", "part", "view", "dossier"])
@pytest.mark.parametrize("value", ["<script>alert(1)</script>", "\x00\x07", "é" * 390])
def test_a_parameter_that_means_nothing_gets_a_sentence(looking: Visit, name: str, value: str) -> None:
    for path in ("/positions", "/api/positions"):
        answer = looking.client.get(path, params={name: value})
        assert answer.status_code in (200, 400, 422)
        assert path != "/positions" or "<script>alert" not in answer.text
        assert "\x00" not in answer.text


def test_a_longer_address_is_refused(looking: Visit) -> None:
    assert looking.client.get("/positions", params={"issue": "x" * 500}).status_code == 422


def test_a_stance_is_entered_moved_and_taken_back_by_forms(tmp_path: Path) -> None:
    path, here = "karun.power.position", "/positions?issue=power"
    with entered(guarded(small(tmp_path))) as visit:
        page = visit.client.get(here).text
        assert f'data-path="{path}" data-part' not in page
        status, page = visit.post("/edit", path=path, value="20..40", hash=hash_in(page), back=here)
        assert status == 200
        assert "What Karun wants on power: nothing said became 30, from 20 to 40." in page
        assert f'data-path="{path}" data-part="best"' in page
        assert visit.post("/edit", path=path, value="120", hash=hash_in(page), back=here)[0] == 422
        assert "30, from 20 to 40 became nothing said" in visit.post("/undo", back=here)[1]


def test_positions_and_forecasts_are_data_as_well(looking: Visit) -> None:
    found = looking.client.get("/api/positions?issue=missiles").json()
    lane = found["issues"][0]
    israel = next(s for s in lane["stances"] if s["party"] == "israel")
    assert (israel["position"]["path"], israel["red_line"]["value"]) == (MISSILES, "50,50,75")
    assert {"one": "iran", "other": "israel", "share": 0.725} in lane["apart"]
    bodies = {b["body"]: b for b in looking.client.get("/api/prevailing").json()}
    decided = next(i for i in bodies["iran"]["issues"] if i["issue"] == "missiles")
    assert decided["low"] <= decided["median"] <= decided["high"]
    assert decided["models"][0]["model"] == "prevails"


def test_a_dossier_with_issues_alone_asks_for_the_first_position(tmp_path: Path) -> None:
    with entered(guarded(tmp_path)) as visit:
        assert visit.post("/dossiers", title="Dam")[0] == 200
        assert "Nobody has taken a position yet" in visit.client.get("/positions").text
        (tmp_path / "dam" / "situation.yaml").write_text(
            "title: Dam\nauthor: A. Coder\nparties:\n  karun: {name: Karun}\n  zohre: {name: Zohre}\n"
            "issues:\n  dam: {name: the dam, status_quo: 0}\n"
            "tables:\n  talks: {name: talks of both, consent: [karun, zohre]}\n"
        )
        page = visit.client.get("/positions").text
        assert "Nobody has taken a position on it" in page
        assert "2 parties have not said" in page
        page = visit.post("/edit", path="karun.dam.position", value="80", hash=hash_in(page), back="/positions")[1]
        assert 'data-path="karun.dam.position" data-part="best"' in page
        assert "Nothing in" in visit.client.get("/positions?part=inside").text


def dragged(page: Page, handle: Locator, by: float) -> None:
    """Drag a handle sideways, as a hand does."""
    handle.scroll_into_view_if_needed()
    box = handle.bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] * 0.75
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + by / 2, y)
    page.mouse.move(x + by, y + 4)


def test_a_range_is_dragged_and_moved_by_keys_and_taken_back(page: Page) -> None:
    page.goto(re.match(r"https?://[^/]+", page.url)[0] + "/positions?issue=missiles")  # type: ignore[index]
    low = page.locator(HANDLE.format(MISSILES, "low"))
    expect(low).to_have_attribute("aria-valuetext", "50, range capped")
    dragged(page, low, -150)
    moving = low.get_attribute("aria-valuenow")
    assert moving is not None
    assert 20 <= float(moving) <= 30
    page.keyboard.press("Escape")
    expect(low).to_have_attribute("aria-valuenow", "50")
    page.mouse.up()
    dragged(page, low, -150)
    page.mouse.up()
    expect(page.locator("#message")).to_contain_text(f"from {moving} to 100")
    expect(low).to_be_focused()
    expect(low).not_to_have_attribute("transform", re.compile("."))
    page.keyboard.press("ArrowRight")
    page.keyboard.press("PageUp")
    page.keyboard.press("Enter")
    expect(page.locator("#message")).to_contain_text(f"from {float(moving) + 11:g} to 100")
    expect(low).to_be_focused()
    expect(page.locator("#inside h4").first).to_be_visible()
    assert violations(page) == []
    for _ in range(2):
        page.keyboard.press("u")
        page.wait_for_timeout(100)
    expect(low).to_have_attribute("aria-valuenow", "50", timeout=10_000)


def test_a_red_line_is_dragged_over_the_end_of_its_range(page: Page) -> None:
    page.goto(re.match(r"https?://[^/]+", page.url)[0] + "/positions?issue=missiles")  # type: ignore[index]
    line = page.locator(HANDLE.format("israel.missiles.red_line", "line"))
    dragged(page, line, 60)
    page.mouse.up()
    expect(page.locator("#message")).to_contain_text("Where Israel draws its red line on ballistic missiles")
    page.keyboard.press("u")
    expect(line).to_have_attribute("aria-valuenow", "50")


def test_a_position_is_changed_without_a_script(browser: Browser, served: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(served)
    page.goto(re.match(r"https?://[^/]+", page.url)[0] + "/positions?issue=missiles")  # type: ignore[index]
    assert page.locator(".handle").first.evaluate("e => getComputedStyle(e).visibility") == "hidden"
    page.get_by_label("Change what Gulf states wants").click()
    page.locator('form[data-path="gulf-states.missiles.position"] input[name=value]').fill("40,50,60")
    page.locator('form[data-path="gulf-states.missiles.position"] button').click()
    expect(page.locator("#message")).to_contain_text("from 40 to 60")
    page.get_by_role("link", name="Ask them").click()
    expect(page.locator("#inside h4").first).to_be_visible()
    page.get_by_role("button", name="Undo").click()
    context.close()
