"""What the words above an item of a list say of all its items: 'att inte prioritera ansökningarna', 'avslår:'."""

from __future__ import annotations

from kg.extract.view import View
from kg.lexicon import Lexicon, fold, shape
from kg.model import Block

_LONGEST = 260
_REACH = 40
_NEAR, _SHORT = 9, 110
_LEADS = shape("granteditems", "leads")
_OPEN = shape("granteditems", "open")


def led_outcome(view: View, lexicon: Lexicon, block: Block, rows: frozenset[int]) -> str | None:
    """``reject`` or ``other`` where the item, sentence or line that leads the list says so of what stands below it;
    ``rows`` are the starts of the lines of the list.  None where it grants, or says nothing."""
    index = view.block_index(block.start)
    for back in range(index - 1, max(-1, index - _REACH), -1):
        above = view.blocks[back]
        if above.kind == "furniture" or above.start in rows:
            continue
        if above.kind not in ("list_item", "paragraph", "heading") or above.end - above.start > _LONGEST:
            return None
        if view.spans_in(above.start, above.end, "money"):
            return None
        return led_by(lexicon, fold(view.document.block_text(above)))
    return None


def led_by(lexicon: Lexicon, words: str) -> str | None:
    """``reject`` or ``other`` where the words, folded, say so and grant nothing."""
    refused = list(lexicon.pattern("lists", "rejected+refuse").finditer(words))
    if refused:
        rest = words[: refused[0].start()] + " " + words[refused[-1].end() :]
        return None if lexicon.pattern("lists", "granted").search(rest) else "reject"
    return "other" if lexicon.pattern("lists", "tabled").search(words) else None


def leads_grants(lexicon: Lexicon, words: str) -> bool:
    """Whether the words, folded, tell that projects got money, so that what stands below lists them."""
    if not _LEADS.search(words) or _OPEN.search(words) or led_by(lexicon, words):
        return False
    if lexicon.pattern("lists", "proposed").search(words):
        return False
    return lexicon.pattern("lists", "granted").search(words) is not None


def is_led_by_grants(view: View, lexicon: Lexicon, block: Block) -> bool:
    """Whether the paragraph or heading that leads a table tells so; short lines and other tables may stand between."""
    index = view.block_index(block.start)
    for above in reversed(view.blocks[max(0, index - _NEAR) : index]):
        if above.kind not in ("paragraph", "heading") or above.end - above.start > _LONGEST:
            if above.kind in ("table", "furniture"):
                continue
            return False
        words = fold(view.document.block_text(above))
        if leads_grants(lexicon, words):
            return True
        if above.end - above.start > _SHORT:
            return False
    return False
