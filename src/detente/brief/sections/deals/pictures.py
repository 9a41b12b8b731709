"""Which pictures show deals? Packages, gains, agendas, blockades, and what a condition is for, each with its table."""

from dataclasses import replace
from itertools import pairwise
from math import log2

from detente import figures as draw
from detente.analyses.motive import Motive
from detente.brief.compared import Agenda
from detente.brief.document import Block, Figure, Grid, Paragraph, Sentence
from detente.brief.sections.deals.motives import LABELS
from detente.brief.sections.deals.solutions import CONCEPTS
from detente.brief.sections.deals.telling import POINTS, Telling, signed
from detente.brief.sections.deals.why import refusals
from detente.brief.words import MODES, Names, capital, percent
from detente.figures.text import gain

SHOWN = 12  # agendas in the picture of gains
MOST_EDGES = 120  # exact values across a map; with more of them its cells are as sampled
MOST_TURNS = 4  # of them that are written on the axis
LEAST = 0.05  # points, below which nothing is to be seen
TONES = {
    "improves": "good",
    "softens": "better",
    "idle": "neutral",
    "worsens": "worse",
    "self_defeating": "doubtful",
    "blocks": "bad",
}


def cloud(told: Telling) -> tuple[Figure, ...]:
    """Draw the packages of two parties, their frontier, and what each idea chooses."""
    places, found = told.dealt.places, told.dealt.packages
    if places is None or not places.packages:
        return ()
    alike: dict[tuple[float, float], list[str]] = {}
    for one in found.solutions:
        if one.found:
            at = (one.gains[0] / POINTS, one.gains[1] / POINTS)
            alike.setdefault(at, []).append(CONCEPTS[one.concept])
    frontier = tuple((float(a) / POINTS, float(b) / POINTS) for a, b in found.frontier_gains[:, :2].tolist())
    names = tuple(capital(told.names.bare(p)) for p in places.parties)
    data = draw.Cloud(
        parties=(names[0], names[1]),
        packages=places.packages,
        excluded=places.excluded,
        frontier=frontier,
        solutions=tuple(draw.Solved(at, tuple(ideas)) for at, ideas in alike.items()),
        every=places.every,
    )
    title = f"What every package gains {' and '.join(told.names.party(p) for p in places.parties)}"
    how = "every package of the agenda by what it gains each party beyond no deal"
    desc = "Each dot is a package; in the shaded corner nobody loses."
    rows = tuple(
        (told.say(capital(", ".join(ideas)), how), *(told.say(gain(g), how) for g in at)) for at, ideas in alike.items()
    ) or ((told.say("No package lies in the corner where nobody loses", how), told.say("-", how), told.say("-", how)),)
    grid = Grid(told.say(f"{title}, in points.", how), ("chosen by", *names), rows)
    svg = draw.cloud(data, id="fig-cloud", title=title, desc=desc)
    lines = draw.cloud_as_text(data)
    return (Figure("cloud", svg, told.say(f"{title}. {desc}", how), grid, lines),)


def gains(told: Telling, agendas: tuple[Agenda, ...]) -> tuple[Figure, ...]:
    """Draw what each agenda gains each party; those with the same outcome are one group."""
    apart = [a for a in agendas if a.same_as is None]
    shown = apart[:SHOWN]
    if not any(abs(g.points) >= LEAST for a in shown for g in a.gains):
        return ()
    names = {a.name: _label(told, a, agendas) for a in shown}
    groups = tuple(
        draw.GainGroup(
            names[a.name],
            tuple(draw.GainBar(capital(told.names.bare(g.party)), g.points) for g in a.gains),
            "no deal at the best guess",
        )
        for a in shown
    )
    title = "What each party gains beyond no deal, agenda by agenda"
    how = "the Nash deal of every agenda, at the best guess, with red lines taken at their word"
    parties = list(dict.fromkeys(g.party for a in shown for g in a.gains))
    rows = tuple((told.say(names[a.name], how), *(told.say(_gain(a, p), how) for p in parties)) for a in shown)
    heads = ("agenda", *(capital(told.names.bare(p)) for p in parties))
    grid = Grid(told.say(f"{title}, in points.", how), heads, rows)
    svg = draw.gains(groups, id="fig-gains", title=title, desc="One bar a party, from the line of no deal.")
    says = f"{title}. {_counted(len(agendas), len(apart), len(shown))}"
    return (Figure("gains", svg, told.say(says, how), grid, draw.gains_as_text(groups)),)


