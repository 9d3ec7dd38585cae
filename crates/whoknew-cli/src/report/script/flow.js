// How a piece of knowledge spreads: who came to believe what about one fact, when, from whom.

const LANE = 34;
const MARK_GAP = 38;
const WIDE_GAP = 64;
const HEADS = 104;

/** Everything that happens about a fact, in the order in which it happened. */
function flowEvents(fact) {
  const events = [];
  const { turns } = story;
  for (let at = 0; at < turns.length; at += 4) {
    if (turns[at + 2] === fact) events.push({ kind: "truth", scene: turns[at], line: turns[at + 1] < 0 ? null : turns[at + 1], value: turns[at + 3] });
  }
  for (const learned of learnedOf[fact]) events.push({ kind: "learned", ...learned });
  for (const said of saidOf[fact]) events.push({ kind: "said", ...said });
  const rank = { truth: 0, said: 1, learned: 2 };
  const line = (event) => (event.line === null ? -1 : event.line);
  return events.sort((one, other) => happenedAt[one.scene] - happenedAt[other.scene] || line(one) - line(other) || rank[one.kind] - rank[other.kind]);
}

/** What is so at the start, and what each mind believes then. */
function flowStart(fact) {
  return { real: truth.after(0)[fact], minds: minds.map((mind) => mind.after(0)[fact]) };
}

/** Those whose belief about it changes, or who say it, in that order; the rest share a lane for each belief they start with. */
function flowLanes(fact, events, start) {
  const order = [];
  const add = (who) => { if (who !== undefined && !order.includes(who)) order.push(who); };
  for (const event of events) {
    if (event.kind === "learned") {
      add(event.really === undefined ? event.by : event.really);
      add(event.who);
    } else if (event.kind === "said") {
      add(event.speaker);
    }
  }
  const lanes = order.map((who) => ({ name: people[who], who: [who] }));
  const rest = new Map();
  people.forEach((_, who) => {
    if (order.includes(who)) return;
    const value = start.minds[who];
    rest.set(value, [...(rest.get(value) || []), who]);
  });
  for (const who of rest.values()) {
    const name = who.length === 1 ? people[who[0]] : order.length === 0 && rest.size === 1 ? "everybody" : `${who.length} others`;
    lanes.push({ name, who, title: listed(who.map((one) => people[one])) });
  }
  return lanes;
}

/** Where each event stands: a column for each scene, and inside it a place for each line. */
function flowPlaces(events, space) {
  const steps = new Set(events.map(({ scene, line }) => `${scene} ${line}`)).size;
  const gap = Math.max(MARK_GAP, Math.min(WIDE_GAP, Math.floor((space - 180) / Math.max(1, steps + 2)) - 8));
  const places = new Map();
  const heads = [];
  let x = 72;
  let last = null;
  for (const event of events) {
    const key = `${event.scene} ${event.line}`;
    if (places.has(key)) continue;
    if (last !== event.scene) {
      x += last === null ? 0 : 14;
      heads.push({ scene: event.scene, x });
      last = event.scene;
    }
    places.set(key, x);
    x += gap;
    heads[heads.length - 1].until = x;
  }
  // A scene needs room for its name.
  return { at: (event) => places.get(`${event.scene} ${event.line}`), heads, width: x + 84 };
}

/** The stretches of a lane: from where to where somebody believes what. */
function flowStretches(lane, events, start, places) {
  const stretches = [];
  let from = 12;
  let { real } = start;
  let value = start.minds[lane.who[0]];
  const close = (x) => { if (x > from) stretches.push({ from, to: x, value, kind: standing(real, value) }); from = x; };
  for (const event of events) {
    if (event.kind === "truth") {
      close(places.at(event));
      real = event.value;
    } else if (event.kind === "learned" && event.who === lane.who[0]) {
      close(places.at(event));
      value = event.value;
    }
  }
  close(places.width - 12);
  return stretches;
}

function truthStretches(events, start, places) {
  const stretches = [];
  let from = 12;
  let { real } = start;
  for (const event of events.filter(({ kind }) => kind === "truth")) {
    stretches.push({ from, to: places.at(event), value: real });
    from = places.at(event);
    real = event.value;
  }
  stretches.push({ from, to: places.width - 12, value: real });
  return stretches;
}

/** A curve from one lane to another. */
const bow = (x, from, to) => `M${x - 14} ${from}C${x - 14} ${(from + to) / 2} ${x} ${(from + to) / 2} ${x} ${to + (to > from ? -9 : 9)}`;

