"""The site in a real browser: search, page, quote, editor, query, keyboard, phone, and no word to another host."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

import pytest

from tests.publish.browser.browsing import Browser
from tests.publish.browser.conftest import need_package
from tests.publish.web import Server

_STAR = "/beslutsgraf/id/project/ai-all-star.html?lang=sv"
_TAB, _ENTER, _DOWN = "\ue004", "\ue007", "\ue015"
PAGES = (
    "/?lang=sv",
    "/search?q=orebro&lang=en",
    "/browse?lang=sv",
    "/browse/year/2022?lang=en",
    "/questions?lang=sv",
    "/questions/lineage?project=AI.ALL*&lang=sv",
    "/questions/money-by-county?lang=en",
    "/about?lang=sv",
    "/questions/granted-by-year?authority=Region+Skiradal&lang=sv",
    "/questions/decisions?lang=en",
    "/sparql?lang=sv",
    "/beslutsgraf/ns.html?lang=en",
    "/nowhere",
    _STAR,
)

# Each of these classes has a page of its own kind; the thing of it with most statements is looked at.
KINDS = ("Decision", "Organisation", "Document", "County", "Municipality", "Board", "FinancingLine", "Application")


def find_page(server: Server, kind: str) -> str:
    """The page of the thing of the class of which most is said."""
    text = f"SELECT ?s {{ ?s a bg:{kind} ; ?p ?o }} GROUP BY ?s ORDER BY DESC(COUNT(*)) ?s LIMIT 1"
    (row,) = server.query(text).json["results"]["bindings"]
    return urlsplit(row["s"]["value"]).path + ".html?lang=sv"


def _address(server: Server, path: str) -> str:
    return f"http://{server.host}:{server.port}{path}"


@pytest.fixture(autouse=True)
def plain(browser: Browser) -> None:
    """Every test begins with a wide light page that may run scripts."""
    browser.resize(1200)
    browser.scheme("light")
    browser.scripts(True)


def test_search_page_and_quote_without_scripts(browser: Browser, server: Server) -> None:
    browser.go(_address(server, "/?lang=sv"))
    browser.scripts(False)
    browser.find("#q").send_keys("ai all*", _ENTER)
    hits = browser.wait(lambda: browser.driver.find_elements("css selector", "ol.hits a"))
    next(link for link in hits if link.text == "AI.ALL*").click()
    browser.wait(lambda: browser.driver.find_elements("css selector", "dl.facts"))
    quote = browser.find("details.quotes blockquote")
    assert not quote.is_displayed()
    summary = browser.find("details.quotes:has(blockquote) summary")
    assert summary.get_attribute("title")
    summary.click()
    assert quote.is_displayed() and "ur " in quote.text
    quote.find_element("css selector", "a").click()
    row = browser.wait(lambda: browser.driver.find_elements("css selector", "tr:target q"))
    assert summary is not None and row[0].text
    assert browser.hosts() == {f"{server.host}:{server.port}"}


def test_keyboard_alone(browser: Browser, server: Server) -> None:
    browser.go(_address(server, _STAR))
    browser.press(_TAB)
    assert browser.run("return document.activeElement.className") == "skip"
    browser.press(_ENTER)
    assert browser.wait(lambda: browser.run("return document.activeElement.id")) == "content"
    for _ in range(60):
        browser.press(_TAB)
        if browser.run("return document.activeElement.matches('details.quotes > summary')"):
            break
    assert browser.run("return getComputedStyle(document.activeElement).outlineStyle") != "none"
    browser.press(_ENTER)
    assert browser.run("return document.activeElement.parentElement.open") is True


@pytest.mark.parametrize("path", [*PAGES, *KINDS])
def test_axe_finds_nothing(browser: Browser, server: Server, axe: str, path: str) -> None:
    path = find_page(server, path) if path in KINDS else path
    for scheme in ("light", "dark"):
        browser.scheme(scheme)
        browser.go(_address(server, path))
        if path.startswith("/sparql"):
            browser.wait(lambda: browser.run("return !window.Yasgui || !!window.kgEditor"))
        browser.run("for (const d of document.querySelectorAll('details')) d.open = true")
        assert browser.audit(axe) == [], scheme
    assert browser.hosts() == {f"{server.host}:{server.port}"}


@pytest.mark.parametrize("path", [*PAGES, *KINDS])
def test_phone_width_scrolls_only_down(browser: Browser, server: Server, path: str) -> None:
    path = find_page(server, path) if path in KINDS else path
    browser.resize(320, 640)
    browser.go(_address(server, path))
    if path.startswith("/sparql"):
        browser.wait(lambda: browser.run("return !window.Yasgui || !!window.kgEditor"))
    browser.run("for (const d of document.querySelectorAll('details')) d.open = true")
    assert browser.run("return document.documentElement.scrollWidth") <= 320


def test_editor_completes_and_runs_a_query(browser: Browser, server: Server, axe: str) -> None:
    need_package("yasgui")
    browser.go(_address(server, "/sparql?lang=sv&question=papers"))
    browser.wait(lambda: browser.run("return !!window.kgEditor"))
    text = browser.run("return window.kgEditor.getTab().getQuery()")
    assert "bg:Document" in text
    browser.find(".yasqe_queryButton").click()
    browser.wait(lambda: browser.driver.find_elements("css selector", ".yasr table.dataTable tbody td"))
    assert "indi-avslag.txt" in browser.find(".yasr table.dataTable").text
    assert browser.audit(axe) == []
    # completion from the graph: the classes and properties that it holds
    terms = browser.run(
        "const y = window.kgEditor.getTab().getYasqe(); return y.autocompleters['local-class'].trie ? 'bulk' : 'none'"
    )
    assert terms == "bulk"
    assert browser.hosts() == {f"{server.host}:{server.port}"}


def test_editor_has_the_colours_and_words_of_its_page(browser: Browser, server: Server) -> None:
    need_package("yasgui")
    for scheme in ("light", "dark"):
        browser.scheme(scheme)
        browser.go(_address(server, "/sparql?lang=sv&question=papers"))
        browser.wait(lambda: browser.run("return !!window.kgEditor"))
        browser.find(".yasqe_queryButton").click()
        browser.wait(lambda: browser.driver.find_elements("css selector", ".yasr table.dataTable tbody td"))
        for part in (".CodeMirror", ".CodeMirror-gutters", ".yasr table.dataTable tbody tr", ".yasr_response_chip"):
            shown = str(browser.run(f"return getComputedStyle(document.querySelector('{part}')).backgroundColor"))
            light = sum(int(n) for n in re.findall(r"\d+", shown)[:3]) / 3
            assert light < 80 if scheme == "dark" else light > 200, (scheme, part, shown)
        said = browser.find("#yasgui").text
        assert "Tabell" in said and "rader på" in said and "Simple view" not in said and " results in " not in said
        # the table stands below its head, with no gap that a forbidden style would have closed
        top = browser.run("return document.querySelector('.yasr table.dataTable').getBoundingClientRect().top")
        head = browser.run("return document.querySelector('.yasr_header').getBoundingClientRect().bottom")
        assert top - head < 60


def test_forms_by_keyboard_and_without_scripts(browser: Browser, server: Server) -> None:
    """Browsing and asking a question with no script and no mouse."""
    browser.go(_address(server, "/browse?lang=sv"))
    browser.scripts(False)
    field = browser.find("#f-outcome")
    field.send_keys(_DOWN)
    assert field.get_attribute("value")
    browser.press(_TAB, _ENTER)
    browser.wait(lambda: browser.driver.find_elements("css selector", "table tbody tr"))
    browser.go(_address(server, "/questions/lineage?lang=sv"))
    for _ in range(20):
        browser.press(_TAB)
        if browser.driver.switch_to.active_element.get_attribute("id") == "p-project":
            break
    browser.press("AI.ALL*", _ENTER)
    browser.wait(lambda: browser.driver.find_elements("css selector", "svg.lineage"))
    assert "AI.MEE" in browser.find("table").text


@pytest.mark.parametrize("path", ["/?lang=sv", "/questions/lineage?project=AI.ALL*&lang=sv", "/browse?lang=en", _STAR])
def test_every_control_is_reached_by_tab_and_shows_it(browser: Browser, server: Server, path: str) -> None:
    browser.go(_address(server, path))
    controls = browser.run(
        "const seen = (e) => e.checkVisibility({ visibilityProperty: true });"
        "return [...document.querySelectorAll('a[href], button, input:not([type=hidden]), select, summary, textarea,"
        " [tabindex=\"0\"]')].filter(seen).length"
    )
    reached = 0
    for _ in range(int(controls) + 3):
        browser.press(_TAB)
        found = browser.run(
            "const e = document.activeElement; if (e === document.body) return 'end';"
            "const s = getComputedStyle(e); const line = s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) >= 2;"
            "return line ? 'seen' : e.tagName + '.' + e.className + ' ' + e.textContent.slice(0, 40)"
        )
        if found == "end":
            break
        assert found == "seen", found
        reached += 1
    assert reached >= controls, (reached, controls)


def test_query_without_scripts(browser: Browser, server: Server) -> None:
    browser.scripts(False)
    browser.go(_address(server, "/sparql?lang=sv"))
    browser.find("#plain button").click()
    browser.wait(lambda: "AI." in browser.driver.page_source)


def test_script_in_an_address_stays_text(browser: Browser, server: Server) -> None:
    script = "%22%3E%3Cscript%3Ewindow.bad=1%3C/script%3E%3Cimg%20src=x%20onerror=bad=1%3E"
    for path in ("/search?q=", "/questions/lineage?project=", "/browse?body=", "/sparql?question="):
        browser.go(_address(server, path + script))
        assert browser.run("return window.bad") is None


def test_static_search(browser: Browser, static_site: str, axe: str) -> None:
    browser.go(f"{static_site}/index.html")
    browser.find("#q").send_keys("orebro universtet", _ENTER)
    hits = browser.wait(lambda: browser.driver.find_elements("css selector", "ol.hits a"))
    assert hits[0].text == "Örebro universitet"
    assert browser.audit(axe) == []
    hits[0].click()
    browser.wait(lambda: browser.find("h1").text == "Örebro universitet")
    assert len(browser.hosts()) == 1


def test_static_sparql_runs_in_the_browser(browser: Browser, static_site: str, axe: str) -> None:
    need_package("oxigraph")
    browser.go(f"{static_site}/sparql.html#lineage")
    browser.wait(lambda: "ai.all*" in str(browser.run("return document.getElementById('query').value")))
    browser.find("#plain button").click()
    browser.wait(lambda: browser.driver.find_elements("css selector", "#answer td"), 60)
    assert "AI.MEE" in browser.find("#answer").text
    assert browser.audit(axe) == []
    assert len(browser.hosts()) == 1
