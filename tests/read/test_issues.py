"""Which matters in dispute does a text speak of, and whose are they?"""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.read.documents import from_text
from detente.read.issues import IssueHit, issue_hits, normal_form
from detente.read.language import Pipeline
from detente.read.parties import IssueEntry, Lexicon, LexiconFile, all_mentions, lexicon_of
from detente.read.parties.words import bag
from detente.situation.values import slug

ROOT = Path(__file__).resolve().parents[2]
Read = Callable[[str], list[IssueHit]]


def hits(pipeline: Pipeline, lexicon: Lexicon, text: str) -> list[IssueHit]:
    read = pipeline.sentences(from_text(text, name="text"))
    found = all_mentions(read, lexicon)
    return [hit for s, ms in zip(read, found, strict=True) for hit in issue_hits(s, lexicon, ms)]


@pytest.fixture(scope="module")
def read(pipeline: Pipeline, lexicon: Lexicon) -> Read:
    return lambda text: hits(pipeline, lexicon, text)


def test_every_issue_is_whole(lexicon: Lexicon) -> None:
    ids = {issue.id for issue in lexicon.issues}
    assert len(ids) == len(lexicon.issues) >= 45
    for issue in lexicon.issues:
        assert slug(issue.id) == issue.id
        assert issue.scale_note, issue.id
        assert issue.parent is None or issue.parent in ids, issue.id


@pytest.mark.parametrize(
    "issue",
    sorted(
        bag(
            "nuclear enrichment stockpile inspections missiles proxies sanctions use-of-force ceasefire "
            "territory withdrawal prisoners security-guarantees recognition trade tariffs export-controls "
            "water borders elections disarmament reconstruction humanitarian-access venue-format human-rights "
            "navigation peacekeepers governance minerals migration cyber arms-sales troops airspace "
            "energy"
        )
    ),
)
def test_the_issues_of_most_disputes_are_known(lexicon: Lexicon, issue: str) -> None:
    assert lexicon.issue(issue) is not None


def test_no_phrase_belongs_to_two_issues(lexicon: Lexicon) -> None:
    owner: dict[str, str] = {}
    for issue in lexicon.issues:
        for phrase in (issue.name.lower(), *issue.aliases):
            assert owner.setdefault(phrase, issue.id) == issue.id, (phrase, owner[phrase], issue.id)


@pytest.mark.parametrize(
    ("text", "want"),
    [
        ("They discussed ballistic missiles and proxies.", ["missiles", "proxies"]),
        ("Uranium enrichment must stop.", ["enrichment"]),
        ("Sanctions were lifted.", ["sanctions"]),
        ("The hostages came home.", ["prisoners"]),
        ("It wants tariffs cut and rare earths sold.", ["tariffs", "minerals"]),
        ("They agreed to a truce.", ["ceasefire"]),
        ("The tariff truce holds.", ["tariffs"]),
        ("Kyiv wants security guarantees.", ["security-guarantees"]),
        ("The nuclear watchdog spoke.", []),
        ("The nuclear-armed neighbours spoke.", []),
        ("They struck a deal.", []),
        ("A hunger strike began.", []),
        ("Talks on a non-nuclear matter began.", []),
        ("The withdrawal of Russian troops began.", ["withdrawal"]),
        ("Troops began to withdraw from Gaza.", ["withdrawal"]),
    ],
)
def test_which_issue_a_sentence_names(read: Read, text: str, want: list[str]) -> None:
    assert [hit.issue_id for hit in read(text) if not hit.weak] == want


@pytest.mark.parametrize(
    ("text", "issue", "owner"),
    [
        ("Tehran's ballistic missile arsenal is large.", "missiles", "iran"),
        ("They fear Iranian missiles.", "missiles", "iran"),
        ("North Korea will keep its nuclear weapons.", "nuclear", "north-korea"),
        ("Missiles are on the table.", "missiles", None),
    ],
)
def test_whose_issue_it_is(read: Read, text: str, issue: str, owner: str | None) -> None:
    assert [(hit.issue_id, hit.owner) for hit in read(text)] == [(issue, owner)]


