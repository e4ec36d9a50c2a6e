"""The papers of a build, and what the build says of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
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
    """The papers of a build as they come in."""

    papers: dict[str, Extraction] = field(default_factory=dict)
    sources: dict[str, list[str]] = field(default_factory=dict)
    refused: list[Refusal] = field(default_factory=list)
    reused: int = 0
    issues: int = 0
    may_be_empty: bool = False

    def add(self, outcome: Outcome) -> None:
        if outcome.refusal is not None:
            self.refused.append(outcome.refusal)
        if outcome.extraction is None:
            return
        extraction = outcome.extraction
        self.sources.setdefault(extraction.document, []).append(extraction.source)
        if extraction.document not in self.papers:
            self.papers[extraction.document] = lighten(extraction)
            self.reused += outcome.reused
            self.issues += len(extraction.issues)

    def check(self) -> None:
        """Raises ReadError where nothing was read, unless no file was to be read and that may be so."""
        if self.papers or (self.may_be_empty and not self.refused):
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
            found = [paper for paper in self.papers.values() if paper.source in places]
            if found and not any(paper.document in named for paper in found):
                least = min(found, key=lambda paper: (len(paper.claims), paper.document))
                named[least.document] = f"{violation.entity}: {violation.what}"
        if not named:
            raise ValidationError(f"{broken[0].entity}: {broken[0].what}", where=broken[0].where, hint=broken[0].hint)
        for document, reason in sorted(named.items()):
            self.refused += [Refusal(source, "failed", reason) for source in self.sources[document]]
            del self.papers[document]

    def extractions(self) -> list[Extraction]:
        """The papers by id; of a paper found under several names the first name."""
        return [self.papers[document] for document in sorted(self.papers)]


def make_manifest(
    corpus: Corpus,
    resolution: Resolution,
    config: Config,
    now: datetime,
    *,
    count: int,
    revisions: int,
    made_from: tuple[tuple[str, str], ...],
    withheld: tuple[str, ...] = (),
) -> Manifest:
    """What a build says of itself, all but the files of its store."""
    between: Counter[str] = Counter(issue.code for _, issue in resolution.issues)
    issues = Counter(i.code for e in corpus.papers.values() for i in _issues_of(e)) + between
    return Manifest(
        kg_version=__version__,
        built=now.isoformat(timespec="seconds"),
        base=config.base,
        papers=tuple(_paper(e, corpus.sources[e.document]) for e in corpus.extractions()),
        refused=tuple(sorted(corpus.refused, key=lambda r: (r.path, r.code))),
        quads=count,
        entities=_count(e.type for e in resolution.entities),
        issues=tuple(sorted(issues.items())),
        made_from=tuple(sorted(made_from)),
        revisions=revisions,
        withheld=withheld,
    )


def list_issues(corpus: Corpus, resolution: Resolution, identity: Path) -> Iterator[PaperIssue]:
    """The issues of each paper, those between papers put down to one of them, and those of the judgements in the file
    ``identity`` put down to it."""
    own = ((document, issue) for document, paper in corpus.papers.items() for issue in _issues_of(paper))
    for document, i in (*own, *resolution.issues):
        source = corpus.papers[document].source if document else name_file(identity)
        yield PaperIssue(source, i.start, i.end, i.code, i.message, i.quote, document)


def _issues_of(extraction: Extraction) -> tuple[Issue, ...]:
    """Its own, and that it states nothing."""
    if extraction.claims:
        return extraction.issues
    return (*extraction.issues, Issue("no_facts", "the file was read, and no decision, project or financing found"))


def _paper(extraction: Extraction, sources: list[str]) -> Paper:
    return Paper(
        id=extraction.document,
        source=extraction.source,
        form=extraction.form,
        media_type=extraction.media_type,
        characters=extraction.characters,
        claims=len(extraction.claims),
        issues=_count(i.code for i in _issues_of(extraction)),
        also=tuple(sorted(set(sources) - {extraction.source})),
    )


def _count(words: Iterable[str]) -> tuple[tuple[str, int], ...]:
    return tuple(sorted(Counter(words).items()))
