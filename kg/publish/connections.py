"""Connections that are not held for nothing: a request must come in whole, and what is sent be taken, in time."""

from __future__ import annotations

import asyncio
from typing import Any

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

from kg.limits import Limits

# States of a client in which nothing of a request is missing.
_WHOLE = (h11.DONE, h11.MUST_CLOSE, h11.CLOSED, h11.ERROR)


def make_protocol(limits: Limits) -> type[H11Protocol]:
    """The protocol of uvicorn with the limits of time of a connection, on which no application has an influence.

    The clock of a request runs from the opening of the connection, or from its first byte on one that is kept alive,
    until all of it is there; the clock of an answer whenever the client takes nothing of what is sent to it.
    """

    class TimedProtocol(H11Protocol):
        _request: asyncio.TimerHandle | None = None
        _stall: asyncio.TimerHandle | None = None

        def connection_made(self, transport: Any) -> None:
            super().connection_made(transport)
            self._request = self.loop.call_later(limits.request_seconds, self._give_up)

        def data_received(self, data: bytes) -> None:
            if self._request is None and self.conn.their_state is h11.IDLE:
                self._request = self.loop.call_later(limits.request_seconds, self._give_up)
            super().data_received(data)
            if self._request is not None and self.conn.their_state in _WHOLE:
                self._request.cancel()
                self._request = None

        def pause_writing(self) -> None:
            super().pause_writing()
            if self._stall is None:
                self._stall = self.loop.call_later(limits.stall_seconds, self._give_up)

        def resume_writing(self) -> None:
            super().resume_writing()
            if self._stall is not None:
                self._stall.cancel()
                self._stall = None

        def connection_lost(self, exc: Exception | None) -> None:
            for timer in (self._request, self._stall):
                if timer is not None:
                    timer.cancel()
            super().connection_lost(exc)

        def _give_up(self) -> None:
            # not close(): that would wait for the client to take what is left
            self.transport.abort()

    return TimedProtocol
