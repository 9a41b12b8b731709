"""What is taken for a document, how its text falls into blocks, and what is refused with which words."""

import os
import textwrap
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.read.samples import STORY, drawn, pdf, put

from detente.errors import DocumentError
from detente.read.documents import Document, from_bytes, from_text, load, load_folder
from detente.read.documents.byline import byline
from detente.read.documents.lines import ink

PARAGRAPHS = (
    "The two delegations returned to Muscat on Saturday for a second round of indirect talks on the nuclear file.",
    "The envoy said that the missiles were not on the table, and that any attack would be answered at once.",
    "Washington wants a broader deal. It has said so since January, when the first contacts were made.",
)


def blocks(document: Document) -> list[tuple[str, str]]:
    return [(block.kind, document.text[block.start : block.end]) for block in document.blocks]


def page(head: str = "", body: str = "") -> str:
    article = body or "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
    return (
        f"<!doctype html><html><head><title>Envoys meet | Gulf Wire</title>{head}</head><body><nav><a href='/'>Home</a>"
        f"</nav><article><h1>Envoys meet</h1>{article}</article><footer>All rights reserved</footer></body></html>"
    )


# --- blocks


def test_a_first_line_without_closing_mark_is_the_headline() -> None:
    document = from_text(STORY, name="story.txt")
    assert document.title == "Envoys meet again in Muscat"
    assert [kind for kind, _ in blocks(document)] == ["headline", "text", "text"]


def test_a_line_of_prose_broken_by_hand_is_no_headline() -> None:
    wrapped = (
        "The two delegations met in Muscat on Saturday with U.S. President Donald\n"
        "Trump's envoy, who said that the missiles were not on the table. A\n"
        "second round, officials said, may follow next week. Gen. Smith was not\n"
        "there. The minister, who spoke at the airport, called the talks a start.\n"
    )
    assert blocks(from_text(wrapped, name="w")) == [("text", wrapped.strip())]


def test_the_founding_article_has_a_headline_and_joins_its_broken_line(founding: Path) -> None:
    document = load(founding)
    kinds = [block.kind for block in document.blocks]
    assert kinds == ["headline", *["text"] * 10]
    broken = [text for _, text in blocks(document) if "\n" in text]
    assert len(broken) == 1
    assert "U.S. President\nDonald Trump" in broken[0]


def test_the_founding_article_gets_no_date_and_no_publisher(founding: Path) -> None:
    document = load(founding)
    assert (document.published, document.reported, document.publisher) == (None, None, None)


def test_every_article_of_the_development_set_states_its_outlet_and_date(shared_dir: Path) -> None:
    documents = load_folder(shared_dir / "articles" / "dev")
    assert len(documents) == 14
    for document in documents:
        assert document.published is not None
        assert document.publisher
        assert document.title
        assert [block.kind for block in document.blocks[:2]] == ["headline", "byline"]
        assert all(text[-1] in '.;:"' for kind, text in blocks(document) if kind == "text")


def test_a_byline_with_outlet_and_date_is_read() -> None:
    document = from_text(f"Envoys meet\n(Rudaw, 2026-02-07)\n\n{PARAGRAPHS[0]}", name="s")
    assert (document.publisher, document.published) == ("Rudaw", date(2026, 2, 7))
    assert blocks(document)[1] == ("byline", "(Rudaw, 2026-02-07)")


@pytest.mark.parametrize(
    ("line", "publisher", "published", "reported"),
    [
        ("(Gulf (evening copy), 2026-02-09)", "Gulf (evening copy)", date(2026, 2, 9), None),
        ("Reuters, Feb. 7, 2026", "Reuters", date(2026, 2, 7), None),
        ("Muscat, 7 February 2026", None, date(2026, 2, 7), None),
        ("Jane Doe | 7 February 2026", None, date(2026, 2, 7), None),
        ("Published: Sat, 7 Feb 2026 10:15 GMT | Updated: 8 Feb 2026", None, date(2026, 2, 7), date(2026, 2, 8)),
        ("Updated 8 February 2026", None, None, date(2026, 2, 8)),
        ("By Jane Doe and John Roe", None, None, None),
        ("2026-02-07T08:00:00Z", None, date(2026, 2, 7), None),
    ],
)  # fmt: skip
def test_a_byline_states_only_what_it_says(
    line: str, publisher: str | None, published: date | None, reported: date | None
) -> None:
    stated = byline(line)
    assert stated is not None
    assert (stated.publisher, stated.published, stated.reported) == (publisher, published, reported)


