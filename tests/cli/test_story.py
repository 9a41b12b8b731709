"""One draw told, and one played from the keyboard or from a script, kept after every move and gone on with."""

import json
from pathlib import Path

import pytest
from tests.cli.samples import SITUATION, refused, run, situation

from detente.desk.lint import lint

PLAY = ("play", "--as", "lower", "--draw", "2", "--world", "force")


@pytest.fixture
def case() -> Path:
    return situation(SITUATION)


def play(case: Path, keys: str, *more: str | Path, source: bool = False) -> str:
    done = run(*(("play",) if source else PLAY), case, *more, given=keys.encode())
    assert done.exit_code == 0, done.output
    return done.stdout


def rows(file: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in Path(file).read_text(encoding="utf-8").splitlines()]


def test_a_story_says_first_that_it_is_no_forecast(case: Path) -> None:
    shown = run("story", case, "--draw", "3", "-o", "story.html").stdout
    assert "one of many draws, no forecast" in shown.split("\n")[1]
    assert shown.index("no forecast: draw 3") < shown.index("Round by round") < shown.index("How it ends")
    assert "of the 512 draws" in " ".join(shown.split())
    assert lint(Path("story.html").read_text(encoding="utf-8"), form="html") == ()


def test_the_same_draw_as_data(case: Path) -> None:
    told = json.loads(run("story", case, "--draw", "3", "--world", "squeeze", "--json").stdout)
    assert (told["schema"], told["draw"], told["world"]) == ("detente.story/1", 3, "squeeze")
    assert [r["number"] for r in told["rounds"]] == list(range(13))
    assert told["alike"]["draws"] == 512
    assert told["alike"]["count"] >= 1


def test_what_cannot_be_told_is_refused(case: Path) -> None:
    assert "'nowhere' is not a table" in refused(3, "story", case, "--table", "nowhere")
    assert run("story", case, "--draw", "-1").exit_code == 2
    assert "decides nothing at the table" in refused(2, "play", case, "--as", "nobody")
    assert "Name a party with --as" in refused(2, "play", case)


def test_a_played_draw_ends_beside_the_models_and_lifts_what_was_hidden(case: Path) -> None:
    shown = play(case, "1\n" * 20)
    assert "no forecast" in shown
    assert "It came out so: after round 12" in shown
    assert "What you could not know:" in shown
    assert lint(shown) == ()


def test_nothing_hidden_is_told_while_it_is_played(case: Path) -> None:
    shown = play(case, "?\n")
    assert "Upper state +" not in shown
    assert "first, after" not in shown
    assert "Nothing was kept" not in shown  # nothing was chosen


@pytest.mark.parametrize(
    "keys", ["", "\x00\x1b[31m\n", "99\n0\n-1\n1.5\n٣\n", "x" * 100_000 + "\n", "u\n", "q\n1\n1\n"]
)
def test_what_is_no_answer_changes_nothing(case: Path, keys: str) -> None:
    play(case, keys, "--to", "game.jsonl")
    assert len(rows("game.jsonl")) == 1


def test_bytes_that_are_no_text_are_no_answer(case: Path) -> None:
    done = run(*PLAY, case, "--to", "game.jsonl", given=b"\xff\xfe1\n")
    assert done.exit_code == 0
    assert len(rows("game.jsonl")) == 1


def test_a_game_that_is_kept_goes_on_as_if_it_had_not_stopped(case: Path) -> None:
    whole = play(case, "1\n" * 20, "--to", "whole.jsonl")
    play(case, "1\nq\n", "--to", "part.jsonl")
    assert len(rows("part.jsonl")) == 2
    rest = play(case, "1\n" * 20, "--from", "part.jsonl", source=True)
    assert Path("part.jsonl").read_bytes() == Path("whole.jsonl").read_bytes()
    assert rest.split("It came out so")[1].split("Kept")[0] == whole.split("It came out so")[1].split("Kept")[0]
    assert rows("whole.jsonl")[-1]["end"] is True


def test_the_last_move_is_taken_back(case: Path) -> None:
    play(case, "1\n", "--to", "one.jsonl")
    play(case, "2\nu\n1\nq\n", "--to", "other.jsonl")
    assert Path("one.jsonl").read_bytes() == Path("other.jsonl").read_bytes()


def test_what_is_no_transcript_is_refused(case: Path) -> None:
    play(case, "1\n", "--to", "game.jsonl")
    good = Path("game.jsonl").read_text(encoding="utf-8")
    for spoiled, why in (
        ("not json\n", "Line 1 of the transcript is no JSON object"),
        ('{"schema": "detente.story/1"}\n', "This is no transcript"),
        ("", "This is no transcript"),
        ("[" * 100_000, "no JSON object"),
        (good.replace('"fingerprint": "', '"fingerprint": "0'), "The case is not the one that was played"),
        (good.replace('"draw": 2', '"draw": -2'), "'draw' of the transcript"),
        (good.replace('"world": "force"', '"world": "peace"'), "'peace' of the transcript"),
        (good.replace('"party": "lower"', '"party": 7'), "says nothing of 'party'"),
        (good + '{"choice": "surrender"}\n', "'surrender' cannot be chosen"),
        ("x" * 1_000_001, "too long for a transcript"),
    ):
        Path("bad.jsonl").write_text(spoiled, encoding="utf-8")
        assert why in refused(2, "play", case, "--from", "bad.jsonl"), why
    assert "cannot be read" in refused(2, "play", case, "--from", "nowhere.jsonl")
    assert "--as is in the transcript" in refused(2, "play", case, "--from", "game.jsonl", "--as", "upper")
    assert "exists already" in refused(2, *PLAY, case, "--to", "game.jsonl")
