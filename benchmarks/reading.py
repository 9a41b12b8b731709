"""How well, and how fast, does the reader read?

    python benchmarks/reading.py

Needs the reference material beside the checkout, or DETENTE_DATA; what is absent is skipped by name. Nothing here is
trained on or chosen: the articles, the probe and half of the gold records were at hand while the rules were written,
so that these figures say how far the rules got, and only a set kept back can say how they do on other text.
"""

import hashlib
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from _measure import ROOT, Row, machine, reference_folder, seconds, show, skip, spent
from _probe import Probed, probe
from _records import (
    Coded,
    Found,
    Reader,
    country_codes,
    load_reader,
    petrarch_dyads,
    plover_records,
    recorded_dyads,
    speakers_found,
)
from _units import unit_dyads
from spacy.tokens import Doc
from spacy.vocab import Vocab

from detente.desk import read as desk_read

sys.path.append(str(ROOT))  # the recipe of the pipeline is beside the package, not in it

from training.convert import SENTENCES_PER_DOC, Sentence, documents, gum_names, sentences, uner_names
from training.score import as_read, score

# What the pipeline of the study that went before gave: labelled attachment, in per cent.
DRAFT = {"test-ewt": 81.1, "test-gum": 82.2, "test-pud": 84.6, "test-pud-news": 83.9}
SECOND_PROBE = ROOT / "tests" / "read" / "data" / "second_probe.json"
ACTORS = Path("dictionaries") / "PETR.Validate.actors.txt"
SYNONYMS = Path("dictionaries") / "country_synonyms.json"
MEASURES = (
    "parties",
    "issues",
    "mediators",
    "venues",
    "stances.core",
    "stance_triples.core",
    "threats.core",
    "condition_overlap.core",
    "events.core",
    "events_mutual.core",
    "dyads.core",
    "quotes_verbatim",
    "offsets_right",
    "trace",
)


def main() -> None:
    print(machine())
    folder = reference_folder()
    if folder is None:
        skip("Everything", "for want of the reference material: put it beside the checkout, or set DETENTE_DATA")
        return
    reader = load_reader()
    print(f"weights of the language pipeline: {_weights(reader)}")
    data = folder / "data" / "reading"
    names = data / SYNONYMS
    for what, needed, measure in (
        ("Parser", (data / "treebanks",), parser_rows),
        ("Speed", (data / "treebanks",), speed_rows),
        ("PLOVER gold records", (data / "plover_gsr_cameo_dev.json", names), plover_rows),
        ("PETRARCH2 validation records", (data / "petrarch2_gsr_validation.jsonl", names), dyad_rows),
        ("PETRARCH2 unit records", (data / "petrarch_unit_records.jsonl", data / ACTORS, names), unit_rows),
        ("Speakers of GUM, unseen documents", (data / "gum_attributions.jsonl",), speaker_rows),
        ("Probe", (data / "reading_probe.json", names), probe_rows),
        ("Second probe", (names,), second_probe_rows),
        ("Articles", (folder / "articles" / "dev", folder / "tools" / "score_reading.py"), article_rows),
    ):
        absent = [str(path.relative_to(folder)) for path in needed if not path.exists()]
        if absent:
            skip(what, f"for want of {', '.join(absent)}")
        else:
            show(what, list(measure(reader, folder)))


def _weights(reader: Reader) -> str:
    """Tell one pipeline from another."""
    path = reader.pipeline.nlp.path
    files = sorted(f for f in Path(path).rglob("*") if f.is_file()) if path else []
    digest = hashlib.sha256(b"".join(f.read_bytes() for f in files)).hexdigest()
    return f"{digest[:12]}, {sum(f.stat().st_size for f in files) / 1e6:.1f} MB"


def corpora(treebanks: Path) -> Iterator[tuple[str, list[Sentence]]]:
    """The test treebanks, which the pipeline has not seen, with the names where they are annotated."""
    ewt, names = list(sentences(treebanks / "en_ewt-ud-test.conllu.gz")), treebanks / "uner_en_ewt-test.iob2.gz"
    by_id = uner_names(names) if names.exists() else {}
    for sentence in ewt:
        sentence.names = by_id.get(sentence.sent_id)
    gum = list(sentences(treebanks / "en_gum-permissive-test.conllu.gz"))
    for sentence in gum:
        sentence.names = gum_names(sentence)
    pud = list(sentences(treebanks / "en_pud-ud-test.conllu.gz"))
    yield "test-ewt", ewt
    yield "test-gum", gum
    yield "test-pud", pud
    yield "test-pud-news", [s for s in pud if s.sent_id.startswith("n")]


