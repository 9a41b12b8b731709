"""The counts of the reference classes, taken again from the data sets themselves: k of n by class and event."""

import csv
import datetime as dt
from collections.abc import Iterator
from pathlib import Path

Row = dict[str, str]
Counts = dict[tuple[str, str, str, str], tuple[int, int]]
PERIODS = {"1918-2017": 1918, "1946-2017": 1946, "1990-2017": 1990}
DAYS = (30, 90, 180, 365)
PROLIFERATION = {"324", "408", "441", "442", "448", "450", "459", "469", "477", "487"}
FORMS = ("formal", "semi-formal", "tacit", "unilateral", "imposed", "other-form", "faded")
VIOLENCE = ("no-violence", "minor-clashes", "serious-clashes", "war")
STYLES = {"2": "facilitation", "3": "formulation", "4": "manipulation"}
US = {"1": "us-not-active", "2": "us-low-level", "3": "us-covert", "4": "us-military"}
PROTRACTED = {"1": "not-protracted", "2": "protracted", "3": "protracted-long-war"}
EFFECTS = {"2": "no-effect", "4": "marginal", "5": "important", "6": "most-important"}
OUTCOMES = {"1": "victory", "2": "compromise", "3": "stalemate", "4": "defeat"}
TRIGGERS = ("verbal-act", "political-act", "economic-act", "external-change", "other-non-violent",
            "internal-challenge", "non-violent-military", "indirect-violent", "violent-act")  # fmt: skip
ENDS = ("peace-agreement", "ceasefire", "government-victory", "rebel-victory", "low-activity", "actor-ceases")
KINDS = {"1": "full", "2": "partial", "3": "process"}


def read(path: Path) -> list[Row]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def counted(folder: Path) -> Counts:
    """Every rate that can be counted again, by data set, period, condition and event."""
    data = folder / "outlook"
    found = dict(_crises(read(data / "icb1v14.csv")))
    found |= dict(_actors(read(data / "icb2v14.csv")))
    found |= dict(_objectives(read(data / "gsdb_v4_objective_by_outcome.csv")))
    found |= dict(_agreements(read(data / "ucdp_peace_agreements_221_slim.csv")))
    found |= dict(_episodes(read(data / "ucdp_termination_dyad_3_2021_slim.csv")))
    found |= dict(_threats(read(folder / "conflict" / "sanctionsData.csv")))
    return {key: (k, n) for key, (k, n) in found.items() if n}


def conditions(rows: list[Row]) -> dict[str, list[Row]]:
    """The crises of each condition."""
    coded = [r for r in rows if r["outesr"] in ("1", "2")]
    mediated = [r for r in rows if r["mediate"] == "4"]
    without = [r for r in rows if r["mediate"] in ("1", "2", "3")]
    found = {"all": rows, "mediated": mediated, "not-mediated": without}
    found |= {name: [r for r in coded if r["protrac"] == code] for code, name in PROTRACTED.items()}
    found |= {name: [r for r in rows if r["medstyle"] == code] for code, name in STYLES.items()}
    found |= {name: [r for r in rows if r["usinv"] == code] for code, name in US.items()}
    found |= {f"violence-{name}": [r for r in rows if r["viol"] == str(1 + k)] for k, name in enumerate(VIOLENCE)}
    found["proliferation"] = [r for r in rows if r["crisno"] in PROLIFERATION]
    for one in ("mediated", "not-mediated"):
        for other in PROTRACTED.values():
            inside = {r["crisno"] for r in found[other]}
            found[f"{one}+{other}"] = [r for r in found[one] if r["crisno"] in inside]
    return found


def _share(rows: list[Row], column: str, yes: set[str], of: set[str] | None = None) -> tuple[int, int]:
    known = [r[column] for r in rows if r[column] and (of is None or r[column] in of)]
    return sum(v in yes for v in known), len(known)


def _crises(every: list[Row]) -> Iterator[tuple[tuple[str, str, str, str], tuple[int, int]]]:
    for period, since in PERIODS.items():
        rows = [r for r in every if r["crisno"] != "474" and int(r["yrtrig"]) >= since]
        for condition, inside in conditions(rows).items():
            if condition == "proliferation" and since == 1918:
                continue  # the first of them is of 1981
            at = ("icb", period, condition)
            yield (*at, "agreement"), _share(inside, "forout", {"1", "2"})
            yield (*at, "recurrence"), _share(inside, "outesr", {"1"}, {"1", "2"})
            if not condition.startswith("violence"):
                yield (*at, "war"), _share(inside, "viol", {"4"})
        at = ("icb", period, "all")
        yield (*at, "mediation"), _share(rows, "mediate", {"4"})
        for k, form in enumerate(FORMS):
            yield (*at, form), _share(rows, "forout", {str(k + 1)})
        for k, much in enumerate(VIOLENCE):
            yield (*at, much), _share(rows, "viol", {str(k + 1)})
        for code, effect in EFFECTS.items():
            mediated = [r for r in rows if r["mediate"] == "4"]
            yield ("icb", period, "mediated", effect), _share(mediated, "medefct", {code}, set(EFFECTS))


