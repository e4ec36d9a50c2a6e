"""The whole graph as files to download."""

from __future__ import annotations

import gzip
import hashlib
import io

import pyoxigraph as ox

from kg.export import EXPORTERS
from kg.publish.static.writer import SiteWriter

# File -> exporter.
DUMPS = {"dumps/graph.nq.gz": "nquads", "dumps/facts.ttl.gz": "turtle"}


def put_dumps(writer: SiteWriter, store: ox.Store) -> None:
    """All graphs as N-Quads, the merged facts as Turtle, compressed, with their checksums in ``dumps/SHA256SUMS``."""
    sums = []
    for name, form in DUMPS.items():
        packed = io.BytesIO()
        # no name and no time in it, so that the same graph gives the same bytes
        with gzip.GzipFile(filename="", mode="wb", fileobj=packed, mtime=0, compresslevel=6) as out:
            EXPORTERS[form].write(store, out)  # type: ignore[arg-type]
        data = packed.getvalue()
        writer.put(name, data)
        sums.append(f"{hashlib.sha256(data).hexdigest()}  {name.partition('/')[2]}\n")
    writer.put("dumps/SHA256SUMS", "".join(sorted(sums, key=lambda line: line.split()[1])))
