"""A ledger comes out of its files as it went in, and whatever else lies there is refused with its line and the cure."""

import json
import os
from collections.abc import Callable, Sequence
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente import dossier
from detente.dossier import ZERO, Row, canonical, faults, hash_of, head
from detente.errors import DetenteError, FormatError
from detente.formats import ledger_file
from detente.formats.ledger_file import LedgerFile, read, written
from detente.situation.fingerprint import canonical_bytes, fingerprint
from detente.situation.nouns import Situation

GULF = Situation(title="Gulf talks")
KEPT = ((fingerprint(GULF), canonical_bytes(GULF)),)
NOTE = {"kind": "withdrawn", "note": 'Größe "1"\u2028\n', "weight": 0.1, "small": 1e-07}
TIME = "2026-02-08T09:00:00.{:06}+00:00"


def sealed_rows(bodies: Sequence[str]) -> tuple[Row, ...]:
    rows: list[Row] = []
    for n, body in enumerate(bodies, start=1):
        previous = rows[-1].hash if rows else ZERO
        rows.append(Row(n, TIME.format(n), body, previous, hash_of(n, TIME.format(n), body, previous)))
    return tuple(rows)


ROWS = sealed_rows([canonical(json.dumps(NOTE | {"forecast": n})) for n in range(6)])


def put(folder: Path, files: Sequence[tuple[str, bytes]]) -> Path:
    for name, content in files:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    return folder


@pytest.fixture
def exported(tmp_path: Path) -> Path:
    return put(tmp_path / "export", written(ROWS, KEPT))


def lines(folder: Path) -> list[bytes]:
    return (folder / "ledger.jsonl").read_bytes().splitlines(keepends=True)


def test_what_is_written_comes_back(exported: Path) -> None:
    assert read(exported) == LedgerFile(ROWS, KEPT, head(ROWS))
    assert read(exported / "ledger.jsonl") == LedgerFile(ROWS)
    assert written(read(exported).rows, read(exported).situations) == written(ROWS, KEPT)
    assert faults(read(exported).rows, head=read(exported).head) == ()


@given(
    st.lists(
        st.dictionaries(st.text(max_size=5), st.none() | st.booleans() | st.integers() | st.floats() | st.text()),
        max_size=4,
    )
)
def test_any_rows_come_back(tmp_path_factory: pytest.TempPathFactory, contents: list[dict[str, object]]) -> None:
    bodies = []
    for content in contents:
        try:
            bodies.append(canonical(json.dumps(content)))
        except ValueError:
            continue
    rows = sealed_rows(bodies)
    assert read(put(tmp_path_factory.mktemp("any"), written(rows, ()))) == LedgerFile(rows, (), head(rows))


def test_a_line_is_json_for_any_program_and_for_eyes(exported: Path) -> None:
    content = json.loads(lines(exported)[1])
    assert list(content) == ["body", "number", "recorded", "previous", "hash"]
    assert content["body"] == NOTE | {"forecast": 1}
    assert "Größe" in lines(exported)[1].decode()


def test_the_chain_can_be_checked_with_text_and_sha256_alone(exported: Path) -> None:
    previous = "0" * 64
    for line in (exported / "ledger.jsonl").read_text().removesuffix("\n").split("\n"):
        content = line[: line.rindex(',"previous"')] + "}"
        previous = sha256(f"{previous}\n{content}".encode()).hexdigest()
        assert previous == json.loads(line)["hash"]
    assert (exported / "head.txt").read_text() == f"6:{previous}\n"


def test_marks_that_editors_and_transfers_add_change_nothing(exported: Path) -> None:
    path = exported / "ledger.jsonl"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n") + b"\r\n")
    (exported / "head.txt").write_text(f"{head(ROWS)}\r\n")
    (exported / "situations" / ".DS_Store").write_bytes(b"")
    assert read(exported) == LedgerFile(ROWS, KEPT, head(ROWS))


TAMPERINGS: dict[str, tuple[Callable[[list[bytes]], list[bytes]], str]] = {
    "a flipped byte": (lambda r: [*r[:2], r[2].replace(b"withdrawn", b"withdrawm"), *r[3:]], "Row 3 is not what its"),
    "a deleted row": (lambda r: r[:2] + r[3:], "Row 3 is missing."),
    "a reordered pair": (lambda r: [r[0], r[2], r[1], *r[3:]], "Rows 2 and 3 changed places."),
    "a removed tail": (lambda r: r[:4], "Rows 5 and 6 are missing from the end: the head was taken of row 6"),
    "everything removed": (lambda r: [], "Rows 1 to 6 are missing from the end"),
    "a row twice": (lambda r: [*r[:2], r[1], *r[2:]], "Row 2 stands there twice."),
}


