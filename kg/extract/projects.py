"""The projects that a paper names: found by label, heading, cue and table, with every later mention of each."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from kg.extract.names import MentionPattern, name_key, name_variants
from kg.extract.sections import is_generic_heading
from kg.extract.view import View
from kg.lexicon import Lexicon, shape
from kg.phrases import find_words

_ALL = re.compile(r"(?s:.*)")
_PHASE_TAIL = shape("projects", "phase_tail")
_OTHER_STUDY = shape("projects", "other_study")
_AFTER_KIND = shape("projects", "after_kind")
_BARE_PHASE = shape("projects", "bare_phase")
_GOES_ON_FROM = shape("projects", "goes_on_from")
_PHASED = shape("projects", "phased")
_COUNT_BEHIND = re.compile(r" (?!(?:19|20)\d\d$)\d{2,}$")  # no phase has such a number
_SUCCESSOR_TAIL = re.compile(r" (?:II|III|IV|[2-4](?:\.0)?)(?![\w*.,]\d|\w)")
_ROMAN = frozenset("IVXivx")
_ACRONYM = re.compile(r"[A-ZÅÄÖ]{3,}")
_BRACKET_LAST = re.compile(r"\s*\([^()]*\)\s*$")
_BLANKS = re.compile(r"\s+")
_BEYOND = 1 << 62  # no place of a paper
_COUNTED = shape("projects", "counted")
_COUNTIES = shape("projects", "counties")
_ADVERBIAL = shape("projects", "adverbial")
_ITEM = shape("projects", "item")
_MEANS_ONLY = shape("projects", "means_only")
_OPEN_END = shape("projects", "open_end")


# rules that read a name where it is printed as a title: a label's value, a cell, a heading
_TITLED = frozenset({"project.label", "project.cell", "project.heading"})
_QUOTES = ('"', "”", "“", "»", "«", "„")


@dataclass(slots=True, eq=False)
class Project:
    """One project of the paper.  ``name`` as printed; ``spans`` where its name was first read."""

    id: str
    name: str
    start: int
    end: int
    rule: str
    names: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Mention:
    start: int
    end: int
    project: Project


@lru_cache(maxsize=8)
def _never_names(lexicon: Lexicon) -> tuple[frozenset[str], frozenset[str]]:
    """Words with which no name begins, and those that are no name."""
    first, whole = (lexicon.words("lineage", "projects", key) for key in ("never_first", "never"))
    return frozenset(first), frozenset(w.casefold() for w in whole)


_YEARS_LAST = re.compile(r",?\s(?:19|20)\d\d\s?[-–]\s?(?:19|20)?\d\d$")


class ProjectBook:
    """Projects in the order in which they were read, and their mentions in the order of the text."""

    def __init__(self, view: View, lexicon: Lexicon) -> None:
        self._view = view
        self._lexicon = lexicon
        self.projects: list[Project] = []
        self._by_key: dict[str, Project] = {}
        self.mentions: list[Mention] = []
        self._mention_starts: list[int] = [_BEYOND]
        self._settled: list[tuple[int, str, tuple[str, ...]]] | None = None
        self._never_first, self._never = _never_names(lexicon)

    def add(
        self, start: int, end: int, rule: str, *, name: str | None = None, exact: bool = False, placed: bool = False
    ) -> Project | None:
        """The project named by the span, new or known; None where the words can be no name."""
        start = self._past_section(start, end) if name is None else start
        words = name or self._view.line(start, end).strip(' ,;:"”“»«.-–')
        words = _BLANKS.sub(" ", words)
        printed = placed or rule in _TITLED or self._view.text[max(0, start - 1) : start] in _QUOTES
        if not self._plausible(words, placed=printed) or (not printed and self._is_place(start, end)):
            return None
        variants = name_variants(words)
        for variant in variants:
            known = self._by_key.get(name_key(variant))
            if known is not None and not _are_rows_apart(known, words, rule) and not _have_other_tails(known, words):
                if len(words) > len(known.name) and name_key(known.name) in {name_key(v) for v in variants}:
                    known.name, known.start, known.end, known.rule = words, start, end, rule
                self._register(known, variants)
                return known
        known = None if exact else self._known_head(words)
        if known is not None:
            return known
        project = Project(f"project/{len(self.projects) + 1}", words, start, end, rule)
        self.projects.append(project)
        if (former := self._by_key.get(name_key(words))) is not None:
            former.names = [n for n in former.names if name_key(n) != name_key(words)]
            self._by_key[name_key(words)] = project
        self._register(project, variants)
        return project

    def _past_section(self, start: int, end: int) -> int:
        """The start of a name behind the heading of a section on its line: 'Bakgrund: Kvarnen'."""
        colon = self._view.text.find(": ", start, end)
        opens = colon > start and is_generic_heading(self._lexicon, self._view.line(start, colon))
        return colon + 2 if opens and self._view.text[colon + 2 : end].strip() else start

    def _known_head(self, words: str) -> Project | None:
        """The known project whose whole name begins the words, where they go on in lower case: a name read too far."""
        tokens = words.split()
        for size in range(len(tokens) - 1, 0, -1):
            known = self._by_key.get(name_key(" ".join(tokens[:size])))
            if known is not None and tokens[size][0].islower() and not known.name.islower():
                head = " ".join(tokens[:size])
                return known if size > 1 or any(c.isdigit() or c.isupper() for c in head[1:]) else None
        return None

    def words(self, start: int, end: int) -> str:
        """The words of the paper between two offsets."""
        return self._view.line(start, end)

    def add_alias(self, project: Project, alias: str) -> None:
        self._register(project, [alias])

    def absorb(self, project: Project, other: Project) -> None:
        """Make ``other`` a further name of ``project``."""
        self.projects.remove(other)
        for variant in other.names:
            self._by_key[name_key(variant)] = project
            project.names.append(variant)
        self.settle()

    def find(self, name: str) -> Project | None:
        for variant in name_variants(name):
            known = self._by_key.get(name_key(variant))
            if known is not None:
                return known
        return None

    def _register(self, project: Project, variants: list[str]) -> None:
        for variant in variants:
            if self._by_key.setdefault(name_key(variant), project) is project and variant not in project.names:
                project.names.append(variant)

    def _plausible(self, words: str, *, placed: bool = False) -> bool:
        """Whether the words may name a project; ``placed``: they stand in a cell, label, heading or quotes."""
        if not 2 <= len(words) <= 160 or words.casefold() in self._never or not any(c.isalpha() for c in words):
            return False
        if not placed and not (
            words[0].isupper() or words[0].isdigit() or any(c.isupper() for c in words.split()[0][:8])
        ):
            return False
        if (
            not placed
            and words.split()[0] in self._never_first
            and words.split()[1:2]
            and words.split()[1][0].islower()
        ):
            return False
        if not placed and (_ADVERBIAL.match(words) or _COUNTIES.fullmatch(words)):
            return False
        if any(p.fullmatch(words) for p in (_ITEM, _MEANS_ONLY)) or _COUNTED.match(words) or _OPEN_END.search(words):
            return False
        return not is_generic_heading(self._lexicon, words)

    def _is_place(self, start: int, end: int) -> bool:
        """Whether the words are the name of a county or municipality and nothing else: 'Värmlands län'."""
        place = self._view.starting(start, "county", "municipality")
        return place is not None and place.end >= end

    def _join_versions(self) -> None:
        """An acronym that stands once with a decimal version ('ADDIFAB 4.0') and once without is one project here."""
        for project in list(self.projects):
            if not _ACRONYM.fullmatch(project.name):
                continue
            key = name_key(project.name)
            longer = [p for p in self.projects if re.fullmatch(re.escape(key) + r" \d \d", name_key(p.name))]
            if len(longer) == 1:
                self.projects.remove(project)
                for variant in project.names:
                    self._by_key[name_key(variant)] = longer[0]
                    longer[0].names.append(variant)

    def _join_years(self) -> None:
        """'Medfinansiering av X 2020-2022' in a heading, where the text calls the project X, is X."""
        for project in [p for p in self.projects if p.rule == "project.heading"]:
            m = _YEARS_LAST.search(project.name)
            bare = self._by_key.get(name_key(project.name[: m.start()])) if m is not None else None
            if bare is not None and bare is not project and bare.rule == "project.cue" and bare in self.projects:
                project.name, project.start, project.end = bare.name, bare.start, bare.end
                self.projects.remove(bare)
                for variant in bare.names:
                    self._by_key[name_key(variant)] = project
                    project.names.append(variant)

    def _add_phases(self) -> None:
        """Other phases of a known project: 'X, etapp 2' is known and the text speaks of 'X, etapp 1' or plain 'X'."""
        for project in list(self.projects):
            bare = _BRACKET_LAST.sub("", project.name) if ")" in project.name else project.name
            m = _PHASED.search(bare) if bare[-1:].isdecimal() or bare[-1:] in _ROMAN else None
            self._add_studies(project, bare)
            if m is None:
                self._add_successors(project, bare)
            if m is None or m.start() < 4:
                continue
            base = bare[: m.start()].rstrip(" ,:–-")
            for found in self._find_with_tail(base, _PHASE_TAIL, cased=True):
                sums = self._view.covering(found.end() - 1, "money", "date", "period", "share")
                if sums is not None and sums.end > found.end():
                    continue  # 'Torget 2 500 000 kronor': the digit is that of a sum
                if _COUNT_BEHIND.search(found.group()):
                    continue  # 'I dag har Verkstan 14 anställda'
                owner = self._view.covering(found.start(), "organisation")
                lead = self._view.text[max(0, found.start() - 14) : found.start()]
                if _AFTER_KIND.search(lead) or owner is not None and owner.start < found.start():
                    continue
                last = self._view.covering(found.end() - 1, "organisation")
                if last is not None and last.value.register_id is not None and last.end >= found.end():
                    continue  # the cluster that bears the project's name
                if (
                    name_key(found.group()) not in self._by_key
                    and self._view.block_at(found.start()).kind != "furniture"
                ):
                    self.add(found.start(), found.end(), "project.cue", exact=True)
            self._add_bare_phase(project, bare[: m.start()], bare[m.start() :])

    def _add_successors(self, project: Project, bare: str) -> None:
        """A numbered successor of a known project, printed beside it: 'Som fortsättning på X kom X II'."""
        if len(bare) < 4 or bare.isupper() or project.rule in _TITLED:
            return
        for found in self._find_with_tail(bare, _SUCCESSOR_TAIL, cased=True):
            unit = self._view.unit_at(found.start())
            alone = self._view.text[unit.start : unit.end].count(bare) > 1
            known = name_key(found.group()) in self._by_key
            if alone and not known and self._view.is_plain(found.end() - 2, found.end()):
                self.add(found.start(), found.end(), "project.cue", exact=True)

    def _find_with_tail(self, base: str, tail: re.Pattern[str], *, cased: bool = False) -> Iterator[re.Match[str]]:
        """Where words stand in the text with such a tail behind them, one after the other."""
        last = 0
        for start, stop in find_words(self._view.text, base, cased=cased):
            found = tail.match(self._view.text, stop) if start >= last else None
            if found is not None and (whole := _ALL.match(self._view.text, start, found.end())) is not None:
                last = found.end()
                yield whole

    def _add_bare_phase(self, project: Project, base: str, tail: str) -> None:
        """The earlier phase that the text goes on from without its name: 'X, etapp 3 bygger på etapp 2'."""
        own = _BARE_PHASE.search(tail)
        others = [p for p in self.projects if p is not project and _BARE_PHASE.search(p.name)]
        if own is None or any(_base(p.name) != _base(project.name) for p in others):
            return
        text = self._view.text
        for found in _BARE_PHASE.finditer(text):
            lead = text[max(0, found.start() - 40) : found.start()]
            if found["noun"].casefold() != own["noun"].casefold() or found["number"] == own["number"]:
                continue
            name = base + tail.replace(own.group(), found.group())
            if name_key(name) in self._by_key or not _GOES_ON_FROM.search(lead):
                continue
            self.add(found.start(), found.end(), "project.cue", name=name, exact=True)

    def _add_studies(self, project: Project, bare: str) -> None:
        """Studies that share the head of a known name: 'X - idéstudie' beside 'X - sensorer i förpackningar'."""
        head, *tail = _BESIDE_DASH.split(bare, maxsplit=1)
        if not tail or len(head) < 5:
            return
        for found in self._find_with_tail(head, _OTHER_STUDY):
            if name_key(found.group()) not in self._by_key:
                self.add(found.start(), found.end(), "project.cue", exact=True)

    def settle(self) -> None:
        """Find every mention of every name in the text, and print names as the running text does."""
        before = self._state()
        if before == self._settled:
            return
        self._join_versions()
        self._join_years()
        self._add_phases()
        names = {v: p for p in self.projects for v in p.names if len(name_key(v)) >= 2}
        pattern = MentionPattern(names)
        by_key = {name_key(v): p for v, p in names.items()}
        found = []
        for m in pattern.finditer(self._view.text):
            words = m.group()
            project = by_key.get(name_key(words))
            if project is None or not _same_case(words, project.names):
                continue
            owner = self._view.covering(m.start(), "organisation", "fund", "board")
            if (
                owner is not None
                and owner.start <= m.start()
                and owner.end >= m.end()
                and owner.end - owner.start > m.end() - m.start()
            ):
                continue
            found.append(Mention(m.start(), m.end(), project))
        self.mentions = found
        self._mention_starts = [*(m.start for m in found), _BEYOND]
        for project in self.projects:
            if project.name.isupper() and " " not in project.name:
                printed = {self._view.text[m.start : m.end] for m in self.mentions if m.project is project}
                project.name = next(
                    (w for w in sorted(printed) if w.istitle() and name_key(w) == name_key(project.name)), project.name
                )
            parts = [w for w in project.name.split() if sum(c.isalpha() for c in w) > 1]
            if project.name.isupper() and len(parts) > 1 and any(sum(c.isalpha() for c in w) > 4 for w in parts):
                project.name = self._normal_case(project)
        # phases that were found may lead to others the next time
        self._settled = before if before == self._state() else None

    def _state(self) -> list[tuple[int, str, tuple[str, ...]]]:
        """What mentions depend on, beside the text."""
        return [(id(p), p.name, tuple(p.names)) for p in self.projects]

    def _normal_case(self, project: Project) -> str:
        key = name_key(project.name)
        for mention in self.mentions:
            words = self._view.line(mention.start, mention.end)
            if name_key(words) == key and not words.isupper():
                return words
        return project.name[0] + project.name[1:].lower()

    def mentions_in(self, start: int, end: int) -> list[Mention]:
        starts = self._mention_starts
        low = bisect_left(starts, start)
        if starts[low] >= end:
            return []
        return [m for m in self.mentions[low : bisect_left(starts, end, low + 1)] if m.end <= end]


def _base(name: str) -> str:
    """A name without its phase."""
    return name_key(_BARE_PHASE.sub("", name))


def _have_other_tails(known: Project, words: str) -> bool:
    """Whether two names begin alike and end in words of their own: 'Papper som minns - idéstudie' beside
    'Papper som minns - sensorer i förpackningar'."""
    one, two = (re.split(r"\s[–—-]\s", re.sub(r"\s*\([^()]*\)", "", w), maxsplit=1) for w in (known.name, words))
    if len(one) < 2 or len(two) < 2 or name_key(one[0]) != name_key(two[0]):
        return False
    a, b = name_key(one[1]), name_key(two[1])
    return not a.startswith(b) and not b.startswith(a) and _STUDY_TAIL.search(f"{one[1]} | {two[1]}") is not None


_BESIDE_DASH = re.compile(r"\s[–—-]\s")
_STUDY_TAIL = shape("projects", "study_tail")


def _are_rows_apart(known: Project, words: str, rule: str) -> bool:
    """Whether two rows of tables name two projects, though one name begins the other: 'Odla på tak' and
    'Odla på tak – skolgårdar'."""
    if rule != "project.cell" or known.rule != rule:
        return False
    short, long = sorted((known.name.casefold(), words.casefold()), key=len)
    return re.match(re.escape(short) + r"(?:\s[–—-]|:)\s", long) is not None


def _same_case(words: str, names: list[str]) -> bool:
    """A short or single-word name must stand with the same capitals, or it is a common word."""
    if " " in words.strip() or any(c.isdigit() for c in words):
        return words[0] == words[0].upper() or any(n[0] == words[0] for n in names)
    return (
        any(name_key(n) == name_key(words) and (n == words or _letters(n) == _letters(words)) for n in names)
        or (words.isupper() and len(words) > 4)
        or (words[0].isupper() and words[1:].islower())
    )


def _letters(text: str) -> str:
    return re.sub(r"[^\w*+]", "", text)
