"""Papers after the rules have read them: what a language model adds, where the settings name one.

It is asked here, by the one process of the build and in the order of the files, so that the network is no part of
reading: the shards of papers stay what the rules say, and a server that hangs costs no paper its time limit.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from kg.assist import PROMPT_VERSION, Assistant
from kg.assist.assistant import FAILED
from kg.config import Config, LanguageModel
from kg.errors import ReadError, StoreError, refusing
from kg.lexicon import load_lexicon
from kg.model import AnnotatedDocument, Extraction, Issue
from kg.pipeline.check import check_extraction
from kg.pipeline.papers import Progress, ShardFolder
from kg.pipeline.signatures import Parts, hash_code, hash_parts
from kg.pipeline.stages import Stages
from kg.read import name_file, read_member

_log = logging.getLogger(__name__)


class PaperAssistant:
    """The language model of the settings, for the papers of one run.  ``made_from`` says on what its claims depend."""

    def __init__(self, settings: LanguageModel, stages: Stages) -> None:
        self._stages = stages
        self._assistant = Assistant(settings, load_lexicon(), stages.registers, key=settings.read_key())
        parts = (
            ("code", hash_code(("assist",))),
            ("prompt", PROMPT_VERSION),
            ("model", settings.model),
            ("longest", str(settings.max_characters)),
            ("confidence", str(settings.confidence)),
        )
        self.made_from: Parts = (("language model", hash_parts(parts)),)
        signature = hash_parts((*stages.made_from, ("signature", stages.signature), *self.made_from))
        self._folder = settings.answers / "joined"
        self._joined = ShardFolder(self._folder, signature)

    def complete(self, path: Path, extraction: Extraction) -> Extraction:
        """What the paper in the file ``path`` says by the rules and by the model.  Raises StoreError where the folder
        of answers cannot be written."""
        known = self._joined.find(extraction.document)
        if known is not None:
            return replace(known, source=extraction.source)
        try:
            joined = self._assistant.complete(extraction, lambda: self._annotate(path, extraction))
            check_extraction(joined)
        except StoreError:
            raise
        except ReadError as error:
            return _unanswered(extraction, f"the paper could not be read again ({error.what})")
        # What a model says may be anything; one answer that breaks what joins it must not stop the others.
        except Exception as error:
            _log.debug("%s: the answer failed", extraction.source, exc_info=error)
            return _unanswered(extraction, f"its answer could not be used ({type(error).__name__})")
        if not any(issue.code == FAILED for issue in joined.issues):
            self._keep(joined)
        return joined

    def _keep(self, joined: Extraction) -> None:
        hint = "name another folder as 'answers' in kg.toml"
        with refusing("the folder of answers cannot be made", self._folder, hint):
            self._folder.mkdir(parents=True, exist_ok=True)
        self._joined.keep(joined)

    def _annotate(self, path: Path, extraction: Extraction) -> AnnotatedDocument:
        stages, source = self._stages, name_file(path)
        assert stages.annotate is not None
        if stages.members is None:
            return stages.annotate(stages.read(path, source))
        for member in stages.members(path, source):
            if member.error is None and hashlib.sha256(member.data).hexdigest() == extraction.document:
                return stages.annotate(read_member(member))
        raise ReadError("it has changed meanwhile", where=source)


def make_assistant(config: Config, stages: Stages) -> PaperAssistant | None:
    """None where no language model is asked.  Raises UsageError where its key is not there."""
    if config.language_model is None or stages.annotate is None:
        return None
    return PaperAssistant(config.language_model, stages)


def complete_papers(
    papers: dict[str, Extraction],
    paths: dict[str, Path],
    shards: ShardFolder,
    assistant: PaperAssistant,
    progress: Progress,
) -> Iterator[Extraction]:
    """Each paper with what the model adds; ``papers`` by document in the order of the files, ``shards`` have the
    ledgers too."""
    for done, (document, paper) in enumerate(papers.items()):
        progress("ask", done, len(papers), paper.source)
        whole = shards.find(document) or paper
        yield assistant.complete(paths[document], replace(whole, source=paper.source))
    progress("ask", len(papers), len(papers), "")


def _unanswered(extraction: Extraction, reason: str) -> Extraction:
    return replace(extraction, issues=(Issue(FAILED, reason), *extraction.issues))
