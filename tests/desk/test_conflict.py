"""A conflict file is opened whatever its form, and everything about it is asked at once."""

import json
import os
from pathlib import Path

import pytest

from detente.analyses.stability import stability
from detente.desk.conflict import as_json, ask_conflict
from detente.desk.conflict_file import is_conflict, open_conflict
from detente.errors import BoardError, DetenteError, FormatError, UsageError

CASES = Path(__file__).resolve().parents[2] / "cases"
CONFLICTS = sorted(p for folder in ("kinsara2014", "jacobi2017") for p in (CASES / folder).glob("*.yaml"))
ELMIRA = CASES / "kinsara2014" / "elmira.yaml"


def table(options: int, name: str = "wide.csv") -> Path:
    rows = "".join(f"{'ab'[k % 2]},o{k},{k - 3},{(5 * k) % 7 - 3}\n" for k in range(options))
    path = Path(name)
    path.write_text(f"player,option,worth to a,worth to b\n{rows}", encoding="utf-8")
    return path


@pytest.mark.parametrize("path", CONFLICTS, ids=lambda p: p.stem)
def test_a_published_conflict_is_answered_whole_and_every_certificate_holds(path: Path) -> None:
    told = ask_conflict(open_conflict(path), start=1)
    found = [told.stability, told.coalition, told.paths, *told.inverse]
    assert all(one is not None and one.certificate.holds for one in found)
    assert told.left_out == ()
    assert told.source
    assert json.loads(as_json(told))["count"] == told.conflict.count


def test_what_is_a_conflict_and_what_is_not() -> None:
    assert is_conflict(ELMIRA)
    assert is_conflict(Path("any.gmcr"))
    Path("folder.csv").mkdir()
    Path("case.yaml").write_text("title: The board said 'conflict'\nnote: 'board: conflict'\n", encoding="utf-8")
    others = [CASES / "brams1996" / "panama.yaml", Path("case.yaml"), Path("folder.csv"), Path("nowhere.yaml"), Path()]
    assert not any(map(is_conflict, others))
    with pytest.raises(UsageError, match="is no conflict"):
        open_conflict(Path("case.yaml"))


def test_the_start_is_a_number_from_one_or_a_pattern() -> None:
    opened = open_conflict(ELMIRA)
    assert ask_conflict(opened, start="NYNNN").start == ask_conflict(opened, start=1).start == 0
    assert ask_conflict(opened, start="2").start == 1
    with pytest.raises(BoardError, match="numbered from 1 to 12"):
        ask_conflict(opened, start=0)


def test_without_a_start_no_way_is_told_and_that_is_said() -> None:
    told = ask_conflict(open_conflict(ELMIRA))
    assert told.paths is None
    assert any("--start" in sentence for sentence in told.left_out)


def test_the_elmira_coalition_is_found() -> None:
    """The order is changed and accepted by ministry and plant together, which neither would do alone."""
    told = ask_conflict(open_conflict(ELMIRA))
    assert told.coalition is not None
    gains = [(g.by, g.source + 1, g.target + 1) for g in told.coalition.gains if len(g.by) > 1]
    assert (("ministry", "plant"), 7, 10) in gains


def test_changes_make_hold_what_they_say() -> None:
    """Each smallest change, made, turns the verdict of its player on its state."""
    told = ask_conflict(open_conflict(CASES / "kinsara2014" / "syria-iraq.yaml"), start=1)
    assert {i.player for i in told.inverse if i.state == 0 and not i.stable_now} == {"iraq"}
    assert all(i.change is not None for i in told.inverse)


def test_what_is_too_large_for_a_question_is_left_out_and_said() -> None:
    told = ask_conflict(open_conflict(table(13)), start=1)
    assert (told.coalition, told.paths, told.inverse) == (None, None, ())
    said = " ".join(told.left_out)
    assert "up to 512" in said
    assert "up to 4,096" in said
    assert "up to 64" in said
    alone = stability(told.conflict, concepts=("seq",), about=())
    assert [s + 1 for s in told.equilibria("seq")] == list(alone.labels("seq"))
    data = json.loads(as_json(told))
    assert data["states"] is None
    assert data["holding"]["seq"] == len(told.equilibria("seq"))


def test_more_states_than_are_asked_about_are_refused() -> None:
    with pytest.raises(BoardError, match="at most 1,048,576"):
        open_conflict(table(21))


def test_preferences_that_are_partly_unknown_are_asked_for_what_holds_alone() -> None:
    Path("part.csv").write_text(
        "player,option,today\na,strike,\nb,yield,\na prefers,NN > YN,\nb prefers,NN > YN > NY > YY,\n", encoding="utf-8"
    )
    told = ask_conflict(open_conflict(Path("part.csv")))
    assert told.conflict.unknown is not None
    assert told.start == 0
    assert told.reasons == ()
    assert any("not known" in sentence for sentence in told.left_out)


def test_what_is_no_file_is_not_waited_for() -> None:
    os.mkfifo("pipe.gmcr")
    with pytest.raises(FormatError, match="a pipe"):
        open_conflict(Path("pipe.gmcr"))
    with pytest.raises(FormatError, match="does not exist"):
        open_conflict(Path("nowhere.gmcr"))


def test_every_refusal_names_the_file() -> None:
    Path("circle.csv").write_text("player,option\na,strike\na prefers,Y > N\na prefers,N > Y\n", encoding="utf-8")
    with pytest.raises(DetenteError, match=r"^circle\.csv: .*go round in a circle"):
        open_conflict(Path("circle.csv"))
