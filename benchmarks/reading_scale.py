"""How fast is a folder of thousands of documents read, in how much memory, and does it survive being killed?

    python benchmarks/reading_scale.py [DOCUMENTS]

Ten thousand documents unless told; they are made up here, some of them near repeats, so that nothing is needed beside
the checkout. The run is killed with -9 when a third is read, resumed, and every document is looked for in the result.
"""

import hashlib
import json
import random
import resource
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from _measure import Row, machine, show

DOCUMENTS = 10_000
JOBS = 2
REPEATS = 20  # one document in so many repeats the one before it under another headline
PARTIES = ("Iran", "Oman", "France", "Turkey", "Egypt", "Kenya", "Chile", "Japan", "Norway", "Peru", "Ghana", "Nepal")
TOPICS = ("water releases", "prisoners", "the border", "tariffs", "a ceasefire", "missiles", "fishing", "grain exports")
ACTS = (
    "{a} demanded on {d} that {b} include {t} in the talks, and said that it would not sign without them.",
    "The government of {a} refused to discuss {t} with {b}, Foreign Minister {n} said after a meeting of the cabinet.",
    "Officials from {a} and {b} met on {d} for a {k} round of talks on {t}, which lasted for several hours.",
    "{a} warned that it would suspend the talks on {t} if {b} moved more troops to the area near {n}.",
    "A spokesman for the ministry in {a} denied that {t} had been raised by {b} in the {k} session on {d}.",
    "Traders in the markets near {n} said that prices had gone up again since the {k} week of the year.",
)
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
ORDER = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth")
NAMES = tuple(f"{a}{b}" for a in ("Har", "Mel", "Tor", "Vas", "Lin", "Ost", "Bren") for b in ("an", "ek", "is", "ova"))


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else DOCUMENTS
    print(machine())
    with tempfile.TemporaryDirectory() as place:
        folder, run = Path(place) / "press", Path(place) / "run"
        words = write(folder, count)
        show(f"{count:,} documents, {sum(words.values()):,} words, {JOBS} processes", list(rows(folder, run, words)))


def write(folder: Path, count: int) -> dict[str, int]:
    """Write the documents, and count the words of each."""
    folder.mkdir()
    drawn, told, words = random.Random(20260208), "", {}
    for number in range(count):
        if number % REPEATS != REPEATS - 1:
            told = "\n\n".join(sentence(drawn) for _ in range(3))
        text = f"Report number {number}\n\nPublished: {1 + number % 28} January 2026\n\n{told}\n"
        name = f"{number:06}.txt"
        (folder / name).write_text(text, encoding="utf-8")
        words[name] = len(text.split())
    return words


def sentence(drawn: random.Random) -> str:
    a, b = drawn.sample(PARTIES, 2)
    return drawn.choice(ACTS).format(
        a=a, b=b, t=drawn.choice(TOPICS), d=drawn.choice(DAYS), k=drawn.choice(ORDER), n=drawn.choice(NAMES)
    )


def rows(folder: Path, run: Path, words: dict[str, int]) -> Iterator[Row]:
    subprocess.run([sys.executable, "-c", "import detente.desk.corpus"], check=True)
    imported = children().ru_maxrss
    yield Row("memory with everything imported, nothing loaded", f"{imported / 1e3:.0f} MB")
    shards = -(-len(words) // 50)
    killed, _ = watched(folder, run, stop_at=shards // 3)
    before = set(lines_of(run))
    yield Row("killed with -9 after", f"{killed:.0f} s elapsed", f"{len(before):,} documents read")
    spent = children()
    elapsed, samples = watched(folder, run, stop_at=None)
    used = children()
    found = list(lines_of(run))
    done = json.loads((run / "done.json").read_text(encoding="ascii"))
    doubled = [name for name, times in Counter(name for name, _ in found).items() if times > 1]
    left_out = {json.loads(line)["file"] for line in (run / "duplicates.jsonl").read_text("ascii").splitlines()}
    lost = set(words) - {name for name, _ in found} - left_out
    yield Row("lost; doubled; broken", f"{len(lost)}; {len(doubled)}; {done['broken']}", "aim: 0; 0; 0")
    made = len(words) // REPEATS
    yield Row("near repeats left out", f"{len(left_out):,}", f"{made:,} were made; the rest is alike by chance")
    same = before <= set(found)
    yield Row("what was read before the kill is as it was", "yes" if same else "NO")
    cpu = used.ru_utime + used.ru_stime - spent.ru_utime - spent.ru_stime
    read = sum(words[name] for name in {name for name, _ in found} - {name for name, _ in before})
    yield Row("words in a second of processor time, all of it", f"{read / cpu:,.0f}", "aim: 5,000 for the reader alone")
    yield Row("words in a second elapsed", f"{read / elapsed:,.0f}", f"{read:,} words in {elapsed:.0f} s")
    yield Row("peak of any process over what is imported", f"{(used.ru_maxrss - imported) / 1e3:.0f} MB", "aim: 400 MB")
    at = [samples[int(len(samples) * part)] for part in (0.25, 0.5, 0.75)] + samples[-1:] if samples else []
    yield Row("largest process after 1/4, 1/2, 3/4 and all", ", ".join(f"{size / 1e3:.0f}" for size in at), "MB")


def watched(folder: Path, run: Path, *, stop_at: int | None) -> tuple[float, list[int]]:
    """Run, kill where told, and return the time and the size of the largest process, sampled."""
    command = [sys.executable, "-m", "detente", "read", str(folder), "--to", str(run), "--jobs", str(JOBS)]
    begun, samples = time.monotonic(), list[int]()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    while process.poll() is None:
        time.sleep(0.25)
        samples.append(largest(process.pid))
        if stop_at is not None and len(list((run / "readings").glob("*.jsonl"))) >= stop_at:
            process.send_signal(signal.SIGKILL)
            process.wait()
            time.sleep(2)  # its processes see that nobody waits for them, and stop
    return time.monotonic() - begun, [size for size in samples if size]


def largest(pid: int) -> int:
    """Return the resident kilobytes of the largest child of a process; 0 where the system does not say."""
    sizes = [0]
    for tasks in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            for child in tasks.read_text(encoding="ascii").split():
                status = Path(f"/proc/{child}/status").read_text(encoding="ascii")
                sizes += [int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS:")]
        except OSError:
            continue
    return max(sizes)


def lines_of(run: Path) -> Iterator[tuple[str, str]]:
    """Name every document that was read, and fingerprint what was read in it."""
    for file in sorted((run / "readings").glob("*.jsonl")):
        with file.open("rb") as stream:
            for line in stream:
                yield json.loads(line)["document"]["name"], hashlib.sha256(line).hexdigest()


def children() -> resource.struct_rusage:
    return resource.getrusage(resource.RUSAGE_CHILDREN)


if __name__ == "__main__":
    main()
