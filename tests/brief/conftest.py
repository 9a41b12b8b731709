"""A brief on an invented dispute that uses every kind of block: two states on one river, a dam, an ally."""

import pytest

from detente.brief.document import (
    Brief,
    Fact,
    Figure,
    Grid,
    Listing,
    Note,
    Paragraph,
    Quote,
    Section,
    Sentence,
    Source,
)
from detente.figures.coverage import Act, Answer, Coverage, StatedThreat, coverage
from detente.figures.landmarks import IssueLine, Landmark, Level, RedLine, Span, landmarks
from detente.figures.landmarks_text import landmarks_as_text, text_legend
from detente.figures.network import Actor, Network, TableNode, ThreatArrow, TieLine, network
from detente.situation.values import BasisKind

DISPATCH = """Karun and the Delta Republic met in Port Ostia on Tuesday for a second round of indirect talks on the \
Sarn dam.

“We will not sign anything that ties our hands in a dry year,” Karun’s water minister said, adding that the reservoir \
would be filled within four wet seasons at the latest. Officials of the Delta Republic insist on seven, and on forty \
billion cubic metres a year whatever the rain.

The Delta’s foreign office warned that barges of Karun would no longer pass the river if the gates were shut before \
an agreement. Meridia, which has backed the Delta since the last drought, said it expected releases to be discussed.

The Upland Farmers’ Front is not part of the talks. Ostia hosted; nobody was described as mediating.
"""
WIRE = """Meridia’s prime minister receives his colleague from the Delta next week. He wants “binding releases” on \
the table.
"""
QUOTES = (
    (
        "e1",
        "dispatch",
        "Karun and the Delta Republic met in Port Ostia on Tuesday for a second round of indirect talks",
        None,
        "F3",
    ),
    (
        "e2",
        "dispatch",
        "“We will not sign anything that ties our hands in a dry year,” Karun’s water minister said, adding "
        "that the reservoir would be filled within four wet seasons at the latest.",
        "Karun’s water minister",
        "F3",
    ),
    ("e3", "dispatch", "We will not sign anything that ties our hands in a dry year", "Karun’s water minister", "F3"),
    (
        "e4",
        "dispatch",
        "Officials of the Delta Republic insist on seven, and on forty billion cubic metres a year whatever the rain.",
        "officials, unnamed",
        "F6",
    ),
    (
        "e5",
        "dispatch",
        "the reservoir would be filled within four wet seasons at the latest. Officials of the Delta Republic "
        "insist on seven",
        None,
        None,
    ),
    (
        "e6",
        "dispatch",
        "barges of Karun would no longer pass the river if the gates were shut before an agreement",
        "foreign office of the Delta",
        "F3",
    ),
    (
        "e7",
        "dispatch",
        "Meridia, which has backed the Delta since the last drought, said it expected releases to be discussed.",
        "Meridia",
        "F3",
    ),
    ("e8", "dispatch", "Ostia hosted; nobody was described as mediating.", None, "F3"),
    ("e9", "wire", "He wants “binding releases” on the table.", "prime minister of Meridia", "F6"),
)


def said(text: str, *refs: str, mark: BasisKind | None = None) -> Sentence:
    return Sentence(text, refs, mark)


def quotes() -> tuple[Quote, ...]:
    texts = {"dispatch": DISPATCH, "wire": WIRE}
    return tuple(
        Quote(
            id,
            document,
            f"{document}.{at}",
            start := texts[document].index(quote),
            start + len(quote),
            quote,
            grade,
            speaker,
        )
        for at, (id, document, quote, speaker, grade) in enumerate(QUOTES)
    )


NOTES = (
    Note("a1", "assumption", "How much an issue matters is not in the text: 10 to 90 of 100, best guess 50."),
    Note("a2", "assumption", "Whether a red line is real is not in the text: swept from 0 to 1."),
    Note(
        "a3",
        "assumption",
        "Meridia is placed where things stand, because it says what should be discussed and not what it wants.",
        ("e7", "a1"),
    ),
    Note(
        "n1",
        "entry",
        "The Front wants no filling at all; entered by R. Halloran on 2026-03-02 from its founding charter.",
    ),
    Note(
        "s1",
        "supplied",
        "Purchase of power by the Delta: added because nothing on the table is better for Karun than how things stand.",
        ("e2", "e4"),
    ),
    Note(
        "d1",
        "derivation",
        "All packages were listed and each was checked against every red line: 0 of 36 pass from the text "
        "alone, 4 of 108 as completed.",
        ("e2", "e4", "s1", "a2"),
    ),
    Note(
        "d2",
        "derivation",
        "With the red line of Karun on releases at 0, no level above 0 is acceptable to it; the threshold is a "
        "release of 6 billion cubic metres.",
        ("e3", "a2"),
    ),
)


