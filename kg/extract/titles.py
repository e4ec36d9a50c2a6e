"""Names of projects in labels and headings: what a matter is called, acts and means stripped."""

from __future__ import annotations

import re
from functools import lru_cache

from kg.extract.cuewords import cue_pattern
from kg.extract.headingwords import is_title_label, prefix_end
from kg.extract.names import MentionPattern
from kg.extract.pieces import as_title
from kg.extract.projects import Project, ProjectBook
from kg.extract.sections import Matter, is_generic_heading, strip_numbering
from kg.extract.view import View
from kg.lexicon import Lexicon, alternation, fold, shape
from kg.model import TypedSpan
from kg.phrases import find_words

_STUDY = shape("titles", "study")
_BRACKET_END = shape("titles", "bracket_end")


# --- where names are looked for ---------------------------------------------------------------------------------


_HEADING_TAIL = shape("titles", "heading_tail")
_NAMED_INSIDE = shape("titles", "named_inside")


def _spoken_of(view: View, lexicon: Lexicon, span: TypedSpan, words: str) -> bool:
    """Whether words that look like an organisation, but are in no register, are elsewhere what money goes to."""
    if span.kind != "organisation" or getattr(span.value, "register_id", None):
        return False
    if fold(words) in view.introduced:
        return False
    acting = _acts(lexicon)
    return not any(
        acting.match(view.text, high) is not None or _LABEL_BEFORE.search(view.text, max(0, low - 60), low) is not None
        for low, high in find_words(view.text, words)
    )


_LABEL_BEFORE = shape("titles", "label_before")


@lru_cache(maxsize=8)
def _acts(lexicon: Lexicon) -> re.Pattern[str]:
    """What stands behind the name of whoever seeks or receives."""
    return shape("titles", "acting", ACTING=alternation(lexicon.words("decisions", "seeks")))


def add_labelled(book: ProjectBook, view: View, lexicon: Lexicon) -> None:
    """Names after a label for projects: fields, and 'Projektnamn: X' in running text."""
    labels = lexicon.labels("labels")
    last: Project | None = None
    for block in view.blocks:
        named = block.kind == "field" and len(block.cells) == 2
        label = view.text[block.cells[0].start : block.cells[0].end] if named else ""
        if not named or (
            "project" not in labels.match(label) and not _is_title_label(lexicon, label, block.cells[1].end)
        ):
            last = None
        elif last is not None:  # 'Acronym' and 'Full title', one below the other
            book.add_alias(last, view.line(block.cells[1].start, block.cells[1].end))
        else:
            last = book.add(block.cells[1].start, block.cells[1].end, "project.label")


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
            if not sure and not recurs(view, span):
                continue
            if own and names_another_below(view, matter):
                break
            span = _without_tagline(view, span)
            project = book.add(*span, "project.heading", name=as_title(view.line(*span)))
            if project is not None:
                found[matter.index] = project
                break
    return found


_NAMED_BELOW = shape("granteditems", "cue")


def names_another_below(view: View, matter: Matter) -> bool:
    """Whether a title is that of who runs a project, which the text below it opens with: 'Med projektet X ska ...'."""
    index = view.block_index(matter.start) + 1
    if matter.style != "title" or matter.heading is None or index >= len(view.blocks):
        return False
    named = _NAMED_BELOW.match(view.text, view.blocks[index].start, matter.end)
    title = fold(view.line(*matter.heading)).strip(' "”“»')
    return named is not None and title not in fold(view.text[named.end() : named.end() + len(title) + 2])


def _titled_field(view: View, lexicon: Lexicon, matter: Matter) -> tuple[int, int] | None:
    """The name in a title that reads as a field: 'Ansökan om medfinansiering: Kulturhotellet' below a bare number."""
    if matter.style != "sign" or matter.heading is None:
        return None
    first = view.block_index(matter.start)
    for block in view.blocks[first + 1 : first + 4]:
        if block.kind == "field" and len(block.cells) == 2:
            label = view.text[block.cells[0].start : block.cells[0].end]
            if is_title_label(lexicon, label.strip()):
                return block.cells[1].start, block.cells[1].end
    return None


_TITLE_REACH = 700
_MOST_WORDS = 22  # of a title that is nothing but a name


def _is_title_label(lexicon: Lexicon, label: str, end: int) -> bool:
    """Whether a field of the head is such a title, its value the project."""
    words = label.strip()
    return end < _TITLE_REACH and " " in words and is_title_label(lexicon, words)


def _without_tagline(view: View, span: tuple[int, int]) -> tuple[int, int]:
    """'Coldwave: making heat pumps work' is the title of a page; the project is what its text calls it."""
    words = view.text[span[0] : span[1]]
    m = re.match(r"([^:]{3,60}):\s+[a-zåäö]", words)
    if m is None or sum(1 for _ in MentionPattern([words]).finditer(view.text)) > 1:
        return span
    head = (span[0], span[0] + m.end(1))
    return head if sum(1 for _ in MentionPattern([m.group(1)]).finditer(view.text)) > 2 else span


