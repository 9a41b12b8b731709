"""Which document does a file, a folder or a pasted text hold?"""

import errno
import os
import re
import stat
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from detente.errors import DocumentError
from detente.read.documents.decode import decode
from detente.read.documents.document import Document, Extract, digest, shown, slug
from detente.read.documents.english import require_english
from detente.read.documents.frontmatter import front_matter
from detente.read.documents.isolated import Extractor, extracted, extractor
from detente.read.documents.layout import lay_out
from detente.read.documents.lines import ink

DEFAULT_LIMIT = 5_000_000
KINDS = {".txt": "text", ".md": "markdown", ".html": "html", ".htm": "html", ".pdf": "pdf"}
SUFFIXES = tuple(KINDS)
MOST_FILES = 2_000
_MARKUP = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<!--.{0,500}?-->\s*)?<(?:!doctype html|html)\b", re.IGNORECASE | re.DOTALL
)
_ABOUT_THE_FOLDER = frozenset({"readme", "license", "notice", "changelog"})


def load(path: Path, *, limit_bytes: int = DEFAULT_LIMIT, take_apart: Extractor = extracted) -> Document:
    """Which document does a file hold? Text, Markdown, a web page or a PDF, told by its suffix.

    Who loads many hands over who takes pages and PDFs apart, so that not every one of them waits for a new process.

    Raises DocumentError when it is missing, too large, not of a supported kind, not text, empty, or not English.
    """
    name = shown(path.name or str(path))
    data = _bytes(path, name, limit_bytes)
    return _document(data, name=name, kind=kind_of(name), limit_bytes=limit_bytes, take_apart=take_apart)


def kind_of(name: str) -> str:
    """Of which kind is a file, by the suffix of its name?

    Raises DocumentError where files of that kind are not read.

    >>> kind_of("Talks.HTM")
    'html'
    """
    kind = KINDS.get(Path(name).suffix.lower())
    if kind is None:
        raise DocumentError(
            f"'{name}' is of a kind that Detente does not read. It reads {', '.join(SUFFIXES)}: save the text as .txt."
        )
    return kind


def load_folder(path: Path, *, limit_bytes: int = DEFAULT_LIMIT) -> tuple[Document, ...]:
    """Which documents does a folder hold, at any depth, in the order of their names?

    Hidden files, links to folders, read-me files, briefs and files of other kinds are passed over. Ids are unique.

    Raises DocumentError when the folder holds none, or lists every one that cannot be read.
    """
    found: list[Document] = []
    faults: list[str] = []
    with extractor() as take_apart:
        for file in files_in(path):
            try:
                document = load(file, limit_bytes=limit_bytes, take_apart=take_apart)
            except DocumentError as fault:
                faults.append(str(fault))
            else:
                found.append(replace(document, name=shown(file.relative_to(path).as_posix())))
    if faults:
        listed = "".join(f"\n  {fault}" for fault in faults[:10]) + ("\n  ..." if len(faults) > 10 else "")
        raise DocumentError(
            f"{len(faults)} of {len(faults) + len(found)} documents in '{shown(path.name)}' cannot be read; "
            f"mend them or move them out of the folder:{listed}"
        )
    if not found:
        raise DocumentError(f"The folder '{shown(path.name)}' holds no document. Put {_listed()} files into it.")
    return _with_unique_ids(found)


def _own_brief(file: Path) -> bool:
    """Is this page a brief that was written here before? It is no report, and would be read as one."""
    if file.suffix.lower() not in (".html", ".htm") or not file.is_file() or not os.access(file, os.R_OK):
        return False
    with file.open("rb") as page:
        return b'<meta name="generator" content="detente">' in page.read(500)


def from_text(text: str, *, name: str) -> Document:
    """Which document is a text that was pasted or piped in?

    Raises DocumentError when it is empty, or not English.

    >>> from_text("Talks resume\\n\\nThe two sides met in Muscat.", name="standard input").title
    'Talks resume'
    """
    name = shown(name)
    _require_words(text, name)
    start, stated = 0, Extract(text)
    return _laid_out(name, "text", stated, start)


def from_bytes(
    data: bytes,
    *,
    name: str,
    kind: str | None = None,
    limit_bytes: int = DEFAULT_LIMIT,
    take_apart: Extractor = extracted,
) -> Document:
    """Which document are these bytes, of a `kind` that is known, or read from standard input?

    There a page and a PDF are told by how they begin.

    Raises DocumentError as `load` does.
    """
    name = shown(name)
    _require_size(len(data), name, limit_bytes)
    told = "pdf" if data.startswith(b"%PDF-") else "html" if _MARKUP.match(data[:2048]) else "text"
    return _document(data, name=name, kind=kind or told, limit_bytes=limit_bytes, take_apart=take_apart)


def _document(data: bytes, *, name: str, kind: str, limit_bytes: int, take_apart: Extractor = extracted) -> Document:
    if kind in {"html", "pdf"}:
        if not data.strip():
            raise DocumentError(f"'{name}' holds only white space. Give a file with at least one sentence of text.")
        stated, start = take_apart(kind, data, name=name, most_characters=limit_bytes), 0
    else:
        text = decode(data, name)
        start, head = front_matter(text) if kind == "markdown" else (0, Extract(""))
        stated = replace(head, text=text)
    _require_words(stated.text, name)
    return _laid_out(name, kind, stated, start)