@pytest.mark.parametrize("name", TAMPERINGS)
def test_each_tampering_with_the_file_is_named(exported: Path, name: str) -> None:
    tamper, told = TAMPERINGS[name]
    (exported / "ledger.jsonl").write_bytes(b"".join(tamper(lines(exported))))
    found = read(exported)
    (fault,) = faults(found.rows, head=found.head)
    assert fault.what.startswith(told)


@given(st.data())
def test_no_byte_of_the_file_can_be_changed_unseen(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    (name, content), *_ = written(ROWS[:3], ())
    at = data.draw(st.integers(0, len(content) - 1))
    byte = data.draw(st.integers(0, 255).filter(lambda b: b != content[at]))
    folder = put(tmp_path_factory.mktemp("byte"), [(name, content[:at] + bytes([byte]) + content[at + 1 :])])
    try:
        found = read(folder).rows
    except FormatError as error:
        said = str(error)
    else:
        # Where the last line end becomes another one, or a blank line, what is read is the same to the letter.
        said = ", line " if found == ROWS[:3] else " ".join(fault.what for fault in faults(found))
    assert ", line " in said or "row" in said.lower()


def test_a_ledger_that_is_not_whole_is_not_exported() -> None:
    with pytest.raises(FormatError, match=r"not exported\. Row 2 is missing\. Restore it from a copy"):
        written([ROWS[0], *ROWS[2:]], ())
    with pytest.raises(FormatError, match="The bytes of situation 000000000000 are not what its fingerprint"):
        written(ROWS, [(ZERO, b"{}")])


LINE = written(ROWS[:1], ())[0][1].decode().strip()


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("no", "line 1 is not JSON that can be read"),
        ("[1]", "line 1 is not a row: it is no JSON object"),
        ("{}", "line 1 has no 'number'"),
        (LINE.replace('"number":1', '"number":"1"'), "'number' is not a whole number"),
        (LINE.replace('"number":1', '"number":true'), "'number' is not a whole number"),
        (LINE.replace('"number":1', '"number":1.0'), "'number' is not a whole number"),
        (LINE.replace('"number":1', '"number":-1'), "Rows are numbered from 1"),
        (LINE.replace('"number":1', '"number":' + "9" * 30), "Rows are numbered from 1"),
        (LINE.replace('"number":1', '"number":' + "9" * 9000), "is not JSON that can be read"),
        (LINE.replace('"number":1', '"number":1,"more":2'), "has a key 'more' that no row has"),
        (LINE.replace('"number":1', '"number":2,"number":1'), "not written as the program writes it"),
        (LINE.replace('"number":1', '"number": 1'), "not written as the program writes it"),
        (LINE.replace('"forecast":0', '"forecast":0,"forecast":0'), "not written as the program writes it"),
        (LINE.replace("1e-07", "1E-07"), "not written as the program writes it"),
        (LINE.replace("1e-07", "1e999"), "is not JSON that can be read"),
        (LINE.replace("1e-07", "NaN"), "is not JSON that can be read"),
        (LINE.replace("Größe", "\\ud800"), "is not JSON that can be read"),
        ('{"number":1,"recorded":"x","body":"{}","previous":"","hash":""}', "'body' is not an object"),
        ('{"number":1,"recorded":null,"body":{},"previous":"","hash":""}', "'recorded' is not a text"),
        ('{"body":' + '{"a":' * 100_000, "is not JSON that can be read"),
        ('{"body":' + '{"a":' * 90_000 + "1" + "}" * 90_001, "is not JSON that can be read"),
        ("x" * 1_000_001, "line 1 is longer than 1,000,000 bytes, which no row is. Get"),
    ],
)
def test_a_line_that_is_no_row_is_named_with_the_cure(tmp_path: Path, text: str, why: str) -> None:
    path = tmp_path / "ledger.jsonl"
    path.write_text(text)
    with pytest.raises(FormatError) as caught:
        read(path)
    assert why in str(caught.value)
    assert "ledger.jsonl', line 1" in str(caught.value)
    assert len(str(caught.value)) < 500
    path.write_text(f"{LINE}\n{text}")
    with pytest.raises(FormatError, match="line 2"):
        read(path)


def test_bytes_that_are_no_text_are_named_with_the_cure(tmp_path: Path) -> None:
    (tmp_path / "ledger.jsonl").write_bytes(LINE.encode() + b"\n{\xff}")
    with pytest.raises(FormatError, match=r"line 2 is not UTF-8 \(byte 2\).*Get the file again"):
        read(tmp_path)