@pytest.mark.parametrize(
    "line",
    [
        "Talks resume on 7 February 2026",
        "The deadline of 31 June 2026 passed",
        "Iran (which signed on 7 February 2026) refused",
        "By then the talks had failed",
        "Written by Oman, the draft says little",
        "On 7 February 2026, Iran, Oman and Qatar met",
    ],
)
def test_prose_with_a_date_is_no_byline(line: str) -> None:
    assert byline(line) is None


@pytest.mark.parametrize(
    ("opening", "dateline"),
    [
        ("ERBIL - The envoy", "ERBIL -"),
        ("BANGKOK/KUALA LUMPUR - Officials", "BANGKOK/KUALA LUMPUR -"),
        ("MUSCAT, Oman (AP) — The envoy", "MUSCAT, Oman (AP) —"),
        ("WASHINGTON, Feb 7 (Reuters) - The envoy", "WASHINGTON, Feb 7 (Reuters) -"),
        ("Dubai, United Arab Emirates (CNN) — The envoy", "Dubai, United Arab Emirates (CNN) —"),
        ("ISLAMABAD: Pakistan", "ISLAMABAD:"),
    ],
)
def test_a_dateline_is_set_apart_from_the_text(opening: str, dateline: str) -> None:
    document = from_text(f"Envoys meet\n\n{opening} said that it would go on with the talks.", name="s")
    assert blocks(document)[1] == ("dateline", dateline)
    assert blocks(document)[2][1].startswith(opening.removeprefix(dateline).strip())


@pytest.mark.parametrize(
    "opening",
    [
        "NATO - the alliance - said",
        "The International Atomic Energy Agency (IAEA) - the watchdog -",
        "IAEA: a body that",
    ],
)
def test_an_organisation_before_a_dash_is_no_dateline(opening: str) -> None:
    document = from_text(f"Envoys meet\n\n{opening} would go on with the talks.", name="s")
    assert [kind for kind, _ in blocks(document)] == ["headline", "text"]


def test_list_items_are_blocks_of_their_own_without_their_marks() -> None:
    text = (
        "Envoys meet\n\nThe demands are these:\n1 - close the sites;\n2. hand over the stock;\n- lift sanctions\n\nNo."
    )
    assert [text for kind, text in blocks(from_text(text, name="s")) if kind == "text"] == [
        "The demands are these:",
        "close the sites;",
        "hand over the stock;",
        "lift sanctions",
        "No.",
    ]


def test_markdown_marks_front_matter_and_code_are_not_text(tmp_path: Path) -> None:
    text = (
        "---\ntitle: Envoys meet\noutlet: Gulf Wire\npublished: 2026-02-07\nurl: https://wire.example/1\n---\n"
        f"# Envoys meet\n\n{PARAGRAPHS[0]}\n\n## Next\n\n> {PARAGRAPHS[1]}\n\n```\ncode here\n```\n"
    )
    document = load(put(tmp_path, "s.md", text))
    assert (document.title, document.publisher, document.published) == ("Envoys meet", "Gulf Wire", date(2026, 2, 7))
    assert document.url == "https://wire.example/1"
    assert document.text == text
    assert blocks(document) == [
        ("headline", "Envoys meet"),
        ("text", PARAGRAPHS[0]),
        ("text", "Next"),
        ("text", PARAGRAPHS[1]),
    ]


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=300))
def test_blocks_never_overlap_and_hold_every_visible_line(text: str) -> None:
    try:
        document = from_text(text, name="any")
    except DocumentError:
        return
    end = 0
    for block in document.blocks:
        assert end <= block.start < block.end <= len(text)
        assert ink(text, block.start, block.end) == (block.start, block.end)
        end = block.end


# --- encodings


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"])
def test_the_text_comes_back_whatever_the_encoding(tmp_path: Path, encoding: str) -> None:
    text = STORY.replace("the envoy", "Tehran’s envoy – a “moderate” –")
    assert load(put(tmp_path, "story.txt", text.encode(encoding))).text == text


def test_latin_1_letters_come_back(tmp_path: Path) -> None:
    text = STORY.replace("envoy", "chargé d'affaires")
    assert load(put(tmp_path, "story.txt", text.encode("latin-1"))).text == text


@pytest.mark.parametrize("ending", ["\r\n", "\r", "\u2028"])
def test_line_ends_stay_as_they_are(tmp_path: Path, ending: str) -> None:
    text = STORY.replace("\n", ending)
    document = load(put(tmp_path, "story.txt", text))
    assert document.text == text
    assert [text for _, text in blocks(document)] == [text for _, text in blocks(from_text(STORY, name="s"))]


# --- pages and PDFs