function flowDrawing(fact, events, lanes, start, space) {
  const places = flowPlaces(events, space);
  const top = HEADS;
  const y = (row) => top + (row + 0.5) * LANE;
  const height = top + (lanes.length + 1) * LANE + 8;
  const image = drawn("svg", {
    width: places.width, height, viewBox: `0 0 ${places.width} ${height}`, class: "spread", role: "img",
    "aria-label": `How “${factName(fact)}” spread; the list below says the same in words`,
  });
  image.append(drawn("defs", {}, ["tip", "tip-lie"].map((id) => drawn("marker", {
    id, viewBox: "0 0 8 8", refX: 6, refY: 4, markerWidth: 7, markerHeight: 7, orient: "auto",
  }, drawn("path", { d: "M0 0L8 4L0 8z", class: id })))));
  for (const { scene, x, until } of places.heads) {
    image.append(
      drawn("rect", { class: scene === view.scene ? "head chosen" : "head", x: x - 20, y: top - 4, width: until - x + 8, height: height - top }),
      drawn("text", { class: "head", transform: `translate(${x} ${top - 10}) rotate(-32)`, onclick: () => goToScene(scene) },
        shortened(scenes[scene].title ? `${scenes[scene].label} ${scenes[scene].title}` : scenes[scene].label, 17)),
    );
  }
  truthStretches(events, start, places).forEach((stretch) => drawStretch(image, fact, { ...stretch, kind: "truth" }, y(0)));
  const rowOf = new Map(lanes.flatMap((lane, row) => lane.who.map((who) => [who, row + 1])));
  lanes.forEach((lane, row) => flowStretches(lane, events, start, places).forEach((stretch) => drawStretch(image, fact, stretch, y(row + 1))));
  for (const event of events) if (event.kind === "said") drawSaid(image, event, places.at(event), rowOf, y);
  for (const event of events) if (event.kind === "learned") drawLearned(image, fact, event, places.at(event), rowOf, y);
  return image;
}

function drawStretch(image, fact, { from, to, value, kind }, y) {
  image.append(drawn("line", { class: `stretch ${kind}`, x1: from, x2: to, y1: y, y2: y }));
  const room = Math.floor((to - from - 24) / 6.2);
  const words = shortValue(fact, value);
  if (value !== 0 && (words.length <= room || room >= 6)) image.append(drawn("text", { class: `value ${kind}`, x: from + 13, y: y - 5 }, shortened(words, room)));
}

/** Somebody says it: lines to those who knew it already, or do not believe it. */
function drawSaid(image, { speaker, hearers, sincerity }, x, rowOf, y) {
  const from = y(rowOf.get(speaker));
  for (const [who, outcome] of hearers) {
    if (outcome === "learned" || !rowOf.has(who)) continue;
    const to = y(rowOf.get(who));
    if (to === from) continue;
    image.append(
      drawn("path", { class: `said ${sincerity}`, d: bow(x, from, to) }),
      drawn("text", { class: "outcome", x, y: to + 4, "text-anchor": "middle" }, outcome === "already" ? "=" : "×"),
    );
  }
  image.append(drawn("path", { class: `speaks ${sincerity}`, d: `M${x - 19} ${from - 6}h10v12h-10z` }));
}

function drawLearned(image, fact, learned, x, rowOf, y) {
  const to = y(rowOf.get(learned.who));
  const speaker = learned.really === undefined ? learned.by : learned.really;
  if (learned.means === "told" && rowOf.has(speaker) && speaker !== learned.who) {
    const lie = learned.sincerity === "lied";
    image.append(drawn("path", { class: `told ${learned.sincerity}`, d: bow(x, y(rowOf.get(speaker)), to), "marker-end": `url(#${lie ? "tip-lie" : "tip"})` }));
  }
  const words = `${people[learned.who]}: ${statement(fact, learned.value)} — ${meansWords(learned)} (${sceneName(learned.scene)})`;
  image.append(drawn("g", { class: "learned", onclick: () => goToScene(learned.scene) },
    drawn("title", {}, words),
    drawn("circle", { class: learned.sincerity === "lied" ? "means lied" : "means", cx: x, cy: to, r: 8.5 }),
    drawn("text", { class: "means", x, y: to + 4, "text-anchor": "middle" }, MEANS[learned.means][0])));
}

/** The same in words, in the order in which it happened. */
function flowList(fact, events, start, linked = true) {
  const wrong = start.minds.map((value, who) => [value, who]).filter(([value]) => value !== start.real);
  const items = [element("li", {}, element("b", {}, "At the start "), start.real === 0 ? `it is open: ${facts[fact].open}` : statement(fact, start.real), wrong.length > 0 ? `; not all know: ${listed(wrong.map(([value, who]) => (value === 0 ? people[who] : `${people[who]} (believes: ${shortValue(fact, value)})`)), 12)}` : "")];
  const groups = [];
  for (const event of events) {
    const key = `${event.kind} ${event.scene} ${event.line} ${event.value} ${event.kind === "learned" ? meansWords(event) : event.speaker}`;
    const last = groups[groups.length - 1];
    if (last && last.key === key) last.events.push(event);
    else groups.push({ key, events: [event] });
  }
  for (const { events: [event, ...more] } of groups) {
    const where = element("span", { class: "quiet" }, linked ? sceneLink(event.scene, capital(sceneName(event.scene))) : capital(sceneName(event.scene)), ": ");
    if (event.kind === "truth") items.push(element("li", { class: "truth" }, where, element("b", {}, "now "), event.value === 0 ? `nobody can say: ${facts[fact].open}` : statement(fact, event.value)));
    else if (event.kind === "learned") {
      const item = learnedItem({ learned: event, who: [event, ...more].map(({ who }) => who) }, false);
      item.prepend(where);
      items.push(item);
    } else if (event.hearers.length === 0 || event.hearers.some(([, outcome]) => outcome !== "learned")) {
      items.push(saidItem(fact, event, where));
    }
  }
  return element("ol", { class: "story-of" }, items);
}

