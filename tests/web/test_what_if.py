"""The page of what-ifs: what its address says, what it answers, what is kept under a name, and what is made so."""

import html
import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import pytest
from playwright.sync_api import Page, expect
from tests.web.entering import ORIGIN, Visit, entered, guarded, hash_in
from tests.web.test_browser import opened, violations

from detente.desk.case import open_case
from detente.desk.whatif import WhatIfAsked, as_json, ask_whatif
from detente.situation.paths import value_at
from detente.situation.store import load

LINE = "iran.enrichment.hardness"
WANTS = "iran.sanctions.position"
TRIED = f"/what-if?{LINE}=1&{WANTS}=0,25,50"
HOSTILE = (
    "about=war", "about=", "table=nowhere", "answer=war.moon", "a.b=1", f"{LINE}=many", f"{LINE}=1,2,3,4",
    f"{LINE}=nan", f"{LINE}=inf", f"{LINE}=-5", f"{LINE}=1e300", "agenda.missiles=precondition:nobody", "agenda.=in",
    "agenda.moon=in", "agenda.missiles=%00", ".=1", "..=..", "add=", "add=moon", "add=a", "drop=moon", "hold=moon",
    f"spread={LINE}&{LINE}=x", "reset=%F0%9F%92%A9", "&".join(f"x{k}.y=1" for k in range(40)), f"{'x.' * 300}y=1",
    "view=moon", "whole=1&now=1",
)  # fmt: skip


def first_numbers(page: str) -> tuple[str, ...]:
    """The first row of the answers: now, then."""
    row = re.search(r'<th scope="row"><bdi>A deal</bdi></th><td>(.*?)</td><td class="then">(.*?)</td>', page)
    assert row is not None
    return row.groups()


def test_the_page_answers_as_the_command_does(looking: Visit, made_once: Path) -> None:
    told = looking.client.get("/api/what-if", params={"edit": f"{LINE}=1"}).json()
    *_, last = ask_whatif(open_case(made_once), WhatIfAsked((f"{LINE}=1",), draws=told["draws"]))
    ours = json.loads(as_json(last))["answers"][-1]["changes"]
    assert [(c["answer"]["name"], c["difference"], c["rose"], c["fell"]) for c in ours] == [
        (a["name"], a["difference"], a["rose"], a["fell"]) for a in told["answers"]
    ]
    deal = told["answers"][0]
    assert deal["fell"] > 100
    page = looking.client.get(f"{TRIED}&whole=1").text
    assert first_numbers(page) == tuple(f"{deal[side]:.0%} of draws" for side in ("before", "after"))
    assert f"goes in {deal['fell']:,} draws" in page


def test_a_slider_that_was_not_moved_changes_nothing(looking: Visit) -> None:
    now, then = first_numbers(looking.client.get(f"/what-if/answer?{LINE}=0,0.5,1&{WANTS}=0,25,50").text)
    assert now == then


def test_the_answers_are_first_those_of_the_leading_draws_and_ask_for_the_rest(looking: Visit) -> None:
    first = looking.client.get(f"/what-if/answer?{LINE}=1").text
    assert 'class="first"' in first
    assert "the first 256 of 4,096 draws" in first
    rest = re.search(r'hx-get="(/what-if/whole[^"]*)"', first)
    assert rest is not None
    whole = looking.client.get(html.unescape(rest[1])).text
    assert "Over 4,096 draws" in whole
    follows = re.search(r'hx-get="(/what-if/stands[^"]*)"', whole)
    assert follows is not None
    said = looking.client.get(html.unescape(follows[1])).text
    assert "There is a deal at the best guess" in said
    assert said.count("<h3>") == 2


def test_three_handles_make_a_range_and_the_address_says_it_once(looking: Visit) -> None:
    page = looking.client.get(f"/what-if?{WANTS}=60&{WANTS}=10&{WANTS}=30&add={LINE}")
    asked = dict(parse_qsl(urlsplit(str(page.url)).query))
    assert asked == {WANTS: "10,30,60", LINE: "0,0.5,1"}
    assert page.text.count(f'name="{WANTS}"') == 3


