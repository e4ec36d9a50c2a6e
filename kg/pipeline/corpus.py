"""The papers of a build, and what the build says of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import chain
from pathlib import Path

from kg import __version__
from kg.config import Config
from kg.errors import ReadError, ValidationError
from kg.graph.manifest import Manifest, Paper, PaperIssue, Refusal
from kg.graph.validate import Violation
from kg.model import Extraction, Issue, Resolution
from kg.pipeline.papers import Brief, Outcome, ShardFolder, all_issues, describe_paper
from kg.read import name_file


@dataclass(slots=True)
class Corpus:
    """The papers of a build as they come in.  ``briefs``: those whose shards in ``shards`` hold what they say;
    ``papers``: those of which that is held here, since it is not what the shard says; ``recalled``: those of which only
    what the graph in use says of them is known, since they have not changed.  ``renewed``: those whose shard was made
    anew, ``kept`` of them without parsing the file again; ``redone``: those that say another thing than the graph in
    use has of them, or may."""

    shards: ShardFolder
    papers: dict[str, Extraction] = field(default_factory=dict)
    briefs: dict[str, Brief] = field(default_factory=dict)
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
        """Takes up what became of a file, whose paper is in its shard."""
        if outcome.refusal is not None:
            self.refused.append(outcome.refusal)
        found = outcome.paper
        if found is None:
            return
        self.sources.setdefault(found.id, []).append(found.source)
        if found.id in self.briefs or found.id in self.recalled:
            return
        self.reused += outcome.reused
        if outcome.brief is not None:
            if not outcome.reused:
                self.renewed.add(found.id)
                self.kept += outcome.kept
            if outcome.same:
                self.same.add(found.id)
            self.briefs[found.id] = outcome.brief
        else:
            self.recalled[found.id] = found
        self.issues += sum(count for code, count in found.issues if code != "no_facts")

    def hold(self, papers: Iterable[Extraction]) -> None:
        """Puts other papers, or what the same papers say by now, in place of those whose shards hold it."""
        self.papers = {paper.document: paper for paper in papers}
        self.briefs = {}

    def take_counts(self, first: Corpus) -> None:
        """What was told when the papers were read for the first time; now all are read from their shards."""
        self.reused, self.renewed, self.kept = first.reused, first.renewed, first.kept
        self.same, self.redone = first.same, first.redone

    def documents(self) -> set[str]:
        """All papers."""
        return {*self.papers, *self.briefs, *self.recalled}

    def listed(self) -> list[Paper]:
        """What the build says of each paper, by id."""
        found = []
        for document in sorted(self.documents()):
            also = tuple(sorted(set(self.sources[document]) - {self.source(document)}))
            found.append(replace(self._describe(document), also=also))
        return found

    def source(self, document: str) -> str:
        """The first name of a paper."""
        return self._describe(document).source

    def _describe(self, document: str) -> Paper:
        if document in self.papers:
            return describe_paper(self.papers[document])
        return self.briefs[document].paper if document in self.briefs else self.recalled[document]

    def check(self) -> None:
        """Raises ReadError where nothing was read, unless no file was to be read and that may be so."""
        if self.documents() or (self.may_be_empty and not self.refused):
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
                least = min(found, key=lambda document: (self._describe(document).claims, document))
                named[least] = f"{violation.entity}: {violation.what}"
        if not named:
            raise ValidationError(f"{broken[0].entity}: {broken[0].what}", where=broken[0].where, hint=broken[0].hint)
        for document, reason in sorted(named.items()):
            self.refused += [Refusal(source, "failed", reason) for source in self.sources[document]]
            for held in (self.papers, self.briefs, self.recalled):
                held.pop(document, None)

    def find(self, document: str) -> Extraction | None:
        """What a paper says; None where it is only recalled.  Raises StoreError where its shard is lost."""
        if document in self.briefs:
            return replace(self.shards.load(document), source=self.briefs[document].paper.source)
        return self.papers.get(document)

    def load(self, document: str) -> Extraction:
        """What a paper says that is not only recalled.  Raises StoreError as ``find``."""
        found = self.find(document)
        assert found is not None
        return found

    def extractions(self) -> list[Extraction]:
        """The papers by id; of a paper found under several names the first name."""
        return [self.load(document) for document in sorted({*self.papers, *self.briefs})]

    def own_issues(self) -> Iterator[tuple[str, Issue]]:
        """The issues of each paper that is not only recalled, with its id."""
        for document, brief in self.briefs.items():
            yield from ((document, issue) for issue in all_issues(brief.issues, brief.paper.claims))
        for document, paper in self.papers.items():
            yield from ((document, issue) for issue in all_issues(paper.issues, len(paper.claims)))


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
    yield from kept
    for document, i in chain(corpus.own_issues(), between):
        source = corpus.source(document) if document else name_file(identity)
        yield PaperIssue(source, i.start, i.end, i.code, i.message, i.quote, document)


def _count(words: Iterable[str]) -> tuple[tuple[str, int], ...]:
    return tuple(sorted(Counter(words).items()))
