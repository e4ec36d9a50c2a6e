"""The whole graph as files to download."""

from __future__ import annotations

import gzip
import hashlib
import io

from kg.export import EXPORTERS
from kg.graph.store import GraphStore
from kg.publish.metadata import Described, Distribution
from kg.publish.static.writer import SiteWriter

_SAID = {
    "dumps/graph.nq.gz": ("All graphs, N-Quads", "application/n-quads", "RDF_N_QUADS"),
    "dumps/facts.ttl.gz": ("The merged facts, Turtle", "text/turtle", "RDF_TURTLE"),
}
# File -> exporter.
DUMPS = {"dumps/graph.nq.gz": "nquads", "dumps/facts.ttl.gz": "turtle"}


def put_dumps(writer: SiteWriter, graph: GraphStore, about: Described) -> list[Distribution]:
    """All graphs as N-Quads, the merged facts as Turtle, compressed, with their checksums in ``dumps/SHA256SUMS``.
    Each begins with comments that tell what it is, whose, and under which licence.

    Gives what a catalogue says of the files.
    """
    head = _write_head(graph, about).encode()
    sums, files = [], []
    for name, form in DUMPS.items():
        packed = io.BytesIO()
        # no name and no time in it, so that the same graph gives the same bytes
        with gzip.GzipFile(filename="", mode="wb", fileobj=packed, mtime=0, compresslevel=6) as out:
            out.write(head)
            EXPORTERS[form].write(graph.store, out)  # type: ignore[arg-type]
        data = packed.getvalue()
        writer.put(name, data)
        digest, short = hashlib.sha256(data).hexdigest(), name.partition("/")[2]
        sums.append(f"{digest}  {short}\n")
        title, media, kind = _SAID[name]
        files.append(Distribution(short, title, f"{about.address}/{name}", media, kind, len(data), digest, True))
    writer.put("dumps/SHA256SUMS", "".join(sorted(sums, key=lambda line: line.split()[1])))
    return files


def _write_head(graph: GraphStore, about: Described) -> str:
    said = about.publication
    lines = [text for _, text in said.title]
    lines += [f"Publisher: {said.publisher_name}", *([f"Contact: {said.contact}"] if said.contact else [])]
    lines += [f"Licence: {said.licence_iri}", f"Built: {graph.manifest.built}"]
    lines.append(f"Description: {about.address}/dataset.ttl")
    return "".join(f"# {line}\n" for line in dict.fromkeys(lines))