def positions() -> Figure:
    lines = (
        IssueLine(
            "Speed of filling the reservoir",
            0,
            100,
            (
                Landmark(0, "no filling"),
                Landmark(30, "seven wet seasons"),
                Landmark(55, "five wet seasons"),
                Landmark(60, "four wet seasons"),
                Landmark(100, "at will"),
            ),
            Level(40, 50, 60, "read"),
            (
                Span("Karun", 60, 80, 100, "read", RedLine(55, "at_least", "read")),
                Span("Delta Republic", 0, 20, 35, "read", RedLine(40, "at_most", "assumed")),
                Span("Meridia", 30, 50, 70, "assumed"),
                Span("Upland Farmers’ Front", 0, 0, 0, "entered"),
            ),
        ),
        IssueLine(
            "Releases in a drought",
            0,
            40,
            (Landmark(0, "none"), Landmark(20, "half of what is asked"), Landmark(40, "forty billion cubic metres")),
            Level(0, 0, 0, "assumed"),
            (Span("Karun", 0, 0, 5, "read", RedLine(6, "at_most", "read")), Span("Delta Republic", 30, 35, 40, "read")),
        ),
        IssueLine(
            "Purchase of power",
            0,
            100,
            (Landmark(0, "none"), Landmark(100, "all that the Delta needs")),
            Level(0, 0, 0, "assumed"),
            (Span("Karun", 50, 75, 100, "supplied"), Span("Delta Republic", 0, 0, 50, "assumed")),
        ),
    )
    grid = Grid(
        said("Where every party stands, from the least to the most it may want.", "e2", "e4", "a3", "n1", "s1"),
        ("Issue", "Karun", "Delta Republic", "Meridia", "Upland Farmers’ Front"),
        (
            (
                said("Speed of filling"),
                said("60 to 100", "e2", mark="read"),
                said("0 to 35", "e4", mark="read"),
                said("30 to 70", "a3", mark="assumed"),
                said("0", "n1", mark="entered"),
            ),
            (
                said("Releases in a drought"),
                said("0 to 5", "e3", mark="read"),
                said("30 to 40", "e4", mark="read"),
                said(""),
                said(""),
            ),
            (
                said("Purchase of power"),
                said("50 to 100", "s1", mark="supplied"),
                said("0 to 50", "a1", mark="assumed"),
                said(""),
                said(""),
            ),
        ),
    )
    svg = landmarks(lines, id="positions", title="Who wants what", desc="Three issues with the ranges of four parties.")
    caption = said(
        "Karun and the Delta are apart on filling, and no level of releases is acceptable to both.", "e2", "e4", "d2"
    )
    return Figure("positions", svg, caption, grid, (*landmarks_as_text(lines, width=78), "", *text_legend(width=78)))


def tables() -> Figure:
    net = Network(
        (
            Actor("karun", "Karun"),
            Actor("delta", "Delta Republic"),
            Actor("ostia", "Ostia"),
            Actor("front", "Upland Farmers’ Front"),
            Actor("meridia", "Meridia"),
        ),
        (
            TableNode("dam", "Sarn dam talks", "Port Ostia", ("karun", "delta"), host="ostia", direct=False),
            TableNode("visit", "Visit to Meridia", "Meridia City", ("delta", "meridia")),
        ),
        (TieLine("ally", "meridia", "delta"), TieLine("rivalry", "karun", "front", "assumed")),
        (ThreatArrow("delta", "karun", "closing the river to barges", "the gates are shut before an agreement"),),
    )
    grid = Grid(
        said("Who sits where.", "e1", "e8"),
        ("Table", "Consent", "Host", "Mediator"),
        (
            (
                said("Sarn dam talks"),
                said("Karun, Delta Republic", "e1", mark="read"),
                said("Ostia", "e8", mark="read"),
                said("not stated", "e8"),
            ),
        ),
    )
    svg = network(net, id="tables", title="Tables, ties and threats", desc="Two tables, five parties, one threat.")
    return Figure(
        "tables", svg, said("Meridia presses from outside, and the Front sits at no table.", "e7", "e9"), grid
    )


