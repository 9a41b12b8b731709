"""`detente lint` from the outside, and what it faults: every planted fault is found, and what is right is let be."""

import json
import re
import time
from pathlib import Path

import pytest
from tests.cli.samples import refused, run

from detente.brief.estimative import class_rate, dated_rate, likelihood
from detente.desk.lint import Form, lint, rule_ids
from detente.outlook.classes.table import incidence, rate

ROOT = Path(__file__).resolve().parents[2]
PLANTED = [
    ("It is very likely, with high confidence, that talks resume.", "apart", 25),
    ("U.S. officials say a deal is likely; our confidence is low.", "apart", 42),
    ("War is likely (62%).", "steps", 16),
    ("A deal has a probability of 0.427.", "steps", 14),
    ("P(deal) = 0.42 by our reckoning.", "steps", 1),
    ("We see a 43 per cent chance of war.", "steps", 10),
    ("A strike is unlikely (35%; 95% interval 30% to 40%).", "ground", 23),
    ("The odds of war are 3 to 1 against.", "ground", 21),
    ("There is a one in four chance of war.", "ground", 12),
    ("It is very likely (90-100%) that it ends.", "band", 20),
    ("War is likely, at 30%.", "band", 19),
    ("A deal is likely. A war is improbable.", "rows", 28),
    ("It is highly likely that talks resume.", "scale", 7),
    ("It is virtually certain that talks resume.", "scale", 7),
    ("We are 100% certain of this.", "certain", 8),
    ("Iran will definitely refuse.", "certain", 6),
    ("There is no doubt that Iran refuses.", "certain", 10),
    ("There is a 0% chance of a deal.", "certain", 12),
    ("This proves that Iran refuses.", "proves", 6),
    ("In 40% of draws a deal is likely.", "draws", 27),
    ("The probability of a deal is 87% of 512 draws.", "draws", 5),
    ("There is a 40% chance of war in the draws.", "draws", 16),
    ("The model puts war at 30%.", "share", 5),
    ("40% of simulations end in war.", "share", 1),
    ("The model expects a deal by March.", "date", 26),
    ("Most draws end in war within 90 days.", "date", 23),
    ("Our confidence in this is low to moderate.", "levels", 5),
    ("We say so with low-to-moderate confidence.", "levels", 16),
    ("It is likely that Iran refuses.", "number", 7),
    ("War might come.", "weasel", 5),
    ("Talks could collapse.", "weasel", 7),
    ("War may possibly follow.", "weasel", 5),
    ("It is not unlikely that Iran yields.", "weasel", 7),
    ("Deal: 40%.", "bare", 1),
]
RIGHT = [
    "There is a deal in 87% of 512 draws; that is a share of draws, not a probability.",
    "Iran enriches to 60%, and tariffs of 25% stay.",
    "The gap is 69% of the scale.",
    "In nine draws of ten Iran gains.",
    "Confidence in this judgement is low.",
    "The minister said: “We will definitely win, there is no doubt that war is 99% certain.”",
    "The crisis ends there in 52% of 512 draws; of all its ends that is the likeliest.",
    "Nobody who could walk out gains by it; the direction by chance: 0.023.",
    "The military might of both is great; in May they met.",
]


def rules(text: str, form: Form = "plain") -> list[str]:
    return [remark.rule for remark in lint(text, form=form)]


@pytest.mark.parametrize(("text", "rule", "column"), PLANTED)
def test_a_planted_fault_is_found_in_its_place(text: str, rule: str, column: int) -> None:
    assert (1, column, rule) in {(r.line, r.column, r.rule) for r in lint(text)}


@pytest.mark.parametrize(("text", "rule", "column"), PLANTED)
def test_it_is_found_in_a_page_as_well(text: str, rule: str, column: int) -> None:
    page = f"<!doctype html>\n<title>Brief</title>\n<body><p>A first.\n<p><b>{text}</b></p></body>"
    assert (4, column + len("<p><b>"), rule) in {(r.line, r.column, r.rule) for r in lint(page, form="html")}


