"""The registers: organisations, municipalities, counties, programmes and strategies, read from ``data/registers``.

A municipality is a place and an organisation: the place is a ``Municipality``, the organisation that governs it
an ``Organisation`` with the id ``kommun-CODE``.  ``Registers.lookup`` finds records by any of their names in a
normal form.  Sources and licences: ``data/registers/README.md``.
"""

from kg.registers.lookup import Registers
from kg.registers.normal import alternatives, check_org_number, drop_legal_form, normal_form
from kg.registers.reading import FILES, load_registers
from kg.registers.records import County, Municipality, NamePeriod, Organisation, Programme, Record, Strategy

__all__ = [
    "FILES",
    "County",
    "Municipality",
    "NamePeriod",
    "Organisation",
    "Programme",
    "Record",
    "Registers",
    "Strategy",
    "alternatives",
    "check_org_number",
    "drop_legal_form",
    "load_registers",
    "normal_form",
]
