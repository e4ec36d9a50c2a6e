// Search on the static site: names that are like the text, read from a small index of our own.
"use strict";
(function () {
  const hits = document.getElementById("hits");
  const input = document.getElementById("q");
  if (!hits || !input || !hits.dataset.index) return;
  let entries = null;

  const letters = { "ø": "o", "æ": "ae", "ß": "ss", "đ": "d", "ł": "l" };
  function fold(text) {
    return text.toLowerCase().replace(/[øæßđł]/g, (c) => letters[c]).normalize("NFKD")
      .replace(/\p{M}/gu, "").replace(/[^0-9a-z]+/g, " ").trim();
  }
  function grams(folded) {
    const padded = " " + folded + " ";
    const found = new Set();
    for (let i = 0; i + 3 <= padded.length; i++) found.add(padded.slice(i, i + 3));
    return found;
  }
  function likeness(wanted, wantedGrams, folded, foldedGrams) {
    if (wanted === folded) return 1;
    if (folded.startsWith(wanted)) return 0.95;
    if ((" " + folded).includes(" " + wanted)) return 0.9;
    if (wanted.length > 2 && folded.includes(wanted)) return 0.85;
    let same = 0;
    for (const gram of wantedGrams) if (foldedGrams.has(gram)) same++;
    return 0.84 * (2 * same) / (wantedGrams.size + foldedGrams.size);
  }
  async function load() {
    const reply = await fetch(hits.dataset.index);
    const rows = await reply.json();
    entries = rows.map(([label, kind, href, ...others]) => ({
      label, kind, href,
      names: [label, ...others].map((name) => { const folded = fold(name); return { name, folded, grams: grams(folded) }; }),
    }));
  }
  function element(tag, text, parent) {
    const made = document.createElement(tag);
    if (text) made.textContent = text;
    if (parent) parent.append(made);
    return made;
  }
  async function show() {
    const wanted = fold(input.value.slice(0, 200));
    hits.replaceChildren();
    if (!wanted) return;
    if (!entries) await load();
    const wantedGrams = grams(wanted);
    const found = [];
    for (const entry of entries) {
      let best = 0, name = "";
      for (const one of entry.names) {
        const score = likeness(wanted, wantedGrams, one.folded, one.grams);
        if (score > best) { best = score; name = one.name; }
      }
      if (best >= 0.36) found.push({ entry, best, name });
    }
    found.sort((a, b) => b.best - a.best || a.entry.label.length - b.entry.label.length || (a.entry.label < b.entry.label ? -1 : 1));
    if (!found.length) { element("p", hits.dataset.none, hits); return; }
    const shown = found.slice(0, 50);
    element("p", shown.length + " " + (shown.length === 1 ? hits.dataset.hit : hits.dataset.hits), hits);
    const list = element("ol", "", hits);
    list.className = "hits";
    for (const { entry, name } of shown) {
      const item = element("li", "", list);
      if (entry.href) { element("a", entry.label, item).href = entry.href; } else { item.append(entry.label); }
      item.append(" ");
      element("span", entry.kind + (name !== entry.label ? " · " + name : ""), item).className = "soft";
    }
  }
  input.form.addEventListener("submit", (event) => {
    event.preventDefault();
    history.replaceState(null, "", "?q=" + encodeURIComponent(input.value));
    show();
  });
  input.addEventListener("input", show);
  const asked = new URLSearchParams(location.search).get("q");
  if (asked) { input.value = asked; show(); }
})();
