"""What do the structured data in a page (JSON-LD) state about its article?"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping

DEEPEST = 6  # levels looked into
_ARTICLE = re.compile(r"Article|Report|BlogPosting|LiveBlog")


def facts(scripts: Iterable[str]) -> dict[str, str]:
    """Which headline, publisher and dates does the first article among the scripts state?

    >>> facts(['{"@graph": [{"@type": "NewsArticle", "datePublished": "2026-02-07", "publisher": {"name": "Wire"}}]}'])
    {'datepublished': '2026-02-07', 'publisher': 'Wire'}
    """
    for script in scripts:
        try:
            data: object = json.loads(script)
        except (json.JSONDecodeError, RecursionError):
            continue
        for item in _articles(data, DEEPEST):
            return dict(_stated(item))
    return {}


def _articles(data: object, depth: int) -> Iterator[Mapping[str, object]]:
    if depth and isinstance(data, list):
        for entry in data[:200]:
            yield from _articles(entry, depth - 1)
    elif depth and isinstance(data, dict):
        kind = data.get("@type")
        if any(_ARTICLE.search(name) for name in (kind if isinstance(kind, list) else [kind]) if isinstance(name, str)):
            yield data
        for value in data.values():
            if isinstance(value, list | dict):
                yield from _articles(value, depth - 1)


def _stated(item: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    for key in ("headline", "datePublished", "dateModified"):
        value = item.get(key)
        if isinstance(value, str) and value.strip():
            yield key.lower(), value.strip()
    publisher = item.get("publisher")
    first = publisher[0] if isinstance(publisher, list) and publisher else publisher
    name = first.get("name") if isinstance(first, dict) else first
    if isinstance(name, str) and name.strip():
        yield "publisher", name.strip()