function saidItem(fact, { speaker, value, sincerity, hearers }, where) {
  const honest = { believed: "", lied: ", believing otherwise", unsure: ", without knowing" }[sincerity];
  const told = (outcome) => listed(hearers.filter(([, found]) => found === outcome).map(([who]) => people[who]), 8);
  const parts = [["already", "who believed it already"], ["unmoved", "who did not come to believe it"]]
    .map(([outcome, words]) => [told(outcome), words]).filter(([names]) => names !== "").map(([names, words]) => `${names}, ${words}`);
  return element("li", { class: "saying" }, where, element("b", {}, people[speaker]), ` says that ${statement(fact, value)}${honest}`, parts.length > 0 ? `; heard by ${parts.join("; ")}` : "");
}

function flowLegend(events) {
  const used = new Set(events.filter(({ kind }) => kind === "learned").map(({ means }) => means));
  return element("ul", { class: "legend" },
    [...used].map((means) => element("li", {}, element("span", { class: "letter" }, MEANS[means][0]), ` ${MEANS[means][1]}`)),
    [["knows", "━", "believes what is so"], ["wrong", "╍", "believes something else"], ["unknown", "┄", "does not know"], ["open", "╌", "believes what is not settled"]].map(([kind, sign, words]) => element("li", {}, element("span", { class: `sign ${kind}` }, sign), ` ${words}`)),
    element("li", {}, element("span", { class: "sign" }, "→"), " said in good faith"),
    element("li", {}, element("span", { class: "sign lied" }, "⇢"), " a lie"),
    element("li", {}, element("span", { class: "sign" }, "⤏"), " said without knowing"),
    element("li", {}, element("span", { class: "sign" }, "="), " had believed it"),
    element("li", {}, element("span", { class: "sign" }, "×"), " does not believe it"));
}

/** All facts for a menu, those that are spoken of first, by family. */
function factMenu() {
  const select = element("select", { id: "fact", "aria-label": "Which statement", onchange: () => show({ fact: Number(select.value) }) });
  const families = new Map();
  facts.forEach((fact, index) => {
    const family = fact.spoken > 0 ? "Spoken of in the story" : fact.family;
    families.set(family, [...(families.get(family) || []), index]);
  });
  const filter = byId("flow").dataset.filter || "";
  for (const [family, list] of families) {
    const shown = list.filter((fact) => fact === view.fact || facts[fact].open.toLowerCase().includes(filter.toLowerCase()));
    if (shown.length === 0) continue;
    select.append(element("optgroup", { label: family }, shown.map((fact) => element("option", { value: fact, selected: fact === view.fact }, factName(fact)))));
  }
  return select;
}

/** The fact before or after the chosen one. */
const stepFact = (step) => { if (view.fact !== null) show({ fact: (view.fact + step + facts.length) % facts.length }); };

function drawFlow() {
  const host = byId("flow");
  if (host.hidden) return;
  if (view.fact === null) {
    host.replaceChildren(element("p", { class: "empty" }, "Nobody ever believes anything but what is so, and nobody speaks of anything: nothing spreads."));
    return;
  }
  const { fact } = view;
  const events = flowEvents(fact);
  const start = flowStart(fact);
  const lanes = flowLanes(fact, events, start);
  const filter = element("input", {
    type: "search", placeholder: "Filter the menu", "aria-label": "Filter the menu of statements", value: host.dataset.filter || "", autocomplete: "off",
    oninput: () => { host.dataset.filter = filter.value; byId("fact").replaceWith(factMenu()); },
  });
  const labels = element("div", { class: "labels" },
    element("div", { class: "corner", style: { height: `${HEADS}px` } }),
    element("div", { class: "lane-label truth" }, "so it is"),
    lanes.map(({ name, title }) => element("div", { class: "lane-label", title }, name)));
  host.replaceChildren(
    element("div", { class: "controls" },
      factMenu(), filter,
      element("span", { class: "buttons" },
        element("button", { type: "button", "aria-label": "The statement before", "aria-keyshortcuts": "[", onclick: () => stepFact(-1) }, "‹"),
        element("button", { type: "button", "aria-label": "The next statement", "aria-keyshortcuts": "]", onclick: () => stepFact(1) }, "›")),
      element("span", { class: "quiet" }, "in the order in which it happened")),
    element("h2", {}, factName(fact)),
    element("div", { class: "chart" }, labels, element("div", { class: "scroller", tabindex: 0, role: "group", "aria-label": "Diagram" }, flowDrawing(fact, events, lanes, start, host.clientWidth))),
    flowLegend(events),
    flowList(fact, events, start),
  );
}

drawWith(["tab", "fact", "scene", "panel"], drawFlow);
