"""What is written for people.

``render_page`` gives the page of a thing, ``render_problem`` that of an error, ``PAGES`` the other pages of the site by
path.  A path that ends with a stroke stands for all below it.
"""

from __future__ import annotations

from kg.publish.interface import Handler
from kg.publish.plain import render_home, render_page, render_problem

PAGES: dict[str, Handler] = {"/": render_home}

__all__ = ["PAGES", "render_page", "render_problem"]