def _counted(every: int, apart: int, shown: int) -> str:
    """Say how the agendas compared become the groups that are drawn, so that they can be found in the table."""
    many = f"{every} agendas were compared" if every > 1 else "One agenda was looked at"
    if apart < every:
        many += f"; those that treat the same issues with the same outcome are one row, which makes {apart} rows here "
        many += "and in the table of agendas"
    return f"{many}{f'; the first {shown} are drawn' if shown < apart else ''}."


def _label(told: Telling, agenda: Agenda, agendas: tuple[Agenda, ...]) -> str:
    """Name an agenda as the matrix does, together with those that come to the same."""
    if not agenda.issues:
        return "Today's agenda"
    modes = [mode_of(told.names, a) for a in agendas if agenda.name in (a.name, a.same_as)]
    return f"{capital(told.names.issues(agenda.issues))}: {'; '.join(m[:1].lower() + m[1:] for m in modes)}"


def _gain(agenda: Agenda, party: str) -> str:
    return next((gain(g.points) for g in agenda.gains if g.party == party), "no deal")


def matrix(told: Telling, agendas: tuple[Agenda, ...]) -> tuple[Figure, ...]:
    """Draw every set of contested issues in every mode."""
    wider = [a for a in agendas if a.issues]
    if not wider:
        return ()
    cells = agenda_cells(told.names, agendas)
    rows, modes = (tuple(dict.fromkeys(getattr(c, k) for c in cells)) for k in ("row", "mode"))
    title = "Every way of adding the contested issues"
    how = "each agenda asked over all values in the ranges; gains at the best guess against today's agenda"
    table = tuple(
        (
            told.say(c.row, how),
            told.say(c.mode, how),
            told.say(draw.STATES[c.state], how),
            told.say("; ".join(c.told()) or "-", how),
        )
        for c in cells
    )
    grid = Grid(told.say(f"{title}.", how), ("issues", "mode", "is there a deal?", "who gains, who blocks"), table)
    laid = draw.AgendaMatrix(rows, modes, cells)
    svg = draw.agendas(laid, id="fig-agendas", title=title, desc="Issues down the side, modes across.")
    says = f"{title}: {len(wider)} agendas beside today's, one cell each. Small figures are what each party gains "
    says += "against today's agenda, or beyond no deal where today's has none, in points."
    apart = sum(a.same_as is None for a in agendas)
    if apart < len(agendas):
        says += f" Cells of one row with the same outcome share a row in the bars and the table, {apart} with today's."
    return (Figure("agendas", svg, told.say(says, how), grid, draw.agendas_as_text(laid)),)


def agenda_cells(names: Names, agendas: tuple[Agenda, ...]) -> tuple[draw.AgendaCell, ...]:
    """Tell every agenda that adds something in a cell: whether there is a deal, who gains, who blocks."""
    today = next((a for a in agendas if not a.issues), None)
    return tuple(
        draw.AgendaCell(
            capital(names.issues(a.issues)), mode_of(names, a), _state(a), _words(names, a), _moved(a, today)
        )
        for a in agendas
        if a.issues
    )


def mode_of(names: Names, agenda: Agenda) -> str:
    """Say how the issues that an agenda adds stand on it."""
    return capital(MODES.get(agenda.mode, agenda.mode)) + (f" of {names.party(agenda.by)}" if agenda.by else "")


def _state(agenda: Agenda) -> draw.State:
    if agenda.clashes:
        return "clash"
    unchanged = bool(agenda.gains) and all(g.change is not None and abs(g.change) < LEAST for g in agenda.gains)
    return "same" if unchanged else agenda.verdict.kind


def _apart(agenda: Agenda) -> bool:
    """Say whether the verdict and the share speak of another table than this one."""
    return agenda.asked_of not in ("table", "first stage")


def _moved(agenda: Agenda, today: Agenda | None) -> tuple[str, str] | None:
    """Return the share of draws with a deal on today's agenda and on this one, where it is seen to differ."""
    if today is None or today.share is None or agenda.share is None or _apart(agenda):
        return None
    before, after = percent(today.share), percent(agenda.share)
    return None if before == after else (before, after)


