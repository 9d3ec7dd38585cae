// The time line: a column per scene, a lane per character or per place, told order against happened order.

const ROW = 26;
/** Room for the names of scenes, which stand upright. */
const TITLES = Math.min(150, 20 + 7 * Math.max(6, ...scenes.map(({ label, title }) => label.length + (title ? title.length + 1 : 0))));
const BAND = 46;
const MARKS = 24;
const NARROWEST = 5;
const READABLE = 15;
const WIDEST = 46;

/** The places of the story, in the order in which scenes come to them; `null` stands for an unknown one. */
const placeOrder = (() => {
  const found = new Set();
  scenes.forEach((scene) => {
    if (scene.place !== null) found.add(scene.place);
    scene.settings.forEach(([place]) => found.add(place));
  });
  const known = [...found].filter((place) => place !== null);
  return found.has(null) ? [...known, null] : known;
})();

const placeName = (place) => (place === null ? "somewhere" : story.names[place]);

/** The characters who are in some scene, in the order in which they come in; then the others. */
const castOrder = (() => {
  const found = new Set(presentIn.flat());
  return [...found];
})();

/** Who is at a place in a scene. */
const whoAt = (scene, place) => (scenes[scene].settings.find(([where]) => where === place) || [null, []])[1];

/** The lanes to show: what each is called, and what it holds of a scene. */
function lanesShown() {
  const characters = castOrder.map((who) => ({ kind: "character", who, name: people[who] }));
  const places = placeOrder.map((place) => ({ kind: "place", place, name: placeName(place) }));
  if (view.lanes === "characters") return characters;
  return view.lanes === "places" ? places : [...characters, { kind: "gap", name: "" }, ...places];
}

/** How wide a column is. */
function columnWidth(space, count) {
  if (view.zoom > 0) return view.zoom;
  return Math.max(READABLE, Math.min(WIDEST, Math.floor((4 * space) / Math.max(1, count)) / 4));
}

/** Describes a scene in one line, for those who cannot see the marks. */
function sceneWords(scene) {
  const places = scenePlaces(scene);
  const parts = [capital(sceneName(scene))];
  if (places.length > 0) parts.push(`at ${listed(places, 3)}`);
  parts.push(counted(presentIn[scene].length, "character"));
  if (scenes[scene].offstage) parts.push("off the page");
  if (movedScenes.has(scene)) parts.push("told out of order");
  if (findingsIn[scene].length > 0) parts.push(counted(findingsIn[scene].length, "finding"));
  return parts.join(", ");
}

/** The drawing for a stretch of an order; also used for print. */
function timelineDrawing(order, lanes, width, { chosen = null, first = 0, count = order.length } = {}) {
  const shown = order.slice(first, first + count);
  const x = (at) => (at - first + 0.5) * width;
  const top = TITLES + BAND + MARKS;
  const height = top + lanes.length * ROW + 6;
  const image = drawn("svg", {
    width: shown.length * width, height, viewBox: `0 0 ${shown.length * width} ${height}`, "aria-hidden": "true", class: "lanes",
  });
  image.append(drawn("rect", { class: "chosen", x: x(order.indexOf(chosen)) - width / 2, y: 0, width: shown.includes(chosen) ? width : 0, height }));
  shown.forEach((scene, at) => {
    if (scenes[scene].offstage) image.append(drawn("rect", { class: "offstage", x: at * width, y: top, width, height: lanes.length * ROW }));
  });
  lanes.forEach((lane, row) => {
    if (lane.kind === "gap") return;
    const y = top + (row + 0.5) * ROW;
    image.append(drawn("line", { class: "lane", x1: 0, x2: shown.length * width, y1: y, y2: y }));
  });
  drawTitles(image, shown, width);
  drawBand(image, order, { first, count, width, chosen });
  drawFindingSigns(image, shown, width);
  lanes.forEach((lane, row) => {
    const y = top + (row + 0.5) * ROW;
    if (lane.kind === "character") drawCharacter(image, lane.who, shown, width, y);
    if (lane.kind === "place") drawPlace(image, lane.place, shown, width, y);
  });
  drawTrace(image, lanes, shown, width, top);
  return image;
}

function drawTitles(image, shown, width) {
  const every = width >= 11 ? 1 : Math.ceil(22 / width);
  shown.forEach((scene, at) => {
    if (at % every > 0) return;
    const { label, title } = scenes[scene];
    const middle = (at + 0.5) * width;
    const number = /^\d+$/.test(label);
    const words = number ? (title || "") : title || label;
    const text = drawn("text", {
      class: movedScenes.has(scene) ? "name moved" : "name",
      transform: `translate(${middle + 4} ${TITLES - 6}) rotate(-90)`,
    });
    if (number) text.append(drawn("tspan", { class: "number" }, label));
    if (width >= READABLE - 2 && words) text.append(drawn("tspan", { dx: number ? 5 : 0 }, shortened(words, number ? 19 : 22)));
    image.append(text);
  });
}

