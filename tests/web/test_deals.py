"""The page of deals: a package is judged as sliders move, is shared as a link, and a wrong address is told what is."""

import html
import re
import statistics
import time
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.web.entering import ROOT, Visit, entered, guarded
from tests.web.test_browser import opened, violations

from detente.desk.bargained import as_written, bargain, moved_to, package_of
from detente.desk.deals_told import matrix, part
from detente.desk.explorer import explored, ideas, laid_out
from detente.desk.session import Session
from detente.errors import UsageError

GULF = ROOT / "examples" / "us-iran-2026"
NASH = "enrichment:50,stockpile:40,inspections:30,sanctions:30"
HARD = "enrichment:100,stockpile:40,inspections:30,sanctions:0"
SLIDERS = {"at.enrichment": "4", "at.stockpile": "1", "at.inspections": "1", "at.sanctions": "0"}
SCRIPT = {"hx-request": "true", "hx-target": "div#package"}


@pytest.fixture(scope="module")
def gulf_session() -> Session:
    return Session(GULF)


def text_of(page: str) -> str:
    return html.unescape(re.sub(r"<[^>]+>", "", page))


def test_the_page_begins_with_the_nash_package_and_says_that_everybody_accepts_it(looking: Visit) -> None:
    page = text_of(looking.client.get("/deals").text)
    assert "Everybody accepts this package" in page
    assert "paused for some years, then token (50)" in page


def test_a_package_in_the_address_says_who_refuses_it_on_which_line_and_what_is_lost(looking: Visit) -> None:
    page = looking.client.get("/deals", params={"package": HARD}).text
    told = text_of(page)
    assert "Iran says no to this package." in told
    assert "The red line of Iran on uranium enrichment: at most paused for some years, then token (50)." in told
    assert re.search(r"Iran would be \d+\.\d points worse off than without a deal", told)
    assert 'href="/why/iran.enrichment.red_line"' in page
    assert "The smallest change that makes it a deal" in told


def test_sliders_without_a_script_lead_to_an_address_that_can_be_shared(looking: Visit) -> None:
    answer = looking.client.get("/deals", params={**SLIDERS, "lock.sanctions": "1", "view": "completed"})
    query = parse_qs(urlsplit(str(answer.url)).query)
    assert query["package"] == [HARD]
    assert query["locked"] == ["sanctions"]
    assert not [name for name in query if name.startswith(("at.", "lock."))]
    assert answer.status_code == 200


def test_a_slider_brings_back_the_package_alone_and_its_address(looking: Visit) -> None:
    answer = looking.client.get("/deals/package", params=SLIDERS, headers=SCRIPT)
    assert answer.text.startswith('<div id="package"')
    assert html.unescape(re.findall(r'data-address="([^"]+)"', answer.text)[0]).startswith("/deals?package=")
    assert looking.client.get("/deals/package", params=SLIDERS, follow_redirects=False).status_code == 303


def test_an_agenda_is_chosen_in_a_form_and_stands_in_the_address(looking: Visit) -> None:
    chosen = {"mode.missiles": "precondition:israel", "mode.proxies": "left_out", "mode.enrichment": "in"}
    answer = looking.client.get("/deals", params={**chosen, "package": NASH})
    assert parse_qs(urlsplit(str(answer.url)).query)["agenda"] == ["missiles=precondition:israel"]
    assert "a precondition of Israel" in text_of(answer.text)
    assert "does not meet the precondition" in text_of(answer.text)


@pytest.mark.parametrize("idea", ["nash", "kalai_smorodinsky", "egalitarian"])
def test_an_idea_sets_the_sliders_and_leaves_what_is_locked(looking: Visit, idea: str) -> None:
    asked = {**SLIDERS, "at.enrichment": "1", "lock.enrichment": "1", "choose": idea}
    answer = looking.client.get("/deals", params=asked)
    assert "enrichment:25" in parse_qs(urlsplit(str(answer.url)).query)["package"][0]
    assert "Everybody accepts this package" in text_of(answer.text)