def _words(names: Names, agenda: Agenda) -> tuple[str, ...]:
    if agenda.clashes:
        return tuple(dict.fromkeys(f"{capital(names.bare(c.against))}: its red line" for c in agenda.clashes))
    if _state(agenda) == "same":
        return _beside(agenda)
    if agenda.gains:
        return tuple(
            f"{capital(names.bare(g.party))} {gain(g.points if g.change is None else g.change)}" for g in agenda.gains
        )
    who = dict.fromkeys(b.party for group in agenda.blocked[:1] for b in group)
    return (f"blocked by {names.parties(tuple(who))}",) if who else ()


def _beside(agenda: Agenda) -> tuple[str, ...]:
    """Say what becomes of issues that are settled at another table while today's deal stands."""
    if not _apart(agenda):
        return ()
    stands = f"today's deal; {'a wash on these' if agenda.deals else 'nothing on these'}"
    return (stands, f"there a deal in {percent(agenda.share)} of draws") if agenda.share else (stands,)


def who_blocks(told: Telling) -> tuple[Figure, ...]:
    """Draw which refusals would have to be set aside together."""
    found = refusals(told)
    if not found or not told.dealt.blocked.is_blocked:
        return ()
    robust = told.dealt.robust
    share = dict(zip(robust.needed, robust.involved_share.tolist(), strict=True)) if robust is not None else {}
    rows = tuple(draw.Blocker(name, sets, share.get(party)) for name, sets, party in found)
    count = 1 + max(k for _, sets, _ in found for k in sets)
    title = "What would have to be set aside for a deal"
    how = "minimal sets of refusals, exact; each column alone would open a deal; shares are of the model's draws"
    grid = Grid(
        told.say(f"{title}.", how),
        ("refusal", "in which sets"),
        tuple((told.say(n, how), told.say(", ".join(str(k + 1) for k in sets), how)) for n, sets, _ in found),
    )
    data = draw.Blockers(rows, tuple(str(k + 1) for k in range(count)))
    svg = draw.blockers(data, id="fig-blocks", title=title, desc="Refusals down the side, ways across.")
    return (Figure("blocks", svg, told.say(f"{title}.", how), grid, draw.blockers_as_text(data)),)


def regions(told: Telling) -> tuple[Block, ...]:
    """Draw, for every party that presses, what its demand is for over what is not known of it."""
    return tuple(_region(told, found, k) for k, found in enumerate(told.dealt.motives))


def _region(told: Telling, found: Motive, at: int) -> Block:
    who, what = told.names.party(found.presser), told.names.issues(found.pressed)
    how = f"every cell is what the demand for {what} would then be, with the deals that follow found anew"
    kinds = [k for k, share in enumerate(found.box_shares) if share > 0 or (found.cells == k).any()]
    data = _map(found, kinds, who)
    only = data.only()
    if only is not None and len(kinds) == 1:
        ends = f"from {signed(found.no_deal[0])} to {signed(found.no_deal[-1])} points beside today"
        swept = f"whatever {who} has without a deal, {ends}, and whether the issues it presses matter "
        swept += f"{_times(found.weights[0])} as much as taken or {_times(found.weights[-1])} as much"
        return Paragraph((told.say(capital(f"{swept}: {only}."), how),))
    title = f"Does {who} seek a better deal, or none?"
    shares = [(LABELS[found.labels[k]], found.box_shares[k]) for k in kinds]
    rows = tuple((told.say(capital(n), how), told.say(f"{s:.0%} of the box", how)) for n, s in shares)
    caption = told.say("What the demand would be, as a share of the swept box; that is not a probability.", how)
    grid = Grid(caption, ("what the demand is", "share of the box"), rows)
    desc = "Across: what it has without a deal. Up: how much the pressed issues matter to it beside the rest."
    svg = draw.region(_exact(found, kinds, data), id=f"fig-motive-{at}", title=title, desc=desc)
    says = f"{title} {desc}"
    if found.seat == "table":
        says += " It sits at the table, so the deal itself moves as its no-deal value rises."
    return Figure(f"motive-{at}", svg, told.say(says, how), grid, draw.region_as_text(data))


def _map(found: Motive, kinds: list[int], who: str) -> draw.Region:
    """Return the map as the sweep sampled it."""
    across = [d / POINTS for d in found.no_deal]
    up = [log2(w) for w in found.weights]
    ends = sorted({across[0], across[-1], *({0.0} if across[0] <= 0 <= across[-1] else ())})
    return draw.Region(
        across=draw.RegionAxis(
            f"what {who} has without a deal, points beside today",
            _edges(across),
            tuple((x, gain(x)) for x in ends),
        ),
        up=draw.RegionAxis(
            "weight of the pressed issues to it",
            _edges(up),
            tuple((y, _times(2**y)) for y in (up[0], 0.0, up[-1])),
        ),
        kinds=tuple(LABELS[found.labels[k]] for k in kinds),
        cells=tuple(tuple(kinds.index(int(k)) for k in row) for row in found.cells),
        tones=tuple(TONES[found.labels[k]] for k in kinds),
        level=up[_middle(found)],
    )


