// The chosen scene: its lines, its findings beside them, and what anybody learned from each.

/** A link inside the page. */
function link(text, title, go) {
  const follow = (event) => { event.preventDefault(); go(); };
  return element("a", { href: "#", class: "link", title, onclick: follow }, text);
}

/** A link to a scene. */
const sceneLink = (scene, text = sceneShort(scene)) => link(text, capital(sceneName(scene)), () => goToScene(scene));

/** A link to the flow of a fact. */
const factLink = (fact, text) => link(text, "How this spread", () => show({ fact, tab: "flow" }));

/** A finding as a card. `withScene`: say also where it is. */
function findingCard(finding, withScene, linked = true) {
  const { kind, sign, word } = findingSign(finding);
  const where = finding.scene === null ? "the story as a whole" : sceneName(finding.scene);
  const place = !withScene ? null : finding.scene === null || !linked ? capital(where) : sceneLink(finding.scene, capital(where));
  const quotes = finding.places.filter(({ text, quote }) => text || quote).map(({ quote, text, scene, file, row }) => element(
    "li", {},
    element("q", {}, shortened(quote, 160)),
    text ? element("span", { class: "because" }, ` ${text}`) : null,
    scene !== null && scene !== finding.scene
      ? element("span", { class: "quiet" }, " (", linked ? sceneLink(scene) : sceneShort(scene), ")")
      : element("span", { class: "quiet" }, ` (${file.split("/").pop()}:${row})`),
  ));
  return element(
    "article", { class: `finding ${kind}`, id: linked && withScene ? `finding-${finding.index}` : undefined, tabindex: linked && withScene ? -1 : undefined },
    element("h4", {}, element("span", { class: "sign", "aria-hidden": "true" }, sign), element("span", { class: "word" }, ` ${word} `), element("code", {}, finding.code), ` ${finding.name}`),
    place ? element("p", { class: "place" }, place) : null,
    element("p", { class: "title" }, finding.title),
    quotes.length > 0 ? element("ul", { class: "quotes" }, quotes) : null,
    finding.notes.map((note) => element("p", { class: "note" }, note)),
    finding.help.map((help) => element("p", { class: "help" }, element("b", {}, "Help: "), help)),
    finding.expected === null ? null : element("p", { class: "reason" }, element("b", {}, "The author expects it"), finding.expected ? `: ${finding.expected}` : ""),
  );
}

/** What minds changed at a line, those alike together. */
function learnedGroups(list) {
  const groups = new Map();
  for (const learned of list) {
    const key = [learned.fact, learned.value, meansWords(learned)].join(" ");
    if (!groups.has(key)) groups.set(key, { learned, who: [] });
    groups.get(key).who.push(learned.who);
  }
  return [...groups.values()];
}

/** `Buffy and Giles now believe that … — told by Tara`. */
function learnedItem({ learned, who }, linked = true) {
  const { fact, value, real } = learned;
  const kind = standing(real, value);
  const plural = who.length > 1;
  const verb = {
    unknown: plural ? "no longer know" : "no longer knows",
    wrong: plural ? "now wrongly believe" : "now wrongly believes",
    knows: plural ? "now know" : "now knows",
    open: plural ? "now believe" : "now believes",
  }[kind];
  const what = kind === "unknown" ? `: ${facts[fact].open}` : ` that ${statement(fact, value)}`;
  const words = `${verb}${what}`;
  return element(
    "li", { class: kind },
    element("span", { class: "sign", "aria-hidden": "true" }, STANDINGS[kind].sign), " ",
    element("b", {}, listed(who.map((one) => people[one]), 8)), " ",
    linked ? factLink(fact, words) : words,
    element("span", { class: "quiet" }, ` — ${meansWords(learned)}${learned.noticed && learned.line !== null ? ` (noticed: ${learned.noticed})` : ""}`),
  );
}