def _laid_out(name: str, kind: str, stated: Extract, start: int) -> Document:
    layout = lay_out(stated.text, start=start, markdown=kind == "markdown", title=stated.title)
    if not any(block.kind in {"text", "headline"} for block in layout.blocks):
        raise DocumentError(f"'{name}' holds no text below its header. Give a file with at least one sentence of text.")
    require_english(" ".join(stated.text[block.start : block.end] for block in layout.blocks), name)
    return Document(
        id=slug(name),
        name=name,
        text=stated.text,
        title=layout.title,
        publisher=stated.publisher or layout.stated.publisher,
        published=stated.published or layout.stated.published,
        reported=stated.reported or layout.stated.reported,
        url=stated.url,
        sha256=digest(stated.text, name),
        kind=kind,
        blocks=layout.blocks,
    )


def _require_words(text: str, name: str) -> None:
    cure = "Give a file with at least one sentence of text."
    if not text:
        raise DocumentError(f"'{name}' is empty. {cure}")
    start, end = ink(text, 0, len(text))
    if start == end:
        raise DocumentError(f"'{name}' holds only white space. {cure}")
    if not re.search(r"\w", text):
        raise DocumentError(f"'{name}' holds no words. {cure}")


def _require_size(size: int, name: str, limit_bytes: int) -> None:
    if size == 0:
        raise DocumentError(f"'{name}' is empty. Give a file with at least one sentence of text.")
    if size > limit_bytes:
        exact = f"{size / 1e6:.1f} MB" if size > 1.05 * limit_bytes else f"{size:,} bytes"
        raise DocumentError(
            f"'{name}' is {exact}; the limit is {limit_bytes / 1e6:g} MB; raise it with --limit, or split the file."
        )


def _bytes(path: Path, name: str, limit_bytes: int) -> bytes:
    """What does the file hold? Only regular files are opened, so that a pipe or a device cannot make this wait."""
    try:
        found = path.stat()
        if not stat.S_ISREG(found.st_mode):
            raise DocumentError(f"'{name}' is {_nature(found.st_mode)}, not a file. {_instead(found.st_mode)}")
        _require_size(found.st_size, name, limit_bytes)
        with path.open("rb") as file:
            data = file.read(limit_bytes + 1)
    except OSError as fault:
        raise DocumentError(_refusal(name, fault)) from None
    except ValueError:
        raise DocumentError(f"'{name}' is no file name: it holds a zero character. Check the path.") from None
    _require_size(len(data), name, limit_bytes)
    return data


def _nature(mode: int) -> str:
    kinds = {stat.S_IFDIR: "a folder", stat.S_IFIFO: "a named pipe", stat.S_IFSOCK: "a socket"}
    return kinds.get(stat.S_IFMT(mode), "a device")


def _instead(mode: int) -> str:
    return "Name a document inside it." if stat.S_ISDIR(mode) else "Give a file, or pipe its text to standard input."


def _refusal(name: str, fault: OSError) -> str:
    """Why can the file not be opened, and what helps?"""
    reasons = {
        errno.ENOENT: "does not exist. Check the name and the folder",
        errno.ENOTDIR: "does not exist: part of its path is a file. Check the path",
        errno.EACCES: "may not be read by you. Change its permissions, or copy it to a place of your own",
        errno.EPERM: "may not be read by you. Change its permissions, or copy it to a place of your own",
        errno.ELOOP: "is a link that leads back to itself. Name the file that it should lead to",
        errno.ENAMETOOLONG: "has a name that is too long for this system. Rename it",
    }
    shortened = name if len(name) <= 100 else f"{name[:97]}..."
    reason = reasons.get(
        fault.errno or 0, f"cannot be opened ({fault.strerror}). Copy it to another place and try again"
    )
    return f"'{shortened}' {reason}."


def files_in(folder: Path, *, most: int | None = MOST_FILES) -> Iterator[Path]:
    """Which files in a folder may be documents? Links to folders are not followed, so no loop can hold it up.

    Raises DocumentError where it is no folder, may not be looked into, or holds more than `most`.
    """
    if not folder.is_dir():
        raise DocumentError(
            f"'{shown(folder.name or str(folder))}' is not a folder. Name a folder with documents in it."
        )
    count = 0
    for place, folders, names in os.walk(folder, onerror=_unreadable):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            file = Path(place, name)
            hidden = name.startswith(".") or file.stem.lower() in _ABOUT_THE_FOLDER
            if file.suffix.lower() in KINDS and not hidden and not _own_brief(file):
                count += 1
                if most is not None and count > most:
                    raise DocumentError(
                        f"'{shown(folder.name)}' holds more than {most:,} documents. Read it with `detente read --to`."
                    )
                yield file


def _unreadable(fault: OSError) -> None:
    raise DocumentError(_refusal(shown(Path(fault.filename).name), fault)) from None


def _with_unique_ids(documents: list[Document]) -> tuple[Document, ...]:
    taken: set[str] = set()
    unique = []
    for document in documents:
        number, name = 1, document.id
        while name in taken:
            number += 1
            name = f"{document.id}-{number}"
        taken.add(name)
        unique.append(replace(document, id=name))
    return tuple(unique)


def _listed() -> str:
    return f"{', '.join(SUFFIXES[:-1])} or {SUFFIXES[-1]}"
