// The query editor: YASGUI, bound to this site alone.  Where it cannot start, the plain form stays.
"use strict";
(async function () {
  const form = document.getElementById("plain");
  const box = document.getElementById("yasgui");
  if (!box || typeof window.Yasgui === "undefined") return;
  const say = box.dataset;
  let terms;
  try {
    terms = await (await fetch(say.terms)).json();
  } catch (error) {
    return;
  }
  const Yasqe = window.Yasgui.Yasqe;
  // The editor's own completions ask other hosts; these know the terms that the graph holds, the most used first.
  const completions = { "local-prefixes": ["prefixes", terms.prefixes.map(([name, iri]) => `${name}: <${iri}>`)],
    "local-class": ["class", terms.classes.map((term) => term.iri)],
    "local-property": ["property", terms.properties.map((term) => term.iri)] };
  for (const [name, [from, values]] of Object.entries(completions)) {
    Yasqe.forkAutocompleter(from, { name: name, persistenceId: null, bulk: true, get: () => values });
  }
  Yasqe.defaults.autocompleters = ["variables", ...Object.keys(completions)];
  const text = document.getElementById("query").value;
  window.localStorage.removeItem("yagui__config");
  box.hidden = false;
  const yasgui = new window.Yasgui(box, {
    requestConfig: { endpoint: new URL("/sparql", location.href).href, method: "POST" },
    endpointCatalogueOptions: { getData: () => [] },
    copyEndpointOnNewTab: false,
    persistenceId: null,
    autofocus: false,
    yasqe: { value: text, showQueryButton: true, autocompleters: Yasqe.defaults.autocompleters },
  });
  const tab = yasgui.getTab();
  tab.setQuery(text);
  form.hidden = true;
  const area = box.querySelector(".CodeMirror textarea");
  if (area) area.setAttribute("aria-label", say.label);
  for (const [name, label] of Object.entries({ ".yasqe_queryButton": say.run, ".addTab": say.add })) {
    for (const button of box.querySelectorAll(name)) { button.setAttribute("aria-label", label); button.title = label; }
  }
  // The editor speaks English; on a Swedish page its words are said in Swedish.
  const known = JSON.parse(say.words);
  function translate() {
    const texts = document.createTreeWalker(box, NodeFilter.SHOW_TEXT, (node) =>
      node.parentElement.closest(".CodeMirror, tbody, thead") ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT);
    for (let node = texts.nextNode(); node; node = texts.nextNode()) {
      const text = node.data.trim();
      const count = /^(\d+) (results? in) ([\d.]+) (seconds?)$/.exec(text);
      const said = count ? `${count[1]} ${known[count[2]]} ${count[3]} ${known[count[4]]}` : known[text];
      if (said && said !== text) node.data = node.data.replace(text, said);
    }
    // what is said of a button must hold what stands on it
    for (const button of box.querySelectorAll("button[aria-label]")) {
      const text = button.textContent.trim();
      if (text && button.getAttribute("aria-label") !== text) {
        button.setAttribute("aria-label", text);
        button.title = text;
      }
    }
    for (const input of box.querySelectorAll("input[placeholder]")) {
      input.placeholder = known[input.placeholder] || input.placeholder;
    }
  }
  // What the editor draws anew has no names for those who do not see it.
  function nameParts() {
    for (const select of box.querySelectorAll("select:not([aria-label])")) select.setAttribute("aria-label", say.rows);
    for (const part of box.querySelectorAll('.CodeMirror-scroll[tabindex="-1"]')) part.tabIndex = 0;
    for (const head of box.querySelectorAll("th")) if (!head.textContent.trim()) head.textContent = "#";
    for (const input of box.querySelectorAll("input:not([aria-label])")) input.setAttribute("aria-label", say.filter);
    for (const svg of box.querySelectorAll(".yasr a[download]:not([aria-label])")) svg.setAttribute("aria-label", say.download);
    if (document.documentElement.lang !== "en") translate();
  }
  new MutationObserver(nameParts).observe(box, { childList: true, subtree: true });
  nameParts();
  window.kgEditor = yasgui;
})();
