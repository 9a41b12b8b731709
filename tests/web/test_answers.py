"""What an agenda comes to as it stands, what each source carries, and every number down to its inputs."""

import pytest
from tests.web.entering import EXAMPLE, MISSILES, Visit, entered, guarded, hash_in

from detente.situation.store import load

DOCUMENT = "2026-02-08-araghchi"
SCRIPT = {"hx-request": "true"}
DRAWER = {**SCRIPT, "hx-target": "aside#drawer"}
HOSTILE = (
    "\x00",
    "<script>alert(1)</script>",
    "../../etc/passwd",
    "a" * 350,
    "é\u202e",
    "deal.deal",
    "holds.",
    "war.x",
)


def verdict(page: str) -> str:
    """The verdict of the first table of a page of the situation."""
    return page.partition('data-verdict="')[2].partition("</p>")[0].partition("</span>")[2]


def test_the_agenda_as_it_stands_has_its_verdict_blockers_gains_and_share(looking: Visit) -> None:
    page = looking.client.get("/situation").text
    assert "Yes at the best guess, but not for all values" in verdict(page)
    assert "of 512 draws</a>" in page
    assert "not a probability" in page
    assert "about=gain.iran" in page
    assert "about=level.enrichment" in page


def test_moving_an_issue_changes_the_verdict_at_once_and_says_what_was_before(visit: Visit) -> None:
    page = visit.client.get("/situation").text
    visit.post("/edit", hash=hash_in(page), path=MISSILES, value="precondition:israel", back="/situation")
    after = visit.client.get("/situation").text
    assert "Not at the best guess, but for some values" in verdict(after)
    assert "the red line of Iran on ballistic missiles" in after
    assert "none: there is no package" in after
    assert "it was \u201cYes at the best guess" in after
    assert "Iran gained +" in after
    visit.post("/undo", back="/situation")
    again = visit.client.get("/situation").text
    assert verdict(again) == verdict(page)
    assert "in the way was the red line of Iran on ballistic missiles" in again


def test_a_table_without_anything_open_says_so(looking: Visit) -> None:
    assert "Nothing is open at this table" in looking.client.get("/situation").text


def test_what_proves_the_verdict_comes_after(looking: Visit) -> None:
    part = looking.client.get("/situation/proof?table=us-iran", headers=SCRIPT).text
    assert "<html" not in part
    assert "a case on each side was found" in part
    assert "<h1>" in looking.client.get("/situation/proof?table=us-iran").text
    assert "Looking for what proves it" not in looking.client.get("/situation").text, "known now"
    assert looking.client.get("/situation/proof?table=nowhere").status_code == 400


def test_a_number_leads_to_the_inputs_on_its_path_and_to_no_other(looking: Visit) -> None:
    part = looking.client.get("/why-answer?about=deal&table=us-iran", headers=DRAWER).text
    assert "<html" not in part
    assert "Nothing else in the file moves it" in part
    assert "/why/iran.enrichment.position" in part
    assert "/why/iran.missiles.position" not in part, "missiles are not on this agenda"
    assert 'class="grade"' in part
    wider = looking.client.get("/why-answer?about=deal&table=us-iran&agenda=missiles%3Doption").text
    assert "/why/iran.missiles.position" in wider
    assert "<h1>" in wider


def test_the_inputs_are_ranked_by_how_much_they_move_it_and_say_where_it_turns(looking: Visit) -> None:
    asked = "about=deal&table=us-iran&agenda=missiles%3Dprecondition%3Aisrael"
    part = looking.client.get(f"/why-answer/ranked?{asked}", headers=SCRIPT).text
    assert "<html" not in part
    assert "sampled, 4,096 draws" in part
    first = part.partition('<li class="input">')[2]
    assert first.lstrip().startswith("<h3>")
    assert "iran.missiles.hardness" in first.partition("</li>")[0]
    assert "a deal only if it is not real" in first.partition("</li>")[0]
    whole = looking.client.get(f"/why-answer/ranked?{asked}").text
    assert "<h1>" in whole
    assert "a deal only if it is not real" in whole


@pytest.mark.parametrize("about", ["gain.iran", "level.enrichment"])
def test_gains_and_levels_have_inputs_too(looking: Visit, about: str) -> None:
    page = looking.client.get(f"/why-answer/ranked?about={about}").text
    assert "on average" in page
    assert "At the best guess" in page


def test_the_answer_without_a_source_rests_on_less(looking: Visit) -> None:
    page = looking.client.get(f"/why-answer?about=deal&off={DOCUMENT}").text
    assert page != looking.client.get("/why-answer?about=deal").text
    assert looking.client.get("/why-answer?about=deal&off=lost").status_code == 422


@pytest.mark.parametrize("path", ["/why-answer", "/evidence", "/situation/proof"])
@pytest.mark.parametrize("name", ["about", "table", "agenda", "no_deal", "off"])
def test_whatever_an_address_holds_is_answered_with_a_sentence(looking: Visit, path: str, name: str) -> None:
    for hostile in HOSTILE:
        answer = looking.client.get(path, params={"about": "deal", name: hostile}, headers=DRAWER)
        assert answer.status_code < 500, hostile
        assert "<script>alert" not in answer.text
        assert 'class="said wrong"' in answer.text or answer.status_code == 200


def test_the_sources_are_there_at_once_and_what_they_do_is_asked_for(looking: Visit) -> None:
    page = looking.client.get("/evidence").text
    for document in load(EXAMPLE / "situation.yaml").documents:
        assert f"off={document.id}" in page
    assert 'hx-get="/evidence/matrix"' in page


def test_a_source_is_switched_off_in_the_address_and_on_again(looking: Visit) -> None:
    page = looking.client.get(f"/evidence?off={DOCUMENT}&off=2026-02-05-venue").text
    assert page.count("<b>Switched off</b>") == 2
    assert 'href="/evidence?off=2026-02-05-venue"' in page, "the other stays off"
    assert "view=text" in page
    assert page.count(f"off={DOCUMENT}&amp;off=2026-02-05-venue&amp;view=text") == 1, "both stay off in the other view"
    changed = looking.client.get(f"/evidence/changed?off={DOCUMENT}", headers=SCRIPT).text
    assert "<html" not in changed
    assert "Switched off" in changed
    assert "in place of" in changed


def test_everything_may_be_off(looking: Visit) -> None:
    every = [d.id for d in load(EXAMPLE / "situation.yaml").documents]
    page = looking.client.get("/evidence/changed", params={"off": every}).text
    assert "Nobody would ask about" in page
    assert looking.client.get("/evidence/matrix", params={"off": every}).status_code == 200


def test_a_dossier_without_documents_says_what_to_do(tmp_path_factory: pytest.TempPathFactory) -> None:
    with entered(guarded(tmp_path_factory.mktemp("none"))) as visit:
        visit.post("/dossiers", title="Nothing yet")
        assert 'class="empty"' in visit.client.get("/evidence").text
        assert visit.client.get("/why-answer?about=deal").status_code in (400, 422)
        assert visit.client.get("/api/evidence").status_code == 422


def test_the_interface_gives_the_same_as_data(looking: Visit) -> None:
    first, second = looking.client.get("/api/agendas-now").json()
    assert first["verdict"] == "depends"
    assert set(first["gains"]) == {"iran", "united-states"}
    assert second["why_not"]
    told = looking.client.get("/api/why-answer?about=deal&rank=true").json()
    assert told["sampled"].startswith("sampled, 4,096 draws")
    assert told["inputs"][0]["moves"]
    assert looking.client.get("/api/why-answer?about=nothing").status_code == 400
