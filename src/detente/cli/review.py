"""`detente review`."""

import importlib
import sys
from pathlib import Path

import click

from detente.cli.options import given_path, progress, put_json
from detente.desk import review
from detente.desk.record import Entry, opened
from detente.errors import UsageError

_KEYS = "[a]ccept  [e]dit  [r]eject  [u]ndo  [s]kip  [q]uit"


@click.command(name="review")
@click.argument("dossier", type=given_path)
@click.option("--list", "listing", is_flag=True, help="List every item with what was decided, and decide nothing.")
@click.option("--json", "as_json", is_flag=True, help="With --list, as JSON.")
@click.option("--accept", multiple=True, metavar="ID", help="Accept an item; may be given several times.")
@click.option("--reject", multiple=True, metavar="ID", help="Leave an item out; may be given several times.")
@click.option("--edit", metavar="ID", help="Change an item as --set says.")
@click.option(
    "--set", "changes", multiple=True, metavar="FIELD=VALUE", help="What --edit changes, such as negated=yes."
)
@click.option("--undo", is_flag=True, help="Take the last decision back.")
@click.option("--by", metavar="NAME", help="Who decides.  [default: the name you are logged in under]")
@click.option("--lexicon", "lexicons", multiple=True, type=given_path, metavar="FILE", help="The one that `read` had.")
def command(
    dossier: Path,
    listing: bool,
    as_json: bool,
    accept: tuple[str, ...],
    reject: tuple[str, ...],
    edit: str | None,
    changes: tuple[str, ...],
    undo: bool,
    by: str | None,
    lexicons: tuple[Path, ...],
) -> None:
    """Accept, edit or reject what was read into DOSSIER, item by item.

    Without options it asks by keyboard. What was decided is brought into the situation at the end: rejected items are
    left out, edited ones count as entries of yours, and what you changed in the situation by hand stays.
    """
    _require_one_way(listing=listing or as_json, undo=undo, deciding=bool(accept or reject or edit is not None))
    if changes and edit is None:
        raise UsageError("--set says what to change, but not where. Name the item with --edit.")
    if listing or as_json:
        _list(dossier, as_json=as_json)
        return
    who = review.reviewer(by)
    if accept or reject or edit is not None:
        review.decide(dossier, by=who, accept=accept, reject=reject, edit=edit, changes=changes)
    elif undo:
        taken = review.undo(dossier, by=who)
        click.echo(f"Taken back: the decision on {taken.id}." if taken else "Taken back.")
    else:
        _ask(dossier, who)
    _catch_up(dossier, lexicons)


def _require_one_way(*, listing: bool, undo: bool, deciding: bool) -> None:
    if listing + undo + deciding > 1:
        raise UsageError("--list, --undo and decisions do not go together. Do one after the other.")


def _list(dossier: Path, *, as_json: bool) -> None:
    record = opened(dossier)
    if as_json:
        put_json(review.as_json(record))
    else:
        click.echo(review.as_text(record))


def _catch_up(dossier: Path, lexicons: tuple[Path, ...]) -> None:
    """Bring what was decided into the situation, and say what came of it."""
    # By name, as the commands are: it loads the reader, which a list needs nothing of.
    drafting = importlib.import_module("detente.desk.redrafted")
    with progress() as say:
        say("drafting the situation anew")
        came = drafting.caught_up(dossier, lexicons=lexicons)
    click.echo(review.summary(opened(dossier)))
    if came is not None:
        click.echo(importlib.import_module("detente.desk.over_time").came_in_words(dossier.name, came))


def _ask(dossier: Path, by: str) -> None:
    """Show item after item and ask what to do with it, until none is left or somebody has had enough."""
    if sys.stdin is None or sys.stdin.closed or not sys.stdin.isatty():
        raise UsageError(
            "Nobody is there to press a key. Decide with --accept ID and --reject ID; --list shows the ids."
        )
    skipped: set[str] = set()
    while True:
        record = opened(dossier)
        entry = next((e for e in record.unreviewed if e.id not in skipped), None)
        if entry is None:
            click.echo("Nothing is left to review." if not skipped else "The rest was skipped.")
            return
        left = record.tally
        _show(entry, f"{left.items - left.unreviewed + 1} of {left.items}")
        pressed = _key()
        if pressed == "q":
            return
        if pressed == "s":
            skipped.add(entry.id)
            continue
        _do(dossier, entry, pressed, by)


def _do(dossier: Path, entry: Entry, pressed: str, by: str) -> None:
    """Do what a key stands for; what cannot be done is said, and the item comes again."""
    try:
        if pressed == "a":
            review.decide(dossier, by=by, accept=(entry.id,))
        elif pressed == "r":
            review.decide(dossier, by=by, reject=(entry.id,))
        elif pressed == "u":
            review.undo(dossier, by=by)
        else:
            changes = _changes()
            if changes:
                review.decide(dossier, by=by, edit=entry.id, changes=changes)
    except UsageError as fault:
        click.echo(f"  {fault}")


def _show(entry: Entry, which: str) -> None:
    shown = review.page(entry)
    click.echo(f"\n{which}  {shown.id}  {shown.place}")
    around = (shown.before, click.style(shown.clause, bold=True, reverse=True), shown.after)
    click.echo("\n  " + " ".join(part for part in around if part) + "\n")
    for line in shown.claims:
        click.echo(f"  {line}")
    for line in shown.how:
        click.echo(click.style(f"  {line}", dim=True))


def _key() -> str:
    """Wait for one of the keys."""
    click.echo(f"  {_KEYS} ", nl=False)
    while True:
        try:
            pressed = click.getchar().lower()
        except EOFError:
            pressed = "q"
        if pressed in ("\x04", "\x1b"):
            pressed = "q"
        if pressed in "aerusq" and pressed:
            click.echo(pressed)
            return pressed


def _changes() -> list[str]:
    """Ask for changes, line by line, until an empty one."""
    click.echo(
        "  Change, such as actors=iran, to=oman, issues=missiles:refuse:3, negated=yes, act=REQUEST, condition=WORDS."
    )
    found: list[str] = []
    while line := click.prompt("  change (empty to end)", default="", show_default=False).strip():
        found.append(line)
    return found
