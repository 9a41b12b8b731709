"""What a reader of the package can rely on: every public name exists, is documented, typed, and shown at work."""

import importlib
import inspect
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any, cast

import pytest

SOURCE = Path(__file__).resolve().parents[1] / "src"
MODULES = sorted(
    ".".join(path.relative_to(SOURCE).with_suffix("").parts).removesuffix(".__init__")
    for path in SOURCE.rglob("*.py")
    if path.name != "__main__.py"
)
PACKAGES_OF_QUESTIONS = ("detente.analyses", "detente.scores")


def own_names(module: ModuleType) -> Iterator[tuple[str, object]]:
    """Public classes and functions that this very module defines."""
    for name, value in vars(module).items():
        if name.startswith("_") or not (inspect.isclass(value) or inspect.isfunction(value)):
            continue
        if value.__module__ == module.__name__:
            yield name, value


def unwrapped(function: object) -> Callable[..., Any]:
    return cast("Callable[..., Any]", inspect.unwrap(cast("Callable[..., Any]", function)))


def shows_an_example(module: ModuleType, function: object) -> bool:
    return ">>>" in (module.__doc__ or "") or ">>>" in (unwrapped(function).__doc__ or "")


@pytest.fixture(scope="module")
def modules() -> list[ModuleType]:
    return [importlib.import_module(name) for name in MODULES]


def test_there_are_modules_to_look_at() -> None:
    assert "detente.situation" in MODULES
    assert "detente.errors" in MODULES


def test_a_module_says_what_it_answers(modules: list[ModuleType]) -> None:
    first = {module.__name__: (module.__doc__ or "").strip().split("\n")[0] for module in modules}
    short = [name for name, line in first.items() if len(line.split()) < 2]
    assert short == [], "the first line of a module says which question it answers"


def test_an_announced_name_exists_once_and_in_order(modules: list[ModuleType]) -> None:
    for module in modules:
        announced = getattr(module, "__all__", ())
        assert len(set(announced)) == len(announced), module.__name__
        # Constants, classes, then functions, each in order: what ruff's RUF022 keeps too.
        kinds = [(not name.isupper(), not name[:1].isupper(), name) for name in announced]
        assert kinds == sorted(kinds), module.__name__
        assert [name for name in announced if not hasattr(module, name)] == [], module.__name__


def test_a_public_name_is_documented(modules: list[ModuleType]) -> None:
    names = [(module.__name__, *named) for module in modules for named in own_names(module)]
    assert [(where, name) for where, name, value in names if not (unwrapped(value).__doc__ or "").strip()] == []


def test_a_public_function_is_typed(modules: list[ModuleType]) -> None:
    untyped: list[str] = []
    for module, name, value in ((m, n, v) for m in modules for n, v in own_names(m) if inspect.isfunction(v)):
        signature = inspect.signature(unwrapped(value))
        bare = [p.name for p in signature.parameters.values() if p.annotation is inspect.Parameter.empty]
        if bare or signature.return_annotation is inspect.Signature.empty:
            untyped.append(f"{module.__name__}.{name}({', '.join(bare)})")
    assert untyped == []


def test_a_question_shows_itself_at_work(modules: list[ModuleType]) -> None:
    asking = [module for module in modules if module.__name__.startswith(PACKAGES_OF_QUESTIONS)]
    functions = [(m, name, value) for m in asking for name, value in own_names(m) if inspect.isfunction(value)]
    assert [(m.__name__, name) for m, name, value in functions if not shows_an_example(m, value)] == []


def test_a_package_that_passes_names_on_announces_them(modules: list[ModuleType]) -> None:
    silent = []
    for module in modules:
        if not hasattr(module, "__path__") or module.__name__ == "detente" or any(own_names(module)):
            continue  # a package with functions of its own may import what it works with
        announced = set(getattr(module, "__all__", ()))
        silent += [
            f"{module.__name__}.{name}"
            for name, value in vars(module).items()
            if not name.startswith("_")
            and (inspect.isclass(value) or inspect.isfunction(value))
            and str(getattr(value, "__module__", "")).startswith(module.__name__ + ".")
            and name not in announced
        ]
    assert silent == []
