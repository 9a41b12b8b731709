"""The HTML brief asks nothing of anybody, loses nothing, and every reference leads somewhere."""

import base64
import hashlib
import itertools
import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.brief.document import Brief, Paragraph, Quote, Section, Sentence, Source, known_ids, sentences
from detente.brief.highlights import Place, stretches
from detente.brief.html import render
from detente.brief.page import anchor
from detente.figures.text import printable

VOID = {"meta", "input", "br", "path", "rect", "circle"}
HOSTILE = (
    "<script>alert(1)</script><img src=x onerror=alert(1)>]]>--></style>&amp;{{ 7*7 }}\u202eevil\x1b[31m" + "x" * 10_000
)


class Reader(HTMLParser):
    """Walks a page: tags with attributes, ids, and the text inside chosen elements."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.open: list[tuple[str, dict[str, str]]] = []
        self.texts: list[tuple[str, tuple[dict[str, str], ...]]] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        self.tags.append((tag, found))
        if tag not in VOID:
            self.open.append((tag, found))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        assert self.open, f"</{tag}> closes nothing"
        assert self.open.pop()[0] == tag

    def handle_data(self, data: str) -> None:
        self.texts.append((data, tuple(attributes for _, attributes in self.open)))

    def inside(self, name: str) -> str:
        """The text inside every element of a class."""
        return "".join(data for data, around in self.texts if any(name in a.get("class", "").split() for a in around))


@pytest.fixture(scope="module")
def page(dispute: Brief) -> str:
    return render(dispute)


@pytest.fixture(scope="module")
def read(page: str) -> Reader:
    return Reader(page)


def brief_of(text: str, *, source: str | None = None, quotes: tuple[Quote, ...] = (), url: str | None = None) -> Brief:
    section = Section(text, text, (Paragraph((Sentence(text, ("e1", text)),)),))
    sources = (Source("doc", text, text, text, url, source, "F3", ()),)
    return Brief(text, text, (section,), quotes, sources, ())


def test_nothing_is_loaded_from_anywhere(page: str, read: Reader, dispute: Brief) -> None:
    loading = {"src", "srcset", "poster", "data", "action", "formaction", "background", "xlink:href", "ping", "style"}
    for tag, attributes in read.tags:
        assert tag not in {"link", "img", "iframe", "object", "embed", "base", "form", "audio", "video", "image", "use"}
        assert not loading & attributes.keys(), (tag, attributes)
        assert not [name for name in attributes if name.startswith("on")]
    outside = {a["href"] for tag, a in read.tags if tag == "a" and not a["href"].startswith("#")}
    assert outside == {source.url for source in dispute.sources if source.url}
    style = re.search(r"<style>(.*?)</style>", page, re.DOTALL)
    assert style is not None
    assert "url(" not in style[1]
    assert "@import" not in style[1]


def test_the_policy_lets_only_our_own_style_and_script_through(page: str, read: Reader) -> None:
    policy = next(a["content"] for tag, a in read.tags if a.get("http-equiv") == "Content-Security-Policy")
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    for name in ("style", "script"):
        (content,) = re.findall(f"<{name}>(.*?)</{name}>", page, re.DOTALL)
        sealed = base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()
        assert f"{name}-src 'sha256-{sealed}'" in policy


def test_ids_are_unique_and_everything_that_points_to_one_finds_it(read: Reader) -> None:
    ids = [a["id"] for _, a in read.tags if "id" in a]
    assert len(ids) == len(set(ids))
    for tag, attributes in read.tags:
        wanted = attributes.get("aria-labelledby", "").split()
        if tag == "a" and attributes["href"].startswith("#"):
            wanted.append(attributes["href"][1:])
        if fill := re.match(r"url\(#(.*)\)", attributes.get("fill", "")):
            wanted.append(fill[1])
        assert set(wanted) <= set(ids), (tag, attributes)


def test_every_reference_of_every_sentence_leads_to_its_entry(read: Reader, dispute: Brief) -> None:
    ids = {a["id"] for _, a in read.tags if "id" in a}
    used = {ref for sentence in sentences(dispute) for ref in sentence.refs}
    assert used <= known_ids(dispute)
    assert {anchor(ref) for ref in used} <= ids
    markers = [a for tag, a in read.tags if tag == "a" and "ref" in a.get("class", "").split()]
    shown = sum(len(set(s.refs)) for s in sentences(dispute) if s.text) + sum(len(n.refs) for n in dispute.notes)
    assert len(markers) == shown


def test_a_quote_and_the_way_back_are_both_there(read: Reader) -> None:
    hrefs = [a["href"] for tag, a in read.tags if tag == "a"]
    assert "#in-text-e2" in hrefs
    assert "#e2" in hrefs
    assert "#cite-1" in hrefs


def test_the_outline_is_sound(read: Reader) -> None:
    levels = [int(tag[1]) for tag, _ in read.tags if re.fullmatch(r"h[1-6]", tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in itertools.pairwise(levels))
    tags = [tag for tag, _ in read.tags]
    assert tags.count("main") == 1
    assert ("html", {"lang": "en"}) in read.tags


def test_both_views_are_on_the_page_and_completed_is_chosen(read: Reader) -> None:
    assert "no trade can be computed" in read.inside("v-text")
    assert "A package exists once the Delta buys power" in read.inside("v-completed")
    chosen = [a["id"] for tag, a in read.tags if tag == "input" and "checked" in a]
    assert chosen == ["view-completed", "theme-auto"]


def test_a_brief_without_a_second_view_has_no_switch_for_it(dispute: Brief) -> None:
    plain = replace(dispute, sections=tuple(replace(section, text_only=None) for section in dispute.sections))
    assert not [a for _, a in Reader(render(plain)).tags if a.get("name") == "view"]


def test_a_mark_is_a_word_and_not_only_a_colour(read: Reader) -> None:
    words = {data for data, around in read.texts if any("mark" in a.get("class", "").split() for a in around)}
    assert {"read", "entered", "supplied", "assumed"} <= words


def test_the_source_reads_as_it_was_written(read: Reader, dispute: Brief) -> None:
    assert read.inside("source-text") == "".join(printable(source.text or "") for source in dispute.sources)


def test_the_highlight_of_a_quote_is_the_quote(read: Reader, dispute: Brief) -> None:
    for quote in dispute.quotes:
        assert read.inside(f"q-{anchor(quote.id)}") == quote.quote


def test_a_quote_that_is_not_where_it_says_is_not_highlighted_and_said_to_be_lost() -> None:
    quote = Quote("e1", "doc", "doc.1", 0, 5, "wrong", None, None)
    read = Reader(render(brief_of("Title", source="right words", quotes=(quote,))))
    assert not [tag for tag, _ in read.tags if tag == "mark"]
    assert "does not stand at its place" in read.inside("lost")


def test_a_source_without_text_and_a_quote_without_source_are_still_there() -> None:
    quotes = (Quote("e1", "doc", "s", 0, 1, "a", None, None), Quote("e2", "elsewhere", "s", 0, 1, "b", None, None))
    read = Reader(render(brief_of("Title", quotes=quotes)))
    assert "not part of the brief" in read.inside("absent")
    assert {"e1", "e2"} <= {a["id"] for _, a in read.tags if "id" in a}


def test_a_reference_to_nothing_is_shown_as_missing_and_is_no_link(dispute: Brief) -> None:
    lost = replace(dispute.sections[0], blocks=(Paragraph((Sentence("A claim.", ("e99",)),)),))
    read = Reader(render(replace(dispute, sections=(lost,))))
    assert "e99?" in read.inside("r-missing")
    assert "#e99" not in [a.get("href") for _, a in read.tags]


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "https://a b", "//evil.example", "HTTPS:x"])
def test_only_web_addresses_become_links(url: str) -> None:
    read = Reader(render(brief_of("Title", url=url)))
    assert all(a["href"].startswith("#") for tag, a in read.tags if tag == "a")


def test_hostile_text_stays_text() -> None:
    start = HOSTILE.index("alert")
    quote = Quote("e1", "doc", HOSTILE, start, start + 5, "alert", None, HOSTILE)
    page = render(brief_of(HOSTILE, source=HOSTILE, quotes=(quote,)))
    read = Reader(page)
    assert [tag for tag, _ in read.tags].count("script") == 1
    assert "img" not in [tag for tag, _ in read.tags]
    assert "{{ 7*7 }}" in read.inside("source-text")
    assert read.inside("source-text") == printable(HOSTILE)
    assert "\x1b" not in page


def test_the_same_picture_may_stand_in_both_views(dispute: Brief) -> None:
    section = dispute.sections[1]
    twice = replace(section, text_only=section.blocks)
    ids = [a["id"] for _, a in Reader(render(replace(dispute, sections=(twice,)))).tags if "id" in a]
    assert len(ids) == len(set(ids))


def test_the_same_brief_gives_the_same_bytes(dispute: Brief, page: str) -> None:
    assert render(dispute) == page
    assert page.encode()


TEXT = "Karun fills; Delta waits."


@given(st.lists(st.tuples(st.integers(0, len(TEXT)), st.integers(0, len(TEXT))), max_size=8))
def test_overlapping_quotes_split_the_text_without_changing_it(spans: list[tuple[int, int]]) -> None:
    places = [Place(f"e{at}", a, b, TEXT[a:b]) for at, (a, b) in enumerate(spans)]
    cut = stretches(TEXT, places)
    assert "".join(stretch.text for stretch in cut) == TEXT
    for place in places:
        covered = "".join(stretch.text for stretch in cut if place.id in stretch.covering)
        assert covered == (place.quote if place.start < place.end else "")
        begun = [stretch for stretch in cut if place.id in stretch.beginning]
        assert len(begun) == (1 if place.start < place.end else 0)


def _luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_every_ink_is_readable_on_every_paper_in_light_and_in_dark(page: str) -> None:
    palettes = [
        dict(re.findall(r"--([\w-]+):(#[0-9a-f]{6})", block)) for block in re.findall(r"{([^{}]*--ink:[^{}]*)}", page)
    ]
    assert len({palette["paper"] for palette in palettes}) == 2
    inks = ("ink", "ink-soft", "link", "read", "entered", "supplied", "assumed", "derived", "alarm")
    pairs = [(ink, paper) for ink in inks for paper in ("paper", "desk", "wash")]
    pairs += [("ink", "quote"), ("ink", "quote-deep"), ("ink", "hit"), ("ink-soft", "seat"), ("paper", "ink")]
    for palette in palettes:
        for ink, paper in pairs:
            light, dark = sorted((_luminance(palette[ink]), _luminance(palette[paper])), reverse=True)
            assert (light + 0.05) / (dark + 0.05) >= 4.5, (ink, paper, palette[ink], palette[paper])
