"""`detente play`."""

import io
import os
import shutil
import sys
from collections.abc import Iterable
from pathlib import Path

import click

from detente.cli.options import given_path, progress
from detente.cli.places import require_writable
from detente.desk import seat as play
from detente.desk import story
from detente.desk.case import open_case
from detente.desk.draws import SEED
from detente.errors import UsageError
from detente.situation.nouns import World
from detente.situation.store import write_whole

_LINE = 200  # characters of an answer that are looked at
_MISREAD = "  Give the number of a choice, ? to have it explained, u to take the last move back, or q to end."


@click.command(name="play")
@click.argument("case", metavar="CASE", type=given_path)
@click.option("--as", "party", metavar="PARTY", help="Whose seat you take, by its id.")
@click.option("--draw", type=click.IntRange(0, story.MOST_DRAW), metavar="N", help="Which draw, from 0.  [default: 0]")
@click.option("--world", type=click.Choice(story.NAMED), help="In which named world.  [default: drift]")
@click.option("--table", metavar="TABLE", help="Whose talks, by the table's id; the first with several otherwise.")
@click.option("--seed", type=click.IntRange(0), metavar="N", help=f"Seed of the draws.  [default: {SEED}]")
@click.option("--to", "target", type=given_path, metavar="FILE", help="Keep the game there after every move.")
@click.option("--from", "source", type=given_path, metavar="FILE", help="Go on with a game that was kept.")
def command(
    case: Path,
    party: str | None,
    draw: int | None,
    world: World | None,
    table: str | None,
    seed: int | None,
    target: Path | None,
    source: Path | None,
) -> None:
    """Take PARTY's seat in one draw of CASE, and decide move by move in place of the model.

    The others and the luck stay as they are in the draw. It is one of many draws, and no forecast.
    """
    keep = _place(target, source, case)
    opened = open_case(case)
    if source is not None:
        if given := [n for n, v in zip(_NAMES, (party, draw, world, table, seed), strict=True) if v is not None]:
            raise UsageError(f"{given[0]} is in the transcript that --from names. Leave it out.")
        game = play.resumed(opened, _content(source))
    else:
        if party is None:
            raise UsageError("Nobody's seat is taken. Name a party with --as, or a transcript with --from.")
        at = story.Asked(draw=draw or 0, world=world or story.WORLD, table=table, seed=SEED if seed is None else seed)
        with progress() as say:
            say("the draw")
            game = play.begun(opened, at, party)
    _play(game, keep)


_NAMES = ("--as", "--draw", "--world", "--table", "--seed")


def _place(target: Path | None, source: Path | None, case: Path) -> Path | None:
    """Say where the game is kept: where --to says, else where it comes from."""
    if target is None:
        return source
    require_writable(target, "transcript", source=case)
    if os.path.lexists(target) and target != source:
        raise UsageError(f"'{target}' exists already. Name a new file, or go on with it by --from.")
    return target


def _content(source: Path) -> bytes:
    try:
        with source.open("rb") as stream:
            content = stream.read(play.MOST_BYTES + 1)
    except OSError as fault:
        raise UsageError(f"'{source}' cannot be read: {fault.strerror}. Name a file that was saved by --to.") from None
    if len(content) > play.MOST_BYTES:
        raise UsageError(f"'{source}' is too long for a transcript. Name a file that was saved by --to.")
    return content


def _play(game: play.Game, keep: Path | None) -> None:
    """Ask move after move, and keep every one before the next is asked."""
    _keep(game, keep)
    if isinstance(sys.stdin, io.TextIOWrapper):
        sys.stdin.reconfigure(errors="replace")  # what is no text is no answer, and no fault either
    click.echo("\n".join(play.header(game)))
    shown: play.Game | None = None
    page = play.page(game)
    while True:
        _say(page.news, gap=True)
        if not page.choices:
            click.echo()
            _say(play.ended(game))
            break
        after = _move(game, page)
        if after is None:
            break
        shown = game if len(after.seat.choices) > len(game.seat.choices) else after
        game, page = after, play.page(after, since=shown)
        _keep(game, keep)
    if keep is not None:
        click.echo(f"\nKept: {keep}")
    elif game.seat.choices:
        click.echo("\nNothing was kept. To keep a game, name a file with --to.")


def _move(game: play.Game, page: play.Page) -> play.Game | None:
    """Ask until something can be done: a choice, or one taken back; None where somebody has had enough."""
    click.echo(f"\n{_wrapped(page.question)}")
    for number, words in enumerate(page.choices, start=1):
        click.echo(f"  {number}  {words}")
    while True:
        click.echo("  > ", nl=False)
        said = _line()
        if said is None or said == "q":
            click.echo()
            return None
        if said == "?":
            _say(page.explained, indent="  ")
            continue
        try:
            if (after := _answered(game, said)) is not None:
                return after
            click.echo(_MISREAD)
        except UsageError as fault:
            click.echo(f"  {fault}")


def _answered(game: play.Game, said: str) -> play.Game | None:
    """Do what was said; None where it says nothing that could be done."""
    if said == "u":
        return play.undone(game)
    return play.chosen(game, int(said)) if said.isascii() and said.isdigit() and len(said) < 4 else None


def _say(lines: Iterable[str], *, indent: str = "", gap: bool = False) -> None:
    for line in lines:
        click.echo(("\n" if gap else "") + _wrapped(line, indent))


def _wrapped(text: str, indent: str = "") -> str:
    width = min(100, shutil.get_terminal_size().columns)
    return click.wrap_text(text, width=max(width, 40), initial_indent=indent, subsequent_indent=indent)


def _line() -> str | None:
    """Read one answer; None at the end of the input. What is longer than an answer is read past."""
    stream = sys.stdin
    if stream is None or stream.closed:
        return None
    line = stream.readline(_LINE)
    if not line:
        return None
    rest = line
    while rest and not rest.endswith("\n"):
        rest = stream.readline(_LINE)
    return line.strip().lower()


def _keep(game: play.Game, keep: Path | None) -> None:
    if keep is None:
        return
    try:
        write_whole(keep, play.as_lines(game))
    except OSError as fault:
        raise UsageError(f"'{keep}' cannot be written: {fault.strerror}. Name another place with --to.") from None
