"""Which pictures belong in a brief? The situation's values and the answers, handed to the figures with their tables."""

from detente import figures as draw
from detente.brief.answers import View
from detente.brief.document import Figure, Grid, Sentence
from detente.brief.register import Register
from detente.brief.words import Names, capital, number
from detente.situation.nouns import Issue, Stance
from detente.situation.values import Range


def wants_figure(view: View, register: Register) -> tuple[Figure, ...]:
    """Draw every issue as a line: landmarks, where it stands, what each party wants and will not accept."""
    names = Names(view.situation)
    lines = tuple(_line(i, view, names) for i in view.situation.issues if any(_on(view, i)))
    if not lines:
        return ()
    title = "Who wants what, issue by issue"
    shown = [s for i in view.situation.issues for s in _on(view, i)]
    grid = Grid(
        Sentence(title, (register.derive("positions and red lines as the situation holds them"),)),
        ("party and issue", "lowest", "best guess", "highest", "red line"),
        tuple(_row(s, names, register) for s in shown),
    )
    desc = "Bars run from the lowest to the highest value a party may want, the dot is the best guess."
    svg = draw.landmarks(lines, id="fig-wants", title=title, desc=desc)
    refs = tuple(dict.fromkeys(r for s in shown for r in register.ranges(s.position)))
    drawn = (*draw.landmarks_as_text(lines), "", *draw.text_legend())
    return (Figure("wants", svg, Sentence(f"{title}. {desc}", refs), grid, drawn),)


def _on(view: View, issue: Issue) -> tuple[Stance, ...]:
    return tuple(s for s in view.situation.stances if s.issue == issue.id)


def _line(issue: Issue, view: View, names: Names) -> draw.IssueLine:
    return draw.IssueLine(
        name=capital(issue.name),
        low=issue.scale[0],
        high=issue.scale[1],
        landmarks=tuple(draw.Landmark(m.at, m.name) for m in issue.landmarks),
        status_quo=_level(issue.status_quo),
        spans=tuple(_span(s, names) for s in _on(view, issue)),
    )


def _level(value: Range) -> draw.Level:
    return draw.Level(value.low, value.best, value.high, value.basis.kind)


def _span(stance: Stance, names: Names) -> draw.Span:
    at, line = stance.position, stance.red_line
    drawn = draw.RedLine(line.at.best, line.accepts, line.at.basis.kind) if line is not None else None
    return draw.Span(capital(names.bare(stance.party)), at.low, at.best, at.high, at.basis.kind, drawn)


def _row(stance: Stance, names: Names, register: Register) -> tuple[Sentence, ...]:
    refs, kind = register.ranges(stance.position), stance.position.basis.kind
    head = Sentence(f"{capital(names.bare(stance.party))}, {names.issue(stance.issue)}", refs, kind)
    at = stance.position
    values = tuple(Sentence(number(v), refs, kind) for v in (at.low, at.best, at.high))
    if stance.red_line is None:
        return (head, *values, Sentence("none stated", refs))
    word = {"at_most": "at most", "at_least": "at least"}[stance.red_line.accepts]
    at = stance.red_line.at
    line = Sentence(f"{word} {number(at.best)}", register.ranges(at), at.basis.kind)
    return (head, *values, line)


def network_figure(view: View, register: Register) -> tuple[Figure, ...]:
    """Draw who sits at which table, who stands behind whom, and who threatens whom."""
    situation, names = view.situation, Names(view.situation)
    if not situation.tables and not situation.ties and not situation.threats:
        return ()
    used = {p for t in situation.tables for p in (*t.consent, *t.consulted, t.host, t.mediator and t.mediator.party)}
    used |= {p for t in situation.ties for p in (t.source, t.target)} | {d.by for d in situation.demands}
    used |= {p for t in situation.threats for p in (t.by, t.against)}
    net = draw.Network(
        parties=tuple(draw.Actor(p.id, names.bare(p.id)) for p in situation.parties if p.id in used),
        tables=tuple(
            draw.TableNode(
                t.id, capital(t.name), t.venue, t.consent, t.consulted, t.host,
                t.mediator.party if t.mediator else None, t.mediator.stated if t.mediator else True,
                t.direct, t.basis.kind,
            )
            for t in situation.tables
        ),
        ties=tuple(draw.TieLine(t.kind, t.source, t.target, t.basis.kind, t.control) for t in situation.ties),
        threats=tuple(
            draw.ThreatArrow(t.by, t.against, t.action, t.condition, t.basis.kind, t.kind) for t in situation.threats
        ),
    )  # fmt: skip
    title = "Tables, ties and threats"
    svg = draw.network(net, id="fig-network", title=title, desc="Who sits at which table, and who stands behind whom.")
    rows = _links(view, names, register)
    derived = register.derive("tables, ties and threats as the situation holds them")
    refs = tuple(dict.fromkeys(r for row in rows for r in row[0].refs)) or (derived,)
    grid = Grid(Sentence(title, (derived,)), ("who", "how", "whom or where"), rows)
    return (Figure("network", svg, Sentence(f"{title}.", refs), grid),)


def _links(view: View, names: Names, register: Register) -> tuple[tuple[Sentence, ...], ...]:
    situation = view.situation
    plain: list[tuple[str, str, str, tuple[str, ...]]] = [
        (names.bare(p), "consents at", t.name, register.basis(t.basis)) for t in situation.tables for p in t.consent
    ]
    plain += [
        (names.bare(t.source), t.kind.replace("_", " and "), names.bare(t.target), register.basis(t.basis))
        for t in situation.ties
    ]
    plain += [
        (names.bare(t.by), f"threatens ({t.action})", names.bare(t.against), register.basis(t.basis))
        for t in situation.threats
    ]
    return tuple((Sentence(capital(a), refs), Sentence(b, refs), Sentence(c, refs)) for a, b, c, refs in plain)
