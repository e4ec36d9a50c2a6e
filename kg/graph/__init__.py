"""From resolved claims to a graph of facts with their evidence: mapped, derived, validated, stored.

``map`` puts the graph together from ``facts`` (claims as triples), ``evidence`` (claims with their words), ``derive``
and ``reconcile`` (what follows from facts) and ``registered`` (what the registers say).  ``validate`` explains what
``check`` (the shapes), ``invariants`` (what holds across graphs) and ``engine`` (pySHACL) find.  ``store`` keeps the
graph on disk.  The shape of the graph: ``docs/vocabulary.md``.
"""
