"""The outlook and a seat: a rate never without its class, worlds never averaged, every move in the address."""

import json
import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from tests.cli.samples import SITUATION
from tests.web.entering import Visit, entered, guarded
from tests.web.test_browser import opened, violations
from tests.web.test_no_deal import OUTSIDE, anchors, said

from detente.desk.lint import lint

SEAT = {"party": "iran", "draw": "0", "world": "drift"}
FEATURES = ("mediated", "protracted", "subject", "trigger", "objective", "period")


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Visit, str]]:
    """Somebody for whom everything of the small case has been worked out, and the page as it was."""
    folder = tmp_path_factory.mktemp("dam")
    (folder / "situation.yaml").write_text(SITUATION + OUTSIDE, encoding="utf-8")
    with entered(guarded(folder)) as visit:
        yield visit, visit.client.get("/outlook", params={"part": "all"}).text


def seat(visit: Visit, **asked: str) -> str:
    answer = visit.client.get("/outlook/seat", params={**SEAT, **asked})
    assert answer.status_code == 200
    return answer.text


def options(page: str) -> list[str]:
    return [unescape(found) for found in re.findall(r'<a class="button" href="([^"]+)#now"', page)]


def test_the_classes_are_there_at_once_and_the_rest_is_asked_for(looking: Visit) -> None:
    page = looking.client.get("/outlook").text
    assert "84 of 135 cases did" in said(page)
    for part in ("courses", "pressing", "story"):
        assert f'hx-get="/outlook?part={part}"' in page
        assert f'href="/outlook?part={part}#{part}"' in page, "without a script a link does it"


def test_a_rate_stands_with_class_cases_interval_weight_and_definition(looking: Visit) -> None:
    told = said(looking.client.get("/outlook").text)
    for lead in re.finditer(r"It is [a-z ]+ that this dispute", told):
        around = told[lead.start() : lead.start() + 600]
        for beside in (r"\d+%", r"95% interval", r"\d+ of \d+ cases", "ICB", "The weight of the model", "counted is"):
            assert re.search(beside, around), beside


def test_another_class_says_another_rate_and_stands_in_the_address(looking: Visit) -> None:
    page = looking.client.get("/outlook", params={"mediated": "not-mediated", "protracted": "open"}).text
    assert "50 of 238 cases did" in said(page)
    assert 'value="not-mediated" selected' in page
    assert "as the analyst chose" in said(page)
    assert "--class" not in page, "a page speaks of what can be done on it"
    data = looking.client.get("/api/outlook/classes", params={"feature": "mediated=not-mediated"}).json()
    row = [r for r in data if r["role"] == "chosen"][2]
    assert (row["k"], row["n"], row["weight_of_model"]) == (50, 238, 0)
    assert row["low"] < row["rate"] < row["high"]
    assert row["definition"]


def test_the_worlds_stand_apart_and_their_shares_are_of_draws(whole: tuple[Visit, str]) -> None:
    visit, page = whole
    told = said(page)
    assert "not probabilities, in named worlds that are not averaged" in told
    assert all(f"“{world}” (" in told for world in ("drift", "squeeze", "force"))
    assert "--hold" not in told
    rows = visit.client.get("/api/outlook/courses").json()
    free = [row["counts"] for row in rows if row["agenda"] is None]
    assert [row["world"] for row in free] == ["drift", "squeeze", "force"]
    for row in free:
        assert row["agreed"] + row["conceded"] + row["talking"] + row["broken"] == row["draws"] == 2048


def test_no_rule_of_estimative_language_is_broken_and_every_link_leads_somewhere(whole: tuple[Visit, str]) -> None:
    visit, page = whole
    assert 'class="waiting"' not in page
    assert 'class="waiting"' not in visit.client.get("/outlook").text, "what is known is shown at once"
    for found in (page, visit.client.get("/outlook", params={"protracted": "protracted"}).text):
        assert [str(remark) for remark in lint(found, form="html")] == []
        ids, wanted = anchors(found)
        assert len(ids) == len(set(ids))
        assert wanted <= set(ids)


def test_a_part_that_a_script_asks_for_comes_alone(whole: tuple[Visit, str]) -> None:
    visit, page = whole
    part = visit.client.get("/outlook", params={"part": "story", "draw": "3"}, headers={"hx-request": "true"}).text
    assert "draw 3 in the world" in said(part)
    assert 'id="courses"' not in part
    assert len(part) < len(page) / 3


def test_one_draw_is_told_as_one_of_many(whole: tuple[Visit, str]) -> None:
    visit, page = whole
    told = said(page)
    assert "This is one of many draws and no forecast: draw 0 in the world “drift”" in told
    assert "After round 12" in told
    parts = visit.client.get("/api/outlook/story").json()
    assert all(unescape(" ".join(s.split())) in told for part in parts for s in part["sentences"])


@pytest.mark.parametrize("name", [*FEATURES, "draw", "world", "table"])
@pytest.mark.parametrize("value", ["x", "<script>alert(1)</script>", "\x00", "-1", "9" * 900, "a=b", "²"])
def test_what_is_no_such_thing_is_told_in_a_sentence(looking: Visit, name: str, value: str) -> None:
    answer = looking.client.get("/outlook", params={name: value})
    assert answer.status_code in (400, 422)
    assert "<script>alert" not in answer.text
    assert re.search(r"Choose|Give|Its tables", said(answer.text))


