"""The projects that a paper names: found by label, heading, cue and table, with every later mention of each."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, field
from functools import cache

from kg.beginnings import BegunPattern
from kg.extract.names import clause_has_verb, mention_pattern, name_key, name_variants, scan_name
from kg.extract.sections import Matter, is_generic_heading, strip_numbering
from kg.extract.view import View
from kg.lexicon import Lexicon, alternation, fold
from kg.model import TypedSpan

_PHASED = re.compile(r",?\s+(?:(?:fas|etapp|steg|del)\s+(?:\d+|[IVX]+)|\d+(?:\.\d+)?|[IVX]{1,4})$", re.IGNORECASE)
_COUNTED = re.compile(
    r"(?:\d+|\w+)\s+(?:av|of)\s+(?:dem|dessa|de|them|ansökningarna|projekten)\b|(?:\d+|en|ett|två|tre|fyra|fem|sex|sju|åtta|nio|tio|elva|tolv|flera|många|alla|några|samtliga|övriga|följande)\s+(?:\w+\s+)?"
    r"(?:projekt\w*|ansök\w+|insatser|förstudier|sökande|kommuner|regioner|bolag|företag|föreningar)\b",
    re.IGNORECASE,
)
# 'Ärende B', 'Bilaga 2': the name of an item of the paper, not of a project
_ITEM = re.compile(
    r"(?:ärende|ärendet|punkt|fråga|bilaga|beslut|paragraf|del|sida|tabell|nr|dnr|jnr)\s+(?:nr\s+)?[A-ZÅÄÖ0-9:./-]+",
    re.IGNORECASE,
)
# a sentence that breaks off before its sum, taken for a name: 'Sol, which the region funded with', 'Vid mötet onsdagen'
_OPEN_END = re.compile(
    r"(?:\S+\s){6,}(?:med|för|till|av|från|om|på|samt|att|with|of|for)$|\s(?:sought|beviljas|(?:mån|tis|ons|tors|fre)dagen)$"
    r"|,\s(?:which|som|vilket|där)\s"
)
_BRACKET_END = re.compile(r"\s*\((?:[^()]*\d[^()]*|dnr[^()]*)\)\s*$", re.IGNORECASE)


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


class ProjectBook:
    """Projects in the order in which they were read, and their mentions in the order of the text."""

    def __init__(self, view: View, lexicon: Lexicon) -> None:
        self._view = view
        self._lexicon = lexicon
        self.projects: list[Project] = []
        self._by_key: dict[str, Project] = {}
        self.mentions: list[Mention] = []
        self._mention_starts: list[int] = []
        self._never_first = set(lexicon.words("lineage", "projects", "never_first"))
        self._never = {w.casefold() for w in lexicon.words("lineage", "projects", "never")}

    def add(self, start: int, end: int, rule: str, *, name: str | None = None, exact: bool = False) -> Project | None:
        """The project named by the span, new or known; None where the words can be no name."""
        words = name or self._view.line(start, end).strip(' ,;:"”“»«.-–')
        words = re.sub(r"\s+", " ", words)
        if not self._plausible(words, placed=rule in _TITLED or self._view.text[max(0, start - 1) : start] in _QUOTES):
            return None
        variants = name_variants(words)
        for variant in variants:
            known = self._by_key.get(name_key(variant))
            if known is not None and not _are_rows_apart(known, words, rule):
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

    def _known_head(self, words: str) -> Project | None:
        """The known project whose whole name begins the words, where they go on in lower case: a name read too far."""
        tokens = words.split()
        for size in range(len(tokens) - 1, 0, -1):
            known = self._by_key.get(name_key(" ".join(tokens[:size])))
            if known is not None and tokens[size][0].islower() and not known.name.islower():
                head = " ".join(tokens[:size])
                return known if size > 1 or any(c.isdigit() or c.isupper() for c in head[1:]) else None
        return None

    def add_alias(self, project: Project, alias: str) -> None:
        self._register(project, [alias])

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
        if _COUNTED.match(words) or _ITEM.fullmatch(words) or _OPEN_END.search(words):
            return False
        return not is_generic_heading(self._lexicon, words)

    def _join_versions(self) -> None:
        """An acronym that stands once with a decimal version ('ADDIFAB 4.0') and once without is one project here."""
        for project in list(self.projects):
            if not re.fullmatch(r"[A-ZÅÄÖ]{3,}", project.name):
                continue
            key = name_key(project.name)
            longer = [p for p in self.projects if re.fullmatch(re.escape(key) + r" \d \d", name_key(p.name))]
            if len(longer) == 1:
                self.projects.remove(project)
                for variant in project.names:
                    self._by_key[name_key(variant)] = longer[0]
                    longer[0].names.append(variant)

    def _add_phases(self) -> None:
        """Other phases of a known project: 'X, etapp 2' is known and the text speaks of 'X, etapp 1' or plain 'X'."""
        for project in list(self.projects):
            bare = re.sub(r"\s*\([^()]*\)\s*$", "", project.name)
            m = _PHASED.search(bare)
            if m is None or m.start() < 4:
                continue
            base = bare[: m.start()].rstrip(" ,:–-")
            pattern = re.compile(
                re.escape(base).replace(r"\ ", r"\s+")
                + r"(?:,?\s+(?:fas|etapp|steg|del)\s+(?:\d+|[IVX]+)|\s+(?:\d+(?:\.\d+)?|[IVX]+))?(?![\w*])"
            )
            for found in pattern.finditer(self._view.text):
                if (
                    name_key(found.group()) not in self._by_key
                    and self._view.block_at(found.start()).kind != "furniture"
                ):
                    self.add(found.start(), found.end(), "project.cue", exact=True)

    def settle(self) -> None:
        """Find every mention of every name in the text, and print names as the running text does."""
        self._join_versions()
        self._add_phases()
        names = {v: p for p in self.projects for v in p.names if len(name_key(v)) >= 2}
        pattern = mention_pattern(list(names))
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
        self._mention_starts = [m.start for m in found]
        for project in self.projects:
            if project.name.isupper() and " " not in project.name:
                printed = {self._view.text[m.start : m.end] for m in self.mentions if m.project is project}
                project.name = next(
                    (w for w in sorted(printed) if w.istitle() and name_key(w) == name_key(project.name)), project.name
                )
            parts = [w for w in project.name.split() if sum(c.isalpha() for c in w) > 1]
            if project.name.isupper() and len(parts) > 1 and any(sum(c.isalpha() for c in w) > 4 for w in parts):
                project.name = self._normal_case(project)

    def _normal_case(self, project: Project) -> str:
        key = name_key(project.name)
        for mention in self.mentions:
            words = self._view.line(mention.start, mention.end)
            if name_key(words) == key and not words.isupper():
                return words
        return project.name[0] + project.name[1:].lower()

    def mentions_in(self, start: int, end: int) -> list[Mention]:
        low, high = bisect_left(self._mention_starts, start), bisect_left(self._mention_starts, end)
        return [m for m in self.mentions[low:high] if m.end <= end]


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


# --- where names are looked for ---------------------------------------------------------------------------------


def add_labelled(book: ProjectBook, view: View, lexicon: Lexicon) -> None:
    """Names after a label for projects: fields, and 'Projektnamn: X' in running text."""
    labels = lexicon.labels("labels")
    for block in view.blocks:
        if block.kind == "field" and len(block.cells) == 2:
            label = view.text[block.cells[0].start : block.cells[0].end]
            if "project" in labels.match(label):
                book.add(block.cells[1].start, block.cells[1].end, "project.label")


def add_headed(book: ProjectBook, view: View, lexicon: Lexicon, matters: list[Matter]) -> dict[int, Project]:
    """The project that each matter's heading names, by the index of the matter."""
    found: dict[int, Project] = {}
    for matter in matters:
        heads = [matter.heading] if matter.heading else []
        heads += [(b.start, b.end) for b in _title_blocks(view, matter)]
        titled = _titled_field(view, lexicon, matter)
        if titled is not None and (project := book.add(*titled, "project.heading")) is not None:
            found[matter.index] = project
            continue
        for head in heads:
            span, stripped = heading_name(view, lexicon, *head)
            if span is None:
                continue
            own = head == matter.heading
            sure = stripped or (own and (matter.style != "title" or view.text[slice(*head)].isupper()))
            if not sure and not _recurs(view, span):
                continue
            span = _without_tagline(view, span)
            project = book.add(*span, "project.heading")
            if project is not None:
                found[matter.index] = project
                break
    return found


