"""Types and shapes are checked under test as jaxtyping's hook checks them, at less than half of its cost."""

import inspect
from collections.abc import Callable
from dataclasses import is_dataclass
from functools import wraps
from typing import Any, Literal, get_args, get_origin

import jaxtyping

Decorator = Callable[[Any], Any]
by_jaxtyping: Any = jaxtyping.jaxtyped


def checked(*, typechecker: Decorator) -> Decorator:
    """Stands for `jaxtyping.jaxtyped`, which the hook writes above every function and class of the package.

    That one binds the arguments of each call anew and checks them twice: before the call, and with what it returns.
    Here the type checker wraps the function itself and looks at each value once; the sizes of named axes hold for one
    call, as there. Where no annotation names an axis, the type checker alone says the same.
    """

    def decorate(thing: Any) -> Any:
        if not inspect.isclass(thing):
            return _function(thing, typechecker)
        if is_dataclass(thing) and "__init__" in vars(thing):
            type.__setattr__(thing, "__init__", _function(vars(thing)["__init__"], typechecker))
        return thing

    return decorate


def _function(function: Any, typechecker: Decorator) -> Any:
    hints = list(getattr(function, "__annotations__", {}).values())
    # A generator runs after the call that made it, and an array named in quotes is for jaxtyping to look up.
    if not inspect.isfunction(function) or inspect.isgeneratorfunction(function) or any(map(_quoted_array, hints)):
        return by_jaxtyping(function, typechecker=typechecker)
    watched = typechecker(function)
    if not any(map(_names_axes, hints)):
        return watched

    @wraps(watched)
    def with_axes(*args: Any, **kwargs: Any) -> Any:
        __tracebackhide__ = True
        with by_jaxtyping("context"):
            return watched(*args, **kwargs)

    return with_axes


def _quoted_array(hint: Any) -> bool:
    return (isinstance(hint, str) and "ndarray" in hint) or any(map(_quoted_array, _parts(hint)))


def _names_axes(hint: Any) -> bool:
    return (inspect.isclass(hint) and issubclass(hint, jaxtyping.AbstractArray)) or any(map(_names_axes, _parts(hint)))


def _parts(hint: Any) -> list[Any]:
    """What a hint is made of; a `Callable` holds its arguments in a list, a `Literal` holds no hints."""
    found: list[Any] = []
    for part in () if get_origin(hint) is Literal else get_args(hint):
        found += part if isinstance(part, list) else [part]
    return found