def test_an_idea_that_has_nothing_to_choose_says_so(looking: Visit) -> None:
    answer = looking.client.get("/deals", params={"package": HARD, "locked": "enrichment", "choose": "nash"})
    assert "there is none to choose" in answer.text


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("table", "nowhere"),
        ("agenda", "missiles"),
        ("agenda", "missiles=often"),
        ("agenda", "missiles=precondition:nobody"),
        ("agenda", "x" * 4500),
        ("no_deal", "guessed"),
        ("no_deal", "entered"),
        ("package", "enrichment:high"),
        ("package", "enrichment:nan"),
        ("package", "enrichment"),
        ("package", "nothing:5"),
        ("package", "<script>:1"),
        ("locked", "nothing"),
        ("choose", "fairest"),
        ("at.enrichment", "99"),
        ("at.enrichment", "-1"),
        ("at.enrichment", "²"),
        ("at.nothing", "1"),
        ("lock.nothing", "1"),
        ("mode.nothing", "option"),
        ("mode.missiles", "precondition:nobody"),
    ],
)
def test_a_wrong_address_is_told_what_is_wrong(looking: Visit, name: str, value: str) -> None:
    for path in ("/deals", "/deals/package"):
        if path == "/deals/package" and name in ("package", "locked", "choose"):
            continue
        asked = {name: value, **({"at.stockpile": "1"} if name.startswith("lock.") else {})}
        answer = looking.client.get(path, params=asked)
        assert answer.status_code in (400, 422), path
        assert "<script>:1" not in answer.text


def test_a_part_of_the_page_that_is_none_is_told(looking: Visit) -> None:
    answer = looking.client.get("/deals/prospects")
    assert answer.status_code == 400
    assert "agendas, values, motives, trades" in answer.text


def test_a_level_far_off_the_scale_is_the_nearest_one(gulf_session: Session) -> None:
    board = laid_out(gulf_session, bargain("", "", "")).board
    assert as_written(board, package_of(board, "enrichment:1e9")) == as_written(
        board, package_of(board, "enrichment:100")
    )
    assert package_of(board, as_written(board, moved_to(board, {"sanctions": "2"}))) == moved_to(
        board, {"sanctions": "2"}
    )
    with pytest.raises(UsageError, match="numbered from 0 to 4"):
        moved_to(board, {"sanctions": "5"})


def test_the_sums_add_up_to_the_gains(gulf_session: Session) -> None:
    laid = laid_out(gulf_session, bargain("", "missiles=option", ""))
    for package in ("", NASH, HARD, "missiles:50,sanctions:60"):
        found = explored(laid, package_of(laid.board, package))
        for k, (_, _, points) in enumerate(found.gains):
            parts = [float(row.cells[k].words) for row in found.rows if not row.total]
            assert sum(parts) == pytest.approx(points, abs=0.051 * len(parts))
            assert float(found.rows[-1].cells[k].words) == pytest.approx(points, abs=0.051)


def test_every_number_of_the_sums_leads_to_an_input(looking: Visit) -> None:
    page = looking.client.get("/deals", params={"package": HARD}).text
    links = set(re.findall(r'class="why r-[a-z]+ known" href="([^"]+)"', page))
    assert len(links) > 6
    for link in links:
        assert looking.client.get(link).status_code == 200


def test_a_package_is_judged_at_once(gulf_session: Session, looking: Visit) -> None:
    place = bargain("", "", "")
    assert laid_out(gulf_session, place) is laid_out(gulf_session, place)
    looking.client.get("/deals/package", params=SLIDERS, headers=SCRIPT)
    took = []
    for k in range(9):
        started = time.perf_counter()
        looking.client.get("/deals/package", params={**SLIDERS, "at.enrichment": str(k % 5)}, headers=SCRIPT)
        took.append(time.perf_counter() - started)
    assert statistics.median(took) < 0.2, "judging a package computes what a session should have kept"


def test_from_the_text_alone_there_is_less_to_bargain_over(gulf_session: Session) -> None:
    whole, bare = (ideas(gulf_session, bargain("", "", "", view=v), (0,) * 6, ()) for v in ("completed", "text"))
    assert [i.concept for i in whole] == [i.concept for i in bare]


def test_a_dossier_without_a_table_says_what_it_takes(tmp_path: Path) -> None:
    (tmp_path / "dam").mkdir()
    (tmp_path / "dam" / "situation.yaml").write_text("title: Dam\n")
    with entered(guarded(tmp_path / "dam")) as visit:
        page = visit.client.get("/deals").text
        assert "There is nothing to bargain over yet" in page
        assert visit.client.get("/deals/agendas").status_code == 422
        assert visit.client.get("/api/deals").status_code == 422


def test_a_name_from_an_article_is_only_words(gulf: Path) -> None:
    file = gulf / "situation.yaml"
    file.write_text(file.read_text().replace("name: Iran\n", "name: <img src=x onerror=alert(1)>\n", 1))
    with entered(guarded(gulf)) as visit:
        page = visit.client.get("/deals", params={"package": HARD}).text
    assert "<img" not in page
    assert "&lt;img" in page