def recurs(view: View, span: tuple[int, int]) -> bool:
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
    found = MentionPattern([words]).finditer(view.text)
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


_ITEM = shape("titles", "item")
_BEFORE_PARTY = shape("titles", "before_party")
_PARTY_LAST = shape("titles", "party_last")
_PARTY_FIRST = shape("titles", "party_first")
_IS_PARTY = shape("titles", "is_party")
_NO_NAME = shape("titles", "no_name")
_OF_SEVERAL = shape("titles", "of_several")
_DEPARTMENT = shape("sections", "department")


def _without_party(view: View, low: int, high: int) -> tuple[int, int] | None:
    """The name in 'Rena vikar, X kommun', 'Rena vikar (X kommun)', 'X kommun – Rena vikar'; None where no known party
    stands at either end."""
    for span in view.spans_in(low, high, "organisation"):
        if not (span.value.register_id or _IS_PARTY.search(view.text[span.start : span.end])):
            continue
        if span.start > low and view.text[span.end : high].strip(" )") == "":
            before = _PARTY_LAST.search(view.text, low, span.start)
            if before is not None and before.start() - low > 3:
                return low, before.start()
        after = _PARTY_FIRST.match(view.text, span.end, high)
        if span.start == low and after is not None and high - after.end() > 3:
            return after.end(), high
    return None


def heading_name(view: View, lexicon: Lexicon, start: int, end: int) -> tuple[tuple[int, int] | None, bool]:
    """The span of the project's name within the heading of a matter, acts and means stripped, and whether any were."""
    text = view.text[start:end]
    day = view.starting(start, "date", "period")
    if day is not None and day.end >= end - 1:
        return None, False
    low = len(text) - len(strip_numbering(text)) if text.strip() else 0
    low = text.find(strip_numbering(text)) if strip_numbering(text) else 0
    lettered = _ITEM.match(text[low:])
    if lettered:
        low += lettered.end()
    if is_generic_heading(lexicon, text[low:]):
        return None, False
    low = _past_identifier(view, start, low, end)
    if low >= len(text.rstrip()):
        return None, False
    low, applied = _past_applicant(view, lexicon, start, low, end)
    after = _past_label(lexicon, text, low) or _past_means(view, start, text, low) or prefix_end(lexicon, text, low)
    stripped = after is not None or applied
    low = low if after is None else after
    owner = view.starting(start + low, "organisation")
    genitive = re.compile(r"s?\s+").match(text, owner.end - start) if owner is not None else None
    if genitive is not None and (owned := cue_pattern(lexicon).match(text, genitive.end())) is not None:
        low, stripped = owned.end(), True  # 'medfinansiering av Linnéuniversitetets projekt X'
    cue = cue_pattern(lexicon).match(text, low)
    if cue and not (not stripped and text[low].isupper() and _STUDY.fullmatch(cue.group().strip())):
        low, stripped = cue.end(), True
    if (inside := _NAMED_INSIDE.match(text, low)) is not None:
        low, stripped = inside.end(), True  # 'Yttrande över ansökan om stöd till projektet X'
    high = _before_identifier(view, start, low, end)
    bracket = _BRACKET_END.search(text[low:high])
    if bracket:
        high = low + bracket.start()
    tail = _HEADING_TAIL.search(text, low, high)
    if tail:
        high, stripped = tail.start(), True
    words = text[low:high].strip(' ,;:!"”“»«–-')
    if (
        not words
        or _NO_NAME.fullmatch(words)
        or _OF_SEVERAL.fullmatch(words)
        or _DEPARTMENT.fullmatch(words)
        or fold(words) in {"projekt", *lexicon.words("lineage", "projects", "heading_means")}
        or (not stripped and len(words.split()) > _MOST_WORDS)
    ):
        return None, False
    if not (words[0].isupper() or words[0].isdigit() or applied):
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
    named = _without_party(view, begin, begin + len(words))
    if named is not None:
        return named, stripped
    ending = [s for s in view.spans_in(begin, begin + len(words), "organisation") if s.end >= begin + len(words)]
    if ending and _BEFORE_PARTY.search(view.text[begin : ending[0].start]):
        return None, False
    return (begin, begin + len(words)), stripped


_AFTER_LABEL = re.compile(r"\.\s+(?=[\"”“»]?[A-ZÅÄÖ0-9])")
_APPLIES = shape("titles", "applies")
_AFTER_APPLICANT = re.compile(r",\s+|\s+[–-]\s+")


def _past_label(lexicon: Lexicon, text: str, low: int) -> int | None:
    """Where the name begins behind what the matter is and a stop: 'Ansökan om utvecklingsmedel. Kvarnen'."""
    m = _AFTER_LABEL.search(text, low)
    return m.end() if m is not None and is_title_label(lexicon, text[low : m.start()]) else None


