"""Where sentences begin and end, that offsets never move, and how well the shipped pipeline parses."""

import importlib.util
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from spacy.tokens import Doc

from detente.errors import DocumentError, UsageError
from detente.read.documents import Document, from_text, load
from detente.read.language import Pipeline, Sentence, load_pipeline
from detente.read.language.boundaries import starts
from detente.read.language.characters import plain
from detente.read.language.pipeline import PIECE, pieces

ROOT = Path(__file__).resolve().parents[2]
# What each number must reach on the news half of the Parallel Universal Dependencies treebank, from raw text.
FLOORS = {"las": 83.5, "tag": 95.0, "sentences": 97.0}
PLAIN_WORDS = """Iran the U.S. Mr. p.m. refused Tehran’s “deal” "no" U.S.–Iran 😀 (said) 5,000 No. end. Why? ! — שלום"""
RARE_WORDS = ["👩\u200d👧", "e\u0301", "soft\u00adly", "zero\u200bwidth", "non\u00a0breaking"]
WORDS = st.sampled_from([*PLAIN_WORDS.split(), *RARE_WORDS])
GAPS = st.sampled_from(
    [" ", " ", " ", "  ", "\n", "\r\n", "\r\n\r\n", "\n\n", "\t", "\u200b", " \ufeff ", "\u2028", ""]
)
PAIRS = st.lists(st.tuples(WORDS, GAPS), min_size=1, max_size=60)
TEXTS = PAIRS.map(lambda pairs: "".join(word + gap for word, gap in pairs))


@pytest.fixture(scope="module")
def split(pipeline: Pipeline) -> Callable[[str], list[str]]:
    return lambda text: [sentence.text for sentence in pipeline.sentences(from_text(text, name="text"))]


def assert_whole(document: Document, sentences: Iterable[Sentence]) -> None:
    """Every visible character of the blocks that are read lies in exactly one sentence, and offsets hold."""
    covered: set[int] = set()
    for number, sentence in enumerate(sentences, 1):
        assert sentence.id == f"s{number}"
        assert document.text[sentence.start : sentence.end] == sentence.text == sentence.text.strip() != ""
        here = range(sentence.start, sentence.end)
        assert not covered & set(here)
        covered |= set(here)
        for token in sentence.span:
            at = sentence.base + token.idx
            assert token.text == plain(document.text)[at : at + len(token)]
    read = {i for block in document.blocks if block.kind in {"headline", "text"} for i in range(block.start, block.end)}
    assert {i for i in read if not document.text[i].isspace()} <= covered <= read


# --- sentences


@pytest.mark.parametrize(
    "sentences",
    [
        ["He met U.S. President Trump.", "The U.S. Navy sent ships to the U.S. Fifth Fleet.", "They left."],
        ["Talks with the U.S. and the U.N. failed.", "The minister left for the U.S.", "He was tired."],
        ["Lt. Col. Smith met Maj. Gen. Jones at 5 p.m. Monday.", "They left at 6 p.m.", "The talks went on."],
        ["Mr. Netanyahu met Sen. Graham.", "No. 2 on the list was Iran.", "Oman said no.", "Then it said yes."],
        ["Talks on Jan. 5 ended.", "George W. Bush met J. D. Vance.", "They agreed."],
        ['"We will not yield."', "He said no more.", '"Why?" asked the envoy.', '"Never."', "They left."],
        ["“We will not yield.”", "He said no more.", "“Why?” asked the envoy.", "“Never.”", "They left."],
        ['He said: "We will not talk.', 'They must go."', "Iran agreed."],
        ["The offer stands (it was made on Monday).", "Iran agreed.", "(It did not say why.)", "Oman left."],
        ["Iran, the U.A.E. and the U.K. Foreign Office agreed.", "U.N. Secretary-General Guterres spoke."],
        ["The talks ended... but not for long.", "What now?", "Nothing!"],
    ],
)
def test_sentences_end_where_a_reader_would_end_them(split: Callable[[str], list[str]], sentences: list[str]) -> None:
    assert split(" ".join(sentences)) == sentences


def test_a_headline_is_one_sentence(pipeline: Pipeline) -> None:
    document = from_text(
        "Oman ends round; U.S. demands reported: envoy\n\nThe talks went on. They will resume.", name="x"
    )
    found = pipeline.sentences(document)
    assert [(sentence.block, sentence.text) for sentence in found] == [
        ("headline", "Oman ends round; U.S. demands reported: envoy"),
        ("text", "The talks went on."),
        ("text", "They will resume."),
    ]


def test_the_founding_article_falls_into_its_eleven_sentences(pipeline: Pipeline, founding: Path) -> None:
    document = load(founding)
    found = pipeline.sentences(document)
    assert_whole(document, found)
    assert [sentence.block for sentence in found] == ["headline", *["text"] * 10]
    assert all(sentence.text.endswith(".") for sentence in found[1:])


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("the U.S.-brokered deal", ["the", "U.S.", "-", "brokered", "deal"]),
        ("the U.S.–Iran talks", ["the", "U.S.", "–", "Iran", "talks"]),
        ("the US-Iran talks", ["the", "US", "-", "Iran", "talks"]),
        ("an anti-U.S. plan", ["an", "anti", "-", "U.S.", "plan"]),
        ("Tehran’s U.K./E.U. ties", ["Tehran", "’s", "U.K.", "/", "E.U.", "ties"]),
        ("the U.S.’s aim", ["the", "U.S.", "’s", "aim"]),
    ],
)
def test_a_country_is_a_word_of_its_own(pipeline: Pipeline, text: str, words: list[str]) -> None:
    assert [token.text for token in next(pipeline.parse([text]))] == words


