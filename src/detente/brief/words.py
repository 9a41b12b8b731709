"""How are results put into words? Names for ids, phrases for paths and rules; nothing is computed here."""

from collections.abc import Iterable
from dataclasses import dataclass

from detente.figures.text import tenths
from detente.situation.nouns import Situation

MODES = {
    "left_out": "left out",
    "in": "on the agenda",
    "option": "an option",
    "precondition": "a precondition",
    "later": "left for later",
    "elsewhere": "at another table",
    "declaratory": "declaratory",
    "refused": "refused",
}
STANCES = {
    "demand-firm": "insists on",
    "demand": "demands",
    "demand-soft": "asks for",
    "demand-to-stop": "asks for an end to",
    "condition": "makes a condition of",
    "refusal": "refuses to discuss",
    "topic-accepted": "takes up",
    "offer": "offers to move on",
    "acceptance": "goes along with",
    "unstated": "is not read as taking a side on",
    "broader-agenda": "seeks a broader deal, which may cover",
    "counterpart": "would receive what is given on",
    "addressee": "is asked about and has not answered on",
}
# What an input of a stance is: of which party, on which issue.
INPUTS = {
    "position": "what {} wants on {}",
    "salience": "the weight that {} gives {}",
    "red_line": "where {} draws its red line on {}",
}
COMMON = {
    "agency", "alliance", "assembly", "board", "body", "cabinet", "commission", "committee", "council", "department",
    "emirates", "federation", "front", "government", "islands", "kingdom", "league", "ministry", "movement", "nations",
    "organisation", "organization", "parliament", "party", "republic", "senate", "states", "union",
}  # fmt: skip  # the last words of names that take an article


def listed(names: Iterable[str]) -> str:
    """Return names as a list in prose.

    >>> listed(["A", "B", "C"])
    'A, B and C'
    """
    found = list(names)
    return found[0] if len(found) == 1 else ", ".join(found[:-1]) + " and " + found[-1] if found else "nobody"


def capital(text: str) -> str:
    """Return a sentence with its first letter raised."""
    return text[:1].upper() + text[1:]


def number(value: float) -> str:
    """Return a level or threshold as a reader would write it.

    >>> number(49.99999)
    '50'
    """
    return f"{value:.0f}" if abs(value - round(value)) < 0.05 or abs(value) >= 10 else f"{value:.1f}"


def verb(names: Iterable[str], one: str, many: str) -> str:
    """Return the verb form that goes with a list of names."""
    return one if len(list(names)) == 1 else many


def moved(points: float) -> str:
    """Return a change in points as what a party does by it.

    >>> moved(5), moved(-45), moved(0)
    ('gains 5.0', 'loses 45.0', 'gains nothing')
    """
    found = tenths(points)
    return f"{'gains' if found > 0 else 'loses'} {abs(found):.1f}" if found else "gains nothing"


def percent(share: float) -> str:
    """Return a share as a percentage that never rounds up to all, nor down to none.

    >>> percent(0.874), percent(0.999), percent(0.001), percent(1.0)
    ('87%', 'over 99%', 'under 1%', '100%')
    """
    if 0 < share < 0.01:
        return "under 1%"
    return "over 99%" if 0.99 < share < 1 else f"{share:.0%}"


def of_draws(share: float, draws: int) -> str:
    """Return in how many draws something is so.

    >>> of_draws(1.0, 512), of_draws(0.0, 512), of_draws(0.874, 512), of_draws(1.0, 1)
    ('all 512 draws', 'none of 512 draws', '87% of 512 draws', 'the one draw made')
    """
    if draws == 1:
        return "the one draw made" if share else "none: one draw was made"
    if share in (0.0, 1.0):
        return f"{'all' if share else 'none of'} {draws:,} draws"
    return f"{percent(share)} of {draws:,} draws"


def counted(many: int, one: str, several: str) -> str:
    """Return a number with its noun.

    >>> counted(1, "open input", "open inputs"), counted(4999, "package", "packages")
    ('1 open input', '4,999 packages')
    """
    return f"1 {one}" if many == 1 else f"{many:,} {several}"