def _titled_field(view: View, lexicon: Lexicon, matter: Matter) -> tuple[int, int] | None:
    """The name in a title that reads as a field: 'Ansökan om medfinansiering: Kulturhotellet' below a bare number."""
    if matter.style != "sign" or matter.heading is None:
        return None
    acts = alternation(lexicon.words("lineage", "projects", "heading_acts"))
    means = alternation(lexicon.words("lineage", "projects", "heading_means"))
    first = view.block_index(matter.start)
    for block in view.blocks[first + 1 : first + 4]:
        if block.kind == "field" and len(block.cells) == 2:
            label = view.text[block.cells[0].start : block.cells[0].end]
            if re.fullmatch(rf"(?:(?:{acts})\s+)+(?:{means})|(?:{means})", label.strip(), re.IGNORECASE):
                return block.cells[1].start, block.cells[1].end
    return None


def _without_tagline(view: View, span: tuple[int, int]) -> tuple[int, int]:
    """'Coldwave: making heat pumps work' is the title of a page; the project is what its text calls it."""
    words = view.text[span[0] : span[1]]
    m = re.match(r"([^:]{3,60}):\s+[a-zåäö]", words)
    if m is None or len(mention_pattern([words]).findall(view.text)) > 1:
        return span
    head = (span[0], span[0] + m.end(1))
    return head if len(mention_pattern([m.group(1)]).findall(view.text)) > 2 else span


