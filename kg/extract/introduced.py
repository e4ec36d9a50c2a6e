"""Organisations that only the paper itself tells to be such: the value of a label, the addressee of a letter.

A name that no register and no form knows ('Fårö Framtid') is one wherever the paper says it again, once it has stood
after 'Sökande' or above an address.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise

from kg.extract.addressee import is_receiver, is_title
from kg.extract.view import View
from kg.lexicon import Lexicon, fold, shape
from kg.model import Block, Name, TypedSpan

_PARTIES = frozenset({"beneficiary", "partner"})
_LABELLED = re.compile(r"(?:[•*–-]\s*)?([^:\t.]{2,44}):\s+(?=\S)")
_ITEM = shape("introduced", "item")
_TOGETHER = shape("introduced", "together")
_BRACKET = re.compile(r"\s*\([^()]*\)")
_POSTAL = shape("introduced", "postal")
_LEADER_LINE = shape("introduced", "leader_line")
_ADDRESS = shape("introduced", "address")
_MOST_WORDS = 8
_LONGEST = 70
_HEAD = 10
_PLAIN = re.compile(r"[A-ZÅÄÖÉØ0-9][\w&+.’'/:–-]*(?:\s+[\w&+.’'/:–-]+)*")


def introduce_organisations(view: View, lexicon: Lexicon) -> None:
    """Make organisations of all occurrences of the names that labels and addresses introduce."""
    told = [*_headed(view), *_enclosed(view, lexicon), *_labelled(view, lexicon), *_addressed(view, lexicon)]
    names = {fold(n): n for n in told}
    added: list[TypedSpan] = []
    for name in sorted(names.values(), key=lambda n: (-len(n), n)):
        pattern = re.compile(rf"(?<![\w-]){re.escape(name)}(?P<s>s)?(?![\w-])".replace(r"\ ", r"\s+"))
        for m in pattern.finditer(view.text):
            if any(s.start < m.end() and m.start() < s.end for s in added):
                continue
            owner = view.covering(m.start(), "organisation", "board", "fund")
            if owner is not None and owner.end >= m.end() - len(m.group("s") or ""):
                continue
            added.append(TypedSpan("organisation", m.start(), m.end(), Name(m.group(), name, None)))
    if added:
        view.replace_spans(added)
    view.introduced = frozenset(names)


def _labelled(view: View, lexicon: Lexicon) -> list[str]:
    """Names in the values of labels of applicants and partners."""
    labels = lexicon.labels("labels")
    found: list[str] = []
    for block in view.blocks:
        if block.kind == "field" and len(block.cells) == 2:
            roles = set(labels.match(view.text[block.cells[0].start : block.cells[0].end]))
            low, high = block.cells[1].start, block.cells[1].end
        elif block.kind in ("paragraph", "list_item") and block.end - block.start < 400:
            m = _LABELLED.match(view.text, block.start, block.end)
            roles = set(labels.match(m.group(1))) if m else set()
            low, high = (m.end(), block.end) if m else (0, 0)
        else:
            continue
        if not roles & _PARTIES or "project" in roles:
            continue
        several = "partner" in roles
        words = _BRACKET.sub("", view.line(low, high))
        for part in _names_of_list(words) if several else [re.split(r",\s|;\s", words)[0]]:
            if (name := _as_name(view, lexicon, part)) is not None and not _is_known(view, low, high, name):
                found.append(name)
    return found


def _names_of_list(words: str) -> list[str]:
    """The names of 'A, B och C'; 'och' divides only the last of several, for it stands within names too."""
    parts = _ITEM.split(words)
    first, _, last = parts[-1].partition(" och ")
    return [*parts[:-1], first, last] if len(parts) > 1 and last[:1].isupper() else parts


def _enclosed(view: View, lexicon: Lexicon) -> list[str]:
    """Names in a line between strokes right below a title, as press releases print who runs a project:
    '/Peak Innovation tillsammans med RISE/'."""
    found: list[str] = []
    for above, block in pairwise(view.blocks):
        if view.text[block.start] not in "/[" or block.kind != "paragraph" or block.end - block.start > 200:
            continue
        words = view.line(block.start, block.end).strip(". ")
        if words[-1] not in "/]" or above.kind not in ("heading", "list_item", "paragraph") or len(words) < 5:
            continue
        for part in _TOGETHER.split(words[1:-1]):
            name = _as_name(view, lexicon, part)
            if name is not None and not _is_known(view, block.start, block.end, name):
                found.append(name)
    return found


def _headed(view: View) -> list[str]:
    """The Leader area whose paper it is, where its name alone is a line of the head: 'Leader Kusten och inlandet'."""
    for block in view.blocks[:3]:
        words = view.line(block.start, block.end)
        if _LEADER_LINE.fullmatch(words) and " och " in words:
            return [words]
    return []


def _is_known(view: View, low: int, high: int, name: str) -> bool:
    """Whether a register, or the form of the name as a whole, tells the organisation already."""
    return any(
        fold(view.line(s.start, s.end)) == fold(name) or s.value.register_id is not None and len(s.value.canonical) > 3
        for s in view.spans_in(low, high, "organisation")
        if fold(view.line(s.start, s.end)) in fold(name)
    )


def _as_name(view: View, lexicon: Lexicon, words: str) -> str | None:
    """The words as the name of an organisation; None where they read as something else."""
    words = words.strip(" .,;:–-")
    parts = words.split()
    if not 1 <= len(parts) <= _MOST_WORDS or len(words) > _LONGEST or len(words) < 4 or not _PLAIN.fullmatch(words):
        return None
    if words[0].isdigit() or fold(words) in lexicon.folded("labels", "missing"):
        return None
    if len(parts) == 1 and (not words[0].isupper() or words.isupper() and len(words) < 4 or len(words) < 5):
        return None
    at = view.text.find(words)
    if at >= 0 and (
        any(p.start < at + len(words) and at < p.end for p in view.persons)
        or view.covering(at, "board", "fund", "county", "municipality") is not None
    ):
        return None
    return words if _finite_verbs(lexicon).isdisjoint(parts[1:]) else None


@lru_cache(maxsize=8)
def _finite_verbs(lexicon: Lexicon) -> frozenset[str]:
    return frozenset(lexicon.words("lineage", "projects", "finite_verbs"))


def _addressed(view: View, lexicon: Lexicon) -> list[str]:
    """The name that stands alone above a postal address in the head of a letter, or right above its title where the
    text names it again."""
    blocks = [b for b in view.blocks[:_HEAD] if b.kind != "furniture"]
    for index in range(1, len(blocks) - 1):
        block, below = blocks[index], blocks[index + 1]
        if block.kind not in ("paragraph", "heading") or view.spans_in(block.start, block.end, "organisation", "board"):
            if not _holds_form_name(view, block):
                continue
        whole = view.line(block.start, block.end)
        words = _ADDRESS.split(whole)[0]
        name = _as_name(view, lexicon, words) if len(words.split()) > 1 else None
        if name is None:
            continue
        postal = words != whole or _POSTAL.match(view.line(below.start, below.end)) is not None
        if postal or (is_title(view, below) and is_receiver(view, name)):
            return [name]
    return []


def _holds_form_name(view: View, block: Block) -> bool:
    """Whether the only organisations of a line are parts of it that a form told, none that a register knows."""
    spans = view.spans_in(block.start, block.end, "organisation", "board")
    return all(s.value.register_id is None and s.end < block.end - 2 for s in spans)
