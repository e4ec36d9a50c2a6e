"""The whole way from papers to a graph in use."""

from __future__ import annotations

from kg.pipeline.build import Options, build, default_stages, extract_paths
from kg.pipeline.cluster import Cluster
from kg.pipeline.collect import Selection, collect_papers
from kg.pipeline.papers import Progress
from kg.pipeline.plan import BuildPlan, plan_build
from kg.pipeline.report import BuildReport
from kg.pipeline.stages import Stages

__all__ = [
    "BuildPlan",
    "BuildReport",
    "Cluster",
    "Options",
    "Progress",
    "Selection",
    "Stages",
    "build",
    "collect_papers",
    "default_stages",
    "extract_paths",
    "plan_build",
]
