// SPARQL on the static site: Oxigraph in the browser, on the dump of the graph.  Nothing is sent anywhere.
const form = document.getElementById("plain");
const text = document.getElementById("query");
const out = document.getElementById("answer");
const say = form.dataset;
const own = text.value;
let store = null;
let queries = null;

function tell(message, bad) {
  const note = document.createElement("p");
  note.textContent = message;
  if (bad) { note.className = "note bad"; note.setAttribute("role", "alert"); }
  out.replaceChildren(note);
}
async function unpack(reply) {
  return new Response(reply.body.pipeThrough(new DecompressionStream("gzip"))).text();
}
async function open() {
  if (store) return;
  tell(say.loading);
  const oxigraph = await import(new URL(say.engine, location.href).href);
  await oxigraph.default();
  const reply = await fetch(say.dump);
  if (!reply.ok) throw new Error(say.dump + ": " + reply.status);
  const fresh = new oxigraph.Store();
  fresh.load(await unpack(reply), { format: "application/n-quads", unchecked: true });
  store = fresh;
}
function declare(query) {
  const known = JSON.parse(document.getElementById("prefixes").textContent);
  let head = "";
  for (const [prefix, namespace] of Object.entries(known)) {
    const used = new RegExp("(^|[^\\w:-])" + prefix + ":", "m").test(query);
    const declared = new RegExp("PREFIX\\s+" + prefix + "\\s*:", "i").test(query);
    if (used && !declared) head += "PREFIX " + prefix + ": <" + namespace + ">\n";
  }
  return head + query;
}
function show(answer) {
  if (typeof answer === "boolean") { tell(String(answer)); return; }
  const rows = answer.slice(0, 2000);
  const triples = rows.length && rows[0].subject !== undefined;
  const names = triples ? ["subject", "predicate", "object"]
    : [...new Set(rows.flatMap((row) => [...row.keys()]))];
  const count = document.createElement("p");
  count.textContent = answer.length + " " + (answer.length === 1 ? say.row : say.rows);
  const box = document.createElement("div");
  box.className = "scroll"; box.tabIndex = 0; box.setAttribute("role", "region"); box.setAttribute("aria-label", say.table);
  const table = document.createElement("table");
  const head = table.createTHead().insertRow();
  for (const name of names) {
    const cell = document.createElement("th");
    cell.scope = "col"; cell.textContent = name; head.append(cell);
  }
  const body = table.createTBody();
  for (const row of rows) {
    const line = body.insertRow();
    for (const name of names) {
      const term = triples ? row[name] : row.get(name);
      line.insertCell().textContent = term ? term.value : "";
    }
  }
  box.append(table);
  out.replaceChildren(count, box);
}
async function run() {
  try {
    await open();
    tell(say.running);
    await new Promise((done) => setTimeout(done, 20));
    show(store.query(declare(text.value)));
  } catch (error) {
    tell(say.failed + " " + (error.message || error), true);
  }
}
async function choose() {
  const name = decodeURIComponent(location.hash.slice(1));
  if (!name || name === "content") return;
  if (!queries) queries = await (await fetch(say.queries)).json();
  text.value = queries[name] || own;
  text.focus();
}
form.addEventListener("submit", (event) => { event.preventDefault(); run(); });
window.addEventListener("hashchange", choose);
choose();
