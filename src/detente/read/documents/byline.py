"""Who published a document and when, as its own byline or dateline states it? Nothing is ever inferred."""

import re
from dataclasses import dataclass
from datetime import date

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_YEAR = r"(?:19|20)\d\d"
DATE = re.compile(
    rf"(?P<iso>\b{_YEAR}[-/.]\d{{1,2}}[-/.]\d{{1,2}}(?!\d))"
    rf"|\b(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?: of)? (?P<month>{_MONTH}),? (?P<year>{_YEAR})\b"
    rf"|\b(?P<month2>{_MONTH}) (?P<day2>\d{{1,2}})(?:st|nd|rd|th)?,? (?P<year2>{_YEAR})\b",
    re.IGNORECASE,
)
_TIME = r"(?:T?\d{1,2}[:.h]\d\d(?::\d\d)?\s*(?:[ap]\.?m\.?)?\s*(?:\(?(?:[A-Z]{2,4}|Z|[+-]\d\d:?\d\d)\)?)?)"
_WEEKDAY = r"(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?"
_LABEL = r"(?:first |last )?(?:published|posted|issued|updated|modified|filed|date|dated)(?: on| at)?:?"
_FILLER = re.compile(rf"{_LABEL}|{_WEEKDAY}|{_TIME}|\b(?:at|on)\b|[|,;·•/()\-–—\s]", re.IGNORECASE)
_UPDATED = re.compile(r"(?:updated|modified)(?: on| at)?:?[^|;]*$", re.IGNORECASE)
_NAMED = re.compile(r"^\((?P<publisher>\w.*?),\s+(?P<date>[^,()]*(?:,\s*\d{4})?)\)$")
_NAME = r"(?-i:[A-Z])[\w.'’-]*(?:[ ,]+(?:(?-i:[A-Z])[\w.'’-]*|and|in|for|of|the|with|correspondent))*"
_CREDIT = re.compile(
    rf"^(?:by|from|(?:edited|written|compiled) by) {_NAME}$"
    r"|^\(?(?:additional )?(?:reporting|writing|editing) by (?-i:[A-Z]).*$",
    re.IGNORECASE,
)
# A name beside a date may be a writer, a place or an outlet; only what is an outlet by name is taken for one.
_OUTLET = re.compile(
    r"\b(?:AFP|ANI|AP|Associated Press|BBC|Bloomberg|CNN|DW|EFE|IANS|IRNA|NPR|PTI|RFE/RL|Reuters|TASS|UPI|VOA|Xinhua"
    r"|agency|broadcasting|chronicle|daily|gazette|guardian|herald|journal|mail|monitor|news|newspaper|observer|post"
    r"|press|radio|review|standard|telegraph|times|tribune|TV|wire)\b|Al Jazeera|Al Arabiya|Le Monde|Der Spiegel",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Stated:
    """What does one line say about where and when the document appeared?"""

    publisher: str | None = None
    published: date | None = None
    reported: date | None = None


def date_of(match: re.Match[str]) -> date | None:
    """Which day does a match of DATE name? None where there is no such day.

    >>> date_of(DATE.search("Feb. 7, 2026")), date_of(DATE.search("31 June 2026"))
    (datetime.date(2026, 2, 7), None)
    """
    if match["iso"]:
        year, month, day = (int(part) for part in re.split(r"[-/.]", match["iso"]))
    else:
        word = match["month"] or match["month2"]
        month = MONTHS.index(word[:3].lower()) + 1
        year, day = int(match["year"] or match["year2"]), int(match["day"] or match["day2"])
    try:
        return date(year, month, day)
    except ValueError:
        return None


def first_date(text: str) -> date | None:
    """Which full date, with its year, does the text name first?

    >>> first_date("Published: Saturday, 7 February 2026 10:15 GMT")
    datetime.date(2026, 2, 7)
    """
    return next((found for match in DATE.finditer(text) if (found := date_of(match))), None)


def is_outlet(name: str) -> bool:
    """Is this the name of an agency, a paper or a broadcaster, as far as the name itself tells?

    >>> is_outlet("Gulf News"), is_outlet("Reuters"), is_outlet("Muscat")
    (True, True, False)
    """
    return bool(_OUTLET.search(name))


def byline(line: str) -> Stated | None:
    """Is this line a byline, and what does it state? None when it is ordinary text.

    >>> byline("(Rudaw, 2026-02-07)")
    Stated(publisher='Rudaw', published=datetime.date(2026, 2, 7), reported=None)
    >>> byline("By Jane Doe"), byline("Talks resume on 7 February 2026")
    (Stated(publisher=None, published=None, reported=None), None)
    """
    if len(line) > 160:
        return None
    named = _NAMED.match(line)
    if named and first_date(named["date"]):
        return Stated(named["publisher"].strip(), first_date(named["date"]))
    if _CREDIT.match(line):
        return Stated()
    return _dated(line) if DATE.search(line) else None


def _dated(line: str) -> Stated | None:
    """Is the line nothing but dates, labels and at most the publisher's name, set off by a mark?"""
    updated = _UPDATED.search(line)
    head = line[: updated.start()] if updated else line
    rest = DATE.sub("\n", line)
    parts = [part.strip() for part in re.split(r"\s*[|·•\n]\s*|\s+[-–—]\s+|,\s*", rest)]
    names = [part for part in parts if _FILLER.sub("", part)]
    if len(names) > 1 or (names and not _a_name(names[0], line)):
        return None
    return Stated(
        publisher=names[0] if names and is_outlet(names[0]) else None,
        published=first_date(head),
        reported=first_date(updated.group()) if updated else None,
    )


def _a_name(part: str, line: str) -> bool:
    """Is this a name of at most six capitalised words, marked off from the date by punctuation?"""
    words = [word for word in part.split() if word not in {"of", "the", "and", "de", "&", "/"}]
    marked = re.search(re.escape(part) + r"\s*(?:[|·•,]|\s[-–—])|(?:[|·•,]|[-–—]\s)\s*" + re.escape(part), line)
    return bool(marked) and 0 < len(words) <= 6 and all(word[0].isupper() or word[0] in "(/&" for word in words)