def test_too_many_rows_are_refused(exported: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ledger_file, "_MAX_ROWS", 3)
    with pytest.raises(FormatError, match=r"more than 3 lines\. Give one ledger"):
        read(exported)
    monkeypatch.undo()
    monkeypatch.setattr(ledger_file, "_MAX_SITUATION", 3)
    with pytest.raises(FormatError, match=r"which no situation is\. Take it out"):
        read(exported)
    monkeypatch.setattr(ledger_file, "_MAX_SITUATIONS", 0)
    with pytest.raises(FormatError, match=r"more than 0 files\. Give one ledger"):
        read(exported)


def test_nothing_outside_the_folder_is_read(exported: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.write_bytes(canonical_bytes(GULF))
    for name in ("ledger.jsonl", "head.txt", f"situations/{KEPT[0][0]}.json"):
        content = (exported / name).read_bytes()
        (exported / name).unlink()
        (exported / name).symlink_to(outside)
        with pytest.raises(FormatError, match=r"is a link to another place\. Put the file itself there"):
            read(exported)
        (exported / name).unlink()
        (exported / name).write_bytes(content)
    (exported / "situations").rename(tmp_path / "elsewhere")
    (exported / "situations").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(FormatError, match="is a link to another place"):
        read(exported)


@pytest.mark.parametrize(
    "name", ["x.json", "A" * 64 + ".json", "0" * 63 + ".json", "0" * 64 + ".yaml", "a\nb", "0" * 64]
)
def test_a_situation_is_named_after_its_fingerprint(exported: Path, name: str) -> None:
    (exported / "situations" / name).write_bytes(b"{}")
    with pytest.raises(FormatError, match=r"is not named after a fingerprint, HASH\.json\. Take it out"):
        read(exported)


def test_a_situation_that_was_changed_is_named(exported: Path) -> None:
    (exported / "situations" / f"{KEPT[0][0]}.json").write_bytes(b'{"title":"forged"}')
    with pytest.raises(FormatError, match=rf"The bytes of situation {KEPT[0][0][:12]} are not"):
        read(exported)


@pytest.mark.parametrize("content", [b"", b"\n", b"x" * 1000, "6:é".encode(), b"\xff"])
def test_a_head_that_is_none_is_named(exported: Path, content: bytes) -> None:
    (exported / "head.txt").write_bytes(content)
    with pytest.raises(FormatError, match=r"head\.txt' holds no head\. A head is one line"):
        read(exported)


def test_a_head_may_be_missing_and_a_wrong_one_is_for_the_chain_to_say(exported: Path) -> None:
    (exported / "head.txt").write_text("six")
    found = read(exported)
    (fault,) = faults(found.rows, head=found.head)
    assert fault.what.startswith("The head 'six' is not")
    (exported / "head.txt").unlink()
    assert read(exported).head is None


@pytest.mark.parametrize("left", ["nothing", "folder", "pipe", "folder for head", "file for situations"])
def test_what_is_no_plain_file_is_refused(exported: Path, left: str) -> None:
    rows = exported / "ledger.jsonl"
    match left:
        case "nothing":
            rows.unlink()
        case "folder":
            rows.unlink()
            rows.mkdir()
        case "pipe":
            rows.unlink()
            os.mkfifo(rows)
        case "folder for head":
            (exported / "head.txt").unlink()
            (exported / "head.txt").mkdir()
        case _:
            (exported / "situations" / f"{KEPT[0][0]}.json").unlink()
            (exported / "situations").rmdir()
            (exported / "situations").write_text("x")
    with pytest.raises(FormatError, match=r"There is no|is not a plain file|is not a folder"):
        read(exported)


def test_a_path_that_leads_nowhere_is_named(tmp_path: Path) -> None:
    for path in (tmp_path / "none", tmp_path / "a\x00b", tmp_path / ("x" * 5000)):
        with pytest.raises(FormatError) as caught:
            read(path)
        assert len(str(caught.value)) < 300


def test_a_ledger_goes_through_files_into_another_dossier(tmp_path: Path) -> None:
    first = dossier.create(tmp_path / "first", GULF)
    first.append(lambda _: [row.body for row in ROWS], situations=[GULF])
    kept = [(known, first.kept_bytes(known)) for known in first.kept_hashes()]
    found = read(put(tmp_path / "export", written(first.ledger(), kept)))
    second = dossier.create(tmp_path / "second", Situation(title="Second"))
    second.adopt(found.rows, situations=found.situations, name="export")
    assert second.ledger() == first.ledger()
    assert second.kept(fingerprint(GULF)) == GULF
    assert issubclass(FormatError, DetenteError)
