"""Which project each sentence speaks of, so that facts do not leak between cases."""

from __future__ import annotations

from kg.extract.projects import Project, ProjectBook
from kg.extract.sections import Matter
from kg.extract.view import Unit, View
from kg.lexicon import shape

EARLIER = shape("topics", "earlier")
_FROM_OLDER = shape("topics", "from_older")
_OF_THIS = shape("topics", "of_this")
_OF_MANY = shape("topics", "of_many")
_THIS = shape("topics", "this")


class Topics:
    """The topic of each sentence: the project that it names first, else the one that its section speaks of."""

    def __init__(self, view: View, book: ProjectBook, matters: list[Matter], owners: dict[int, list[Project]]) -> None:
        self._by_start: dict[int, Project | None] = {}
        self._owner: dict[int, Project | None] = {}
        self._units = view.units
        self._by_project: dict[int, list[Unit]] | None = None
        self._matters = matters
        self._owners = owners
        if book.mentions or owners:
            self._read(view, book)

    def _read(self, view: View, book: ProjectBook) -> None:
        matter_index = -1
        sticky: Project | None = None
        other: Project | None = None
        block_index = spoken = -1
        of_many = {unit.start for unit in view.units_with(_OF_MANY)}
        earlier = {unit.start for unit in view.units_with(EARLIER)}
        for unit in view.units:
            matter = matter_at(self._matters, unit.start)
            owners = self._owners.get(matter.index if matter else -1, [])
            default = owners[0] if len(owners) == 1 else None
            if (matter.index if matter else -1) != matter_index:
                matter_index = matter.index if matter else -1
                sticky, other = default, None
            block = view.blocks[unit.block]
            named = book.mentions_in(unit.start, unit.end)
            if block.kind == "heading" and unit.block != block_index:
                sticky = named[0].project if named and (len(owners) != 1 or named[0].project in owners) else default
            block_index = unit.block
            self._owner[unit.start] = sticky or default
            if named:
                first = named[0].project
                topic = next((m.project for m in named if m.project in owners and m.start - unit.start < 60), first)
                older = topic not in owners and len(owners) == 1
                if older and _FROM_OLDER.match(view.text, unit.start, named[0].start):
                    topic = owners[0]
                aside = topic not in owners and sticky in owners and spoken == unit.block
                if topic in owners or default is None and not aside:
                    sticky = topic
                    spoken = unit.block
                elif aside and sticky is not None and _OF_THIS.match(view.text, unit.start, named[0].start):
                    topic = sticky  # 'Projektet är steg 2 efter Kvarnen': of the project that the paragraph speaks of
                other = next((m.project for m in reversed(named) if m.project is not sticky), other)
                self._by_start[unit.start] = topic
            elif (
                unit.start in of_many
                and _OF_MANY.search(view.text, unit.start, unit.end)
                and view.spans_in(unit.start, unit.end, "money")
            ):
                self._by_start[unit.start] = None
            elif other is not None and unit.start in earlier and EARLIER.search(view.text, unit.start, unit.end):
                self._by_start[unit.start] = other
            else:
                self._by_start[unit.start] = sticky or default

    def owner(self, unit: Unit) -> Project | None:
        """The project that the section speaks of, whatever the sentence names."""
        return self._owner.get(unit.start)

    def of(self, unit: Unit) -> Project | None:
        return self._by_start.get(unit.start)

    def units_of(self, project: Project) -> list[Unit]:
        """The sentences that speak of a project, in order."""
        if self._by_project is None:
            self._by_project = {}
            for unit in self._units:
                if (topic := self._by_start.get(unit.start)) is not None:
                    self._by_project.setdefault(id(topic), []).append(unit)
        return self._by_project.get(id(project), [])


def matter_at(matters: list[Matter], offset: int) -> Matter | None:
    """The matter that holds the offset; None before the first."""
    for matter in matters:
        if matter.start <= offset < matter.end:
            return matter
    return None
