"""What the tests of documents share: a desk with one reader, dossiers on it, and documents as strangers send them."""

import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from tests.web.entering import ORIGIN, Visit

from detente.desk.intake import Intake, Task
from detente.web.desk import Desk

ARTICLE = """Kyrgyzstan refuses to discuss missiles

(Harbour Wire, {day})

Kyrgyzstan said on Monday that it would not discuss its missiles with Uzbekistan. Uzbekistan threatened Kyrgyzstan \
with sanctions if Kyrgyzstan did not limit its missiles. Uzbekistan demanded that Kyrgyzstan limit its missiles.
"""
Files = list[tuple[str, tuple[str, bytes]]]


@dataclass(frozen=True)
class Room:
    """Somebody at a desk with several dossiers, and the desk itself."""

    visit: Visit
    desk: Desk
    told: list[str]
    place: Path

    @property
    def intake(self) -> Intake:
        """Who reads what is sent in."""
        return self.desk.intake

    def dossier(self, title: str) -> str:
        """Begin a dossier, and return its name."""
        assert self.visit.post("/dossiers", title=title)[0] == 200
        return title.lower().replace(" ", "-")

    def send(self, dossier: str, files: Iterable[tuple[str, bytes]] = (), **fields: str) -> tuple[int, str]:
        """Send documents as the form does."""
        parts: Files = [("files", one) for one in files]
        data = {"csrf": self.visit.csrf, "text": "", "later": "yes", **fields}
        answer = self.visit.client.post(
            f"/documents/add?dossier={dossier}",
            data=data,
            files=parts or {"none": b""},
            headers={"origin": ORIGIN},
        )
        return answer.status_code, answer.text

    def tasks(self, dossier: str) -> tuple[Task, ...]:
        """Wait until everything is done that was asked about a dossier, and tell what came of it."""
        every = self.intake.tasks(self.place / dossier)
        return tuple(self.intake.wait(task, 60.0) for task in every)

    def page(self, path: str, dossier: str, **parameters: str) -> str:
        """Return a page about a dossier."""
        answer = self.visit.client.get(path, params={"dossier": dossier, **parameters})
        assert answer.status_code == 200, answer.text
        return answer.text

    def files(self) -> set[str]:
        """List every file at the desk and beside it."""
        return {str(f.relative_to(self.place.parent)) for f in self.place.parent.rglob("*") if f.is_file()}


def article(day: str = "2026-02-09", *, more: str = "") -> str:
    """Return an article of a day."""
    return ARTICLE.format(day=day) + more


def pdf_bomb(size: int) -> bytes:
    """Return a small PDF whose only page unpacks to very much."""
    packed = zlib.compress(b"BT (a) Tj ET\n" * (size // 13), 9)
    parts = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Contents 4 0 R >>",
        b"<< /Length %d /Filter /FlateDecode >>\nstream\n%b\nendstream" % (len(packed), packed),
    ]
    body, places = b"%PDF-1.4\n", []
    for number, part in enumerate(parts, start=1):
        places.append(len(body))
        body += b"%d 0 obj\n%b\nendobj\n" % (number, part)
    table = b"".join(b"%010d 00000 n \n" % at for at in places)
    end = b"trailer << /Size 5 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % len(body)
    return body + b"xref\n0 5\n0000000000 65535 f \n" + table + end