@pytest.mark.parametrize("text", RIGHT)
def test_what_is_right_is_let_be(text: str) -> None:
    assert rules(text) == []


def test_every_rule_is_planted_and_described() -> None:
    page = (ROOT / "docs" / "estimative-language.md").read_text(encoding="utf-8")
    assert {rule for _, rule, _ in PLANTED} == set(rule_ids())
    assert [*re.findall(r"^\| `(\w+)` \| (?:fault|doubt) \|", page, re.MULTILINE)] == [*rule_ids()]


def test_what_detente_says_of_a_likelihood_keeps_its_own_rules() -> None:
    of = rate("icb/1946-2017/mediated", "war")
    spread = [likelihood(class_rate(of, p=p)) for p in (0.001, 0.013, 0.2, 0.475, 0.5499, 0.81, 0.96, 0.999)]
    for said in (*spread, likelihood(dated_rate(incidence("icb/1946-2017/all", 365)))):
        assert rules(said) == [], said
    assert [r.rule for r in lint(likelihood(class_rate(of, p=0.65), scale="ipcc"), scale="ipcc")] == []


def test_a_likelihood_without_one_of_its_grounds_is_found_out() -> None:
    said = likelihood(class_rate(rate("icb/1946-2017/mediated", "war")))
    for ground in ("41 of 135 cases did (international crises 1946 to 2017, mediated; ICB v14)", "weight", "interval"):
        assert ground in said
        told = {r.rule: r.wrong for r in lint(said.replace(ground, "").replace("20% to 40%", "then"))}
        assert "ground" in told


def test_words_of_others_are_passed_over_in_every_form() -> None:
    claim = "War will definitely come."
    assert rules(f"> {claim}\n\n```\n{claim}\n```\n`{claim}`\n", "markdown") == []
    assert (
        rules(f"<blockquote>{claim}</blockquote><q>{claim}</q><script>{claim}</script><!-- {claim} -->", "html") == []
    )
    assert rules(f'"{claim}" he said.') == []
    assert rules(f"<p title='a > b'>{claim}</p>", "html") == ["certain"]
    assert rules(f"# Head\n\n- one\n- {claim}\n", "markdown") == ["certain"]


def test_a_quote_that_never_closes_hides_one_paragraph_at_most() -> None:
    assert rules("He said: “We win.\n\nWar will definitely come.") == ["certain"]
    assert rules("<p>He said: “We win.</p>\n\n<p>War will definitely come.</p>", "html") == ["certain"]


def test_a_table_is_near_its_caption() -> None:
    grid = "Share of draws in which it ends so.\n\nend          drift      force\nwar          40%        12%\n"
    assert rules(grid) == []
    assert rules("Likelihoods.\n\nend          drift      force\nwar likely   likely     33% chance\n")


def test_a_word_at_the_head_of_a_torn_line_is_no_estimate() -> None:
    assert rules("end      why it is so\nwar      it makes the next less\nhere     likely is another") == []
    assert rules("| end | how likely |\n|---|---|\n| war | likely |\n", "markdown") == ["number"]


def test_a_table_that_is_set_line_by_line_is_near_its_caption_too() -> None:
    record = "The draws, before and after.\n\nA deal\n  before: 36% of 64 draws\n  chance: as good\n    as even\n"
    assert rules(record) == []
    assert rules(record.replace("as good", "likely")) == []


def test_two_rows_may_stand_together_where_they_are_said_to_mean_the_same() -> None:
    both = "A deal is likely. A war is improbable."
    assert "rows" not in rules(f"{both} Terms of the two rows mean the same probability.")


@pytest.mark.parametrize("broken", ["<", "<p", "<a '", "<!--", "<script>", "</q></q>", "<q>", "&#99999999;", "<p " * 9])
def test_a_broken_page_is_read_as_far_as_it_goes(broken: str) -> None:
    assert lint(f"<p>War will definitely come.</p>{broken}", form="html")[0].rule == "certain"