@pytest.mark.parametrize(
    ("way", "after"), [("drop", None), ("hold", "25"), ("spread", "0,25,50"), ("reset", "0,25,50"), ("add", "0,25,50")]
)
def test_every_button_of_a_slider_does_what_it_says(looking: Visit, way: str, after: str | None) -> None:
    page = looking.client.get(f"/what-if?{LINE}=1&{WANTS}=10,25,40&{way}={WANTS}")
    asked = dict(parse_qsl(urlsplit(str(page.url)).query))
    expected = {"spread": "0,25,50"}.get(way, after)
    assert asked == {LINE: "1", **({WANTS: expected} if expected else {})}


def test_an_input_is_found_by_a_part_of_its_name(looking: Visit) -> None:
    page = looking.client.get(f"/what-if?{LINE}=1", params={LINE: "1", "add": "what iran wants on sanctions"})
    assert f'name="{WANTS}"' in page.text


def test_nobody_has_to_choose_before_something_stands_on_sliders(looking: Visit) -> None:
    page = looking.client.get("/what-if").text
    assert page.count('class="lever') >= 3
    assert page.count('type="range"') >= 3


@pytest.mark.slow
def test_what_moves_it_leads_to_a_slider(looking: Visit) -> None:
    part = looking.client.get(f"/what-if/moving?{WANTS}=0,25,50", headers={"hx-request": "true"}).text
    bars = re.findall(r'href="([^"]*)" data-add="([^"]*)"', part)
    assert len(bars) >= 3
    address, path = bars[0]
    assert f'name="{path}"' in looking.client.get(html.unescape(address)).text
    assert 'class="strip"' in part
    assert "From where on it turns" in part


def test_an_answer_that_never_changes_says_so(looking: Visit) -> None:
    part = looking.client.get("/what-if/moving?answer=level.missiles", headers={"hx-request": "true"}).text
    assert "the same in every draw" in part


@pytest.mark.parametrize("query", HOSTILE)
def test_an_address_that_means_nothing_gets_a_sentence(looking: Visit, query: str) -> None:
    for part in ("", "/answer"):
        answer = looking.client.get(f"/what-if{part}?{query}")
        assert answer.status_code in (200, 400, 422), answer.text[:200]
        assert "Something went wrong" not in answer.text


@pytest.fixture(scope="module")
def mine(made_once: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Visit]:
    """Somebody who may change a dossier in which several tests keep scenarios of their own."""
    folder = shutil.copytree(made_once, tmp_path_factory.mktemp("mine") / "gulf")
    with entered(guarded(folder)) as visit:
        yield visit


def test_a_scenario_is_kept_opened_deleted_and_taken_back(mine: Visit) -> None:
    named = {"name": "Red <b>line</b> real", "edits": f"{LINE}=1&{WANTS}=0,25,50&agenda.missiles=option"}
    status, page = mine.post("/what-if/scenarios", **named)
    assert status == 200
    assert "Red &lt;b&gt;line&lt;/b&gt; real" in page
    kept = re.search(r'<a href="([^"]*)" data-fixed>', page)
    assert kept is not None
    assert dict(parse_qsl(urlsplit(html.unescape(kept[1])).query))["agenda.missiles"] == "option"
    assert "data-fixed" not in mine.post("/what-if/scenarios/drop", name=named["name"])[1]
    assert "data-fixed" in mine.post("/what-if/scenarios/undo")[1]
    assert mine.post("/what-if/scenarios/drop", name="another")[0] == 400


def test_what_cannot_be_kept_or_entered_is_refused_in_a_sentence(mine: Visit) -> None:
    hash = "0" * 64
    for name, edits in (("", f"{LINE}=1"), ("x" * 200, f"{LINE}=1"), ("x", f"{LINE}=0,0.5,1"), ("x", "%%%=&;")):
        assert mine.post("/what-if/scenarios", name=name, edits=edits)[0] in (400, 422)
    assert mine.post("/what-if/make", hash=hash, edits=f"{LINE}=0,0.5,1")[0] == 400
    status, page = mine.post("/what-if/make", hash=hash, edits="about=courses&outlook.insistence=0.5")
    assert status == 400
    assert "no part of the situation" in page