def test_line_breaks_and_indents_do_not_change_the_parse(pipeline: Pipeline) -> None:
    words = [
        "Chad",
        "has",
        "declined",
        "to",
        "discuss",
        "quotas",
        "on",
        "its",
        "cotton",
        "because",
        "it",
        "doesn't",
        "trust",
        "the",
        "other",
        "side",
        ".",
    ]

    def parse(gap: str) -> list[tuple[str, str, str, str]]:
        doc = next(pipeline.parse([gap.join(words)]))
        return [(t.text, t.tag_, t.dep_, t.head.text) for t in doc if not t.is_space]

    assert parse("\r\n") == parse("  \t ") == parse(" ")


def test_markdown_marks_do_not_change_the_parse_and_stay_in_the_text(pipeline: Pipeline, tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text("**Chad** has _declined_ to [discuss quotas](https://example.org/a) on its cotton.\n")
    (found,) = pipeline.sentences(load(path))
    assert found.text == path.read_text().strip()
    assert [t.text for t in found.span if not t.is_space] == [
        "Chad",
        "has",
        "declined",
        "to",
        "discuss",
        "quotas",
        "on",
        "its",
        "cotton",
        ".",
    ]


# --- offsets


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=TEXTS)
def test_every_visible_character_lies_in_exactly_one_sentence(pipeline: Pipeline, text: str) -> None:
    try:
        document = from_text(text, name="any")
    except DocumentError:
        return
    assert_whole(document, pipeline.sentences(document))


@given(st.text(max_size=200))
def test_the_parser_sees_a_text_of_the_same_length(text: str) -> None:
    assert len(plain(text)) == len(plain(text, markdown=True)) == len(text)


@given(st.text(alphabet='ab .\n"”A', max_size=3 * PIECE // 100).map(lambda text: text * 100))
def test_a_long_block_is_cut_into_pieces_that_lose_nothing(text: str) -> None:
    end = 0
    for start, stop in pieces(text, 0, len(text)):
        assert end <= start < stop <= start + PIECE
        assert not text[end:start].strip()
        end = stop
    assert not text[end:].strip()


@given(st.lists(st.tuples(st.sampled_from(["Iran", "said", ".", '"', "“", "”", "U.S.", "?", "(", ")"]), st.booleans())))
def test_sentence_rules_say_something_about_every_word(words: list[tuple[str, bool]]) -> None:
    found = starts([word for word, _ in words], [space for _, space in words])
    assert len(found) == len(words)
    assert all(found[:1])


# --- the pipeline


def test_the_same_text_is_read_the_same_way_twice(pipeline: Pipeline, founding: Path) -> None:
    def reading() -> list[tuple[str, str, str]]:
        return [(t.tag_, t.dep_, t.head.text) for s in pipeline.sentences(load(founding)) for t in s.span]

    assert reading() == reading()


def test_progress_is_told_in_order_and_ends_at_the_whole(pipeline: Pipeline) -> None:
    document = from_text("The envoys met in Muscat. They said little.\n\n" * 40, name="x")
    told: list[tuple[int, int]] = []
    pipeline.sentences(document, progress=lambda done, total: told.append((done, total)))
    assert told == sorted(told)
    assert told[-1] == (len(document.text), len(document.text))


def test_a_folder_without_a_pipeline_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="holds no language pipeline"):
        load_pipeline(tmp_path)


# --- how well it parses


def recipe(name: str) -> ModuleType:
    """A script of the training recipe, which is no package."""
    spec = importlib.util.spec_from_file_location(f"training_{name}", ROOT / "training" / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # dataclasses look their module up there
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def gold_news(shared_dir: Path, pipeline: Pipeline) -> list[Doc]:
    path = shared_dir / "data" / "reading" / "treebanks" / "en_pud-ud-test.conllu.gz"
    if not path.is_file():
        pytest.skip("the PUD treebank is not here: put en_pud-ud-test.conllu.gz under reading/treebanks")
    convert = recipe("convert")
    news = [sentence for sentence in convert.sentences(path) if sentence.sent_id.startswith("n")]
    return list(convert.documents(news, pipeline.nlp.vocab, convert.SENTENCES_PER_DOC))


def test_news_is_parsed_as_well_as_promised(pipeline: Pipeline, gold_news: list[Doc]) -> None:
    assert sum(len(list(doc.sents)) for doc in gold_news) == 500
    score = recipe("score")
    found = score.score(pipeline, [score.as_read(doc) for doc in gold_news])
    short = {name: getattr(found, name) for name, floor in FLOORS.items() if getattr(found, name) < floor}
    assert not short, f"below {FLOORS}"
