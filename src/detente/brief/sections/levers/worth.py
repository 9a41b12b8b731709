"""What is most worth knowing: inputs, and the silences that they would fill."""

from collections.abc import Iterator

from detente.brief.document import Block, Grid, Listing, Paragraph, Sentence
from detente.brief.levers import Levers
from detente.brief.sections.levers.telling import Telling
from detente.brief.words import capital, counted, percent
from detente.levers.worth import Filled, Known

HOW = "expected reduction of the variance if the input were known, by bins of draws (Strong and Oakley 2013)"
SLOTS = {
    "benefit": "what {} gains",
    "walk_away": "what {} has without a deal",
    "ally_action": "what {} may do on its own",
    "veto_holder": "whether {} has a veto",
    "verifier": "who checks",
    "ratifier": "who ratifies",
    "deadline": "by when",
}
SHOWN = 8


def blocks(found: Levers, told: Telling) -> tuple[Block, ...]:
    """Rank what would be worth knowing."""
    seen = [k for k in found.worth.known if k.is_seen]
    first = [k for k in seen if k.basis in ("assumed", "supplied")]
    lines = tuple(_sentences(found, told, seen, first))
    silences = tuple(_silence(one, told) for one in found.silences if one.paths and one.variance)
    rows = tuple(_row(found, told, k) for k in seen[:SHOWN])
    parts: list[Block] = [Paragraph(lines)]
    if rows:
        heads = ("input", "how it is known", "of the variance", "more draws named rightly")
        caption = told.say("What knowing one input exactly would be worth.", HOW, [k.path for k in seen[:SHOWN]])
        parts.append(Grid(caption, heads, rows))
    return (*parts, *((Listing(silences),) if silences else ()))


def _sentences(found: Levers, told: Telling, seen: list[Known], first: list[Known]) -> Iterator[Sentence]:
    if not seen:
        text = f"No single input is seen to be worth knowing alone, of {counted(len(found.inputs), 'input', 'inputs')}."
        yield told.say(text, HOW, [one.path for one in found.inputs])
        return
    best = first[0] if first else seen[0]
    lead = "Of what is only assumed, most" if first else "Nothing of it is assumed; most"
    yield told.say(
        f"{lead} worth knowing is {told.input(best.path)}: known exactly, it would take away {best.variance:.2f} of "
        "the variance.", HOW, [best.path],
    )  # fmt: skip
    gained = max((k.right or 0.0 for k in seen), default=0.0)
    if found.worth.frequent is not None and gained < 0.01:
        text = (
            "No single one, known, would change the verdict that is named: the more frequent one, right in "
            f"{percent(found.worth.frequent)} of draws."
        )
        yield told.say(text, HOW, [k.path for k in seen])


def _row(found: Levers, told: Telling, known: Known) -> tuple[Sentence, ...]:
    right = "-" if known.right is None else f"{percent(known.right)} of draws" if known.right >= 0.005 else "none"
    cells = (capital(told.input(known.path)), known.basis, f"{known.variance:.2f}", right)
    return told.row(cells, HOW, [known.path])


def _silence(one: Filled, told: Telling) -> Sentence:
    """Tell one silence that inputs would fill; the rest is told by the brief on the silences themselves."""
    slot = one.silence
    who = told.names.party(slot.party) if slot.party is not None else ""
    what = SLOTS[slot.slot].format(who)
    text = (
        f"The silence on {what} would be filled by {counted(len(one.paths), 'input', 'inputs')}, worth at least "
        f"{one.variance or 0.0:.2f} of the variance together."
    )
    return told.say(text, HOW, one.paths)
