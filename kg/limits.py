"""What a stranger may take of the server: the table ``[serve]`` of the settings."""

from __future__ import annotations

import math
import os
from dataclasses import dataclass, fields
from typing import Any

from kg.errors import UsageError


@dataclass(frozen=True, slots=True)
class Limits:
    """The limits of the server; those of a query are stated in the service description, all in docs/publishing.md.

    Of a query: ``seconds`` by the clock, ``memory_mb`` (10^6 bytes) beyond what its process has at rest, ``rows`` of
    the answer (triples, of CONSTRUCT and DESCRIBE), ``result_mb`` of the answer as sent, ``query_kb`` of the request.
    Of all queries: ``workers`` processes; ``queue``: how many wait for one, each at most ``queue_seconds``.  Of one
    client (address): ``per_client`` queries that run at a time (0: all workers but one), ``rate`` requests a second to
    the endpoint over time, ``burst`` at once.  Of a connection: ``request_seconds`` until a request is in whole,
    ``stall_seconds`` in which a client that is sent something takes nothing.  Of the server: ``connections`` at a
    time, ``spool_mb`` of answers on disk that clients have not fetched yet.  ``slow_seconds``: a query that takes
    longer is logged.
    """

    seconds: float = 30.0
    memory_mb: int = 1000
    rows: int = 500_000
    result_mb: int = 200
    query_kb: int = 256
    workers: int = 0
    per_client: int = 0
    queue: int = 256
    queue_seconds: float = 10.0
    rate: float = 20.0
    burst: int = 200
    request_seconds: float = 15.0
    stall_seconds: float = 30.0
    connections: int = 1000
    spool_mb: int = 2000
    slow_seconds: float = 1.0

    def __post_init__(self) -> None:
        for field in fields(self):
            value = getattr(self, field.name)
            least = 0 if field.name in ("workers", "per_client") else 1e-9
            if not least <= value < math.inf:
                raise UsageError(f"the limit '{field.name}' is {value}", hint="give a number above 0")

    @property
    def processes(self) -> int:
        """How many processes run queries: ``workers``, or two more than the cores that this process may use."""
        return self.workers or len(os.sched_getaffinity(0)) + 2

    @property
    def running(self) -> int:
        """How many queries of one client run at a time."""
        return self.per_client or max(1, self.processes - 1)

    def for_worker(self) -> dict[str, Any]:
        """What a worker process is to know."""
        return {
            "memory": self.memory_mb * 1_000_000,
            "rows": self.rows,
            "bytes": self.result_mb * 1_000_000,
            "seconds": self.seconds,
        }


USUAL = Limits()
"""The limits where the settings name no others."""


def read_limits(table: object, where: str) -> Limits:
    """The table ``[serve]``, whose keys are the fields of ``Limits``.  Raises UsageError for an unknown key or a value
    that is no number of its kind."""
    if not isinstance(table, dict):
        raise UsageError(f"the setting 'serve' is {table!r}", where=where, hint="give a table [serve]")
    kinds = {field.name: field.type for field in fields(Limits)}
    unknown = sorted(set(table) - set(kinds))
    if unknown:
        what = f"unknown setting {', '.join(map(repr, unknown))} in [serve]"
        raise UsageError(what, where=where, hint=f"one of {', '.join(kinds)}")
    for key, value in table.items():
        wanted: tuple[type, ...] = (int,) if kinds[key] == "int" else (int, float)
        if isinstance(value, bool) or not isinstance(value, wanted):
            kind = "a whole number" if wanted == (int,) else "a number"
            raise UsageError(f"the setting 'serve.{key}' is {value!r}", where=where, hint=f"give {kind}")
    try:
        return Limits(**table)
    except UsageError as error:
        raise UsageError(error.what, where=where, hint=error.hint) from None