@pytest.mark.parametrize("name", ["party", "draw", "world", "table", "moves"])
@pytest.mark.parametrize("value", ["x", "<script>alert(1)</script>", "\x00", "-1", "9" * 900, "1.9", "1..1", "²"])
def test_a_seat_that_is_none_is_told_in_a_sentence(looking: Visit, name: str, value: str) -> None:
    for path in ("/outlook/seat", "/outlook/seat/transcript"):
        answer = looking.client.get(path, params={**SEAT, name: value})
        assert answer.status_code in (400, 422), answer.text[-300:]
        assert "<script>alert" not in answer.text


def test_a_draw_is_played_to_its_end_move_by_move(looking: Visit) -> None:
    page = seat(looking)
    for _ in range(60):
        if not (found := options(page)):
            break
        page = looking.client.get(found[-1]).text
    told = said(page)
    assert "How it came out" in told
    assert "What you could not know:" in told
    assert "no forecast" in told
    assert [str(remark) for remark in lint(page, form="html")] == []


def test_while_a_draw_is_played_nothing_is_told_that_the_party_cannot_know(looking: Visit) -> None:
    page = said(seat(looking, moves="1"))
    assert "What you could not know" not in page
    assert re.search(r"What it gains beyond no deal, in points: Iran [+-]", page)
    assert "the United States +" not in page


def test_a_move_is_taken_back_and_the_game_goes_on_from_there(looking: Visit) -> None:
    after = looking.client.get(options(seat(looking, moves="1"))[0]).text
    back = unescape(re.findall(r'href="([^"]+)#now" data-back', after)[0])
    assert options(looking.client.get(back).text) == options(seat(looking, moves="1", of=of(after)))


def of(page: str) -> str:
    found = re.findall(r"of=([0-9a-f]+)", page)
    assert found
    return str(found[0])


def test_the_transcript_is_the_one_that_the_command_keeps(looking: Visit) -> None:
    answer = looking.client.get("/outlook/seat/transcript", params={**SEAT, "moves": "1.1"})
    rows = [json.loads(line) for line in answer.text.splitlines()]
    assert rows[0]["schema"] == "detente.seat/1"
    assert [row["choice"] for row in rows[1:]] == ["take-up", "accept"]
    assert answer.headers["content-disposition"] == 'attachment; filename="seat-iran-drift-0.jsonl"'


def test_moves_of_another_situation_are_played_as_far_as_they_go_and_that_is_said(looking: Visit) -> None:
    page = seat(looking, moves="1.9", of="0" * 12)
    assert "The dossier was edited since these moves were made" in said(page)
    assert "1 of them could not be played any more" in said(page)
    assert looking.client.get("/outlook/seat", params={**SEAT, "moves": "1.9"}).status_code == 400


def test_the_interface_plays_the_same_game(looking: Visit) -> None:
    data = looking.client.get("/api/outlook/seat", params={**SEAT, "moves": "1"}).json()
    page = said(seat(looking, moves="1"))
    assert data["question"] in page
    assert all(option["words"] in page for option in data["options"])
    assert [option["moves"] for option in data["options"]] == [f"1.{k + 1}" for k in range(len(data["options"]))]


def test_a_dossier_without_talks_teaches_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "situation.yaml").write_text("title: Quiet\n", encoding="utf-8")
    with entered(guarded(tmp_path)) as visit:
        for path in ("/outlook", "/no-deal"):
            page = visit.client.get(path)
            assert page.status_code == 200
            assert "detente read ARTICLE --into" in page.text


def test_in_the_browser_the_parts_arrive_a_class_is_chosen_and_a_draw_slid_to(page: Page) -> None:
    opened(page, "/outlook")
    for part in ("courses", "pressing", "story"):
        expect(page.locator(f"#{part}:not(.waiting)")).to_be_visible(timeout=90_000)
    assert violations(page) == []
    slider = page.locator("[data-slides]")
    slider.focus()
    page.keyboard.press("ArrowRight")
    expect(page.locator("#story-title")).to_contain_text("draw 1 in the world")
    expect(page).to_have_url(re.compile(r"draw=1\b"))
    page.get_by_label("whether it is mediated").select_option("not-mediated")
    expect(page.locator("#classes")).to_contain_text("50 of 238 cases did")
    expect(page).to_have_url(re.compile("mediated=not-mediated"))
    assert violations(page) == []


def test_in_the_browser_three_moves_are_played_and_one_taken_back(page: Page) -> None:
    opened(page, "/outlook")
    page.get_by_label("whose seat").select_option("iran")
    page.get_by_role("button", name="Take the seat").click()
    for done in range(3):
        expect(page.locator(".moves > li")).to_have_count(done)
        page.wait_for_load_state()
        page.keyboard.press("2" if done else "1")
    expect(page.locator(".moves > li")).to_have_count(3)
    page.wait_for_load_state()
    assert violations(page) == []
    page.keyboard.press("b")
    expect(page.locator(".moves > li")).to_have_count(2)
    with page.expect_download() as download:
        page.get_by_role("link", name="Download the transcript").click()
    assert download.value.suggested_filename == "seat-iran-drift-0.jsonl"
    page.set_viewport_size({"width": 360, "height": 740})
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