def _recurs(view: View, span: tuple[int, int]) -> bool:
    """Whether the words, or what stands before a colon or dash in them, stand a second time in the paper, page heads
    apart, as the name of a project does."""
    words = view.line(*span)
    head = re.split(r":\s|\s[–-]\s", words)[0].strip()
    named = [
        w
        for w in (words, head)
        if len(w) > 3 and (w == words or any(c.isupper() or c.isdigit() for c in w[1:]) or " " not in w)
    ]
    return any(_count_outside_heads(view, w) > 1 for w in named)


def _count_outside_heads(view: View, words: str) -> int:
    found = mention_pattern([words]).finditer(view.text)
    return sum(view.block_at(m.start()).kind != "furniture" for m in found)


def _title_blocks(view: View, matter: Matter) -> list:
    """Headings that can title the matter: those that stand directly below its own."""
    first = view.block_index(matter.start)
    blocks = []
    for index in range(first, min(first + (4 if matter.heading else 14), len(view.blocks))):
        block = view.blocks[index]
        if block.start >= matter.end:
            break
        if block.kind == "heading" or (block.kind == "paragraph" and matter.style == "sign" and index <= first + 2):
            if block.end - block.start < 220 and (block.start, block.end) != matter.heading:
                blocks.append(block)
    return blocks


def heading_name(view: View, lexicon: Lexicon, start: int, end: int) -> tuple[tuple[int, int] | None, bool]:
    """The span of the project's name within the heading of a matter, acts and means stripped, and whether any were."""
    text = view.text[start:end]
    low = len(text) - len(strip_numbering(text)) if text.strip() else 0
    low = text.find(strip_numbering(text)) if strip_numbering(text) else 0
    lettered = re.match(r"(?:ärende|punkt|item|case|matter)\s+(?:[A-ZÅÄÖ]|\d+)\s*[:.)]\s*", text[low:], re.IGNORECASE)
    if lettered:
        low += lettered.end()
    if is_generic_heading(lexicon, text[low:]):
        return None, False
    low = _past_identifier(view, start, low, end)
    if low >= len(text.rstrip()):
        return None, False
    prefix = _heading_prefix(lexicon).match(text, low)
    stripped = bool(prefix and prefix.end() > low)
    if prefix:
        low = prefix.end()
    cue = _cue_pattern(lexicon).match(text, low)
    if cue and not (not stripped and text[low].isupper() and cue.group().strip().casefold() == "förstudie"):
        low, stripped = cue.end(), True
    high = _before_identifier(view, start, low, end)
    bracket = _BRACKET_END.search(text[low:high])
    if bracket:
        high = low + bracket.start()
    tail = _heading_tail(lexicon).search(text, low, high)
    if tail:
        high, stripped = tail.start(), True
    words = text[low:high].strip(' ,;:"”“»«–-')
    if (
        not words
        or fold(words) in {"projekt", *lexicon.words("lineage", "projects", "heading_means")}
        or (not stripped and len(words.split()) > 14)
    ):
        return None, False
    if not (words[0].isupper() or words[0].isdigit()):
        return None, False
    begin = start + text.index(words, low)
    if view.spans_in(begin, begin + len(words), "money"):
        return None, False
    covering = view.covering(begin, "organisation", "board")
    if (
        covering is not None
        and covering.end >= begin + len(words) - 1
        and not _spoken_of(view, lexicon, covering, words)
    ):
        return None, False
    ending = [s for s in view.spans_in(begin, begin + len(words), "organisation") if s.end >= begin + len(words)]
    if ending and re.search(r"\b(?:till|för|åt|från)\s+$", view.text[begin : ending[0].start]):
        return None, False
    return (begin, begin + len(words)), stripped