def _exact(found: Motive, kinds: list[int], data: draw.Region) -> draw.Region:
    """Return the map with its lines where they lie exactly, as long as they are few, and their values as taken."""
    stretches = [[(s.label, s.low, s.high) for s in c.stretches if s.low < s.high] for c in found.columns]
    turns = [float(here[1]) / POINTS for here in stretches[_middle(found)][1:]]
    edges = sorted({end for row in stretches for _, low, high in row for end in (low, high)})
    if len(edges) < 2 or len(edges) > MOST_EDGES or any(row[-1][2] != edges[-1] for row in stretches):
        return data
    cells = tuple(
        tuple(
            kinds.index(found.labels.index(next(label for label, low, high in row if low <= left < high)))
            for left in edges[:-1]
        )
        for row in stretches
    )
    marked = tuple((at, gain(at)) for at in turns) if len(turns) <= MOST_TURNS else ()
    across = replace(data.across, edges=tuple(float(edge) / POINTS for edge in edges))
    return replace(data, across=across, cells=cells, turns=marked, exact=True)


def _middle(found: Motive) -> int:
    """Return the row in which the pressed issues weigh what they are taken to."""
    return min(range(len(found.weights)), key=lambda k: abs(found.weights[k] - 1))


def _edges(values: list[float]) -> tuple[float, ...]:
    """Return where the cells around these values begin and end."""
    if len(values) < 2:
        return (values[0] - 0.5, values[0] + 0.5)
    middles = [(a + b) / 2 for a, b in pairwise(values)]
    return (values[0] - (middles[0] - values[0]), *middles, values[-1] + (values[-1] - middles[-1]))


def _times(factor: float) -> str:
    return f"{factor:g} times" if factor >= 1.01 else "as taken" if factor > 0.99 else f"1/{1 / factor:g}"


def plane(told: Telling) -> tuple[Block, ...]:
    """Draw for which values of the two inputs that decide most there is a deal."""
    found = told.dealt.plane
    if found is None:
        return ()
    size = len(found.kinds)
    order = [k for k in ("holds", "depends", "none") if any(k in row for row in found.kinds)]
    words = {"holds": "a deal", "depends": "it depends on the rest", "none": "no deal"}
    axes = [
        draw.RegionAxis(
            told.names.input(found.paths[k]),
            tuple(found.low[k] + (found.high[k] - found.low[k]) * n / size for n in range(size + 1)),
            tuple((x, f"{x:g}") for x in dict.fromkeys((found.low[k], found.guess[k], found.high[k]))),
        )
        for k in (0, 1)
    ]
    cells = tuple(tuple(order.index(kind) for kind in row) for row in found.kinds)
    tones = {"holds": "good", "depends": "doubtful", "none": "bad"}
    data = draw.Region(
        axes[0],
        axes[1],
        tuple(words[k] for k in order),
        cells,
        today=found.guess,
        tones=tuple(tones[k] for k in order),
    )
    how = "every cell settled by exact bounds, the rest at its best guess; the cross is the best guess"
    only = data.only()
    if only is not None:
        return (
            Paragraph(
                (
                    told.say(
                        f"For all values of {axes[0].name} and {axes[1].name}, the rest at its best guess: {only}.", how
                    ),
                )
            ),
        )
    title = f"For which {axes[0].name} and {axes[1].name} is there a deal?"
    many = size * size
    rows: tuple[tuple[Sentence, ...], ...] = tuple(
        (
            told.say(capital(words[k]), how),
            told.say(f"{sum(row.count(k) for row in found.kinds) / many:.0%} of the square", how),
        )
        for k in order
    )
    grid = Grid(told.say(f"{title} Shares of the swept square.", how), ("answer", "share of the square"), rows)
    svg = draw.region(data, id="fig-plane", title=title, desc="The critical line runs between the regions.")
    return (
        Figure("plane", svg, told.say(f"{title} The cross is the best guess.", how), grid, draw.region_as_text(data)),
    )