def _gold(found: list[Sentence], vocab: Vocab) -> list[Doc]:
    return [as_read(doc) for doc in documents(found, vocab, SENTENCES_PER_DOC)]


def parser_rows(reader: Reader, folder: Path) -> Iterator[Row]:
    """On raw text, as `training/score.py` does."""
    for name, found in corpora(folder / "data" / "reading" / "treebanks"):
        got = score(reader.pipeline, _gold(found, reader.pipeline.nlp.vocab))
        names = "" if got.names is None else f", names {got.names:.1f}"
        here = f"tags {got.tag:.1f}, UAS {got.uas:.1f}, LAS {got.las:.1f}, sentences {got.sentences:.1f}{names}"
        yield Row(name, here, f"draft pipeline: LAS {DRAFT[name]}")


def speed_rows(reader: Reader, folder: Path) -> Iterator[Row]:
    """From text to items: documents, sentences, parties, rules; loading not counted."""
    loading = spent(load_reader, runs=3)
    yield Row("load pipeline, lexicon, frames", seconds(loading.cpu), "aim: 1 s for the start")
    news = dict(corpora(folder / "data" / "reading" / "treebanks"))["test-pud-news"]
    texts = [doc.text for doc in documents(news, reader.pipeline.nlp.vocab, 30)]
    words = _words(reader, texts)
    parsing = spent(lambda: list(reader.pipeline.parse(texts)), runs=3)
    yield Row("parse news", f"{words / parsing.cpu:,.0f} words/s", "draft pipeline alone: 10,300 to 15,000")
    whole = spent(lambda: [reader.read(text) for text in texts], runs=3)
    yield Row("read news, the whole reader", f"{words / whole.cpu:,.0f} words/s", "aim: 5,000")
    articles = sorted((folder / "articles" / "dev").glob("*.txt"))
    if articles:
        dense = [article.read_text(encoding="utf-8") for article in articles]
        words = _words(reader, dense)
        whole = spent(lambda: [reader.read(text) for text in dense], runs=3)
        beside = f"{words:,} words in {len(dense)} articles, full of names and acts"
        yield Row("read the dev articles", f"{words / whole.cpu:,.0f} words/s", beside)


def _words(reader: Reader, texts: Iterable[str]) -> int:
    """Count words as the pipeline does, punctuation among them: that is how the recorded speeds were counted."""
    return sum(len(reader.pipeline.nlp.make_doc(text)) for text in texts)


def _codes(reader: Reader, folder: Path) -> dict[str, str]:
    return country_codes(reader.lexicon, folder / "data" / "reading" / SYNONYMS)


def plover_rows(reader: Reader, folder: Path) -> Iterator[Row]:
    file = folder / "data" / "reading" / "plover_gsr_cameo_dev.json"
    for told, summary_only in (("all items", False), ("events of the summary", True)):
        coded = plover_records(reader, file, _codes(reader, folder), summary_only=summary_only)
        yield from _coded_rows(told, coded)


def dyad_rows(reader: Reader, folder: Path) -> Iterator[Row]:
    data = folder / "data" / "reading"
    found = petrarch_dyads(reader, data / "petrarch2_gsr_validation.jsonl", _codes(reader, folder))
    beside = "from the raw sentence; UniversalPetrarch on parses by the draft pipeline .67, with sectors"
    yield Row("dyads of countries", _prf(found), beside)
    run = data / "reference_runs" / "universalpetrarch_on_gsr_validation.json"
    if run.exists():
        yield Row("    UniversalPetrarch, scored the same way", _prf(recorded_dyads(run)), "parses mended by hand")


