"""How are results put into words? Names for ids, phrases for paths and rules; nothing is computed here."""

from collections.abc import Iterable
from dataclasses import dataclass

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


@dataclass(frozen=True, slots=True)
class Names:
    """The names of a situation, by id."""

    situation: Situation

    def bare(self, party: str) -> str:
        """Return a party's name without an article, its id where the situation does not know it."""
        return next((p.name for p in self.situation.parties if p.id == party), party)

    def party(self, party: str) -> str:
        """Return a party's name as it stands in a sentence."""
        found = self.bare(party)
        if found.startswith("The "):
            return f"the {found[4:]}"
        return f"the {found}" if found.startswith("United ") else found

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

    def input(self, path: str) -> str:
        """Return what an input is, in words."""
        first, *rest = path.split(".")
        match rest:
            case [issue, "position"]:
                return f"what {self.party(first)} wants on {self.issue(issue)}"
            case [issue, "salience"]:
                return f"how much {self.issue(issue)} matters to {self.party(first)}"
            case [issue, "red_line"]:
                return f"where {self.party(first)} draws its red line on {self.issue(issue)}"
            case [issue, "hardness"]:
                return f"whether the red line of {self.party(first)} on {self.issue(issue)} is real"
            case ["status_quo"]:
                return f"where {self.issue(first)} stands today"
            case ["no_deal", party]:
                return f"what {self.party(party)} has without a deal"
            case [issue, "listing_cost", party]:
                return f"what listing {self.issue(issue)} costs {self.party(party)}"
        return path