_NAMED_MEANS = shape("titles", "named_means")


def _past_means(view: View, start: int, text: str, low: int) -> int | None:
    """Where the name begins behind what the matter draws on, in small letters up to a comma, dash or colon:
    'Delregionala tillväxtmedel, Kvarnen', 'Ansökan om medel för regionala utvecklingsåtgärder – Kvarnen'."""
    m = _NAMED_MEANS.match(text, low)
    if m is None or view.starting(start + m.end(), "organisation", "board", "municipality", "county", "date", "period"):
        return None
    return m.end()


def _past_applicant(view: View, lexicon: Lexicon, start: int, low: int, end: int) -> tuple[int, bool]:
    """The offset in a heading behind who applies, and whether one stands there: 'Byalaget, turné med Kvarnteatern',
    'Byalaget - ansökan om bidrag för turné'; a name is an applicant's where it is known or applies below."""
    text = view.text[start:end]
    m = _AFTER_APPLICANT.search(text, low)
    if m is None or m.start() - low < 3 or end - start - m.end() < 4:
        return low, False
    small = text[m.end()].islower() and (m.group().startswith(",") or prefix_end(lexicon, text, m.end()) is not None)
    if not small or not text[low].isupper():
        return low, False
    words = text[low : m.start()]
    party = view.starting(start + low, "organisation")
    known = party is not None and party.end == start + m.start() or fold(words) in view.introduced
    applies = known or any(_APPLIES.match(view.text, high) for _, high in find_words(view.text, words))
    return (m.end(), True) if applies else (low, False)


_OF_PROJECT = shape("titles", "of_project")
_SUMS = shape("titles", "sums")


def reads_as_name(view: View, lexicon: Lexicon, start: int, end: int) -> bool:
    """Whether a title can be a name: no finite verb, no sum, and nothing that tells of a decision or an occasion."""
    words = view.text[start:end].strip()
    if not 1 <= len(words.split()) <= 12 or words.endswith(("!", "?", ".", ":")) or _SUMS.search(words):
        return False
    if _SEVERAL.search(words):
        return False
    opening = fold(words).split()[0]
    if is_generic_heading(lexicon, words) or opening in lexicon.words("lineage", "projects", "never_title"):
        return False
    m = lexicon.pattern("lists", "sentence_words").search(words)
    if m is not None and m.group().islower():
        return False
    return not lexicon.pattern("lists", "granted+rejected+proposed").search(words)


_PROJECTS, _SEVERAL = shape("titles", "projects"), shape("titles", "several")


def announces_projects(view: View, lexicon: Lexicon, titles: list[Matter], before: int) -> bool:
    """Whether a heading or the sentences before the titles say that projects which got money follow."""
    for title in titles:
        words = view.text[slice(*title.heading)] if title.heading else ""
        if _SEVERAL.search(words):
            return True
        if _PROJECTS.search(words) and not reads_as_name(view, lexicon, *(title.heading or (0, 0))):
            return True
    lead = view.text[:before]
    return bool(_PROJECTS.search(lead) and lexicon.pattern("lists", "granted").search(lead))


def speaks_of_project(view: View, low: int) -> bool:
    """Whether the text from an offset on speaks of 'projektet' more than once."""
    return len(_OF_PROJECT.findall(view.text[low:])) > 1


def tells_of_project(view: View, lexicon: Lexicon, matter: Matter) -> bool:
    """Whether the words below a title speak of a project, or the line right below it names an organisation alone."""
    low = matter.heading[1] if matter.heading else matter.start
    if _OF_PROJECT.search(view.text, low, matter.end):
        return True
    index = view.block_index(matter.start) + 1
    if index >= len(view.blocks) or view.blocks[index].start >= matter.end:
        return False
    below = view.blocks[index]
    spans = view.spans_in(below.start, below.end, "organisation")
    return sum(s.end - s.start for s in spans) * 5 >= (below.end - below.start) * 3


_IDENTIFIER = shape("titles", "identifier")


def _past_identifier(view: View, start: int, low: int, end: int) -> int:
    """The offset within the heading after a diary or case number that stands first: 'Jnr 2019-22 Burkmat'."""
    m = _IDENTIFIER.match(view.text, start + low, end)
    at = m.end() if m else start + low
    span = view.starting(at, "diary_number", "case_id")
    if span is None or span.end > end:
        return low
    rest = view.text[span.end : end]
    return span.end - start + len(rest) - len(rest.lstrip(" ,:–-\t"))


IDENTIFIER_TAIL = shape("titles", "identifier_tail")


def _before_identifier(view: View, start: int, low: int, end: int) -> int:
    """The offset within the heading at which a diary or case number and its label begin, else the heading's end."""
    text = view.text[start:end]
    for span in view.spans_in(start + low + 1, end, "diary_number", "case_id"):
        m = IDENTIFIER_TAIL.search(text, low, span.start - start)
        if m is not None and m.start() > low:
            return m.start()
    return len(text.rstrip())