_IDENTIFIER = re.compile(
    r"\s*(?:dnr|diarienr|diarienummer|jnr|journalnr|journalnummer|ärendenr|nr)?\s*[.:]?\s*", re.IGNORECASE
)


def _past_identifier(view: View, start: int, low: int, end: int) -> int:
    """The offset within the heading after a diary or case number that stands first: 'Jnr 2019-22 Burkmat'."""
    m = _IDENTIFIER.match(view.text, start + low, end)
    at = m.end() if m else start + low
    span = view.starting(at, "diary_number", "case_id")
    if span is None or span.end > end:
        return low
    rest = view.text[span.end : end]
    return span.end - start + len(rest) - len(rest.lstrip(" ,:–-\t"))


_IDENTIFIER_TAIL = re.compile(
    r"[\s,;(\[–-]*(?:dnr|diarienr|diarienummer|jnr|journalnr|journalnummer|journal-nr|ärendenr|ärende-id|ärendeid|id|nr)?[\s.:]*$",
    re.IGNORECASE,
)


def _before_identifier(view: View, start: int, low: int, end: int) -> int:
    """The offset within the heading at which a diary or case number and its label begin, else the heading's end."""
    text = view.text[start:end]
    for span in view.spans_in(start + low + 1, end, "diary_number", "case_id"):
        m = _IDENTIFIER_TAIL.search(text, low, span.start - start)
        if m is not None and m.start() > low:
            return m.start()
    return len(text.rstrip())


def _spoken_of(view: View, lexicon: Lexicon, span: TypedSpan, words: str) -> bool:
    """Whether words that look like an organisation, but are in no register, are elsewhere what money goes to."""
    if span.kind != "organisation" or getattr(span.value, "register_id", None):
        return False
    name = re.escape(words)
    acting = alternation(w for w in lexicon.words("decisions", "seeks"))
    owner = (
        rf"(?:sökande|stödmottagare|projektägare|mottagare|bidragstagare)\s*[:\t]\s*{name}"
        rf"|{name}\w*\s+(?:har\s+)?(?:{acting}|beviljas|beviljades|får|tilldelas|ansökan)"
    )
    return re.search(owner, view.text, re.IGNORECASE) is None


def add_numbered(book: ProjectBook, view: View, lexicon: Lexicon, skip: list[tuple[int, int]]) -> None:
    """Names that open a paragraph and are followed by their number: 'Mat längs ån, journalnr 2019-0766, ägs av ...'"""
    for span in view.kind("diary_number", "case_id"):
        block = view.block_at(span.start)
        if block.kind not in ("paragraph", "list_item") or any(low <= span.start < high for low, high in skip):
            continue
        lead = view.text[block.start : span.start]
        tail = _IDENTIFIER_TAIL.search(lead)
        if tail is None or not re.match(r"\s*[,(–-]", tail.group()):
            continue
        bare = strip_numbering(lead[: tail.start()])
        begin = block.start + lead.find(bare) if bare else span.start
        named = scan_name(view, lexicon, begin, block.start + tail.start(), verbal=True) if bare else None
        if named is not None and view.spans_in(*named, "diary_number", "case_id"):
            continue
        if named is None or named[1] < block.start + tail.start() - 1 or len(bare) > 90:
            continue
        if view.starting(named[0], "organisation", "board", "fund", "date", "county", "municipality") is None:
            inner, _ = heading_name(view, lexicon, *named)
            book.add(*(inner or named), "project.cue")


def _heading_prefix(lexicon: Lexicon) -> re.Pattern[str]:
    found = _CACHE.get(("prefix", lexicon.signature))
    if found is None:
        acts = alternation(lexicon.words("lineage", "projects", "heading_acts"))
        means = alternation(lexicon.words("lineage", "projects", "heading_means"))
        links = alternation(lexicon.words("lineage", "projects", "heading_links"))
        found = re.compile(
            rf"(?:(?:{acts})\s+)*(?:(?:{means})\s*(?:från\s+[^,]{{3,60}}?\s+|ur\s+[^,]{{3,60}}?\s+)?(?:{links})\s*)+"
            rf"|(?:(?:{acts})\s*[:–-]?\s+)+(?=\S)"
            rf"|(?:\w+\s+){{1,4}}(?:{means})\s+(?:{links})\s+",
            re.IGNORECASE,
        )
        _CACHE[("prefix", lexicon.signature)] = found
    return found


