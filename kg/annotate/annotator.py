"""The annotator: joins all grammars and the names over one paper."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable

from spacy.attrs import IDX
from spacy.tokens import Doc, Span

from kg.annotate.grammars import find_values
from kg.annotate.names import NameFinder
from kg.annotate.sentences import split_sentences
from kg.annotate.tokenizer import PaperTokenizer, make_nlp
from kg.lexicon import Lexicon, load_lexicon
from kg.model import AnnotatedDocument, CleanDocument, TypedSpan
from kg.registers import Registers, load_registers


class Annotator:
    """Turns clean papers into annotated ones.  Built once (tokenizer, matchers, patterns), then only read, so one
    annotator serves any number of papers; memory does not grow with them."""

    def __init__(self, registers: Registers | None = None, lexicon: Lexicon | None = None) -> None:
        nlp = make_nlp()
        self._tokenizer = PaperTokenizer(nlp)
        self._names = NameFinder(registers or load_registers(), lexicon or load_lexicon(), nlp)

    def annotate(self, document: CleanDocument) -> AnnotatedDocument:
        """All typed spans of the paper, sorted by start, then longest first, and its sentences.

        Values (identifiers, ignored numbers, dates, shares, amounts) do not overlap one another, nor do names; a
        name may overlap a value.
        """
        text = document.text
        doc = self._tokenizer(text)  # make_doc refuses more than a million characters
        spans = sorted(
            [*find_values(text), *self._names.find(doc, text, document.blocks)],
            key=lambda s: (s.start, s.start - s.end, s.kind),
        )
        _group(doc, spans)
        return AnnotatedDocument(document, doc, tuple(spans), tuple(split_sentences(text)))


def _group(doc: Doc, spans: Iterable[TypedSpan]) -> None:
    """The spans as groups of ``doc.spans`` by kind, each widened to whole tokens."""
    starts: list[int] = doc.to_array(IDX).tolist()
    strings = doc.vocab.strings
    groups: dict[str, list[Span]] = {}
    for span in spans:
        first = bisect_right(starts, span.start) - 1
        last = bisect_left(starts, span.end)
        if 0 <= first < last:
            groups.setdefault(span.kind, []).append(Span(doc, first, last, label=strings.add(span.kind)))
    for kind in sorted(groups):
        doc.spans[kind] = groups[kind]