const KINDS = {
  offstage: "off the page", thought: "thought", claim: "claim", assumption: "assumed", reveal: "told to the reader", change: "",
};

/** The lines of a scene with findings and learning beside them. `open`: nothing is folded (for print). */
function sceneLines(scene, open) {
  const { lines, more } = scenes[scene];
  const items = [];
  const unlined = learnedIn[scene].filter(({ line }) => line === null || line >= lines.length);
  if (unlined.length > 0) items.push(element("li", { class: "line staging" }, learnedFold("As the scene begins", unlined, open)));
  for (const finding of findingsIn[scene].filter(({ line }) => line === null || line >= lines.length)) {
    items.push(element("li", { class: "line" }, findingCard(finding, false, !open)));
  }
  lines.forEach((line, at) => {
    const learned = learnedIn[scene].filter((one) => one.line === at);
    items.push(element(
      "li", { class: `line ${line.kind}` },
      KINDS[line.kind] ? element("span", { class: "kind" }, KINDS[line.kind]) : null,
      element("span", { class: "text" }, capital(line.text)),
      (line.details || []).map((detail) => element("span", { class: "detail" }, detail)),
      learned.length > 0 ? learnedFold(null, learned, open) : null,
      findingsIn[scene].filter((finding) => finding.line === at).map((finding) => findingCard(finding, false, !open)),
    ));
  });
  if (more > 0) items.push(element("li", { class: "line quiet" }, `${counted(more, "more line")}, not on this page`));
  return element("ol", { class: "lines" }, items);
}

function learnedFold(title, learned, open) {
  const groups = learnedGroups(learned);
  const list = element("ul", { class: "learned" }, groups.map((group) => learnedItem(group, !open)));
  if (open) return element("div", {}, title ? element("span", { class: "quiet" }, title) : null, list);
  const changed = new Set(learned.map(({ who }) => who)).size;
  return element("details", { class: "fold", open: groups.length <= 3 },
    element("summary", {}, `${title ? `${title}: ` : ""}${counted(changed, "mind")} changed`), list);
}

/** What a scene is: when, where, who. */
function sceneFacts(scene) {
  const { times, eyes, offstage, acting } = scenes[scene];
  const places = scenePlaces(scene);
  const rows = [];
  if (times.length > 0) rows.push(["When", times.join(", ")]);
  if (places.length > 0) rows.push(["Where", listed(places, 6)]);
  const idle = presentIn[scene].filter((who) => !acting.includes(who)).map((who) => people[who]);
  if (acting.length > 0) rows.push(["Acting", listed(acting.map((who) => people[who]), 16)]);
  if (idle.length > 0) rows.push(["There", listed(idle, 16)]);
  if (eyes !== null) rows.push(["Told through", story.names[eyes]]);
  if (offstage) rows.push(["Off the page", "the reader sees nothing of it"]);
  if (movedScenes.has(scene)) {
    const after = happenedAt[scene] > 0 ? `after ${sceneName(story.happened[happenedAt[scene] - 1])}` : "before everything else";
    rows.push(["Happened", after]);
  }
  return element("dl", { class: "facts" }, rows.map(([name, words]) => [element("dt", {}, name), element("dd", {}, words)]));
}

function drawScene() {
  const panel = byId("scene");
  panel.hidden = !view.panel || scenes.length === 0;
  byId("body").classList.toggle("wide", panel.hidden);
  panel.replaceChildren();
  panel.scrollTop = 0;
  if (view.scene === null) {
    panel.append(element("h2", {}, "Before the story"), element("p", { class: "quiet" }, "How things stand before the first scene."));
    return;
  }
  const { label, title } = scenes[view.scene];
  panel.append(
    element("h2", {}, element("span", { class: "label" }, `Scene ${label}`), title ? ` ${title}` : ""),
    sceneFacts(view.scene),
    sceneLines(view.scene, false),
  );
}

drawWith(["scene", "panel"], drawScene);
