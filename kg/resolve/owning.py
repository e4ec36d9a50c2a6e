"""The names that each project, act and financing line of one paper can give the thing that it stands for.

They are made of what this paper says and nothing else, so that more papers never change them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from kg.model import Value
from kg.resolve.identities import own_names
from kg.resolve.minting import Own
from kg.resolve.names import make_slug, name_forms, name_key, short_hash, slug_number
from kg.resolve.nodes import Node, value_key
from kg.resolve.past import KeyOf, Past, past_keys


def own_projects(nodes: dict[str, Node], past: Past | None = None) -> dict[str, tuple[Own, ...]]:
    """For each project node its names: by what it is called, told apart by authority and owner, paper, node.  ``past``:
    of which organisations the names before they came into a register are given too."""
    about: dict[str, list[Node]] = {}
    for node in nodes.values():
        for target in node.targets("project"):
            about.setdefault(target, []).append(node)
    return {
        node.id: tuple(_own_project(node, about.get(node.id, []), past or {}))
        for node in nodes.values()
        if node.kind == "project"
    }


def _own_project(node: Node, about: list[Node], past: Past) -> Iterator[Own]:
    now = _context(about, value_key)
    for name in _names_of(node):
        yield _name_project(node, name, now)
    for key_of in past_keys(about, past):
        then = _context(about, key_of)
        if then != now:
            yield from (replace(_name_project(node, name, then), former=True) for name in _names_of(node))


def _context(about: list[Node], key_of: KeyOf) -> set[str]:
    return {f"{p} {key_of(v)}" for node in about for p in ("authority", "beneficiary") for v in node.values(p)}


def _names_of(node: Node) -> list[str]:
    for property in ("name", "alias"):
        keys = {name_key(v.lexical) for v in node.values(property) if name_forms(v.lexical).whole} - {""}
        if keys:
            return sorted(keys)
    return [f"unnamed {short_hash(node.id)}"]


def _name_project(node: Node, key: str, context: set[str]) -> Own:
    slug = make_slug(key)
    told = "\n".join((key, *sorted(context)))
    iri = f"project/{slug}"
    return Own((_rank(slug), slug), iri, (told, told_by_paper(iri, node.document), f"{key}\n{node.id}"))


def told_by_paper(iri: str, document: str) -> str:
    """What tells the thing of this name in one paper from its namesakes elsewhere."""
    return f"{iri}\n{document}"


def _rank(slug: str) -> int:
    """The names that most papers use are short; a shorter name is taken before a longer one."""
    return len(slug)


def own_acts(
    nodes: dict[str, Node], projects: dict[str, tuple[Own, ...]], past: Past | None = None
) -> dict[str, tuple[Own, ...]]:
    """For each decision node its names: project, outcome, authority, date and diary number, as far as it states them;
    told apart by board, amount, case, owner, then paper, then node.  Of several, the one that states most is taken."""
    found: dict[str, tuple[Own, ...]] = {}
    for node in nodes.values():
        if node.kind == "decision":
            now = _name_act(node, projects, value_key)
            then = (_name_act(node, projects, key_of) for key_of in past_keys([node], past or {}))
            found[node.id] = (now, *(replace(own, former=True) for own in then if own != now))
    return found


def _name_act(node: Node, projects: dict[str, tuple[Own, ...]], key_of: KeyOf) -> Own:
    parts = [*_project_parts(node, projects), *_stated(node, key_of)]
    slug = "_".join(p for p in parts if p) or short_hash(node.id)
    told = "\n".join(
        f"{p} {k}"
        for p in ("deciding_body", "amount_sek", "case_id", "beneficiary")
        for k in sorted(key_of(v) for v in node.values(p))
    )
    stated, iri = sum(bool(p) for p in parts), f"decision/{slug}"
    return Own((-stated, slug), iri, (f"\t{told}", told_by_paper(iri, node.document), node.id))


def _project_parts(node: Node, projects: dict[str, tuple[Own, ...]]) -> list[str]:
    targets = [t for t in node.targets("project") if t in projects]
    if not targets:
        return [short_hash(node.id)]
    return [min(projects[targets[0]], key=lambda o: o.rank).plain.split("/", 1)[1]]


def _stated(node: Node, key_of: KeyOf) -> list[str]:
    outcome, diary = node.first("outcome"), min((v.lexical for v in node.values("diary_number")), default="")
    dates = [v.lexical for v in node.values("date")]
    return [
        outcome.lexical.replace("_", "-") if outcome else "",
        min((_organisation_slug(v, key_of) for v in node.values("authority")), default=""),
        max(dates, key=lambda d: (len(d), d), default=""),
        slug_number(diary) if diary else "",
    ]


def _organisation_slug(value: Value, key_of: KeyOf) -> str:
    return own_names(key_of(value))[0].plain.split("/", 1)[1]


def tell_line(
    node: Node, projects: dict[str, tuple[Own, ...]], acts: dict[str, tuple[Own, ...]], key_of: KeyOf = value_key
) -> str:
    """All that tells a financing line in its own paper."""
    project = next((_project_parts(node, projects)[0] for t in node.targets("project") if t in projects), "")
    act = next((acts[t][0].plain for t in node.targets("decision") if t in acts), "")
    funder = node.first("funder")
    stated = [v.lexical if v else "" for v in map(node.first, ("amount_sek", "status", "form"))]
    own = "" if project and funder else node.id
    return "\t".join((project, key_of(funder) if funder else "", *stated, act, own))


def own_line(node: Node, told: str, number: int, key_of: KeyOf = value_key) -> Own:
    """The name of a financing line: project, funder, a hash of ``told`` (``tell_line``) and of ``number``, which counts
    the rows of the paper that are equal in it."""
    project, funder = told.split("\t", 1)[0], node.first("funder")
    slug = "_".join(p for p in (project, _organisation_slug(funder, key_of) if funder else "") if p) or "line"
    iri = f"financing/{slug}_{short_hash(f'{told} {number}')}"
    return Own((0 if project and funder else 1, iri), iri, (node.document, node.id))


def past_lines(
    lines: Iterable[Node],
    nodes: dict[str, Node],
    projects: dict[str, tuple[Own, ...]],
    acts: dict[str, tuple[Own, ...]],
    past: Past,
) -> dict[str, tuple[Own, ...]]:
    """The names that financing lines, given in the order of their papers, had before organisations came into a
    register."""
    found: dict[str, list[Own]] = {}
    rows: dict[tuple[int, str, str], int] = {}
    for node in lines if past else ():
        of = [nodes[t] for t in node.targets("decision") if t in nodes]
        for way, key_of in enumerate(past_keys([node, *of], past)):
            then = {n.id: (_name_act(n, projects, key_of),) for n in of}
            told = tell_line(node, projects, {**acts, **then}, key_of)
            row = rows[way, node.document, told] = rows.get((way, node.document, told), 0) + 1
            found.setdefault(node.id, []).append(replace(own_line(node, told, row, key_of), former=True))
    return {id: tuple(owns) for id, owns in found.items()}
