"""The limits that keep the tree readable, and the lock that keeps it reproducible."""

import ast
import functools
import importlib.util
import re
import sys
import tomllib
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[1]
SRC = ROOT / "src" / "detente"
SOURCES = sorted(SRC.rglob("*.py"))
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))

LINES_PER_FILE = 400
LINES_PER_FUNCTION = 60
EMPTY_NAMES = {"utils", "util", "core", "common", "base", "manager", "service", "services", "helpers", "helper", "misc"}
# What a class may build on: records, enumerations, protocols and errors; click's group is how its commands load late.
ROOT_CLASSES = {"BaseModel", "Protocol", "NamedTuple", "TypedDict", "Enum", "StrEnum", "IntEnum", "Exception", "Group"}
# Installed under one name, imported under another.
IMPORTED_AS = {
    "argon2-cffi": "argon2",
    "python-docx": "docx",
    "ruamel-yaml": "ruamel",
    "vl-convert-python": "vl_convert",
}
# A machine's own folders have no place in the project; a page may say /path/to/something.
MACHINE_PATH = re.compile(r"(?<![\w.])/(?:work|root|home|opt|mnt|Users)/\w|file:///\w")
TEXT_ENDINGS = {".py", ".md", ".toml", ".txt", ".yaml", ".yml", ".json", ".cfg", ".sh", ".html", ".css", ""}


def relative(path: Path) -> str:
    return str(path.relative_to(ROOT))


@functools.cache
def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


def functions(tree: ast.Module) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


