"""The site as files for any web host: ``publish_site``."""

from __future__ import annotations

from kg.publish.static.site import Options, publish_site
from kg.publish.static.writer import Report

__all__ = ["Options", "Report", "publish_site"]
