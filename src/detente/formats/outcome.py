"""What came of a negotiation that is over, as `outcome.yaml` beside its situation tells it?"""

from pydantic import ValidationError

from detente.backtest.past_talks import Outcome
from detente.errors import SituationError
from detente.situation.store import told
from detente.situation.store.tree import Fault, Mapping, Node, Scalar, Sequence, parse

OUTCOME = "outcome.yaml"


def read_outcome(text: str | bytes, *, name: str = OUTCOME) -> Outcome:
    """Return the outcome that a YAML text holds.

    Raises SituationError with every fault of the text, one line each: where, what, cure.

    >>> known = "event: a treaty, agreed: false, ended: 1982-06-14, what: War., force: war, force_note: On land."
    >>> read_outcome("{" + known + ", sources: [A book]}").happened("war")
    True
    >>> read_outcome("{}", name="gulf.yaml")
    Traceback (most recent call last):
    detente.errors.SituationError: gulf.yaml has 7 faults:
      line 1, event: field required. Say it as in the cases that come with the program.
      ...
    """
    tree = parse(text)
    if tree.faults or tree.root is None:
        raise SituationError(
            told(name, tree.faults or (Fault(1, "", "the file is empty.", "Say what came of the case."),))
        )
    try:
        return Outcome.model_validate(_plain(tree.root))
    except ValidationError as error:
        found = [(".".join(map(str, e["loc"])), e["msg"]) for e in error.errors(include_url=False)]
    raise SituationError(told(name, tuple(_fault(tree.root, path, said) for path, said in found)))


def _fault(root: Node, path: str, said: str) -> Fault:
    first = path.split(".")[0]
    entries = root.entries if isinstance(root, Mapping) else ()
    line = next((e.key.line for e in entries if e.key.text == first), root.line)
    return Fault(line, path, f"{said[:1].lower()}{said[1:]}.", "Say it as in the cases that come with the program.")


def _plain(node: Node) -> object:
    """Return what a node holds; a scalar stays text until its field says what it means."""
    match node:
        case Scalar():
            return node.text
        case Mapping():
            return {entry.key.text: _plain(entry.value) for entry in node.entries}
        case Sequence():
            return [_plain(item) for item in node.items]
        case _:
            return None
