"""Prepared questions for pages, run as every query of a stranger is: in a worker, within the limits."""

from __future__ import annotations

import asyncio

from kg.errors import QueryError
from kg.publish.generations import Generation
from kg.publish.interface import Ask
from kg.publish.problem import Problem
from kg.publish.rates import RateLimiter
from kg.query import PreparedQuery, Table
from kg.query.tables import read_results

_JSON = "application/sparql-results+json"


def make_ask(generation: Generation, client: str, rates: RateLimiter, loop: asyncio.AbstractEventLoop) -> Ask:
    """The function that pages ask by, from their threads.  It raises QueryError where the query takes more than the
    limits allow or cannot be run, Problem where too much is asked at a time."""

    def ask(query: PreparedQuery) -> Table:
        rates.take(client)
        request = {"query": query.text, "base": None, "media": {"table": _JSON, "boolean": _JSON, "graph": None}}
        future = asyncio.run_coroutine_threadsafe(generation.pool.run(client, request), loop)
        try:
            answer = future.result()
        except Problem as problem:
            if problem.code in ("busy", "too-many"):
                raise
            raise QueryError(problem.detail, where=query.name) from problem
        try:
            payload = answer.file.read() if answer.file is not None else answer.body
        finally:
            loop.call_soon_threadsafe(answer.close)
        return read_results(payload, query)

    return ask
