"""What every brief owes its reader, whatever it is written on: the rules that guard against false confidence."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.cli.samples import SITUATION, run, situation

from detente.brief.answers import Answers
from detente.brief.as_json import render
from detente.brief.compose import compose
from detente.brief.document import Block, Brief, Figure, Sentence, block_sentences, known_ids, sentences
from detente.cli import COMMANDS
from detente.desk.ask import ask
from detente.desk.case import Case, open_case
from detente.desk.draft import drafted
from detente.desk.lint import lint
from detente.situation.paths import inputs
from detente.situation.rules import RULES
from detente.situation.values import BasisKind

ROOT = Path(__file__).resolve().parents[1]
EXAMPLE = ROOT / "examples" / "us-iran-2026"
RIVER = b"""Neighbours resume talks on the dam

Officials of Ethiopia and Sudan met in Geneva on Monday for indirect talks on the water of the Nile dam, hosted by
Switzerland. Sudan demanded that Ethiopia accept limits on the filling of the dam. Ethiopia refused to discuss
limits on its hydropower. Egypt pressed Sudan to include prisoners in the talks. Sudan's foreign minister warned of
military action against Ethiopia if Addis Ababa fills the dam. Ethiopia imposed sanctions on Sudan last week.
"""
# How each command that answers is asked of a small case; and why the others need not be asked.
SCANNED = {
    "deals": ("--draws", "16", "-o", "page.html"),
    "nodeal": ("--draws", "16", "-o", "page.html"),
    "outlook": ("--draws", "64", "-o", "page.html"),
    "levers": ("--draws", "64", "-o", "page.html"),
    "whatif": ("water.status_quo=60", "--draws", "64"),
    "story": ("--draw", "1"),
}
TAKES_LONG = {"levers"}
NOT_SCANNED = {
    "backtest": "speaks of what was",
    "brief": "what it writes is scanned above",
    "changes": "says what was edited",
    "check": "says what is wrong with a file",
    "export": "writes a case",
    "import": "writes a case",
    "ledger": "quotes what was said; that every class stands with its ground is shown in tests/cli/test_ledger.py",
    "lint": "says what is wrong with a text",
    "play": "asks a person, and says what story says",
    "positions": "asks of a body, which the small case has not; the brief holds its answers",
    "read": "says what others say",
    "restore": "writes a case",
    "review": "says what others say",
    "runs": "lists what is computed in the background",
    "schema": "prints a schema",
    "serve": "what its pages say is scanned page by page in tests/web",
}


@pytest.fixture(scope="module")
def founding_case(founding: Path) -> Case:
    return drafted(founding)


@pytest.fixture(scope="module")
def founding_answers(founding_case: Case) -> Answers:
    return ask(founding_case.situation, texts=founding_case.texts, draws=64)


@pytest.fixture(scope="module")
def founding_brief(founding_answers: Answers) -> Brief:
    return compose(founding_answers)


@pytest.fixture(scope="module")
def river_case() -> Case:
    return drafted(RIVER)


@pytest.fixture(scope="module")
def river_answers(river_case: Case) -> Answers:
    return ask(river_case.situation, texts=river_case.texts, draws=64)


@pytest.fixture(scope="module", params=["example", "river", "founding", "nothing"])
def which(request: pytest.FixtureRequest) -> str:
    """A coded case, a short article, the article the project began with, and a text without a dispute."""
    return str(request.param)


@pytest.fixture(scope="module")
def case(which: str, request: pytest.FixtureRequest) -> Case:
    match which:
        case "example":
            return open_case(EXAMPLE)
        case "nothing":
            return drafted(b"The weather was fine and the children were in the park. They played until it rained.")
    found: Case = request.getfixturevalue(f"{which}_case")
    return found


@pytest.fixture(scope="module")
def answers(which: str, case: Case, request: pytest.FixtureRequest) -> Answers:
    if which in ("river", "founding"):
        found: Answers = request.getfixturevalue(f"{which}_answers")
        return found
    return ask(case.situation, texts=case.texts, draws=64)


@pytest.fixture(scope="module")
def brief(answers: Answers) -> Brief:
    return compose(answers)


def marked(brief: Brief, kind: BasisKind) -> Iterator[Sentence]:
    return (s for s in sentences(brief) if s.mark == kind)


def test_every_sentence_leads_back_to_something_that_is_there(brief: Brief) -> None:
    known = known_ids(brief)
    for sentence in sentences(brief):
        assert sentence.refs, sentence.text
        assert set(sentence.refs) <= known, sentence.text


def test_a_note_leads_only_to_what_is_there(brief: Brief) -> None:
    known = known_ids(brief)
    assert all(set(n.refs) <= known for n in brief.notes)


def test_what_is_called_read_leads_to_a_quote_in_its_document(brief: Brief, answers: Answers) -> None:
    quotes, texts = {q.id: q for q in brief.quotes}, dict(answers.texts)
    for sentence in marked(brief, "read"):
        cited = [quotes[r] for r in sentence.refs if r in quotes]
        assert cited, sentence.text
        for quote in cited:
            if quote.document in texts:
                assert texts[quote.document][quote.start : quote.end] == quote.quote


@pytest.mark.parametrize(("mark", "kind"), [("assumed", "assumption"), ("supplied", "supplied"), ("entered", "entry")])
def test_a_mark_leads_to_a_note_of_its_kind(brief: Brief, mark: BasisKind, kind: str) -> None:
    kinds, onward = {n.id: n.kind for n in brief.notes}, {n.id: n.refs for n in brief.notes}
    for sentence in marked(brief, mark):
        reached = [r for ref in sentence.refs for r in (ref, *onward.get(ref, ()))]
        assert kind in {kinds.get(r) for r in reached}, sentence.text


def test_a_verdict_that_depends_leads_to_what_it_rests_on(brief: Brief) -> None:
    onward = {n.id: n.refs for n in brief.notes if n.kind == "derivation" and n.text.startswith("verdict")}
    for text, refs in ((n.text, n.refs) for n in brief.notes if n.id in onward):
        assert refs or " over 0 open inputs" in text, text


def test_every_rule_of_the_example_has_words() -> None:
    situation = open_case(EXAMPLE).situation
    nouns = (*situation.stances, *situation.ties, *situation.threats, *situation.parties, *situation.issues)
    used = {n.basis.rule for n in nouns} | {i.value.basis.rule for i in inputs(situation)}
    assert used - {None} <= set(RULES)


def test_the_text_alone_holds_nothing_supplied(answers: Answers) -> None:
    bare = answers.text_only.situation
    nouns = (*bare.parties, *bare.issues, *bare.stances, *bare.demands, *bare.tables, *bare.ties, *bare.threats)
    assert all(n.basis.kind != "supplied" for n in nouns)
    assert all(a.basis.kind != "supplied" for t in bare.tables for a in t.agenda)


def test_sections_that_rest_on_what_was_supplied_have_an_answer_without_it(brief: Brief) -> None:
    for section in brief.sections:
        if section.id != "unsaid" and any(s.mark == "supplied" for s in _of(section.blocks)):
            assert section.text_only is not None, section.id
            assert all(s.mark != "supplied" for s in _of(section.text_only)), section.id


def _of(blocks: tuple[Block, ...]) -> Iterator[Sentence]:
    for block in blocks:
        yield from block_sentences(block)


def test_no_probability_of_an_event_is_given(brief: Brief) -> None:
    """Only shares of the model's draws, of scales and of swept boxes stand as percentages, and are called so.

    Where a sentence gives the rate of a reference class it stands with its cases; the linter sees to the rest of it.
    """
    said = " ".join(s.text for s in sentences(brief) if not re.search(r"\d+ of [\d,]+ (such )?cases", s.text))
    for found in re.finditer(r"\d ?%", said):
        around = said[max(0, found.start() - 80) : found.end() + 40]
        assert any(what in around for what in ("of the scale", "draws", "of the box", "of the square")), around
    assert not re.search(r"\b(likely|unlikely|probable|chance that)\b", said.replace("not a probability", ""))


def test_no_brief_breaks_a_rule_of_estimative_language(brief: Brief) -> None:
    said = "\n\n".join(dict.fromkeys(sentence.text for sentence in sentences(brief)))
    assert [str(remark) for remark in lint(said)] == []


def test_a_command_that_answers_is_scanned_and_any_other_says_why_not() -> None:
    assert set(COMMANDS) <= SCANNED.keys() | NOT_SCANNED.keys(), "say how it is asked here, or why there is no need"


@pytest.mark.parametrize(
    "name",
    [pytest.param(name, marks=[pytest.mark.slow] * (name in TAKES_LONG)) for name in SCANNED if name in COMMANDS],
)
def test_no_probability_is_printed_without_its_ground(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Class, k of n, interval, weight and definition stand with every probability that a command prints or writes."""
    monkeypatch.chdir(tmp_path)
    case = situation(SITUATION)
    done = run(name, case, *SCANNED[name])
    assert done.exit_code == 0, done.output
    assert len(done.stdout) > 200
    assert [str(remark) for remark in lint(done.stdout)] == []
    for page in tmp_path.glob("*.html"):
        assert [str(remark) for remark in lint(page.read_text(encoding="utf-8"), form="html")] == []


