"""Where may a sentence begin, where must it, and where is the parser left to decide?"""

import re
from collections.abc import Sequence

STOPS = frozenset({".", "!", "?", "..", "...", "…", "?!", "!?", "!!", "??"})
CLOSERS = frozenset({"”", "’", "''", ")", "]", "}", "»"})
OPENERS = frozenset({"“", "‘", "``", "(", "[", "{", "«"})
STRAIGHT = frozenset({'"', "'"})


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


# After these a name or a number follows, never a new sentence.
TITLES = _set(
    "Mr. Mrs. Ms. Dr. Gen. Lt. Col. Maj. Capt. Cmdr. Sgt. Sen. Rep. Gov. Prof. St. Adm. Amb. Brig. Hon. Rev. Fr. vs. "
    "i.e. e.g. cf."
)
NUMBERED = _set("No Nos no Art art Res res Sec sec Vol vol p pp para paras approx ca")
# After these a single letter ends more often than it is an initial: "Plan B. Then ..."
LETTERED = _set("Plan plan Annex annex Appendix Article Exhibit Option option Part War Type type vitamin Group Phase")
# After a dotted acronym these go on with the name ("U.S. President"), however they are capitalised.
AFTER_ACRONYM = _set(
    "President Vice Secretary Secretaries State Treasury Defense Defence Senate Senator Senators House Congress "
    "Congressman Representative Representatives Ambassador Ambassadors Envoy Special Embassy Consulate Department "
    "Navy Army Air Marine Marines Coast Central Fifth Sixth Seventh Special Forces Security Council General Assembly "
    "Charter Resolution Supreme Court Justice Attorney Energy Commerce Trade Federal Capitol Homeland National "
    "Cyber Strategic Space Agency Director Under Deputy Assistant Mission Ministry Minister Prime Foreign Chief "
    "Human High Commissioner Permanent Constitution Geological Steel Dollar Open"
)
FUNCTION = _set(
    "The A An He She It They We I You This That These Those There In On At By For From With Without After Before As "
    "But And Or So Yet If When While Although Though Because Since Until Under Over His Her Its Their Our My Your "
    "Not No What Who Why How Where Both Some Many Most All Each However Meanwhile Also Asked According Despite "
    "During Last Then Now Only Still Such To Here Even"
)
_ACRONYM = re.compile(r"(?:[A-Za-z]\.){2,}$")
_CLOCK = re.compile(r"[ap]\.m\.$", re.IGNORECASE)
_CLOCK_GOES_ON = re.compile(
    r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sep|Oct|Nov|Dec)\b|[A-Z]{2,4}$|\W"
)


def starts(words: Sequence[str], spaces: Sequence[bool]) -> list[bool | None]:
    """At which words does a sentence begin: True must, False must not, None is for the parser to say?

    `spaces` tells whether white space follows each word; it tells opening from closing quotes where they look alike.

    >>> starts(["He", "left", ".", '"', "Why", "?", '"'], [True, False, True, False, False, False, False])
    [True, False, False, True, False, False, False]
    """
    roles = _roles(words, spaces)
    found: list[bool | None] = [False] * len(words)
    if words:
        found[0] = True
    ended: int | None = None  # index of the word that may have ended a sentence, while only closers followed
    for i, word in enumerate(words):
        if ended is not None and roles[i] != "close" and i > ended:
            first = next((j for j in range(i, len(words)) if roles[j] != "open"), i)
            found[i] = _begins(words, ended, first, quoted=ended < i - 1, spaced=spaces[i - 1])
            ended = None
        if word in STOPS or word.endswith("."):
            ended = i
    return found


def _roles(words: Sequence[str], spaces: Sequence[bool]) -> list[str]:
    """Does each word open, close, or neither?"""
    roles: list[str] = []
    inside = dict.fromkeys(STRAIGHT, False)
    for i, word in enumerate(words):
        if word in STRAIGHT:
            before = i == 0 or spaces[i - 1] or roles[-1] == "open"
            after = i + 1 == len(words) or spaces[i]
            opens = before and (not after or not inside[word]) if before != after else not inside[word]
            inside[word] = opens
            roles.append("open" if opens else "close")
        else:
            roles.append("open" if word in OPENERS else "close" if word in CLOSERS else "")
    return roles


def _begins(words: Sequence[str], ended: int, first: int, *, quoted: bool, spaced: bool) -> bool | None:
    """Does a sentence begin at word `first`, after the word at `ended`?"""
    end, word = words[ended], words[first]
    before = words[ended - 1] if ended else ""
    if word[0].islower():
        return False
    if end in STOPS:
        if word[0].isdigit() and end == "." and before in NUMBERED:
            return False
        sure = spaced and (word[0].isalnum() or word[0] in "$€£") and (end == "." or not quoted)
        return True if sure else None
    if not spaced or not word[0].isalnum():
        return False
    return _begins_after_abbreviation(end, before, word)


def _begins_after_abbreviation(end: str, before: str, word: str) -> bool | None:
    """Does a sentence begin at `word`, after an abbreviation that kept its full stop?"""
    if end in TITLES:
        return False
    if len(end) == 2 and before not in LETTERED:  # an initial: "George W. Bush"
        return False
    if _CLOCK.match(end) and _CLOCK_GOES_ON.match(word):
        return False
    if word in FUNCTION:
        return True
    if _ACRONYM.match(end) and word in AFTER_ACRONYM:
        return False
    return None