def code_lines(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Lines from `def` to the end, without the docstring, which may be as long as its equation needs."""
    total = (function.end_lineno or function.lineno) - function.lineno + 1
    first = function.body[0]
    if ast.get_docstring(function, clean=False) is not None:
        total -= (first.end_lineno or first.lineno) - first.lineno + 1
    return total


def last_name(node: ast.expr) -> str:
    """`click.Group` and `Group` are both Group; `Protocol[T]` is Protocol."""
    if isinstance(node, ast.Subscript):
        return last_name(node.value)
    return node.attr if isinstance(node, ast.Attribute) else ast.unparse(node)


def imported_roots(tree: ast.Module) -> set[str]:
    roots: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            roots |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            roots.add(node.module.split(".")[0])
    return roots


def declared(names: list[str]) -> dict[str, Requirement]:
    return {canonicalize_name(Requirement(name).name): Requirement(name) for name in names}


def locked(name: str) -> dict[str, str]:
    """Name to version, as one lock file pins them."""
    text = (ROOT / "requirements" / f"{name}.txt").read_text(encoding="utf-8")
    return dict(re.findall(r"^([a-z0-9-]+)==([^ ;\\]+)", text, re.MULTILINE))


def test_there_is_something_to_hold_to_these_limits() -> None:
    assert len(SOURCES) > 20


def test_a_module_stays_short() -> None:
    lines = {relative(path): len(path.read_text(encoding="utf-8").splitlines()) for path in SOURCES}
    long = {name: count for name, count in lines.items() if count > LINES_PER_FILE}
    assert not long, "make it a package of the same name with the same public names"


def test_a_function_stays_short() -> None:
    lines = {
        f"{relative(path)}:{f.lineno} {f.name}": code_lines(f) for path in SOURCES for f in functions(tree_of(path))
    }
    assert not {name: count for name, count in lines.items() if count > LINES_PER_FUNCTION}


def test_a_module_is_named_after_what_it_answers() -> None:
    parts = {relative(path): set(path.relative_to(SRC).with_suffix("").parts) for path in SOURCES}
    assert not {name: empty for name, said in parts.items() if (empty := EMPTY_NAMES & said)}


def test_a_module_imports_at_its_top() -> None:
    inside = [
        f"{relative(path)}:{node.lineno}"
        for path in SOURCES
        for function in functions(tree_of(path))
        for node in ast.walk(function)
        if isinstance(node, ast.Import | ast.ImportFrom)
    ]
    assert not inside, "an import inside a function hides what a module needs"


def test_an_import_says_where_from() -> None:
    starred = [
        f"{relative(path)}: {node.module}"
        for path in SOURCES
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.ImportFrom) and node.names[0].name == "*"
    ]
    assert not starred


def test_nothing_inherits_but_records_protocols_and_errors() -> None:
    bases = {
        node.name: [last_name(base) for base in node.bases]
        for path in SOURCES
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.ClassDef) and node.bases
    }
    allowed = set(ROOT_CLASSES)
    while grown := {name for name, of in bases.items() if set(of) <= allowed} - allowed:
        allowed |= grown
    assert not {name: of for name, of in bases.items() if name not in allowed}


def test_every_folder_is_a_package() -> None:
    # The import contracts pass over a folder without __init__.py in silence.
    bare = {relative(path.parent) for path in SOURCES if not (path.parent / "__init__.py").exists()}
    assert not bare


def test_the_tests_mirror_the_source() -> None:
    folders = {path.parent.relative_to(ROOT / "tests") for path in (ROOT / "tests").rglob("test_*.py")}
    strange = {str(folder) for folder in folders if folder.parts and not (SRC / folder.parts[0]).exists()}
    strange -= {"training", "benchmarks"}  # these stand beside src
    assert not strange


def test_no_machine_is_named() -> None:
    folders = ["src", "tests", "docs", "training", "benchmarks", "scripts", "requirements", "cases", "examples", ".ci"]
    files = [path for folder in folders for path in (ROOT / folder).rglob("*")]
    files += [path for path in ROOT.iterdir() if path.is_file()]
    named = {
        relative(path): found[0]
        for path in files
        if path.is_file() and path.suffix in TEXT_ENDINGS and path != Path(__file__) and "__pycache__" not in path.parts
        if (found := MACHINE_PATH.search(path.read_bytes().decode("utf-8", "replace")))
    }
    assert not named


@pytest.mark.parametrize("name", ["run", "dev"])
def test_the_lock_holds_versions_and_hashes_and_no_address(name: str) -> None:
    text = (ROOT / "requirements" / f"{name}.txt").read_text(encoding="utf-8")
    pin = re.compile(r"[a-z0-9-]+==[^\s\\]+( ; [^\\]+)? \\|    --hash=sha256:[0-9a-f]{64}( \\)?")
    assert not [line for line in text.splitlines() if not pin.fullmatch(line)]
    assert text.count("==") > len(PROJECT["project"]["dependencies"])


@pytest.mark.parametrize("name", ["run", "dev"])
def test_the_lock_satisfies_what_the_project_asks_for(name: str) -> None:
    groups = PROJECT["dependency-groups"]
    asked = PROJECT["project"]["dependencies"] + groups["install"] + (groups["dev"] if name == "dev" else [])
    pins = locked(name)
    unmet = [str(req) for key, req in declared(asked).items() if key not in pins or pins[key] not in req.specifier]
    assert not unmet, "renew the lock: make lock"


def test_what_runs_is_what_is_tested() -> None:
    assert locked("run").items() <= locked("dev").items()


def test_the_source_imports_what_the_project_declares_and_nothing_else() -> None:
    imported = set().union(*(imported_roots(tree_of(path)) for path in SOURCES)) - sys.stdlib_module_names - {"detente"}
    dependencies = declared(PROJECT["project"]["dependencies"])
    offered = {IMPORTED_AS.get(name, name.replace("-", "_")) for name in dependencies}
    assert imported - offered == set(), "imported, but not declared"
    assert offered - imported == set(), "declared, but not imported"


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    """The names inside a wheel built from this checkout, without a connection."""
    if importlib.util.find_spec("hatchling") is None:
        pytest.skip("hatchling is not installed here: scripts/setup run installs it")
    builder = importlib.import_module("hatchling.builders.wheel").WheelBuilder(str(ROOT))
    (built,) = builder.build(directory=str(tmp_path_factory.mktemp("wheel")), versions=["standard"])
    return set(zipfile.ZipFile(built).namelist())


def test_the_wheel_holds_every_file_of_the_package(wheel: set[str]) -> None:
    ours = {
        path.relative_to(ROOT / "src").as_posix()
        for path in SRC.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts and not path.name.startswith(".")
    }
    assert ours - wheel == set()


def test_the_wheel_holds_the_founding_example_and_the_licences(wheel: set[str]) -> None:
    example = {
        f"detente/examples/{path.relative_to(ROOT / 'examples').as_posix()}"
        for path in (ROOT / "examples" / "us-iran-2026").rglob("*")
        if path.is_file() and path.suffix != ".html"
    }
    assert "detente/examples/us-iran-2026/situation.yaml" in example
    assert example - wheel == set()
    carried = {name.split("/licenses/")[1] for name in wheel if "/licenses/" in name}
    assert carried == {"LICENSE", "NOTICE", "LICENSES/Apache-2.0.txt", "LICENSES/CC-BY-SA-4.0.txt"}


def test_the_wheel_offers_the_command(wheel: set[str]) -> None:
    assert any(name.endswith(".dist-info/entry_points.txt") for name in wheel)


def test_no_sentence_of_the_founding_article_stands_in_the_project(founding: Path) -> None:
    """The article is somebody's text: it is read where it lies, and eight words of it in a row stand nowhere here."""

    def words(path: Path) -> list[str]:
        return re.findall(r"[a-z0-9']+", path.read_text(encoding="utf-8").lower().replace("’", "'"))

    told = words(founding)
    runs = {tuple(told[i : i + 8]) for i in range(len(told) - 7)}
    texts = [p for folder in ("src", "tests", "docs", "examples", "cases") for p in (ROOT / folder).rglob("*")]
    for path in [*texts, *ROOT.glob("*.md")]:
        if path.is_file() and path.suffix in TEXT_ENDINGS and path.stat().st_size < 1_000_000 and path.suffix:
            here = words(path)
            copied = [" ".join(here[i : i + 8]) for i in range(len(here) - 7) if tuple(here[i : i + 8]) in runs]
            assert not copied, f"{relative(path)}: {copied[:1]}"