def test_what_text_cannot_identify_is_swept_and_never_read(answers: Answers) -> None:
    for stance in answers.completed.situation.stances:
        assert stance.salience.basis.kind != "read"
        if stance.red_line is not None:
            hardness = stance.red_line.hardness
            assert hardness.basis.kind in ("assumed", "entered")
            if hardness.basis.kind == "assumed":
                assert (hardness.low, hardness.high) == (0, 1)


def test_text_gives_no_influence(answers: Answers) -> None:
    assert all(w.basis.kind == "entered" for w in answers.completed.situation.influence)


def test_a_verdict_says_how_it_is_known(answers: Answers) -> None:
    for agenda in answers.completed.agendas:
        verdict = agenda.verdict
        assert verdict.proof == "proved" or verdict.draws > 0
        if verdict.kind == "depends":
            assert verdict.case_for is not None
            assert verdict.case_against is not None


def test_every_picture_can_be_read_as_a_table(brief: Brief) -> None:
    figures = [b for s in brief.sections for b in s.blocks if isinstance(b, Figure)]
    assert all(f.grid.rows for f in figures)


def test_the_same_question_gives_the_same_bytes(river_answers: Answers) -> None:
    case = drafted(RIVER)
    again = ask(case.situation, texts=case.texts, draws=64)
    assert render(compose(river_answers)) == render(compose(again))


