"""How does a situation become a file that people edit, and a file a situation?

One YAML 1.2 file, described in `docs/situation-file.md`. What is read is written the same way again; what is wrong is
said all at once, each fault with its path, its line and its cure.
"""

from pathlib import Path

from detente.errors import SituationError
from detente.situation.nouns import Situation
from detente.situation.store.decode import decode
from detente.situation.store.emit import emit
from detente.situation.store.encode import encode
from detente.situation.store.files import drafts, settle, write_whole
from detente.situation.store.tree import MAX_BYTES, Fault, parse

__all__ = ["Fault", "drafts", "faults", "from_yaml", "load", "save", "settle", "tidy", "to_yaml", "told", "write_whole"]

_MOST_SHOWN = 50


def from_yaml(text: str | bytes, *, name: str = "situation.yaml") -> Situation:
    """Return the situation that a YAML text describes.

    Raises SituationError with every fault of the text, one line each: where, what, cure.

    >>> from_yaml("title: Gulf talks").title
    'Gulf talks'
    >>> from_yaml("titel: Gulf talks", name="gulf.yaml")
    Traceback (most recent call last):
    detente.errors.SituationError: gulf.yaml has 2 faults:
      line 1, titel: there is no such key. Did you mean 'title'?
      line 1: 'title' is missing. Give 'title': what the dispute is called.
    """
    situation, found = decode(parse(text))
    if situation is None:
        raise SituationError(told(name, found))
    return situation


def faults(text: str | bytes) -> tuple[Fault, ...]:
    """List what is wrong with the shape of a YAML text, in the order of its lines; nothing where it can be read.

    >>> [str(f) for f in faults("title: Gulf\\nas_of: soon")]
    ["line 2, as_of: 'soon' is not a day. Give a day as YYYY-MM-DD."]
    """
    return decode(parse(text))[1]


def to_yaml(situation: Situation) -> str:
    """Write a situation as YAML 1.2, in one canonical order and form; reading it gives the same situation.

    >>> print(to_yaml(Situation(title="Gulf talks")), end="")
    title: Gulf talks
    """
    return emit(encode(situation))


def load(path: Path) -> Situation:
    """Read a situation file.

    Raises SituationError where it is missing, cannot be read, or is not a situation.
    """
    try:
        with path.open("rb") as stream:
            content = stream.read(MAX_BYTES + 1)
    except FileNotFoundError as error:
        raise SituationError(f"There is no file '{path}'. Give the path of a situation file (.yaml).") from error
    except OSError as error:
        raise SituationError(f"'{path}' cannot be read: {error.strerror}. Check the path and its rights.") from error
    return from_yaml(content, name=path.name)


def save(situation: Situation, path: Path) -> None:
    """Write a situation file in one step; comments in the file that it replaces are not kept.

    Raises SituationError where the folder is missing or cannot be written; a file that was there is then untouched.
    """
    try:
        write_whole(path, to_yaml(situation).encode("utf-8"))
    except OSError as error:
        cure = "Check that the folder exists and may be written."
        raise SituationError(f"'{path}' cannot be written: {error.strerror}. {cure}") from error


def tidy(situation: Situation) -> Situation:
    """Return the situation with the stances of each party together, so that they nest under it in the file.

    >>> tidy(Situation(title="Empty")).stances
    ()
    """
    order = {party: rank for rank, party in enumerate(dict.fromkeys(s.party for s in situation.stances))}
    return situation.model_copy(update={"stances": tuple(sorted(situation.stances, key=lambda s: order[s.party]))})


def told(name: str, found: tuple[Fault, ...]) -> str:
    """Say what is wrong with a file, the first fifty faults in full.

    >>> told("gulf.yaml", (Fault(3, "title", "it is empty.", "Give one."),))
    'gulf.yaml has 1 fault: line 3, title: it is empty. Give one.'
    """
    if len(found) == 1:
        return f"{name} has 1 fault: {found[0]}"
    shown = [f"  {fault}" for fault in found[:_MOST_SHOWN]]
    more = len(found) - len(shown)
    if more:
        shown.append(f"  and {more} more. Cure these first.")
    return "\n".join([f"{name} has {len(found)} faults:", *shown])
