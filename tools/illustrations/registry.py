"""The list of scenes: each is one function, drawn with its own fixed seed."""

from collections.abc import Callable
from random import Random

from .canvas import Canvas

Painter = Callable[[Canvas, Random], None]

SCENES: dict[str, Painter] = {}


def scene(name: str) -> Callable[[Painter], Painter]:
    """Register a painter; `name` is the file's name and the seed of its chance."""

    def register(painter: Painter) -> Painter:
        if name in SCENES:
            raise ValueError(f"two scenes are called {name}")
        SCENES[name] = painter
        return painter

    return register


def render(name: str) -> str:
    """Return the SVG of one scene, the same at every call."""
    canvas = Canvas()
    SCENES[name](canvas, Random(name))
    return canvas.svg()
