"""The papers of a build, and what the build says of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

from kg import __version__
from kg.config import Config
from kg.errors import ReadError, ValidationError
from kg.graph.manifest import Manifest, Paper, PaperIssue, Refusal
from kg.graph.validate import Violation
from kg.model import Extraction, Issue, Resolution
from kg.pipeline.papers import Outcome, lighten
from kg.read import name_file


@dataclass(slots=True)
class Corpus:
    """The papers of a build as they come in.  ``recalled``: those of which only what the graph in use says of them is
    known, since they have not changed.  ``renewed``: those whose shard was made anew, ``kept`` of them without parsing
    the file again; ``redone``: those that say another thing than the graph in use has of them, or may."""

    papers: dict[str, Extraction] = field(default_factory=dict)
    recalled: dict[str, Paper] = field(default_factory=dict)
    sources: dict[str, list[str]] = field(default_factory=dict)
    refused: list[Refusal] = field(default_factory=list)
    reused: int = 0
    renewed: set[str] = field(default_factory=set)
    kept: int = 0
    same: set[str] = field(default_factory=set)
    redone: set[str] = field(default_factory=set)
    issues: int = 0
    may_be_empty: bool = False

    def add(self, outcome: Outcome) -> None:
        if outcome.refusal is not None:
            self.refused.append(outcome.refusal)
        found = outcome.recalled or outcome.extraction
        if found is None:
            return
        document = outcome.recalled.id if outcome.recalled is not None else found.document  # type: ignore[union-attr]
        self.sources.setdefault(document, []).append(found.source)
        if document in self.papers or document in self.recalled:
            return
        self.reused += outcome.reused
        if outcome.recalled is not None:
            self.recalled[document] = outcome.recalled
            self.issues += sum(count for code, count in outcome.recalled.issues if code != "no_facts")
        elif outcome.extraction is not None:
            if not outcome.reused:
                self.renewed.add(document)
                self.kept += outcome.kept
            if outcome.same:
                self.same.add(document)
            self.papers[document] = lighten(outcome.extraction)
            self.issues += len(outcome.extraction.issues)

    def take_counts(self, first: Corpus) -> None:
        """What was told when the papers were read for the first time; now all are read from their shards."""
        self.reused, self.renewed, self.kept = first.reused, first.renewed, first.kept
        self.same, self.redone = first.same, first.redone

    def documents(self) -> set[str]:
        """All papers."""
        return {*self.papers, *self.recalled}

    def listed(self) -> list[Paper]:
        """What the build says of each paper, by id."""
        found = []
        for document in sorted(self.documents()):
            also = tuple(sorted(set(self.sources[document]) - {self.source(document)}))
            known = self.recalled.get(document)
            found.append(replace(known, also=also) if known is not None else _paper(self.papers[document], also))
        return found

    def source(self, document: str) -> str:
        """The first name of a paper."""
        return self.recalled[document].source if document in self.recalled else self.papers[document].source

    def check(self) -> None:
        """Raises ReadError where nothing was read, unless no file was to be read and that may be so."""
        if self.papers or self.recalled or (self.may_be_empty and not self.refused):
            return
        first = self.refused[0]
        more = f" (and {len(self.refused) - 1} more)" if len(self.refused) > 1 else ""
        # the reason carries its own hint, which is nearer to the mark than a general one
        reason, _, hint = first.reason.partition(". Try: ")
        general = "report it with the paper" if first.code == "failed" else "name at least one paper as text or HTML"
        raise ReadError(
            f"none of the files could be read: {reason}{more}",
            where=first.path,
            hint=hint or general,
            code=first.code,
        )

    def refuse(self, broken: list[Violation]) -> None:
        """Takes out, for each violation, the paper that it names; of several the one that says least.  Raises
        ValidationError where a violation names none, so that leaving papers out would not mend it."""
        named: dict[str, str] = {}
        for violation in broken:
            places = violation.where.split(", ")
            found = [document for document in self.documents() if self.source(document) in places]
            if found and not any(document in named for document in found):
                least = min(found, key=lambda document: (self._claims(document), document))
                named[least] = f"{violation.entity}: {violation.what}"
        if not named:
            raise ValidationError(f"{broken[0].entity}: {broken[0].what}", where=broken[0].where, hint=broken[0].hint)
        for document, reason in sorted(named.items()):
            self.refused += [Refusal(source, "failed", reason) for source in self.sources[document]]
            self.papers.pop(document, None)
            self.recalled.pop(document, None)

    def _claims(self, document: str) -> int:
        known = self.recalled.get(document)
        return known.claims if known is not None else len(self.papers[document].claims)

    def load(self, document: str) -> Extraction:
        """What a paper says that is not only recalled."""
        return self.papers[document]

    def extractions(self) -> list[Extraction]:
        """The papers by id; of a paper found under several names the first name."""
        return [self.papers[document] for document in sorted(self.papers)]


def make_manifest(
    corpus: Corpus,
    config: Config,
    now: datetime,
    *,
    entities: tuple[tuple[str, int], ...],
    between: Iterable[tuple[str, Issue]],
    count: int,
    revisions: int,
    made_from: tuple[tuple[str, str], ...],
    withheld: tuple[str, ...] = (),
) -> Manifest:
    """What a build says of itself, all but the files of its store.  ``entities``: things by class; ``between``: issues
    between papers."""
    papers = corpus.listed()
    issues: Counter[str] = Counter(issue.code for _, issue in between)
    for paper in papers:
        issues.update(dict(paper.issues))
    return Manifest(
        kg_version=__version__,
        built=now.isoformat(timespec="seconds"),
        base=config.base,
        papers=tuple(papers),
        refused=tuple(sorted(corpus.refused, key=lambda r: (r.path, r.code))),
        quads=count,
        entities=entities,
        issues=tuple(sorted(issues.items())),
        made_from=tuple(sorted(made_from)),
        revisions=revisions,
        withheld=withheld,
    )


def count_entities(resolution: Resolution) -> tuple[tuple[str, int], ...]:
    """Things by class."""
    return _count(e.type for e in resolution.entities)


def list_issues(
    corpus: Corpus, between: Iterable[tuple[str, Issue]], identity: Path, kept: Iterable[PaperIssue] = ()
) -> Iterator[PaperIssue]:
    """The issues of each paper, those between papers put down to one of them, and those of the judgements in the file
    ``identity`` put down to it.  ``kept``: those of papers that are only recalled."""
    own = ((document, issue) for document, paper in corpus.papers.items() for issue in _issues_of(paper))
    yield from kept
    for document, i in (*own, *between):
        source = corpus.source(document) if document else name_file(identity)
        yield PaperIssue(source, i.start, i.end, i.code, i.message, i.quote, document)


def _issues_of(extraction: Extraction) -> tuple[Issue, ...]:
    """Its own, and that it states nothing."""
    if extraction.claims:
        return extraction.issues
    return (*extraction.issues, Issue("no_facts", "the file was read, and no decision, project or financing found"))


def _paper(extraction: Extraction, also: tuple[str, ...]) -> Paper:
    return Paper(
        id=extraction.document,
        source=extraction.source,
        form=extraction.form,
        media_type=extraction.media_type,
        characters=extraction.characters,
        claims=len(extraction.claims),
        issues=_count(i.code for i in _issues_of(extraction)),
        also=also,
    )


def _count(words: Iterable[str]) -> tuple[tuple[str, int], ...]:
    return tuple(sorted(Counter(words).items()))
