"""What is a page of the desk, and how is it reached?"""

from dataclasses import dataclass

from fastapi import APIRouter


@dataclass(frozen=True, slots=True)
class Page:
    """One entry of the navigation.

    path    its address
    name    what the navigation calls it
    asks    the question it answers, which is its heading
    key     the letter that leads there after g
    router  its routes
    """

    path: str
    name: str
    asks: str
    key: str
    router: APIRouter
