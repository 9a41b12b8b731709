"""The page on the world without a deal: the best guess at once, then the draws; every state has an address."""

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from tests.cli.samples import SITUATION
from tests.web.entering import Visit, entered, guarded
from tests.web.test_browser import opened, violations

from detente.desk.case import open_case
from detente.desk.lint import lint
from detente.desk.no_agreement import ask_no_agreement, from_state, guessed, state_of
from detente.desk.no_deal_page import in_force_of, start_of
from detente.errors import UsageError

# The small case with something that can be done outside the table.
OUTSIDE = """
threats:
  pumps: {by: upper, against: lower, condition: if the border is closed, action: strike,
          trigger: {actor: lower, action: block}}
moves:
  close: {by: lower, action: block, against: upper, undone_by: [lower]}
  shell: {by: upper, action: strike, against: lower, after: [close]}
"""


@pytest.fixture(scope="module")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Visit, str]]:
    """Somebody for whom the draws of the small case have been made, and the page as it was."""
    folder = tmp_path_factory.mktemp("dam")
    (folder / "situation.yaml").write_text(SITUATION + OUTSIDE, encoding="utf-8")
    with entered(guarded(folder)) as visit:
        yield visit, visit.client.get("/no-deal", params={"part": "draws"}).text


def said(page: str) -> str:
    """What a page says, without its marks and references."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", re.sub(r"<svg.*?</svg>", "", page, flags=re.S))).split())


def anchors(page: str) -> tuple[list[str], set[str]]:
    """Return the anchors of a page, and where its links within it lead."""
    return re.findall(r'\sid="([^"]+)"', page), set(re.findall(r'href="#([^"]+)"', page))


def test_the_worlds_stand_side_by_side_before_any_draw_is_made(looking: Visit) -> None:
    page = looking.client.get("/no-deal").text
    assert re.findall(r"<h3>In the world “(\w+)”</h3>", page) == ["drift", "squeeze", "force"]
    assert re.findall(r'class="verdict">([^<]+)<', page) == ["Holds", "Does not hold", "Holds"]
    assert 'hx-get="/no-deal?part=draws"' in page
    assert 'href="/no-deal?part=draws#draws"' in page, "without a script a link makes the draws"
    assert " draws the state holds" not in said(page).replace("512 draws the state holds", "")


def test_the_idea_of_what_holds_is_in_the_address_and_changes_the_answer(looking: Visit) -> None:
    by_nash = looking.client.get("/no-deal", params={"concept": "nash", "world": "force"}).text
    assert re.findall(r'class="verdict">([^<]+)<', by_nash) == ["Holds", "Does not hold", "Does not hold"]
    assert "concept=nash" in re.findall(r'href="(/no-deal[^"]*)#picture"', by_nash)[0]


def test_a_state_has_an_address_and_is_looked_at_from_there(looking: Visit) -> None:
    page = looking.client.get("/no-deal", params={"world": "force"}).text
    link = unescape(re.findall(r'href="(/no-deal\?[^"]*start=[^"]+)#picture"', page)[0])
    there = looking.client.get(link).text
    assert "Looked at from:" in there
    assert '<td><span class="about">here</span></td>' in there
    assert "Where this state leads" in there


def test_a_state_is_put_together_with_a_form(looking: Visit) -> None:
    asked = {"set": "1", "force": ["us-strike", "us-sanction"], "concept": "gmr"}
    answer = looking.client.get("/no-deal", params=asked, follow_redirects=False)
    assert answer.status_code == 303
    assert answer.headers["location"] == "/no-deal?concept=gmr&start=us-strike%2Cus-sanction"
    nothing = looking.client.get("/no-deal", params={"set": "1"}, follow_redirects=False)
    assert nothing.headers["location"].endswith("start=nothing")
    assert looking.client.get(nothing.headers["location"]).status_code == 200


@pytest.mark.parametrize("name", ["world", "concept", "start", "table"])
@pytest.mark.parametrize("value", ["x", "../..", "<script>alert(1)</script>", "\x00", "9" * 900, "drift,force", "²"])
def test_what_is_no_such_thing_is_told_in_a_sentence(looking: Visit, name: str, value: str) -> None:
    answer = looking.client.get("/no-deal", params={name: value})
    assert answer.status_code in (400, 422)
    assert "<script>alert" not in answer.text
    assert 'class="said wrong"' in answer.text or "Choose one of" in answer.text or "Its " in answer.text


def test_the_draws_bring_shares_every_equilibrium_and_what_each_has(drawn: tuple[Visit, str]) -> None:
    visit, page = drawn
    told = said(page)
    for title in ("In how many draws it holds", "every equilibrium", "What each party has without a deal"):
        assert title in told
    assert re.search(r"Which of them comes about the model does not say", told)
    assert "of 512 draws" in told
    assert "--no-deal" not in told, "a page speaks of what can be done on it"
    again = visit.client.get("/no-deal").text
    assert 'class="waiting"' not in again, "what is known is shown at once"


def test_no_rule_of_estimative_language_is_broken_and_every_link_leads_somewhere(drawn: tuple[Visit, str]) -> None:
    visit, page = drawn
    for found in (page, visit.client.get("/no-deal", params={"start": "close"}).text):
        assert [str(remark) for remark in lint(found, form="html")] == []
        ids, wanted = anchors(found)
        assert len(ids) == len(set(ids))
        assert wanted <= set(ids)


def test_a_share_is_told_as_one_of_draws_and_never_as_a_probability(drawn: tuple[Visit, str]) -> None:
    told = said(drawn[1])
    for found in re.finditer(r"\d ?%", told):
        assert "draws" in told[found.start() : found.end() + 20], told[found.start() - 40 : found.end() + 40]


def test_the_text_alone_proposes_no_move(looking: Visit) -> None:
    page = looking.client.get("/no-deal", params={"view": "text"}).text
    assert page.count('class="mark k-supplied"') == 1, "in the legend alone"


def test_what_the_interface_says_is_what_the_page_says(drawn: tuple[Visit, str]) -> None:
    visit, page = drawn
    data = visit.client.get("/api/no-deal").json()
    holds = ["Holds" if world["holds"] else "Does not hold" for world in data["worlds"]]
    assert holds == re.findall(r'class="verdict">([^<]+)<', page)
    assert all(world["share_of_draws"] is not None for world in data["worlds"])
    assert {c["world"] for c in data["crises"]} == {"drift", "squeeze", "force"}
    assert all(len(c["likeliest_ends"]) >= 1 and sum(n for _, n in c["draws_by_equilibria"]) for c in data["crises"])
    assert {v["party"] for v in data["values"]} == {"upper", "lower"}


def test_the_guess_says_what_the_whole_answer_says_at_the_best_guess(tmp_path: Path) -> None:
    (tmp_path / "dam.yaml").write_text(SITUATION + OUTSIDE, encoding="utf-8")
    situation = open_case(tmp_path / "dam.yaml").situation
    quick, whole = guessed(situation), ask_no_agreement(situation, extent="brief", draws=(4, 1))
    for a, b in zip(quick.worlds, whole.worlds, strict=True):
        assert (a.stability.equilibrium == b.stability.equilibrium).all()
        assert a.ways.routes == b.ways.routes
    at = from_state(quick, ("close",))
    assert all(one.at == state_of(one.outside, ["close"]) and not one.is_today for one in at.worlds)
    assert from_state(quick, None) is quick
    with pytest.raises(UsageError, match="cannot stand without it"):
        state_of(quick.worlds[0].outside, ["shell"])


def test_a_state_is_written_and_read_again() -> None:
    for moves in ((), ("a",), ("a", "b")):
        assert in_force_of(start_of(moves)) == moves


def test_in_the_browser_the_draws_arrive_and_a_state_is_looked_at(page: Page) -> None:
    opened(page, "/no-deal")
    expect(page.locator("#held-title")).to_be_visible(timeout=90_000)
    assert violations(page) == []
    page.locator(".world").nth(2).get_by_role("link", name="Draw this world").click()
    expect(page.locator("#picture-title")).to_contain_text("today’s state leads in the world “force”")
    page.get_by_role("link", name="Look from state 2").click()
    expect(page.locator("#picture")).to_contain_text("Looked at from: A strike by the United States against Iran")
    page.get_by_role("link", name="GMR", exact=True).click()
    expect(page).to_have_url(re.compile("concept=gmr"))
    expect(page).to_have_url(re.compile("start=us-strike"))
    page.get_by_text("Look from another state").click()
    page.get_by_label("A strike by the United States against Iran").uncheck()
    page.get_by_role("button", name="Look from there").click()
    expect(page.locator("#picture-title")).to_contain_text("leads in the world “force”")
    assert violations(page) == []
