"""Papers made up to name organisations: for measuring how resolution grows with the names.

    python benchmarks/mentions.py 100000        100,000 mentions over 20,000 organisations, resolved on one core

Every fifth organisation is one of the registers, the others are invented; each is met in several forms: inflected, in
capitals, with and without its legal form, with another dash, now and then with a slip of the pen.
"""

from __future__ import annotations

import random
import re
import resource
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from kg.model import Claim, Evidence, Extraction, Value
from kg.registers import Registers, load_registers
from kg.resolve import resolve
from kg.resolve.identities import Identities
from kg.resolve.nodes import gather_nodes

PER_PAPER = 10
MENTIONS_OF_ONE = 5
_HEADS = ("Föreningen", "Stiftelsen", "Utvecklingsbolaget", "Byalaget", "Teknikcentrum", "Samverkan", "Innovation")
_PARTS = ("ber", "dal", "fors", "hed", "kull", "lin", "mar", "näs", "ros", "sund", "tor", "vik", "ås", "ö", "alm")
_FORMS = ("AB", "ek. för.", "", "")


def make_names(count: int, registers: Registers, seed: int = 7) -> list[str]:
    """``count`` different names of organisations, every fifth of the registers as far as they go."""
    chance = random.Random(seed)
    known = [o.label for o in registers.organisations if o.kind not in ("fund", "programme")]
    names: dict[str, None] = dict.fromkeys(known[: count // 5])
    while len(names) < count:
        word = "".join(chance.sample(_PARTS, 3)).capitalize()
        place = "".join(chance.sample(_PARTS, 2)).capitalize()
        names[f"{chance.choice(_HEADS)} {word} {place} {chance.choice(_FORMS)}".strip()] = None
    return list(names)


def write_form(name: str, chance: random.Random) -> str:
    """The name in one of the forms that papers use."""
    form = chance.randrange(8)
    if form == 0:
        return name.upper()
    if form == 1 and not name.endswith("s"):
        return f"{name}s" if not name.endswith(".") else name
    if form == 2:
        return name.replace(" AB", " Aktiebolag").replace("ek. för.", "ekonomisk förening")
    if form == 3 and name.endswith(" AB"):
        return name.removesuffix(" AB")
    if form == 4 and len(name) > 16 and chance.random() < 0.05:
        cut = chance.randrange(6, len(name) - 4)
        return name[:cut] + name[cut + 1 :]
    return name


def make_papers(mentions: int, registers: Registers, seed: int = 7) -> Iterator[Extraction]:
    """Papers with ``mentions`` mentions in all, five on average of each organisation: a project and its decision."""
    chance = random.Random(seed)
    names = make_names(max(PER_PAPER, mentions // MENTIONS_OF_ONE), registers, seed)
    for number in range(mentions // PER_PAPER):
        document = f"{number:064x}"
        rows = [("project/1", "name", Value("text", f"Projekt {names[number % len(names)].split()[0]} {number}"))]
        rows += [("decision/1", "project", Value("node", "project/1"))]
        rows += [("decision/1", "outcome", Value("code", "granted"))]
        written = [write_form(chance.choice(names), chance) for _ in range(PER_PAPER)]
        rows += [("decision/1", "authority", Value("organisation", written[0]))]
        rows += [("decision/1", "beneficiary", Value("organisation", written[1]))]
        rows += [("decision/1", "partner", Value("organisation", name)) for name in written[2:]]
        claims = tuple(
            Claim(node, property, value, Evidence(document, i, i + 1, value.lexical, "made", 1, 0.9))
            for i, (node, property, value) in enumerate(rows)
        )
        yield Extraction(document, f"{number}.txt", "text/plain", "decision", 99, claims, (), ())


def peak() -> float:
    """The most memory that this process has held, in megabytes."""
    status = Path("/proc/self/status")
    found = re.search(r"^VmHWM:\s*(\d+) kB$", status.read_text(), re.MULTILINE) if status.exists() else None
    return int(found[1]) / 1024 if found else resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    """Prints mentions, names, organisations, processor seconds of the names alone and of all, and the peak in MB."""
    mentions = int(sys.argv[1])
    registers = load_registers()
    papers = list(make_papers(mentions, registers))
    names = {c.value.lexical for p in papers for c in p.claims if c.value.kind == "organisation"}
    nodes = gather_nodes(papers)
    begun = time.process_time()
    identities = Identities(nodes.values(), registers)
    alone = time.process_time() - begun
    organisations = len(identities.clusters.groups())
    del nodes, identities
    begun = time.process_time()
    resolve(papers, registers)
    whole = time.process_time() - begun
    print(mentions, len(names), organisations, f"{alone:.2f} {whole:.2f} {peak():.0f}")


if __name__ == "__main__":
    main()
