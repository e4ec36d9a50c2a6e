"""What a build notes for the next one: of each node what tells what a change touches (``kg.resolve.trail``), of each
paper the sketch of its text, and the things that all papers name.

The notes lie beside the store as an SQLite file with its hash.  They spare work and nothing else: where they are lost,
damaged or of another version, the next build does without.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import sqlite3
from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import astuple
from pathlib import Path
from typing import Any

from kg.errors import StoreError
from kg.graph.files import sync
from kg.graph.store import ISSUES
from kg.model import Issue
from kg.resolve.conflicts import Finding
from kg.resolve.saying import Forms
from kg.resolve.trail import NodeTrail, RuleUse

VERSION = "1"
NOTES, NOTES_HASH = "notes.db", "notes.sha256"
# SQLite knows signed numbers alone.
_SIGN = 1 << 63

_SCHEMA = """
create table paper (id integer primary key, document text unique, sketch blob);
create table node (id integer primary key, paper integer, name text unique, iri text, findings text);
create table key (key integer, node integer, primary key (key, node)) without rowid;
create table mention (id integer primary key, kind text, own blob, name blob, total integer, unique (kind, own, name));
create table uses (mention integer, node integer, times integer, primary key (mention, node)) without rowid;
create table rule (id integer primary key, name text, version integer, confidence real, total integer,
    unique (name, version, confidence));
