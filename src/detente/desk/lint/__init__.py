"""Does a brief keep the rules of estimative language, whoever wrote it?

HTML, Markdown and plain text are read, and of them only what their author says: quotes, code and the texts of sources
are passed over. Every remark has its line and column in the file, and says how it is cured.
"""

import json
import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

from detente.brief.estimative import ScaleName
from detente.desk.foreign import loaded
from detente.desk.lint.passages import Form, form_of, passages
from detente.desk.lint.rules import RULES, hits
from detente.errors import DocumentError, FormatError
from detente.formats.score_table import MAX_BYTES, shown
from detente.read.documents.decode import decode
from detente.situation.check import Severity

__all__ = ["Form", "Remark", "Report", "ScaleName", "as_json", "as_text", "lint", "lint_file", "rule_ids"]
_LINE = re.compile(r"\r\n|\r|\n")
_PAGE_ENDINGS = ".html, .md or .txt"


@dataclass(frozen=True, slots=True)
class Remark:
    """One thing to mend: where, by which rule, in which words, what is wrong and how it is cured."""

    line: int
    column: int
    rule: str
    severity: Severity
    words: str
    wrong: str
    cure: str

    def __str__(self) -> str:
        """Return the remark in one line."""
        return f"{self.line}:{self.column}  {self.severity:5}  {self.rule:8} “{self.words}”: {self.wrong}. {self.cure}"


@dataclass(frozen=True, slots=True)
class Report:
    """A file and its remarks."""

    file: str
    remarks: tuple[Remark, ...]


def lint(text: str, *, form: Form = "plain", scale: ScaleName = "icd203") -> tuple[Remark, ...]:
    """List what a brief says that it may not say, in the order of the text.

    >>> [(r.line, r.column, r.rule) for r in lint("War is near.\\nThere is no doubt that it comes.")]
    [(2, 10, 'certain')]
    """
    plain = _LINE.sub(lambda found: "\n" if len(found[0]) == 1 else " \n", text)
    starts = [0, *(found.end() for found in re.finditer("\n", plain))]
    remarks = []
    for hit in hits(passages(plain, form=form), scale=scale):
        line = bisect_right(starts, hit.at) - 1
        remarks.append(
            Remark(
                line=line + 1,
                column=hit.at - starts[line] + 1,
                rule=hit.rule.id,
                severity=hit.rule.severity,
                words=shown(hit.words, 80),
                wrong=shown(hit.wrong, 200),
                cure=hit.rule.cure,
            )
        )
    return tuple(sorted(remarks, key=lambda r: (r.line, r.column, r.rule)))


def lint_file(file: Path, *, scale: ScaleName = "icd203") -> Report:
    """Return the remarks on a file.

    Raises FormatError where it is missing, no text, or too large to be a brief.
    """
    source = loaded(file)
    name = shown(str(file), 200)
    if len(source.content) > MAX_BYTES:
        raise FormatError(f"'{name}' is larger than {MAX_BYTES // 1_000_000} MB. Part it, and check the parts.")
    if source.content.startswith(b"%PDF-"):
        raise FormatError(f"'{name}' is a PDF, in which no line can be named. Check the {_PAGE_ENDINGS} it is made of.")
    try:
        text = decode(source.content, name)
    except DocumentError as fault:
        why = str(fault).partition(". ")[0]
        raise FormatError(f"{why}. Save it as UTF-8 text, as {_PAGE_ENDINGS}.") from None
    return Report(str(file), lint(text, form=form_of(source.name, text), scale=scale))


def rule_ids() -> tuple[str, ...]:
    """Return the rules by their ids, as the pages describe them.

    >>> rule_ids()[:2]
    ('apart', 'steps')
    """
    return tuple(rule.id for rule in RULES)


def as_text(reports: Iterable[Report]) -> str:
    """Return the remarks in words, one line each, under the file that they are about."""
    lines: list[str] = []
    for report in reports:
        name = shown(report.file, 200)
        if not report.remarks:
            lines.append(f"{name}: nothing to cure.")
            continue
        count = sum(1 for r in report.remarks if r.severity == "fault")
        rest = len(report.remarks) - count
        lines.append(f"{name}: {count} fault{'s' * (count != 1)}, {rest} doubt{'s' * (rest != 1)}")
        lines += [f"  {remark}" for remark in report.remarks]
    return "\n".join(lines)


def as_json(reports: Iterable[Report]) -> str:
    """Return the remarks as JSON."""
    return json.dumps([asdict(report) for report in reports], ensure_ascii=False, indent=1)
