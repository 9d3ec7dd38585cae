// Search over everything: scenes, lines, statements, characters, findings.

const MOST_FOUND = 60;
let searchable = null;
let found = [];
let active = -1;

/** Everything that can be found, made when the first search begins. */
function everything() {
  if (searchable) return searchable;
  const list = [];
  const add = (kind, text, where, go) => list.push({ kind, text, where, lower: text.toLowerCase(), go });
  people.forEach((name, who) => add("character", name, "", () => show({ tab: "timeline", traced: who, lanes: "both" })));
  scenes.forEach((scene, at) => {
    const go = () => goToScene(at);
    add("scene", [capital(sceneName(at)), ...scene.times, ...scenePlaces(at)].join(" · "), "", go);
    scene.lines.forEach((line) => add("line", [capital(line.text), ...(line.details || [])].join(" — "), sceneShort(at), go));
  });
  facts.forEach((fact, at) => {
    const go = () => show({ tab: "flow", fact: at });
    const statements = fact.values.slice(fact.values.length > 1 ? 1 : 0).map(([whole]) => whole);
    add("statement", capital(statements.join(" / ")), "", go);
  });
  story.findings.forEach((finding) => {
    const text = [`${finding.code} ${finding.name}: ${finding.title}`, ...finding.notes, ...finding.help].join(" — ");
    add("finding", text, finding.scene === null ? "" : sceneShort(finding.scene), () => goToFindingCard(finding));
  });
  searchable = list;
  return list;
}

/** All that holds every word; a few of each kind if there are many. */
function search(words) {
  const hits = everything().filter(({ lower }) => words.every((word) => lower.includes(word)));
  if (hits.length <= MOST_FOUND) return { hits, total: hits.length };
  const kinds = ["character", "scene", "statement", "finding", "line"];
  const share = Math.floor(MOST_FOUND / kinds.length);
  const few = kinds.flatMap((kind) => hits.filter((hit) => hit.kind === kind).slice(0, share));
  return { hits: few, total: hits.length };
}

function drawResults() {
  const box = byId("search");
  const list = byId("results");
  const words = box.value.toLowerCase().split(/\s+/).filter(Boolean);
  const open = words.length > 0;
  const result = open ? search(words) : { hits: [], total: 0 };
  found = result.hits;
  active = found.length > 0 ? 0 : -1;
  list.hidden = !open;
  box.setAttribute("aria-expanded", String(open));
  list.replaceChildren(...found.map((hit, at) => element(
    "li", { role: "option", id: `result-${at}`, "aria-selected": "false", onclick: () => take(at) },
    element("span", { class: "kind" }, hit.kind), element("span", { class: "text" }, marked(shortened(hit.text, 220), words)), element("span", { class: "quiet" }, hit.where),
  )));
  if (open && found.length === 0) list.append(element("li", { class: "empty", role: "option", "aria-selected": "false" }, "Nothing holds all these words."));
  if (result.total > found.length) list.append(element("li", { class: "empty", role: "option", "aria-selected": "false" }, `${result.total.toLocaleString("en")} found; a few of each kind are shown. Add a word to find fewer.`));
  markActive();
}

function markActive() {
  const box = byId("search");
  byId("results").querySelectorAll("[role=option]").forEach((node) => node.setAttribute("aria-selected", String(node.id === `result-${active}`)));
  if (active < 0) {
    box.removeAttribute("aria-activedescendant");
    return;
  }
  box.setAttribute("aria-activedescendant", `result-${active}`);
  byId(`result-${active}`).scrollIntoView({ block: "nearest" });
}

function closeResults() {
  byId("results").hidden = true;
  byId("search").setAttribute("aria-expanded", "false");
}

function take(at) {
  const hit = found[at];
  closeResults();
  byId("search").blur();
  hit.go();
}

function searchKey(event) {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step && found.length > 0) {
    event.preventDefault();
    active = (active + step + found.length) % found.length;
    markActive();
  } else if (event.key === "Enter" && active >= 0) {
    event.preventDefault();
    take(active);
  } else if (event.key === "Escape") {
    if (byId("results").hidden) byId("search").blur();
    closeResults();
  }
  event.stopPropagation();
}
