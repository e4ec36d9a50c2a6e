"""The whole way from papers to a graph in use."""

from __future__ import annotations

from kg.pipeline.build import build, default_stages, extract_paths
from kg.pipeline.collect import collect_papers
from kg.pipeline.papers import Progress
from kg.pipeline.report import BuildReport
from kg.pipeline.stages import Stages

__all__ = ["BuildReport", "Progress", "Stages", "build", "collect_papers", "default_stages", "extract_paths"]
