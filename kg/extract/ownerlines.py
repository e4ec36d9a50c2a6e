"""The line right below a project's title that names who runs it: '/Umeå universitet tillsammans med RISE'."""

from __future__ import annotations

from kg.extract.acts import Act
from kg.extract.frame import Frame, found_span
from kg.extract.parties import add_partner
from kg.extract.view import View
from kg.lexicon import Lexicon, shape

_REACH = 2
_TOGETHER = shape("ownerlines", "together")
_STYLES = frozenset({"title", "number", "letter", "dotted"})


def fill_owner_line(view: View, lexicon: Lexicon, act: Act, frame: Frame) -> None:
    """Beneficiary and partners from a line that holds organisations and little else."""
    if act.matter is None or act.matter.style not in _STYLES or act.matter.heading is None:
        return
    if "beneficiary" in act.slots:
        return
    index = view.block_index(act.matter.heading[0]) + 1
    for block in view.blocks[index : index + _REACH]:
        if block.kind not in ("paragraph", "heading", "list_item") or block.start >= act.matter.end:
            return
        spans = view.spans_in(block.start, block.end, "organisation")
        words = view.text[block.start : block.end]
        covered = sum(s.end - s.start for s in spans)
        covered += sum(len(m.group()) for m in _TOGETHER.finditer(words))
        if not spans or covered * 10 < len(words) * 6 or spans[0].start - block.start > 18 or words.endswith("."):
            continue
        if lexicon.pattern("lists", "sentence_words").search(words):
            return
        act.put("beneficiary", found_span("organisation", spans[0], "beneficiary.label", start=block.start))
        for span in spans[1:]:
            if _TOGETHER.search(view.text, spans[0].end, span.start) or "," in view.text[spans[0].end : span.start]:
                add_partner(view, act, span, frame, "partner.label")
        return