def _actors(rows: list[Row]) -> Iterator[tuple[tuple[str, str, str, str], tuple[int, int]]]:
    for period in ("1946-2017", "1990-2017"):
        since = [r for r in rows if r["yrtrig"] and int(r["yrtrig"]) >= PERIODS[period]]
        for code, outcome in OUTCOMES.items():
            yield ("icb-actors", period, "all", outcome), _share(since, "outcom", {code}, set(OUTCOMES))
        for k, trigger in enumerate(TRIGGERS):
            inside = [r for r in since if r["triggr"] == str(k + 1)]
            at = ("icb-actors", period, f"trigger-{trigger}")
            yield (*at, "violent-response"), _share(inside, "majres", {"8", "9"})
            yield (*at, "military-response"), _share(inside, "majres", {"6", "7", "8", "9"})


def _objectives(rows: list[Row]) -> Iterator[tuple[tuple[str, str, str, str], tuple[int, int]]]:
    ends = ("success_total", "success_part", "nego_settlement", "failed")
    whole = {end: str(sum(int(row[end]) for row in rows)) for end in ends}
    for row in [*rows, {"objective": "all", **whole}]:
        name = "all" if row["objective"] == "all" else f"objective-{row['objective'].replace('_', '-')}"
        for end in ends:
            at = ("gsdb", "1950-2023", name, end.replace("_", "-"))
            yield at, (int(row[end]), sum(int(row[e]) for e in ends))


def _agreements(rows: list[Row]) -> Iterator[tuple[tuple[str, str, str, str], tuple[int, int]]]:
    for condition in ("all", *KINDS.values()):
        inside = [r for r in rows if condition in ("all", KINDS[r["pa_type"]])]
        yield ("ucdp-pa", "1975-2021", condition, "ended"), (sum(r["ended"] == "True" for r in inside), len(inside))


def _episodes(rows: list[Row]) -> Iterator[tuple[tuple[str, str, str, str], tuple[int, int]]]:
    for k, end in enumerate(ENDS):
        inside = [r for r in rows if float(r["outcome"]) == k + 1]
        yield ("ucdp-end", "1946-2019", "all", end), (len(inside), len(rows))
        yield ("ucdp-end", "1946-2019", f"ended-by-{end}", "recurs"), _share(inside, "recur", {"1"})


def _threats(rows: list[Row]) -> Iterator[tuple[tuple[str, str, str, str], tuple[int, int]]]:
    conceded, imposed, dropped = (sum(int(float(r[c])) for r in rows) for c in ("cd", "sf", "bd"))
    for event, k in (("concedes", conceded), ("imposed", imposed), ("backs-down", dropped)):
        yield ("ties-threats", "1971-2000", "all", event), (k, conceded + imposed + dropped)
    yield ("ties-threats", "1971-2000", "resisted", "imposed"), (imposed, imposed + dropped)


def elapsed(row: Row) -> int | None:
    """Days from trigger to termination: 66, 77, 88 are the first, the 15th and the last of a month, none the 15th."""
    ends = [_date(*(row[f"{part}{which}"] for part in ("yr", "mo", "da"))) for which in ("trig", "term")]
    return None if None in ends else (ends[1] - ends[0]).days  # type: ignore[operator]


def _date(year: str, month: str, day: str) -> dt.date | None:
    if not (year and month):
        return None
    last = (dt.date(int(year) + int(month) // 12, int(month) % 12 + 1, 1) - dt.timedelta(days=1)).day
    return dt.date(int(year), int(month), {"66": 1, "77": 15, "88": last, "": 15}.get(day) or int(day))


def incidence(folder: Path) -> dict[tuple[str, str, int], tuple[int, int, int, int]]:
    """How many had ended in agreement and otherwise by a day, how many of how many are dated, and how many not."""
    every = [r for r in read(folder / "outlook" / "icb1v14.csv") if r["crisno"] != "474"]
    found = {}
    for period, since in PERIODS.items():
        for condition, rows in conditions([r for r in every if int(r["yrtrig"]) >= since]).items():
            undated = (*STYLES.values(), *US.values(), *(["proliferation"] if since == 1918 else []))
            if "+" in condition or condition in undated:
                continue
            lasted = [(elapsed(r), r["forout"] in ("1", "2")) for r in rows]
            if not rows:
                continue
            dated = [(days, agreed) for days, agreed in lasted if days is not None]
            for by in DAYS:
                ended = [agreed for days, agreed in dated if days <= by]
                found[period, condition, by] = sum(ended), len(ended) - sum(ended), len(dated), len(rows) - len(dated)
    return found