def threats() -> Figure:
    acts = (
        Act("Karun", "shuts the gates before an agreement"),
        Act("Karun", "fills without notice"),
        Act("Delta Republic", "closes the river to barges"),
    )
    matrix = Coverage(acts, (StatedThreat("Delta Republic", "closes the river to barges"),), (Answer(0, 0),))
    grid = Grid(
        said("What a threat answers.", "e6"),
        ("Trigger", "Karun", "Delta Republic"),
        (
            (
                said("gates shut before an agreement"),
                said("covered by the Delta Republic", "e6", mark="read"),
                said("does not arise", "e6"),
            ),
            (said("filling without notice"), said("open", "e6"), said("does not arise", "e6")),
        ),
    )
    svg = coverage(matrix, id="threats", title="What the threats cover", desc="One of three triggers is covered.")
    return Figure("threats", svg, said("One trigger of three is covered by a threat.", "e6"), grid)


def agenda(verdict: str, *refs: str) -> Grid:
    return Grid(
        said("Each contested issue left out, as an option, and as a precondition.", *refs),
        ("Issue", "Left out", "Option", "Precondition", "Listing cost that ends the talks"),
        (
            (
                said("Releases in a drought"),
                said(verdict, *refs),
                said("as left out; the Delta gains nothing", *refs),
                said("none: Karun blocks", *refs),
                said("depends: above 12 of 100", "a1", "d1", mark="assumed"),
            ),
        ),
    )


def sections() -> tuple[Section, ...]:
    return (
        Section(
            "bottom-line",
            "Bottom line",
            (
                Paragraph(
                    (
                        said(
                            "The dispute is about who carries the risk of a dry year, not about the height of the dam.",
                            "e2",
                            "e4",
                        ),
                        said(
                            "A package exists once the Delta buys power, which no source mentions.",
                            "s1",
                            "d1",
                            mark="supplied",
                        ),
                        said("It hangs on whether Karun’s refusal of releases is real.", "d2", "a2", mark="assumed"),
                    )
                ),
            ),
            (
                Paragraph(
                    (
                        said(
                            "The dispute is about who carries the risk of a dry year, not about the height of the dam.",
                            "e2",
                            "e4",
                        ),
                        said(
                            "Nothing in the text is better for Karun than how things stand, so no trade can be "
                            "computed.",
                            "e2",
                            "e4",
                            "d1",
                        ),
                    )
                ),
            ),
        ),
        Section(
            "who",
            "Who can say no, and who wants what",
            (
                Listing(
                    (
                        said("Karun and the Delta Republic: a deal needs both.", "e1", mark="read"),
                        said("Meridia has no seat and presses for releases.", "e7", "e9", mark="read"),
                        said(
                            "The Upland Farmers’ Front wants no filling and is not at the table.", "n1", mark="entered"
                        ),
                    )
                ),
                positions(),
            ),
        ),
        Section("tables", "Tables, ties, threats", (tables(),)),
        Section(
            "agenda",
            "What belongs on the agenda",
            (
                Paragraph(
                    (
                        said(
                            "Listing releases changes nothing unless the red line of Karun is softer than stated.",
                            "d2",
                            "a2",
                        ),
                    )
                ),
                agenda("4 packages of 108", "d1", "s1"),
            ),
            (agenda("no package", "d1"),),
        ),
        Section("no-deal", "If there is no deal", (threats(),)),
    )


@pytest.fixture(scope="session")
def dispute() -> Brief:
    doubts = (
        said("One outlet; everything rests on a single report.", "e1"),
        said("The officials of the Delta are not named.", "e4"),
    )
    return Brief(
        title="The Sarn dam: Karun and the Delta Republic",
        subtitle="A brief from two reports, as of 4 March 2026",
        sections=sections(),
        quotes=quotes(),
        sources=(
            Source(
                "dispatch",
                "Second round on the Sarn dam ends without a date",
                "River Courier",
                "2026-03-03",
                "https://example.org/river-courier/sarn?a=1&b=2",
                DISPATCH,
                "F3",
                doubts,
            ),
            Source("wire", "Meridia to receive Delta premier", "Basin Wire", "2026-03-04", None, WIRE, "F6", ()),
        ),
        notes=NOTES,
        facts=(Fact("Version", "detente 0.1.0"), Fact("Situation", "sha256 " + "4f0c" * 16), Fact("Seed", "20260304")),
    )
