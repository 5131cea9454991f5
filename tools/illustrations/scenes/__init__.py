"""All scenes; importing this package fills the registry."""

from ..registry import SCENES
from . import action, care, factory, land, landscape, learning, sea, street, things, union

MODULES = (action, care, factory, land, landscape, learning, sea, street, things, union)
NAMES = frozenset(SCENES)