def _heading_tail(lexicon: Lexicon) -> re.Pattern[str]:
    found = _CACHE.get(("tail", lexicon.signature))
    if found is None:
        tails = alternation(lexicon.words("lineage", "projects", "heading_tails"))
        found = re.compile(rf"\s*(?:[,:–—-]\s*)(?:{tails})\b.*$", re.IGNORECASE)
        _CACHE[("tail", lexicon.signature)] = found
    return found


_CUE_ENDINGS = ("projektet", "studien", "insatsen", "satsningen")


@cache
def _cue_expression(signature: str, words: tuple[str, ...]) -> BegunPattern:
    cues = alternation(words)
    return BegunPattern(
        rf"(?:{cues}|\w{{3,}}(?:{'|'.join(_CUE_ENDINGS)}))(?::|\s+med\s+namnet|\s+kallat|\s+called)?\s+",
        alternatives=rf"(?:{cues})",
        endings=_CUE_ENDINGS,
    )


def _cue_pattern(lexicon: Lexicon) -> BegunPattern:
    return _cue_expression(lexicon.signature, tuple(lexicon.words("lineage", "projects", "cues")))


_CACHE: dict[tuple[str, str], re.Pattern[str]] = {}


def add_cued(book: ProjectBook, view: View, lexicon: Lexicon, skip: list[tuple[int, int]]) -> None:
    """Names after a cue word in running text: 'projektet Drivkraft 2.0', 'förstudien Tång och tall'."""
    pattern = _cue_pattern(lexicon)
    known = mention_pattern([n for p in book.projects if p.rule in _TITLED for n in p.names if len(n) > 3])
    for m in pattern.finditer(view.text):
        if known.match(view.text, m.end()):
            continue
        if any(low <= m.start() < high for low, high in skip):
            continue
        unit = view.unit_at(m.start())
        if view.block_at(m.start()).kind in ("table", "furniture") or m.end() >= unit.end:
            continue
        if m.group().isupper() and not _quoted(view, m.end()):
            continue
        if view.starting(m.end(), "date", "period", "money", "share", "diary_number"):
            continue
        if (owner := view.starting(m.end(), "organisation", "board", "county")) is not None and not _quoted(
            view, m.end()
        ):
            after = view.text[owner.end : owner.end + 2]
            if not after[:1].isspace() or not (after[1:].isupper() or after[1:].isdigit()):
                continue
        verbal = clause_has_verb(view, lexicon, unit.start, m.start())
        span = scan_name(view, lexicon, m.end(), unit.end, verbal=verbal)
        if span is not None and span[1] - span[0] >= 2:
            if m.group().strip().casefold() in ("förstudie", "projekt") and view.text[m.start()].isupper():
                span = _with_cue(view, m.start(), span)
            if m.group().strip().casefold() in lexicon.words("lineage", "projects", "plural_cues"):
                for each in _listed_names(view, lexicon, span, unit.end):
                    book.add(*each, "project.cue")
            else:
                book.add(*span, "project.cue")


_NEXT = re.compile(
    r"[\"”»]?\s*(?:\([^()]*\)\s*)?(?:,|och|samt|and)\s+(?:och\s+|samt\s+|and\s+)?(?=[\"”“»]?[A-ZÅÄÖ0-9#])"
)


def _listed_names(view: View, lexicon: Lexicon, first: tuple[int, int], end: int) -> list[tuple[int, int]]:
    """The names of a list after a plural cue: 'projekten A och B', 'projekten A 300 tkr, B 200 tkr och C'."""
    found: list[tuple[int, int]] = []
    span: tuple[int, int] | None = first
    while span is not None and len(found) < 12:
        cut = re.search(r"\s(?:och|samt|and)\s+(?=[A-ZÅÄÖ])", view.text[span[0] : span[1]])
        if cut is not None:
            found += [(span[0], span[0] + cut.start())]
            span = (span[0] + cut.end(), span[1])
        found.append(span)
        at = span[1]
        money = view.spans_in(at, min(end, at + 40), "money")
        if money and re.fullmatch(r"[\"”»]?\s*(?:\(|med\s+|:\s*)?", view.text[at : money[0].start]):
            at = money[0].end
        following = _NEXT.match(view.text, at, end)
        if following is None or view.starting(following.end(), "organisation", "board", "fund", "date") is not None:
            break
        span = scan_name(view, lexicon, following.end(), end)
    return found


def _quoted(view: View, offset: int) -> bool:
    return view.text[offset : offset + 1] in '"”“»'


def _with_cue(view: View, start: int, span: tuple[int, int]) -> tuple[int, int]:
    """'Förstudie Geopark X' with a capital is part of the name."""
    return (start, span[1]) if view.text[start : start + 8].casefold() == "förstudi" else span