@pytest.mark.parametrize(
    ("text", "owner"),
    [
        ("Iran must stop arming the Houthis.", None),
        ("Rwanda's backing of M23 must end.", "rwanda"),
        ("Rwanda supports M23.", "rwanda"),
    ],
)
def test_backing_an_armed_group_is_an_issue_whatever_its_name(read: Read, text: str, owner: str | None) -> None:
    found = [(hit.issue_id, hit.owner) for hit in read(text) if hit.issue_id == "proxies"]
    assert found in ([("proxies", owner)], [("proxies", "iran")])


def test_an_office_is_no_issue_but_a_fleet_may_be(read: Read) -> None:
    assert read("The U.S. trade representative left.") == []
    assert [(hit.issue_id, hit.owner) for hit in read("They fear Russia's shadow fleet.")] == [("navigation", "russia")]


def test_a_phrase_that_only_points_to_an_issue_is_weak(read: Read) -> None:
    assert [(hit.issue_id, hit.weak) for hit in read("The economic pressure goes on.")] == [("sanctions", True)]


def test_hits_stand_where_they_say(shared_dir: Path, pipeline: Pipeline, lexicon: Lexicon) -> None:
    for path in sorted((shared_dir / "articles" / "dev").glob("*.txt")):
        document = from_text(path.read_text(encoding="utf-8"), name=path.name)
        for sentence in pipeline.sentences(document):
            for hit in issue_hits(sentence, lexicon):
                assert document.text[hit.start : hit.end] == hit.text
                assert sentence.span.start <= hit.head < sentence.span.end


def test_the_founding_article_has_three_files(founding: Path, read: Read, lexicon: Lexicon) -> None:
    found = read(founding.read_text(encoding="utf-8"))
    files = {h.issue_id for h in found if not h.weak and lexicon.issue_by_id[h.issue_id].kind == "file"}
    assert files == {"nuclear", "missiles", "proxies"}


def test_the_issues_of_labelled_articles_are_found(shared_dir: Path, read: Read) -> None:
    gold = [json.loads(line) for line in (shared_dir / "articles" / "dev_gold.jsonl").read_text().splitlines()]
    alias = {
        "donbas-territory": "territory",
        "indus-waters": "water",
        "rare-earths": "minerals",
        "soybeans": "farm-goods",
        "filling": "dam-filling",
        "stabilisation-force": "peacekeepers",
        "serb-municipalities": "municipalities",
    }
    found = missed = 0
    for row in gold:
        want = {alias.get(slug(i.replace("_", "-")), slug(i.replace("_", "-"))) for i in row["issues"]}
        got = {hit.issue_id for hit in read((shared_dir / "articles" / row["file"]).read_text(encoding="utf-8"))}
        found, missed = found + len(want & got), missed + len(want - got)
    assert found / (found + missed) >= 0.9


def test_a_user_s_issue_comes_first(pipeline: Pipeline) -> None:
    own = LexiconFile(issues=(IssueEntry(name="Tower lights", aliases=("lights on the tower", "missiles")),))
    lexicon = lexicon_of(own)
    found = hits(pipeline, lexicon, "They spoke of the lights on the tower, missiles and sanctions.")
    assert [hit.issue_id for hit in found] == ["tower-lights", "tower-lights", "sanctions"]


@pytest.mark.parametrize(
    ("phrase", "want"),
    [
        ("the release of the Wagner archives", "release of wagner archive"),
        ("Tehran's fishing fleets", "fishing fleet"),
        ("an orchestra exchange, which both like", "orchestra exchange"),
        ("the orchestra exchanges", "orchestra exchange"),
        ("its right to the name “Macedonia”", "right to name"),
        ("", ""),
    ],
)
def test_an_unknown_matter_gets_one_name(phrase: str, want: str) -> None:
    assert normal_form(phrase) == want


@given(st.text(max_size=60))
def test_a_normal_form_is_its_own(phrase: str) -> None:
    once = normal_form(phrase)
    assert once == once.strip()
    assert "  " not in once
    assert once == once.casefold() or not once.isascii()
