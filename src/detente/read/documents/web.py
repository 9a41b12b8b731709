"""What does a web page say: its article, and what its metadata states about where and when it appeared?"""

import codecs
import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from trafilatura import bare_extraction, load_html
from trafilatura.settings import Document as Extracted

from detente.errors import DocumentError
from detente.read.documents.byline import first_date
from detente.read.documents.decode import decode
from detente.read.documents.document import Extract
from detente.read.documents.structured import facts

FEWEST_WORDS = 15
_DECLARED = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]{2,40})", re.IGNORECASE)
_XML = re.compile(r"^\s*<\?xml[^>]{0,200}\?>")
_WORD = re.compile(r"\w+")
_SPACES = re.compile(r"[^\S\n]+")
# Where pages state these, most reliable first. A date found anywhere else on the page is not taken for one.
_TITLE = ("og:title", "twitter:title", "headline", "dc.title", "h1", "title")
_PUBLISHER = ("og:site_name", "publisher", "dc.publisher", "citation_publisher", "application-name")
_PUBLISHED = (
    "article:published_time",
    "og:published_time",
    "og:article:published_time",
    "datepublished",
    "date",
    "pubdate",
    "publishdate",
    "publish-date",
    "publish_date",
    "parsely-pub-date",
    "sailthru.date",
    "dc.date",
    "dc.date.issued",
    "dcterms.date",
    "dcterms.issued",
    "article.published",
    "rnews:datepublished",
    "citation_date",
    "citation_publication_date",
)
_MODIFIED = (
    "article:modified_time",
    "og:updated_time",
    "datemodified",
    "lastmod",
    "last-modified",
    "dcterms.modified",
    "dc.date.modified",
    "article.updated",
    "rnews:datemodified",
)


def article(data: bytes, name: str) -> Extract:
    """Which article does the page hold?

    Raises DocumentError when it holds none.
    """
    tree = load_html(_XML.sub("", _markup(data, name)))
    if tree is None:
        raise DocumentError(f"'{name}' is not a web page. Save the article as .txt and read that.")
    stated = _metadata(tree)
    found = bare_extraction(tree, include_comments=False, include_tables=True, with_metadata=False)
    text = _paragraphs(found.text or "") if isinstance(found, Extracted) else ""
    if len(_WORD.findall(text)) < FEWEST_WORDS:
        raise DocumentError(f"'{name}' is a page without an article. Save the article's text as .txt and read that.")
    publisher = _first(stated, _PUBLISHER)
    title = _title(stated, text, publisher)
    if title and not text.startswith(f"{title}\n"):
        text = f"{title}\n\n{text}"
    return Extract(
        text=text,
        title=title,
        publisher=publisher,
        published=_date(stated, _PUBLISHED),
        reported=_date(stated, _MODIFIED),
        url=_first(stated, ("canonical", "og:url")),
    )


def _title(stated: Mapping[str, str], text: str, publisher: str | None) -> str | None:
    """Which headline does the page state: the one its text begins with, else the first, without the outlet's name?"""
    titles = [stated[name] for name in _TITLE if name in stated]
    if publisher:
        titles = [re.sub(rf"\s+[|–—-]\s+{re.escape(publisher)}$", "", title) for title in titles]
    return next((title for title in titles if text.startswith(f"{title}\n")), titles[0] if titles else None)


def _paragraphs(body: str) -> str:
    """The extracted lines as paragraphs: plain spaces, no soft hyphens, a blank line between any two."""
    lines = (_SPACES.sub(" ", line).strip() for line in body.replace("\u00ad", "").split("\n"))
    return "\n\n".join(line for line in lines if line)


def _markup(data: bytes, name: str) -> str:
    """Which text do the bytes hold, in the encoding that the page declares?"""
    declared = _DECLARED.search(data[:4096])
    if declared and not data.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encoding = declared[1].decode("ascii").lower()
        try:
            return data.decode("cp1252" if encoding in {"iso-8859-1", "latin1", "latin-1", "ascii"} else encoding)
        except (LookupError, UnicodeDecodeError):
            pass  # the declaration is wrong; what the bytes tell decides
    return decode(data, name)


def _metadata(tree: Any) -> dict[str, str]:
    """What do the head of the page and its structured data state, by lower-case name? The first statement holds."""
    stated: dict[str, str] = {}
    for element in tree.iter("meta", "link", "time", "h1", "title"):
        name, value = _statement(element)
        if name and value and value.strip():
            stated.setdefault(name.lower(), _SPACES.sub(" ", value.replace("\n", " ")).strip())
    scripts = (element.text or "" for element in tree.iter("script") if element.get("type") == "application/ld+json")
    for name, value in facts(scripts).items():
        stated.setdefault(name, value)
    return stated


def _statement(element: Any) -> tuple[str | None, str | None]:
    """Which name and value does one element state?"""
    if element.tag == "meta":
        return element.get("property") or element.get("name") or element.get("itemprop"), element.get("content")
    if element.tag == "link":
        return ("canonical" if element.get("rel") == "canonical" else None), element.get("href")
    if element.tag == "time":
        stamp = element.get("datetime")
        return element.get("itemprop") or ("pubdate" if element.get("pubdate") is not None else None), stamp
    return element.tag, "".join(element.itertext())


def _first(stated: Mapping[str, str], names: Sequence[str]) -> str | None:
    return next((stated[name] for name in names if name in stated), None)


def _date(stated: Mapping[str, str], names: Sequence[str]) -> date | None:
    return next((found for name in names if name in stated and (found := first_date(stated[name]))), None)
