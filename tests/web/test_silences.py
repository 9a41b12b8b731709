"""What the reporting leaves open: ranked by what it would change, and each silence filled where it is shown."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from tests.web.entering import entered, guarded, hash_in
from tests.web.small import small
from tests.web.test_browser import violations


@pytest.fixture
def few(tmp_path: Path) -> Path:
    """A small dossier in which most is left open."""
    return small(tmp_path)


def order(page: str) -> list[str]:
    return re.findall(r'<li class="silence[a-z ]*" id="silence-([a-z_-]+)"', page)


def row(page: str, key: str) -> str:
    found = re.search(rf'id="silence-{key}".*?</li>', page, re.S)
    assert found is not None
    return found[0]


def test_the_list_is_there_at_once_and_ranked_when_asked(few: Path) -> None:
    with entered(guarded(few)) as visit:
        quick = visit.client.get("/silences").text
        assert 'hx-get="/silences?ranked=yes"' in quick
        assert "Does it change an answer?" not in quick
        ranked = visit.client.get("/silences?ranked=yes").text
        assert 'hx-trigger="load"' not in ranked
        assert sorted(order(ranked)) == sorted(order(quick))
        flipping = ["Which verdicts change, and how" in row(ranked, key) for key in order(ranked)]
        assert flipping == sorted(flipping, reverse=True)
        assert any(flipping)
        assert 'hx-trigger="load"' not in visit.client.get("/silences").text, "what is known is not asked again"


FILLS = {
    "walk_away-karun": ("talks.no_deal.karun", "-10,0,10"),
    "veto_holder-upland": ("talks.seat.upland", "consulted"),
    "ratifier": ("talks.seat.upland", "ratifies"),
    "deadline": ("talks.deadline", "2026-03-01"),
    "verifier": ("verifier.name", "A joint commission"),
    "ally_action-upland": ("upland.own_move", "close the gates"),
}


def test_every_silence_is_filled_in_where_it_is_shown_and_opened_again(few: Path) -> None:
    with entered(guarded(few)) as visit:
        page = visit.client.get("/silences").text
        before = set(order(page))
        for key, (path, value) in FILLS.items():
            if key not in before:
                continue
            assert f'name="path" value="{path}"' in row(page, key)
            status, page = visit.post("/edit", path=path, value=value, hash=hash_in(page), back="/silences")
            assert status == 200
            assert "filled" in row(page, key).partition(">")[0] or "Filled already." in row(page, key), key
            page = visit.post("/undo", back="/silences")[1]
            assert "Fill it in" in row(page, key), key
        assert {"walk_away-karun", "veto_holder-upland", "ratifier", "deadline", "verifier"} <= before


def test_a_benefit_is_entered_as_a_position_on_what_is_listed(few: Path) -> None:
    with entered(guarded(few)) as visit:
        page = visit.client.get("/silences").text
        benefit = row(page, "benefit-karun")
        assert 'name="path" value="karun.dam.position"' in benefit
        assert 'name="path" value="karun.power.position"' in benefit
        page = visit.post("/edit", path="karun.power.position", value="0", hash=hash_in(page), back="/silences")[1]
        assert "What Karun wants on power: nothing said became 0." in page


@pytest.mark.parametrize(
    ("path", "value", "status"),
    [
        ("talks.seat.upland", "<script>", 400),
        ("talks.seat.nobody", "consents", 422),
        ("talks.no_deal.karun", "much", 400),
        ("verifier.name", "Karun", 400),
        ("upland.own_move", "x" * 300, 400),
        ("talks.deadline", "\x00", 400),
    ],
)
def test_what_cannot_be_filled_in_is_refused_with_a_sentence(few: Path, path: str, value: str, status: int) -> None:
    with entered(guarded(few)) as visit:
        page = visit.client.get("/silences").text
        found, said = visit.post("/edit", path=path, value=value, hash=hash_in(page), back="/silences")
        assert (found, "<script>" in said) == (status, False)


@pytest.mark.parametrize("value", ["<script>alert(1)</script>", "\x00", "no", "é" * 39])
def test_a_parameter_that_means_nothing_changes_nothing(few: Path, value: str) -> None:
    with entered(guarded(few)) as visit:
        answer = visit.client.get("/silences", params={"ranked": value})
        assert answer.status_code == 200
        assert "<script>alert" not in answer.text
        assert visit.client.get("/silences", params={"ranked": "x" * 99}).status_code == 422


def test_silences_are_data_as_well(few: Path) -> None:
    with entered(guarded(few)) as visit:
        found = visit.client.get("/api/silences").json()
        assert found["silences"][0]["open"]
        assert any(s["flips"] for s in found["silences"])
        assert {"talks.deadline"} <= {p for s in found["silences"] for p in s["paths"]}


def test_a_silence_is_filled_in_the_browser_and_taken_back(page: Page) -> None:
    page.goto(re.match(r"https?://[^/]+", page.url)[0] + "/silences")  # type: ignore[index]
    expect(page.locator("#silences.waiting")).to_have_count(0, timeout=60_000)
    first = page.locator(".silence").first
    expect(first).to_contain_text("Yes, the verdict on")
    deadline = page.locator("#silence-ratifier")
    deadline.locator("summary", has_text="Fill it in").click()
    deadline.locator("button", has_text="Egypt").click()
    expect(page.locator("#message")).to_contain_text("The part of Egypt in a result")
    expect(page.locator("#silence-ratifier")).to_contain_text("Filled already")
    assert violations(page) == []
    page.keyboard.press("u")
    expect(page.locator("#silence-ratifier")).to_contain_text("silent")