def test_a_page_yields_its_article_and_what_its_metadata_state(tmp_path: Path) -> None:
    head = (
        '<meta property="og:site_name" content="Gulf Wire"><link rel="canonical" href="https://wire.example/1">'
        '<script type="application/ld+json">{"@type": "NewsArticle", "headline": "Envoys meet", '
        '"datePublished": "2026-02-07T08:00:00Z", "dateModified": "2026-02-09"}</script>'
    )
    document = load(put(tmp_path, "page.html", page(head)))
    assert [text for _, text in blocks(document)] == ["Envoys meet", *PARAGRAPHS]
    assert (document.title, document.publisher, document.url) == ("Envoys meet", "Gulf Wire", "https://wire.example/1")
    assert (document.published, document.reported) == (date(2026, 2, 7), date(2026, 2, 9))
    assert document.kind == "html"


def test_a_page_that_states_no_date_gets_none(tmp_path: Path) -> None:
    body = "".join(f"<p>{paragraph}</p>" for paragraph in (*PARAGRAPHS, "Talks were last held on 3 March 2025."))
    document = load(put(tmp_path, "page.htm", page(body=body)))
    assert (document.published, document.reported) == (None, None)


def test_a_page_is_read_in_the_encoding_it_declares(tmp_path: Path) -> None:
    source = page('<meta charset="iso-8859-1">').replace("The envoy", "The chargé d’affaires")
    document = load(put(tmp_path, "page.html", source.encode("cp1252")))
    assert "The chargé d’affaires said" in document.text


def test_a_pdf_yields_its_text_with_broken_words_joined(tmp_path: Path) -> None:
    lines = [
        "Envoys meet in Muscat",
        "",
        "The two delegations met on Saturday in Muscat, and the envoy said that the",
        "missiles were not on the table for now. It was the second round of indi-",
        "rect talks, with no date for a third.",
    ]
    document = load(put(tmp_path, "story.pdf", pdf(drawn(lines))))
    assert document.title == "Envoys meet in Muscat"
    assert "round of indirect talks" in document.text
    assert document.published is None


# --- folders, names, standard input


def test_a_folder_yields_its_documents_with_unique_ids(tmp_path: Path) -> None:
    (tmp_path / "later").mkdir()
    put(tmp_path, "a.txt", STORY)
    put(tmp_path / "later", "a.md", STORY)
    put(tmp_path, "README.md", "# About\n\nThis folder holds two stories.")
    put(tmp_path, ".hidden.txt", b"\x00")
    put(tmp_path, "picture.png", b"\x89PNG")
    (tmp_path / "later" / "up").symlink_to(tmp_path)
    found = load_folder(tmp_path)
    assert [(document.name, document.id) for document in found] == [("a.txt", "a"), ("later/a.md", "a-2")]


def test_bytes_from_standard_input_are_told_by_how_they_begin() -> None:
    assert from_bytes(STORY.encode(), name="standard input").kind == "text"
    assert from_bytes(page().encode(), name="standard input").kind == "html"
    assert from_bytes(pdf(drawn(list(PARAGRAPHS))), name="standard input").kind == "pdf"


@pytest.mark.parametrize("name", ["odd\nname\x1b[31m.txt", "naïve – 文.txt", "a b'c\"d.txt", os.fsdecode(b"\xff.txt")])
def test_odd_names_are_read_and_shown_harmlessly(tmp_path: Path, name: str) -> None:
    document = load(put(tmp_path, name, STORY))
    assert document.text == STORY
    assert document.name.isprintable()
    assert document.name.encode()


def test_the_digest_is_that_of_the_text_not_of_the_file(tmp_path: Path) -> None:
    plain, marked = put(tmp_path, "a.txt", STORY), put(tmp_path, "b.txt", STORY.encode("utf-16"))
    assert load(plain).sha256 == load(marked).sha256


def test_an_article_falls_into_the_same_blocks_as_a_page(tmp_path: Path, founding: Path) -> None:
    plain = [(kind, text.replace("\n", " ")) for kind, text in blocks(load(founding))]
    title, paragraphs = plain[0][1], [text for kind, text in plain if kind == "text"]
    body = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    source = page(f'<meta property="og:title" content="{title}">', body).replace("<h1>Envoys meet</h1>", "")
    assert blocks(load(put(tmp_path, "page.html", source))) == plain


def test_an_article_broken_at_any_width_falls_into_the_same_blocks(founding: Path) -> None:
    whole = [(kind, " ".join(text.split())) for kind, text in blocks(load(founding))]
    for width in (60, 72, 80, 100):
        paragraphs = (textwrap.fill(text, width, break_on_hyphens=False) for kind, text in whole if kind == "text")
        wrapped = from_text(whole[0][1] + "\n\n" + "\n\n".join(paragraphs), name="w")
        assert [(kind, " ".join(text.split())) for kind, text in blocks(wrapped)] == whole