create table reads (node integer, rule integer, times integer, primary key (node, rule)) without rowid;
create table probe (hash integer, paper integer, primary key (hash, paper)) without rowid;
create table meta (name text primary key, value text);
"""
_INDEXES = """
create index node_paper on node (paper);
create index key_node on key (node);
create index uses_node on uses (node);
create index probe_paper on probe (paper);
"""


class Notes:
    """An open file of notes.  Where SQLite fails, ``sqlite3.Error`` goes through."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._base = sqlite3.connect(path, isolation_level=None)
        for pragma in ("journal_mode=off", "synchronous=off", "cache_size=-16384", "locking_mode=exclusive"):
            self._base.execute(f"pragma {pragma}")
        self._base.execute("begin")
        self._papers: dict[str, int] = {}
        self._mentions: dict[tuple[str, str, str], int] = {}
        self._rules: dict[RuleUse, int] = {}

    def close(self) -> str:
        """Writes all to the disk and returns the hash of the file."""
        self._base.execute("commit")
        self._base.close()
        sync(self._path)
        return hash_file(self._path)

    def abandon(self) -> None:
        """Closes the file, which is not to be used any more."""
        self._base.close()

    # --- writing ---

    def begin(self) -> None:
        """An empty file."""
        for statement in _SCHEMA.split(";\n"):
            self._base.execute(statement)

    def index(self) -> None:
        """To be called once, when all of a new file is written."""
        for statement in _INDEXES.strip().split(";\n"):
            self._base.execute(statement)

    def add_paper(self, document: str, sketch: Iterable[int], probes: int) -> None:
        """A paper with the smallest hashes of its text, of which so many are looked up."""
        hashes = list(sketch)
        row = (document, array("Q", hashes).tobytes())
        self._papers[document] = number = self._insert("insert into paper (document, sketch) values (?, ?)", row)
        self._base.executemany(
            "insert or ignore into probe values (?, ?)", ((h - _SIGN, number) for h in hashes[:probes])
        )

    def add_node(self, trail: NodeTrail) -> int:
        """A node of a paper that was added; returns its number, in a fresh file from 1 on."""
        document = trail.node.partition("#")[0]
        row = (self._paper(document), trail.node, trail.iri, _dump_findings(trail.findings))
        node = self._insert("insert into node (paper, name, iri, findings) values (?, ?, ?, ?)", row)
        self._fill(node, trail)
        return node

    def change_node(self, trail: NodeTrail) -> None:
        """The same node anew."""
        node = self._node(trail.node)
        row = (trail.iri, _dump_findings(trail.findings), node)
        self._base.execute("update node set iri = ?, findings = ? where id = ?", row)
        self._empty(node)
        self._fill(node, trail)

    def add_keys(self, node: int, keys: Iterable[int]) -> None:
        """The keys of a node that was added without."""
        self._base.executemany("insert into key values (?, ?)", ((key, node) for key in keys))

    def add_outcome(self, trail: NodeTrail) -> None:
        """What became of a node that was added before it was resolved."""
        node = self._node(trail.node)
        row = (trail.iri, _dump_findings(trail.findings), node)
        self._base.execute("update node set iri = ?, findings = ? where id = ?", row)
        self._count_rules(node, trail)

    def remove_paper(self, document: str) -> None:
        """A paper with all its nodes."""
        paper = self._paper(document)
        for (node,) in self._all("select id from node where paper = ?", paper):
            self._empty(node)
        for statement in ("node where paper", "probe where paper", "paper where id"):
            self._base.execute(f"delete from {statement} = ?", (paper,))
        self._papers.pop(document, None)

    def put(self, name: str, value: object) -> None:
        self._base.execute("insert or replace into meta values (?, ?)", (name, json.dumps(value)))

    def _fill(self, node: int, trail: NodeTrail) -> None:
        self.add_keys(node, trail.keys)
        for said, times in trail.said.items():
            mention = self._mention(said)
            self._base.execute("insert into uses values (?, ?, ?)", (mention, node, times))
            self._base.execute("update mention set total = total + ? where id = ?", (times, mention))
        self._count_rules(node, trail)

    def _count_rules(self, node: int, trail: NodeTrail) -> None:
        for rule, times in trail.rules.items():
            number = self._rule(rule)
            self._base.execute("insert into reads values (?, ?, ?)", (node, number, times))
            self._base.execute("update rule set total = total + ? where id = ?", (times, number))

    def _empty(self, node: int) -> None:
        for of, by in (("mention", "uses"), ("rule", "reads")):
            for number, times in self._all(f"select {of}, times from {by} where node = ?", node):
                self._base.execute(f"update {of} set total = total - ? where id = ?", (times, number))
        for table in ("key", "uses", "reads"):
            self._base.execute(f"delete from {table} where node = ?", (node,))

    def _mention(self, said: tuple[str, str, str]) -> int:
        if said not in self._mentions:
            kind, own, name = said
            row = (kind, _pack(own), _pack(name))
            self._base.execute("insert or ignore into mention (kind, own, name, total) values (?, ?, ?, 0)", row)
            self._mentions[said] = self._one("select id from mention where kind = ? and own = ? and name = ?", *row)
        return self._mentions[said]

    def _rule(self, rule: RuleUse) -> int:
        if rule not in self._rules:
            values = "(name, version, confidence, total) values (?, ?, ?, 0)"
            self._base.execute(f"insert or ignore into rule {values}", rule)
            where = "select id from rule where name = ? and version = ? and confidence = ?"
            self._rules[rule] = self._one(where, *rule)
        return self._rules[rule]

    # --- asking ---

    def fetch(self, name: str) -> Any:
        return json.loads(self._one("select value from meta where name = ?", name))

    def documents(self) -> set[str]:
        return {document for (document,) in self._all("select document from paper")}

    def nodes_of(self, document: str) -> dict[str, str]:
        """Node -> IRI."""
        return dict(self._all("select name, iri from node where paper = ?", self._paper(document)))

    def numbers_of(self, document: str) -> dict[str, int]:
        """Node -> number."""
        return dict(self._all("select name, id from node where paper = ?", self._paper(document)))

    def name_of(self, number: int) -> str:
        """The node of this number."""
        return str(self._one("select name from node where id = ?", number))

    def shared_keys(self) -> Iterator[tuple[int, int]]:
        """Each key with the number of each node that has it, those of one key together."""
        yield from self._base.execute("select key, node from key order by key, node")

    def iri_of(self, node: str) -> str:
        return str(self._one("select iri from node where name = ?", node))

    def count_nodes(self) -> int:
        return int(self._one("select count(*) from node"))

    def connected(self, nodes: Iterable[str]) -> set[str]:
        """The nodes and all that share keys with them, however far."""
        found = {self._node(node) for node in nodes}
        todo, seen = list(found), set()
        while todo:
            for (key,) in self._all("select key from key where node = ?", todo.pop()):
                if key not in seen:
                    seen.add(key)
                    fresh = {node for (node,) in self._all("select node from key where key = ?", key)} - found
                    found |= fresh
                    todo += fresh
        return {str(self._one("select name from node where id = ?", node)) for node in found}

    def users(self, kind: str, own: str) -> set[str]:
        """The nodes that name what is said to be this thing."""
        where = "mention m join uses u on u.mention = m.id join node n on n.id = u.node where m.kind = ? and m.own = ?"
        return {name for (name,) in self._all(f"select n.name from {where}", kind, _pack(own))}

    def said(self, document: str) -> Counter[tuple[str, str, str]]:
        """Kind, identity and name of each thing that a paper names, counted."""
        where = "node n join uses u on u.node = n.id join mention m on m.id = u.mention where n.paper = ?"
        found: Counter[tuple[str, str, str]] = Counter()
        for kind, own, name, times in self._all(f"select kind, own, m.name, times from {where}", self._paper(document)):
            found[kind, _unpack(own), _unpack(name)] += times
        return found

    def forms(self) -> Forms:
        """How often each name is used of each thing."""
        forms: Forms = {}
        for kind, own, name, total in self._all("select kind, own, name, total from mention where total > 0"):
            forms.setdefault((kind, _unpack(own)), {})[_unpack(name)] = total
        return forms

    def rules(self) -> set[RuleUse]:
        """The rules by which claims were read."""
        return {(n, v, c) for n, v, c in self._all("select name, version, confidence from rule where total > 0")}

    def findings(self) -> Iterator[Finding]:
        """The issues between papers that are put down to nodes."""
        for name, text in self._all("select name, findings from node where findings != ''"):
            for row in json.loads(text):
                yield Finding(name, name.partition("#")[0], Issue(*row))

    def sketch(self, document: str) -> tuple[int, ...]:
        hashes = array("Q")
        hashes.frombytes(self._one("select sketch from paper where document = ?", document))
        return tuple(hashes)

    def holders(self, probe: int) -> list[str]:
        """The papers of which this is one of the hashes that are looked up."""
        where = "probe h join paper p on p.id = h.paper where h.hash = ?"
        return [document for (document,) in self._all(f"select p.document from {where}", probe - _SIGN)]

    def _paper(self, document: str) -> int:
        if document not in self._papers:
            self._papers[document] = int(self._one("select id from paper where document = ?", document))
        return self._papers[document]

    def _node(self, name: str) -> int:
        return int(self._one("select id from node where name = ?", name))

    def _insert(self, statement: str, row: tuple[object, ...]) -> int:
        number = self._base.execute(statement, row).lastrowid
        assert number is not None
        return number

    def _all(self, statement: str, *values: object) -> list[tuple]:
        return self._base.execute(statement, values).fetchall()

    def _one(self, statement: str, *values: object) -> Any:
        row = self._base.execute(statement, values).fetchone()
        if row is None:
            raise sqlite3.DatabaseError("the notes lack a row")
        return row[0]


