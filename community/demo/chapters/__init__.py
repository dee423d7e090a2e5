"""The chapters of the demo, one for each room: what it puts on the stage.

A package above `community` adds its own with `@demo_chapter`.
"""

from collections.abc import Callable

from community.demo.stage import Stage

Chapter = Callable[[Stage], None]

_added: list[Chapter] = []


def demo_chapter(chapter: Chapter) -> Chapter:
    """Let this chapter be played too, after those of the community."""
    if chapter not in _added:
        _added.append(chapter)
    return chapter


def added_chapters() -> tuple[Chapter, ...]:
    return tuple(_added)