def test_scenarios_are_data_too(mine: Visit) -> None:
    asked = {"headers": {"origin": ORIGIN, "x-csrf-token": mine.csrf}}
    made = mine.client.post("/api/scenarios", json={"name": "Real", "edits": [f"{LINE}=1"]}, **asked)  # type: ignore[arg-type]
    assert made.json()["edits"] == [f"{LINE}=1"]
    assert "Real" in [s["name"] for s in mine.client.get("/api/scenarios").json()]
    gone = mine.client.delete("/api/scenarios", params={"name": "Real"}, **asked)  # type: ignore[arg-type]
    assert "Real" not in [s["name"] for s in gone.json()]
    assert mine.client.get("/api/what-if", params={"edit": "nothing"}).status_code == 400


def test_what_was_tried_is_made_so_and_signed_and_nobody_is_written_over(visit: Visit, gulf: Path) -> None:
    hash = hash_in(visit.client.get(f"/what-if?{LINE}=1").text)
    status, page = visit.post("/what-if/make", hash=hash, edits=f"{LINE}=1&{WANTS}=0,25,50&agenda.missiles=option")
    assert status == 200
    assert "Undo takes them back one at a time" in page
    now, then = first_numbers(page)
    assert now == then
    written = load(gulf / "situation.yaml")
    line = value_at(written, LINE)
    assert (line.low, line.high, line.basis.kind, line.basis.by) == (1, 1, "entered", "A. Tester")
    assert ("missiles", "option") in {(item.issue, item.mode) for item in written.table("us-iran").agenda}
    status, page = visit.post("/what-if/make", hash=hash, edits=f"{LINE}=0.9")
    assert status == 409
    assert "0.9" in page


def test_a_dossier_without_a_table_says_what_to_do(tmp_path: Path) -> None:
    with entered(guarded(tmp_path)) as visit:
        visit.post("/dossiers", title="Nothing yet")
        page = visit.client.get("/what-if?about=courses&now=1")
    assert page.status_code == 200
    assert "There is nothing to move yet" in page.text


def test_a_slider_is_moved_by_a_key_and_everything_follows(page: Page) -> None:
    opened(page, f"/what-if?{LINE}=0,0.5,1&{WANTS}=25")
    expect(page.locator("#stands .verdict").first).to_contain_text("There is a deal")
    expect(page.locator("#moving .swings li").first).to_be_visible()
    best = page.locator(f"input[type=range][name='{LINE}']").nth(1)
    best.focus()
    with page.expect_response("**/what-if/answer*"):
        page.keyboard.press("End")
    lever = page.locator("li.lever", has=best)
    expect(lever.locator("output")).to_have_text("0 · 1 · 1")
    expect(page.locator("#answer.whole .says")).to_contain_text("that comes about in 0 draws")
    expect(page).to_have_url(re.compile(r"hardness=0%2C1%2C1"))
    assert violations(page) == []
    page.reload()
    expect(page.locator(f"input[type=range][name='{LINE}']").nth(1)).to_have_value("1")


def test_a_bar_goes_onto_a_slider_with_what_is_tried_and_is_kept(page: Page) -> None:
    opened(page, f"/what-if?{WANTS}=25")
    page.locator(f"input[type=range][name='{WANTS}']").focus()
    page.keyboard.press("End")
    bar = page.locator("#moving a[data-add]").first
    path = bar.get_attribute("data-add")
    with page.expect_navigation():
        bar.click()
    expect(page.locator(f"input[type=range][name='{path}']").first).to_be_visible()
    expect(page.locator(f"input[type=range][name='{WANTS}']")).to_have_value("100")
    page.get_by_label("Name", exact=True).fill("All relief")
    with page.expect_navigation():
        page.get_by_role("button", name="Save as scenario").click()
    expect(page.locator("#message")).to_contain_text("All relief")
    expect(page.locator(f"input[type=range][name='{WANTS}']")).to_have_value("100")
    with page.expect_navigation():
        page.get_by_role("button", name="Delete All relief").click()