def with_article(name: str) -> str:
    """Return a party's name as it stands in a sentence.

    >>> with_article("United Nations"), with_article("The Elders"), with_article("Oman")
    ('the United Nations', 'the Elders', 'Oman')
    """
    if name.startswith("The "):
        return f"the {name[4:]}"
    first, *rest = name.split() or [name]
    common = bool(rest) and rest[-1].lower() in COMMON and not first.endswith("'s")
    return f"the {name}" if name.startswith("United ") or common else name


@dataclass(frozen=True, slots=True)
class Names:
    """The names of a situation, by id."""

    situation: Situation

    def bare(self, party: str) -> str:
        """Return a party's name without an article, its id where the situation does not know it."""
        return next((p.name for p in self.situation.parties if p.id == party), party)

    def party(self, party: str) -> str:
        """Return a party's name as it stands in a sentence."""
        return with_article(self.bare(party))

    def parties(self, parties: Iterable[str]) -> str:
        """Return several parties' names as a list in prose."""
        return listed(self.party(p) for p in parties)

    def issue(self, issue: str) -> str:
        """Return an issue's name."""
        return next((i.name for i in self.situation.issues if i.id == issue), issue.replace("-", " "))

    def issues(self, issues: Iterable[str]) -> str:
        """Return several issues' names as a list in prose."""
        return listed(self.issue(i) for i in issues)

    def table(self, table: str) -> str:
        """Return a table's name."""
        return next((t.name for t in self.situation.tables if t.id == table), table)

    def at(self, table: str) -> str:
        """Return a table as it stands in a sentence: its name, in quotes where that is not a phrase of its own."""
        found = self.table(table)
        return f"the {found}" if found.startswith("talks ") else f"the table \u201c{found}\u201d"

    def body(self, party: str) -> str | None:
        """Return the party that this one is a member of, by its id; None where it is of none."""
        return next((p.id for p in self.situation.parties if party in p.members), None)

    def level(self, issue: str, at: float) -> str:
        """Return a level of an issue by its landmark where it has one there, else as a number."""
        found = next((i for i in self.situation.issues if i.id == issue), None)
        if found is None:
            return number(at)
        named = next((m.name for m in found.landmarks if abs(m.at - at) < 1e-9), None)
        return f"{named} ({number(at)})" if named else number(at)

    def package(self, package: Iterable[tuple[str, float]]) -> str:
        """Return a package in words."""
        return "; ".join(f"{self.issue(issue)}: {self.level(issue, at)}" for issue, at in package)

    def line(self, path: str) -> str:
        """Return a red line in words, by the path of one of its values."""
        party, issue, *_ = path.split(".")
        return f"the red line of {self.party(party)} on {self.issue(issue)}"

    def input(self, path: str) -> str:
        """Return what an input is, in words."""
        first, *rest = path.split(".")
        match rest:
            case [issue, "position" | "salience" | "red_line" as field]:
                return INPUTS[field].format(self.party(first), self.issue(issue))
            case [_, "hardness"]:
                return f"whether {self.line(path)} is real"
            case [*_, "influence"]:
                return f"how much {self.party(first)} weighs"
            case ["status_quo"]:
                return f"where {self.issue(first)} stands today"
        return self._of_a_table(path)

    def _of_a_table(self, path: str) -> str:
        """Return what an input, or what may be empty, at a table or of a party is, in words."""
        first, *rest = path.split(".")
        match rest:
            case ["no_deal", party]:
                return f"what {self.party(party)} has without a deal"
            case [issue, "listing_cost", party]:
                return f"what listing {self.issue(issue)} costs {self.party(party)}"
            case ["seat", party]:
                return f"the part of {self.party(party)} in a result at {self.at(first)}"
            case ["deadline"]:
                return f"by when it must be settled at {self.at(first)}"
            case ["own_move"]:
                return f"what {self.party(first)} would do on its own"
            case ["published"]:
                titles = {d.id: d.title for d in self.situation.documents}
                return f"when “{titles.get(first) or first}” was published"
            case ["name"]:
                return "who checks compliance" if first == "verifier" else "who has to approve a result"
        return path
