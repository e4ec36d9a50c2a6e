"""Asks the model about papers, one at a time, and adds what holds to what the rules say."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from kg.assist.answers import AnswerFolder, hash_request
from kg.assist.client import AskError, ask_server
from kg.assist.grounding import Grounding
from kg.assist.joining import RULE, Joining, drop_dangling
from kg.assist.prompt import make_messages
from kg.assist.reply import parse_reply
from kg.config import LanguageModel
from kg.extract.rules import ClaimBook
from kg.extract.view import View
from kg.lexicon import Lexicon
from kg.model import AnnotatedDocument, Claim, Extraction, Issue, LedgerEntry
from kg.registers import Registers

FAILED = "model_unanswered"
_OF_ROLE = frozenset({"amount_unassigned", "date_unassigned", "number_unassigned"})


class Assistant:
    """One run's conversation with the server of ``settings``.

    At most ``max_papers`` papers are sent; those whose answers are in the folder of answers cost nothing.  After the
    first failure that more asking cannot mend, no further paper is sent.  ``key``, where not empty, is the bearer's
    token.
    """

    def __init__(self, settings: LanguageModel, lexicon: Lexicon, registers: Registers, *, key: str = "") -> None:
        self._settings = settings
        self._lexicon = lexicon
        self._registers = registers
        self._key = key
        self._answers = AnswerFolder(settings.answers)
        self._stopped = ""
        self.sent = 0

    def complete(self, extraction: Extraction, annotate: Callable[[], AnnotatedDocument]) -> Extraction:
        """The extraction with the model's claims and issues; where there is no answer, with an issue that says why.

        ``annotate`` gives the paper.  Raises StoreError where an answer cannot be kept."""
        closed = self._find_closed()
        if closed and not self._answers.has(extraction.document):
            return _with_issues(extraction, [Issue(FAILED, closed)])  # without the work of reading it
        annotated = annotate()
        text = annotated.document.text
        if len(text) > self._settings.max_characters:
            reason = f"the paper has {len(text)} characters, more than max_characters ({self._settings.max_characters})"
            return _with_issues(extraction, [Issue(FAILED, reason)])
        body = {
            "model": self._settings.model,
            "messages": make_messages(text),
            "temperature": 0,
            "response_format": {"type": "json_object"},
        }
        request = hash_request(body)
        answer = self._answers.find(extraction.document, request)
        reply = parse_reply(answer) if answer is not None else None
        if reply is None:
            try:
                answer = self._ask(body)
            except AskError as error:
                return _with_issues(extraction, [Issue(FAILED, str(error))])
            reply = parse_reply(answer)
            if reply is None:
                return _with_issues(extraction, [Issue(FAILED, "the model's answer is no JSON object")])
            self._answers.keep(extraction.document, request, self._settings.model, answer)
        view = View(annotated)
        book = ClaimBook(extraction.document, text, [(p.start, p.end) for p in view.persons])
        joining = Joining(extraction, view, Grounding(view, self._lexicon, self._registers), book)
        joining.join(reply)
        claims = drop_dangling(book.claims(), frozenset(c.subject for c in extraction.claims))
        return _join(extraction, tuple(self._weigh(c) for c in claims), joining.issues, book.used)

    def _find_closed(self) -> str:
        """Why no further paper is sent; empty where one may be."""
        if self._stopped:
            return f"not asked, after the server failed ({self._stopped})"
        if self.sent >= self._settings.max_papers:
            return f"not asked: {self.sent} papers were sent in this run (max_papers)"
        return ""

    def _ask(self, body: dict[str, object]) -> str:
        closed = self._find_closed()
        if closed:
            raise AskError(closed)
        self.sent += 1
        url, seconds = self._settings.url, self._settings.timeout_seconds
        try:
            return ask_server(url, body, key=self._key, seconds=seconds)
        except AskError as error:
            if error.unreachable:
                self._stopped = str(error)
            raise

    def _weigh(self, claim: Claim) -> Claim:
        return replace(claim, evidence=replace(claim.evidence, confidence=self._settings.confidence))


def _join(
    extraction: Extraction, claims: tuple[Claim, ...], issues: list[Issue], used: list[tuple[int, int, str]]
) -> Extraction:
    """The claims behind those of the rules; amounts and numbers that they use are no longer open."""
    ledger, explained = [], set()
    for entry in extraction.ledger:
        if entry.fate != "claim" and any(low <= entry.start and entry.end <= high for low, high, _ in used):
            explained.add((entry.start, entry.end))
            entry = LedgerEntry(entry.kind, entry.start, entry.end, entry.quote, "claim", RULE)
        ledger.append(entry)
    open_still = [i for i in extraction.issues if i.code not in _OF_ROLE or (i.start, i.end) not in explained]
    joined = replace(extraction, claims=(*extraction.claims, *claims), ledger=tuple(ledger), issues=tuple(open_still))
    return _with_issues(joined, issues)


def _with_issues(extraction: Extraction, issues: list[Issue]) -> Extraction:
    both = sorted([*extraction.issues, *dict.fromkeys(issues)], key=lambda i: (i.start, i.code))
    return replace(extraction, issues=tuple(both))