/** Lines between the place of each scene in the other order, above, and in this one, below. */
function drawBand(image, order, { first, count, width, chosen }) {
  const other = order === orders.happened ? orders.told : orders.happened;
  const top = TITLES + 6;
  const bottom = TITLES + BAND - 8;
  const at = new Map(order.map((scene, index) => [scene, index]));
  const x = (index) => (index - first + 0.5) * width;
  other.forEach((scene, index) => {
    const here = at.get(scene);
    const inside = (place) => place >= first && place < first + count;
    if (!inside(here) && !inside(index)) return;
    const kind = scene === chosen ? "link chosen" : movedScenes.has(scene) ? "link moved" : "link";
    image.append(drawn("path", {
      class: kind,
      "data-scene": scene,
      d: `M${x(index)} ${top}C${x(index)} ${(top + bottom) / 2} ${x(here)} ${(top + bottom) / 2} ${x(here)} ${bottom}`,
    }));
  });
}

function drawFindingSigns(image, shown, width) {
  const y = TITLES + BAND + MARKS / 2 + 4;
  shown.forEach((scene, at) => {
    const found = findingsIn[scene];
    if (found.length === 0) return;
    const rank = ["error", "warning", "expected", "note"];
    const worst = found.map(findingSign).sort((one, two) => rank.indexOf(one.kind) - rank.indexOf(two.kind))[0];
    image.append(drawn("text", { class: `mark ${worst.kind}`, x: (at + 0.5) * width, y, "text-anchor": "middle" }, worst.sign));
  });
}

/** A dot for each scene somebody is in: full where they act, a ring around it where the scene is told through them. */
function drawCharacter(image, who, shown, width, y) {
  const there = shown.map((scene, at) => [scene, at]).filter(([scene]) => presentIn[scene].includes(who));
  if (there.length === 0) return;
  const radius = Math.min(5.5, Math.max(2, width / 2 - 1));
  const x = (at) => (at + 0.5) * width;
  image.append(drawn("line", { class: "life", x1: x(there[0][1]), x2: x(there[there.length - 1][1]), y1: y, y2: y }));
  for (const [scene, at] of there) {
    if (scenes[scene].eyes === who) image.append(drawn("circle", { class: "eyes", cx: x(at), cy: y, r: radius + 3 }));
    image.append(drawn("circle", { class: scenes[scene].acting.includes(who) ? "acts" : "there", cx: x(at), cy: y, r: radius }));
  }
}

/** A box for each scene at a place, with how many are there. */
function drawPlace(image, place, shown, width, y) {
  shown.forEach((scene, at) => {
    const who = whoAt(scene, place);
    const set = scenes[scene].place === place;
    if (who.length === 0 && !set) return;
    const box = Math.min(width - 2, 26);
    const x = (at + 0.5) * width;
    image.append(drawn("rect", { class: set || scenes[scene].place === null ? "set" : "aside", x: x - box / 2, y: y - 9, width: Math.max(3, box), height: 18, rx: 3 }));
    if (box >= 11) image.append(drawn("text", { class: "many", x, y: y + 4, "text-anchor": "middle" }, String(who.length)));
  });
}

/** The way of the traced character through the places. */
function drawTrace(image, lanes, shown, width, top) {
  if (view.traced === null) return;
  const row = new Map(lanes.map((lane, index) => [lane.kind === "place" ? lane.place : undefined, index]));
  const points = [];
  shown.forEach((scene, at) => {
    for (const [place, who] of scenes[scene].settings) {
      if (who.includes(view.traced) && row.has(place)) points.push([(at + 0.5) * width, top + (row.get(place) + 0.5) * ROW]);
    }
  });
  if (points.length === 0) return;
  image.append(drawn("polyline", { class: "trace", points: points.map((point) => point.join(",")).join(" ") }));
  points.forEach(([cx, cy]) => image.append(drawn("circle", { class: "trace", cx, cy, r: 4 })));
}

function laneLabel(lane) {
  if (lane.kind === "gap") return element("div", { class: "lane-label gap" });
  if (lane.kind === "place") return element("div", { class: "lane-label place", title: lane.name }, lane.name);
  const pressed = view.traced === lane.who;
  return element("button", {
    type: "button", class: "lane-label", "aria-pressed": String(pressed), title: `${lane.name}: show their way through the places`,
    onclick: () => show(pressed ? { traced: null } : { traced: lane.who, lanes: view.lanes === "characters" ? "both" : view.lanes }),
  }, lane.name);
}

/** Invisible columns over the drawing: they are chosen by pointer and by keys, and say what the drawing shows. */
function columns(order, width, height) {
  const list = element("div", {
    class: "columns", role: "listbox", tabindex: 0, "aria-label": `Scenes in ${view.order} order`, "aria-orientation": "horizontal",
    "aria-activedescendant": view.scene === null ? null : `column-${view.scene}`,
    style: { width: `${order.length * width}px`, height: `${height}px` },
  });
  order.forEach((scene, at) => list.append(element("div", {
    role: "option", id: `column-${scene}`, "aria-selected": String(scene === view.scene), "aria-label": sceneWords(scene), title: sceneWords(scene),
    style: { left: `${at * width}px`, width: `${width}px` }, onclick: () => goToScene(scene),
  })));
  return list;
}