def write_notes(
    path: Path,
    papers: Mapping[str, Iterable[int]],
    trails: Iterable[NodeTrail],
    probes: int,
    meta: Mapping[str, object],
) -> str:
    """A new file of notes; returns its hash.  Raises StoreError where it cannot be written."""
    path.unlink(missing_ok=True)
    try:
        notes = Notes(path)
        try:
            notes.begin()
            for document, sketch in papers.items():
                notes.add_paper(document, sketch, probes)
            for trail in trails:
                notes.add_node(trail)
            notes.index()
            for name, value in meta.items():
                notes.put(name, value)
            return notes.close()
        except BaseException:
            notes.abandon()
            raise
    except sqlite3.Error as error:
        raise StoreError(
            f"the graph cannot be written ({error})", where=str(path), hint="check the free disk space"
        ) from error


def dump_hash(told: str, build: Path) -> Iterator[str]:
    """The line of the file that holds the hash of the notes (``told``) and of the issues of a build, when these are
    written."""
    yield f"{VERSION} {told} {hash_file(build / ISSUES)}\n"


def copy_notes(source: Path, target: Path) -> None:
    """A copy of the notes of a build.  Raises OSError where they or its issues are lost, ValueError where they are not
    what they were."""
    told = (source / NOTES_HASH).read_text(encoding="ascii").split()
    if told != [VERSION, hash_file(source / NOTES), hash_file(source / ISSUES)]:
        raise ValueError("the notes are damaged or of another version")
    shutil.copyfile(source / NOTES, target / NOTES)


def hash_file(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _dump_findings(findings: Iterable[Finding]) -> str:
    rows = [astuple(finding.issue) for finding in findings]
    return json.dumps(rows) if rows else ""


def _pack(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


def _unpack(data: bytes) -> str:
    return data.decode("utf-8", "surrogatepass")