class TestFounding:
    """The article the project was conceived on, answered well."""

    def test_from_the_text_alone_nothing_benefits_iran(self, founding_answers: Answers, founding_brief: Brief) -> None:
        narrow = founding_answers.text_only.agendas[0]
        assert (narrow.verdict.kind, narrow.verdict.proof) == ("none", "proved")
        said = " ".join(s.text for section in founding_brief.sections for s in _of(section.text_only or section.blocks))
        assert "Nothing on the table benefits Iran, so no trade can be computed." in said

    def test_relief_is_supplied_and_changes_a_verdict(self, founding_answers: Answers) -> None:
        supplied = [i for i in founding_answers.completed.situation.issues if i.basis.kind == "supplied"]
        assert [i.id for i in supplied] == ["relief-for-iran"]
        assert founding_answers.completed.agendas[0].verdict.kind == "depends"
        benefit = next(s for s in founding_answers.silences if (s.slot, s.party) == ("benefit", "iran"))
        assert benefit.filled == "supplied"
        assert benefit.changes

    def test_a_precondition_fails_on_a_red_line_that_is_meant(self, founding_answers: Answers) -> None:
        hard = [a for a in founding_answers.completed.agendas if a.mode == "precondition" and a.issues == ("missiles",)]
        assert [d.settled_as for d in hard[0].verdict.deciding if d.path == "iran.missiles.hardness"] == ["none"]

    def test_israel_presses_and_does_not_consent(self, founding_answers: Answers) -> None:
        table = founding_answers.completed.situation.table(founding_answers.completed.table or "")
        assert set(table.consent) == {"iran", "united-states"}
        assert table.host == "oman"
        assert table.mediator is None
        assert "israel" in {d.by for d in founding_answers.completed.situation.demands}

    def test_the_two_statements_of_one_office_are_one_source(self, founding_brief: Brief) -> None:
        doubts = " ".join(s.text for source in founding_brief.sources for s in source.doubts)
        assert "What Israel wants is known only through" in doubts
        assert "one source, however often" in doubts

    def test_a_threat_covers_the_one_it_names_and_not_the_ally(self, founding_answers: Answers) -> None:
        without = founding_answers.completed.without
        assert not isinstance(without, str)
        covered = {(c.actor, c.action): c.answered_by for c in without.coverage}
        assert covered["united-states", "strike"]
        assert covered["israel", "strike"] == ()