def unit_rows(reader: Reader, folder: Path) -> Iterator[Row]:
    data = folder / "data" / "reading"
    records, actors = data / "petrarch_unit_records.jsonl", data / ACTORS
    found = unit_dyads(reader, records, actors, _codes(reader, folder))
    beside = "UniversalPetrarch, with sectors: .722 on 270 of them, parses shipped; .60 on parses by the draft pipeline"
    yield Row("dyads of invented countries", _prf(found), beside)


def probe_rows(reader: Reader, folder: Path) -> Iterator[Row]:
    got = probe(reader, folder / "data" / "reading" / "reading_probe.json", _codes(reader, folder))
    yield from _probed(got, "prototype 24 of 42, aim 36", "prototype 0 of 14, aim 0")


def second_probe_rows(reader: Reader, folder: Path) -> Iterator[Row]:
    """Beside the score of the first run, before which no rule had seen a sentence of it."""
    first = json.loads(SECOND_PROBE.read_text(encoding="utf-8"))["first_run"]
    got = probe(reader, SECOND_PROBE, _codes(reader, folder))
    found = f"first run {first['found']} of {first['expected']}"
    yield from _probed(got, found, f"first run {first['forbidden_made']} of {first['forbidden']}")


def _probed(got: Probed, found: str, made: str) -> Iterator[Row]:
    yield Row("act and actor", f"{got.found} of {got.expected}", found)
    yield Row("forbidden readings", f"{got.made} of {got.forbidden}", made)
    for respect, asked in got.asked.items():
        yield Row(f"    {respect} right, of those found", f"{got.right[respect]} of {asked}")


def speaker_rows(reader: Reader, folder: Path) -> Iterator[Row]:
    """Of the attributions with a cue in documents the parser was not trained on."""
    for told, genres in (("news", ("news",)), ("news, interview, speech", ("news", "interview", "speech"))):
        got = speakers_found(reader, folder / "data" / "reading" / "gum_attributions.jsonl", genres)
        here = f"{got.right} of {got.asked} = {got.recall:.2f}"
        yield Row(told, here, "draft rules: news .61, all three .50; aim .80 on news")


def _coded_rows(told: str, coded: Coded) -> Iterator[Row]:
    peers = {
        "act": "UniversalPetrarch 40 to 42 %, aim 60 %",
        "quad": "UniversalPetrarch 52 to 54 %, aim 75 %",
        "source": "UniversalPetrarch 56 to 61 %",
        "target": "UniversalPetrarch 49 to 52 %",
        "dyad": "UniversalPetrarch 40 %",
        "full": "UniversalPetrarch 19 to 20 %, aim 40 %",
    }
    yield Row(told, f"{coded.records} records", "UniversalPetrarch on all 322")
    for respect, beside in peers.items():
        right = getattr(coded, respect)
        yield Row(f"    {respect}", f"{right} = {100 * right / coded.records:.1f} %", beside)
    beside = "UniversalPetrarch 1.53, aim at most 1.2"
    yield Row("    outputs a record", f"{coded.outputs / coded.records:.2f}", beside)


def _prf(found: Found) -> str:
    return f"P {found.precision:.3f} R {found.recall:.3f} F1 {found.f1:.3f}"


def article_rows(reader: Reader, folder: Path) -> Iterator[Row]:
    """What the scorer beside the articles says: all, the seed situation, the others. The reader loads itself."""
    scorer = folder / "tools" / "score_reading.py"
    with tempfile.TemporaryDirectory() as place:
        predictions = Path(place) / "predictions.json"
        readings = desk_read.read(folder / "articles" / "dev")
        predictions.write_text(desk_read.as_json(readings), encoding="utf-8")
        command = [sys.executable, str(scorer), str(predictions), "--group", "--json"]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
    groups = json.loads(done.stdout)["groups"]
    sizes = ", ".join(f"{name} {block['documents']}" for name, block in groups.items())
    yield Row("documents", sizes, "no coder of others has been run on these")
    for measure in MEASURES:
        cells = [_headline(block["measures"].get(measure, {})) for block in groups.values()]
        yield Row(measure, "  ".join(f"{cell:>5}" for cell in cells))


def _headline(value: dict[str, float]) -> str:
    got = value.get("f1", value.get("value", value.get("ratio")))
    return "-" if got is None else f"{got:.3f}"


if __name__ == "__main__":
    main()