@pytest.mark.parametrize(
    "page",
    ['<a "' * 30_000, "<!--" * 30_000, "<" * 90_000, "<q>" * 30_000, "9" * 90_000, " " * 90_000, "“ x " * 20_000,
     "a <table>" * 9_000],
    ids=["attributes", "comments", "tags", "quotes", "digits", "blanks", "marks", "tables"],
)  # fmt: skip
@pytest.mark.parametrize("form", ["html", "markdown", "plain"])
def test_a_hostile_page_takes_no_longer_than_its_length(page: str, form: Form) -> None:
    begun = time.process_time()
    assert lint(page, form=form) == ()
    assert time.process_time() - begun < 2  # what grows with the square of the length takes minutes


def test_one_sentence_without_an_end_is_read_in_parts() -> None:
    text = "and so on " * 500 + "war will definitely come"
    (found,) = lint(text)
    assert text[found.column - 1 :].startswith("will definitely")


def test_findings_end_with_one_and_their_places() -> None:
    Path("brief.md").write_text("# Brief\r\n\r\nTalks could collapse. War will definitely come.\r\n", encoding="utf-8")
    done = run("lint", "brief.md")
    assert done.exit_code == 1
    assert done.stdout.splitlines()[0] == "brief.md: 1 fault, 1 doubt"
    assert "3:27  fault  certain" in done.stdout
    alone = json.loads(run("lint", "brief.md", "--no-doubts", "--json").stdout)
    assert [(r["line"], r["column"], r["rule"]) for r in alone[0]["remarks"]] == [(3, 27, "certain")]


def test_a_text_by_another_scale_is_read_by_it() -> None:
    Path("brief.txt").write_text("It is highly likely that Iran refuses.\n", encoding="utf-8")
    assert "scale" in run("lint", "brief.txt", "--no-doubts").stdout
    assert run("lint", "brief.txt", "--no-doubts", "--scale", "phia").exit_code == 0


def test_a_brief_that_detente_wrote_is_clean(read_once: Path) -> None:
    done = run("lint", read_once.parent / "brief.html", read_once.parent / "brief.txt")
    assert done.exit_code == 0, done.stdout
    assert done.stdout.count("nothing to cure.") == 2


def test_a_brief_suggests_a_confidence_that_nobody_has_signed(read_once: Path) -> None:
    shown = " ".join((read_once.parent / "brief.txt").read_text(encoding="utf-8").split())
    assert "suggested confidence: low: corroboration low (0 of" in shown
    assert "confidence: not signed;" in shown


def test_half_a_signature_is_refused() -> None:
    assert "Give --confidence LEVEL and --by NAME" in refused(2, "brief", "dam.txt", "--confidence", "low")
    assert "Give --confidence LEVEL and --by NAME" in refused(2, "brief", "dam.txt", "--by", "R. Halloran")


@pytest.mark.parametrize(
    ("name", "content", "what"),
    [
        ("a.txt", b"\x00\x01\x02" * 99, "is not text"),
        ("a.png", b"\x89PNG\r\n\x1a\n" + b"\x00" * 99, "is a PNG picture"),
        ("a.pdf", b"%PDF-1.7\n%\xe2", "is a PDF, in which no line can be named"),
        ("a.html", b"\xff\xfe<\x00p", "claims to be UTF-16-LE but is not valid"),
        ("a.md", b"caf\xc3\xa9 caf\xc3\xa9 caf\xc3\xa9 \xc3", "damaged"),
        ("a.txt", b"x" * 10_000_001, "larger than 10 MB"),
    ],
)
def test_what_is_no_text_is_refused_with_its_cure(name: str, content: bytes, what: str) -> None:
    Path(name).write_bytes(content)
    told = refused(3, "lint", name)
    assert what in told
    assert ".txt" in told or "Part it" in told


def test_what_is_no_file_is_refused() -> None:
    assert "does not exist" in refused(3, "lint", "nowhere.html")
    assert "is a folder" in refused(3, "lint", ".")
    assert "name that was given is empty" in refused(2, "lint", "")