@pytest.mark.slow
def test_what_takes_time_stands_on_pages_of_its_own_and_is_asked_once(looking: Visit, gulf_session: Session) -> None:
    for name in ("values", "motives", "trades", "agendas"):
        page = looking.client.get(f"/deals/{name}")
        assert page.status_code == 200
        assert "<html" in page.text
        assert "<html" not in looking.client.get(f"/deals/{name}", headers=SCRIPT).text
    place = bargain("", "missiles=precondition:israel", "")
    assert part(gulf_session, place, "motives") is part(gulf_session, place, "motives")
    found = matrix(gulf_session, place)
    cells = [cell for _, row in found.rows for cell in row if cell is not None]
    assert [cell.agenda for cell in cells if cell.here] == ["missiles=precondition:israel"]
    assert found.today is not None
    assert not found.today.here
    for cell in cells:
        assert cell.verdict in ("it depends", "a deal for all values (proved)", "no deal for any value (proved)")
        assert looking.client.get("/deals", params={"agenda": cell.agenda}).status_code == 200


def test_programs_are_told_the_same(looking: Visit) -> None:
    laid = looking.client.get("/api/deals").json()
    assert laid["ideas"]["nash"] == NASH
    judged = looking.client.get("/api/deals/package", params={"package": HARD, "locked": "sanctions"}).json()
    assert judged["is_deal"] is False
    assert {r["path"] for r in judged["refusals"]} >= {"iran.enrichment.red_line"}
    assert "sanctions:0" in judged["unblocked"]["package"]
    again = looking.client.get("/api/deals/package", params={"package": judged["unblocked"]["package"]}).json()
    assert again["is_deal"] is True
    assert looking.client.get("/api/deals/package", params={"package": "x:y"}).status_code == 400
    assert set(looking.client.get("/api/openapi.json").json()["paths"]) >= {"/api/deals", "/api/deals/agendas"}


def test_a_slider_is_moved_by_key_and_the_page_follows(page: Page) -> None:
    opened(page, f"/deals?package={HARD}")
    verdict = page.locator("#package-verdict")
    expect(verdict).to_contain_text("Iran says no")
    slider = page.locator("#at-enrichment")
    slider.focus()
    for _ in range(2):
        page.keyboard.press("ArrowLeft")
    expect(verdict).to_contain_text("Everybody accepts")
    expect(slider).to_have_attribute("aria-valuetext", "paused for some years, then token (50)")
    expect(page).to_have_url(re.compile("enrichment%3A50"))
    page.locator("#package-sums summary").click()
    page.locator("input[name='lock.sanctions']").check()
    expect(page).to_have_url(re.compile("locked=sanctions"))
    expect(page.locator("#package-sums")).to_have_attribute("open", "")
    page.locator("#package-sums a.why").first.click()
    expect(page.locator("#drawer h2")).to_be_focused()
    assert violations(page) == []
    page.reload()
    expect(slider).to_have_value("2")
    expect(page.locator("input[name='lock.sanctions']")).to_be_checked()


def test_a_better_package_and_an_idea_set_the_sliders(page: Page) -> None:
    opened(page, f"/deals?package={HARD}&locked=sanctions")
    page.get_by_role("link", name="Set the sliders to it").click()
    expect(page.locator("#package-verdict")).to_contain_text("Everybody accepts")
    expect(page.locator("#at-sanctions")).to_have_value("0")
    page.locator("input[name='lock.sanctions']").uncheck()
    page.get_by_role("button", name="Kalai-Smorodinsky").click()
    expect(page.locator("#at-inspections")).to_have_value("3")
    expect(page).to_have_url(re.compile("inspections%3A80"))
    expect(page.locator("output[for=at-inspections]")).to_contain_text("Additional")


def test_packages_are_looked_at_without_a_script(browser: Browser, served: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(served)
    opened(page, f"/deals?package={HARD}")
    page.locator("#at-enrichment").focus()
    for _ in range(2):
        page.keyboard.press("ArrowLeft")
    page.get_by_role("button", name="Look").click()
    expect(page.locator("#package-verdict")).to_contain_text("Everybody accepts")
    page.get_by_label("Ballistic missiles").select_option("precondition:israel")
    page.get_by_role("button", name="Set the agenda").click()
    expect(page).to_have_url(re.compile("agenda=missiles"))
    context.close()