const timelineLegend = () => element(
  "ul", { class: "legend" },
  [["●", "acts"], ["○", "is there"], ["◎", "told through their eyes"], ["▥", "off the page"]].map(([sign, words]) => element("li", {}, element("span", { class: "sign" }, sign), ` ${words}`)),
  element("li", {}, element("span", { class: "sign moved" }, "⤺"), " told out of order"),
  [["error", "▲"], ["warning", "◆"], ["expected", "△"], ["note", "•"]].map(([kind, sign]) => element("li", {}, element("span", { class: `sign ${kind}` }, sign), ` ${kind === "expected" ? "expected finding" : kind}`)),
);

function drawTimeline() {
  const host = byId("timeline");
  if (host.hidden) return;
  const old = host.querySelector(".scroller");
  const kept = old ? old.scrollLeft : 0;
  const focused = old !== null && old.contains(document.activeElement);
  if (scenes.length === 0) {
    host.replaceChildren(element("p", { class: "empty" }, "This story tells no scenes yet: write a scene, and it appears here."));
    return;
  }
  const order = orders[view.order];
  const lanes = lanesShown();
  const width = columnWidth(host.clientWidth - 172, order.length);
  const image = timelineDrawing(order, lanes, width, { chosen: view.scene });
  const height = Number(image.getAttribute("height"));
  const scroller = element("div", { class: "scroller" }, image, columns(order, width, height));
  const orderWords = view.order === "told" ? ["as it happened ↑", "as told ↓"] : ["as told ↑", "as it happened ↓"];
  const labels = element(
    "div", { class: "labels" },
    element("div", { class: "corner", style: { height: `${TITLES}px` } }, movedScenes.size > 0 ? `${counted(movedScenes.size, "scene")} told out of order` : "Told as it happened"),
    element("div", { class: "corner band", style: { height: `${BAND}px` } }, orderWords.map((words) => element("span", {}, words))),
    element("div", { class: "corner", style: { height: `${MARKS}px` } }, "findings"),
    lanes.map(laneLabel),
  );
  const zoom = (factor) => show({ zoom: Math.max(NARROWEST, Math.min(WIDEST, Math.round(width * factor))) });
  const fit = Math.max(NARROWEST, Math.floor((host.clientWidth - 172) / order.length));
  host.replaceChildren(
    element("div", { class: "controls" },
      choice("lanes", "Lanes", [["characters", "Characters"], ["places", "Places"], ["both", "Both"]], view.lanes, (kind) => show({ lanes: kind })),
      element("span", { class: "buttons", role: "group", "aria-label": "Width" },
        element("button", { type: "button", "aria-label": "Narrower", onclick: () => zoom(0.75) }, "−"),
        element("button", { type: "button", "aria-label": "Wider", onclick: () => zoom(1.35) }, "+"),
        element("button", { type: "button", onclick: () => show({ zoom: fit }) }, "All")),
      view.traced === null ? element("span", { class: "quiet" }, "Choose a name to see their way through the places.") : element("button", { type: "button", onclick: () => show({ traced: null }) }, `${people[view.traced]} ×`),
    ),
    element("div", { class: "chart" }, labels, scroller),
    timelineLegend(),
  );
  scroller.scrollLeft = kept;
  reveal(scroller, order.indexOf(view.scene), width);
  if (focused) scroller.querySelector(".columns").focus({ preventScroll: true });
}

/** Moves the mark of the chosen scene; nothing else depends on it. */
function markScene() {
  const host = byId("timeline");
  const list = host.querySelector(".columns");
  if (host.hidden || !list) return;
  const at = orders[view.order].indexOf(view.scene);
  const width = parseFloat(list.style.getPropertyValue("width")) / scenes.length;
  const mark = host.querySelector("rect.chosen");
  mark.setAttribute("x", at * width);
  mark.setAttribute("width", at < 0 ? 0 : width);
  host.querySelectorAll(".link.chosen").forEach((node) => node.classList.remove("chosen"));
  host.querySelectorAll(`.link[data-scene="${view.scene}"]`).forEach((node) => node.classList.add("chosen"));
  list.querySelectorAll("[aria-selected=true]").forEach((node) => node.setAttribute("aria-selected", "false"));
  if (at < 0) {
    list.removeAttribute("aria-activedescendant");
    return;
  }
  byId(`column-${view.scene}`).setAttribute("aria-selected", "true");
  list.setAttribute("aria-activedescendant", `column-${view.scene}`);
  reveal(host.querySelector(".scroller"), at, width);
}

/** Scrolls so that a column can be seen. */
function reveal(scroller, at, width) {
  if (at < 0) return;
  const left = at * width;
  if (left < scroller.scrollLeft + width) scroller.scrollLeft = left - 3 * width;
  else if (left > scroller.scrollLeft + scroller.clientWidth - 2 * width) scroller.scrollLeft = left - scroller.clientWidth + 4 * width;
}

drawWith(["tab", "order", "lanes", "traced", "zoom", "panel"], drawTimeline);
drawWith(["scene"], markScene);
