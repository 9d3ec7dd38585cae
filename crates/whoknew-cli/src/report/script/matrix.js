// Who knows what after the chosen scene: a row per fact, a column per mind. Only rows that can be seen are drawn.

const FACT_ROW = 42;
const SPARE_ROWS = 6;
const ROOMY = 52;

/** The cell that the keys move. */
const cursor = { row: 0, column: 0 };

/** All characters, those first who come first. */
const everybody = [...castOrder, ...people.keys()].filter((who, at, all) => all.indexOf(who) === at);

/** The columns: the reader where one can be shown, then characters. */
function mindColumns() {
  const here = everybody.filter((who) => !view.hereOnly || view.scene === null || presentIn[view.scene].includes(who));
  const order = here.map((who) => ({ who, name: people[who] }));
  return view.mind === TRUTH && reader ? [{ who: null, name: "the reader" }, ...order] : order;
}

/** What each column believes now, as whole lists of values. */
function columnValues(columnsShown) {
  return columnsShown.map(({ who }) => {
    const values = who === null ? readerAfter(view.scene) : pictureOf(view.mind, who, view.scene);
    return values && values.slice();
  });
}

/** The same before the chosen scene, to mark what it changed. */
function valuesBefore(columnsShown) {
  if (view.scene === null) return null;
  const at = happenedAt[view.scene];
  const before = at === 0 ? null : story.happened[at - 1];
  return columnsShown.map(({ who }) => {
    if (who === null) return readerAfter(view.scene === 0 ? null : view.scene - 1).slice();
    const values = pictureOf(view.mind, who, before);
    return values && values.slice();
  });
}

/** Everything the matrix shows now. */
let sheet = null;

function makeSheet() {
  const columnsShown = mindColumns();
  const real = believedBy(view.mind, view.scene).slice();
  const values = columnValues(columnsShown);
  const before = valuesBefore(columnsShown);
  const actual = view.mind === TRUTH ? null : columnsShown.map(({ who }) => minds[who].after(momentOf(view.scene)).slice());
  const words = view.filter.toLowerCase().split(/\s+/).filter(Boolean);
  const rows = facts.map((_, fact) => fact).filter((fact) => {
    if (view.family === "spoken" && facts[fact].spoken === 0) return false;
    if (!["spoken", "all"].includes(view.family) && facts[fact].family !== view.family) return false;
    if (view.differing && !values.some((list) => list && list[fact] !== real[fact])) return false;
    if (view.changed && !(before && values.some((list, at) => list && list[fact] !== before[at][fact]))) return false;
    const text = facts[fact].values.map(([whole]) => whole).join(" ").toLowerCase();
    return words.every((word) => text.includes(word));
  });
  sheet = { columnsShown, real, values, before, actual, rows, words };
}

/** What a cell says: its standing, its words, whether the scene changed it, whether `mind` is mistaken about it. */
function cellOf(fact, column) {
  const { who, name } = sheet.columnsShown[column];
  const values = sheet.values[column];
  if (!values) return { kind: "cut", sign: "–", short: "", words: `${name}: not on this page`, fresh: false, mistaken: false };
  const believed = values[fact];
  const kind = standing(sheet.real[fact], believed);
  const fresh = sheet.before !== null && sheet.before[column] !== null && sheet.before[column][fact] !== believed;
  const mistaken = sheet.actual !== null && who !== view.mind && sheet.actual[column][fact] !== believed;
  let words = beliefSentence(capital(name), fact, sheet.real[fact], believed);
  if (view.mind !== TRUTH && who !== view.mind) {
    const inside = kind === "unknown" ? `${name} does not know about it: ${facts[fact].open}` : `${name} believes that ${statement(fact, believed)}`;
    words = `${people[view.mind]} believes that ${inside}`;
    if (mistaken) words += `. In truth ${beliefSentence(name, fact, truth.after(momentOf(view.scene))[fact], sheet.actual[column][fact])}`;
  }
  const short = kind === "wrong" || kind === "open" ? shortValue(fact, believed) : "";
  return { kind, sign: STANDINGS[kind].sign, short, words: fresh ? `${words} (new in this scene)` : words, fresh, mistaken };
}

function rowLabel(fact) {
  const text = sheet.real[fact] === 0 ? `${facts[fact].open} ?` : statement(fact, sheet.real[fact]);
  return element("div", { class: "fact", role: "rowheader", "aria-colindex": 1, title: text, onclick: () => show({ fact, tab: "flow" }) },
    element("span", {}, marked(capital(text), sheet.words)));
}

function matrixRow(row) {
  const fact = sheet.rows[row];
  const node = element("div", { role: "row", class: "row", "aria-rowindex": row + 2, style: { top: `${row * FACT_ROW}px`, height: `${FACT_ROW}px` } }, rowLabel(fact));
  sheet.columnsShown.forEach((_, column) => {
    const { kind, sign, short, words, fresh, mistaken } = cellOf(fact, column);
    node.append(element("div", {
      role: "gridcell", id: `cell-${row}-${column}`, class: `cell ${kind}${fresh ? " fresh" : ""}${mistaken ? " mistaken" : ""}`,
      "aria-colindex": column + 2, "aria-label": words, title: words,
      onclick: () => { cursor.row = row; cursor.column = column; byId("grid").focus({ preventScroll: true }); markCursor(); },
    }, element("span", { class: "sign" }, sign), short ? element("span", { class: "short" }, short) : null));
  });
  return node;
}

/** Draws the rows that can be seen. */
function drawRows() {
  const grid = byId("grid");
  const body = grid.querySelector(".rows");
  const first = Math.max(0, Math.floor(grid.scrollTop / FACT_ROW) - SPARE_ROWS);
  const last = Math.min(sheet.rows.length, Math.ceil((grid.scrollTop + grid.clientHeight) / FACT_ROW) + SPARE_ROWS);
  const nodes = [];
  for (let row = first; row < last; row += 1) nodes.push(matrixRow(row));
  body.replaceChildren(...nodes);
  markCursor();
}

/** Marks the cell under the cursor and says what it means. */
function markCursor() {
  const grid = byId("grid");
  const saying = byId("saying");
  grid.querySelectorAll(".cell.here").forEach((node) => node.classList.remove("here"));
  cursor.row = Math.max(0, Math.min(sheet.rows.length - 1, cursor.row));
  cursor.column = Math.max(0, Math.min(sheet.columnsShown.length - 1, cursor.column));
  const cell = byId(`cell-${cursor.row}-${cursor.column}`);
  if (!cell) return;
  cell.classList.add("here");
  grid.setAttribute("aria-activedescendant", cell.id);
  const fact = sheet.rows[cursor.row];
  const { who } = sheet.columnsShown[cursor.column];
  const learned = who === null || view.mind !== TRUTH ? null : lastLearned(who, fact, view.scene);
  const { words } = cellOf(fact, cursor.column);
  const parts = [words.endsWith("…") ? words : `${words}.`];
  if (learned) parts.push(" Since ", sceneLink(learned.scene, sceneName(learned.scene)), ` — ${meansWords(learned)}.`);
  parts.push(" ", factLink(fact, "How it spread"));
  saying.replaceChildren(...parts);
}

/** Moves the cursor and scrolls to it. */
function moveCursor(down, right) {
  cursor.row = Math.max(0, Math.min(sheet.rows.length - 1, cursor.row + down));
  cursor.column = Math.max(0, Math.min(sheet.columnsShown.length - 1, cursor.column + right));
  const grid = byId("grid");
  const top = cursor.row * FACT_ROW;
  const head = grid.querySelector(".head").offsetHeight;
  if (top < grid.scrollTop) grid.scrollTop = top;
  if (top + FACT_ROW > grid.scrollTop + grid.clientHeight - head) grid.scrollTop = top + FACT_ROW - grid.clientHeight + head;
  drawRows();
  const cell = byId(`cell-${cursor.row}-${cursor.column}`);
  const label = grid.querySelector(".fact");
  if (!cell || !label) return;
  const shownFrom = grid.scrollLeft + label.offsetWidth;
  if (cell.offsetLeft < shownFrom) grid.scrollLeft = cell.offsetLeft - label.offsetWidth;
  if (cell.offsetLeft + cell.offsetWidth > grid.scrollLeft + grid.clientWidth) grid.scrollLeft = cell.offsetLeft + cell.offsetWidth - grid.clientWidth;
}

const GRID_KEYS = {
  ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1], PageUp: [-8, 0], PageDown: [8, 0], Home: [0, -1000], End: [0, 1000],
};

function gridKey(event) {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key in GRID_KEYS) {
    event.preventDefault();
    event.stopPropagation();
    moveCursor(...GRID_KEYS[event.key]);
  } else if (event.key === "Enter" && sheet.rows.length > 0) {
    show({ fact: sheet.rows[cursor.row], tab: "flow" });
  }
}

function familyOptions() {
  const count = (keep) => facts.filter(keep).length;
  const families = [...new Set(facts.map(({ family }) => family))].sort();
  return [
    ["spoken", `Spoken of in the story (${count(({ spoken }) => spoken > 0)})`],
    ["all", `All about which minds differ (${facts.length})`],
    ...families.map((family) => [family, `${family} (${count((fact) => fact.family === family)})`]),
  ];
}

function matrixControls() {
  const mindOptions = [[String(TRUTH), "what is so"], ...people.map((name, who) => [String(who), `what ${name} believes`])];
  const filter = element("input", {
    type: "search", placeholder: "Filter statements", "aria-label": "Filter statements", value: view.filter, autocomplete: "off",
    oninput: () => show({ filter: filter.value }),
  });
  return element(
    "div", { class: "controls" },
    element("label", { class: "field" }, "Compared with ", menu("Compared with", mindOptions, String(view.mind), (mind) => show({ mind: Number(mind) }))),
    menu("Which statements", familyOptions(), view.family, (family) => show({ family })),
    filter,
    tick("minds differ", view.differing, (differing) => show({ differing }), "Only statements about which somebody is wrong or unsure now"),
    tick("new in this scene", view.changed, (changed) => show({ changed }), "Only statements about which somebody's mind changed in the chosen scene"),
    tick("only those present", view.hereOnly, (hereOnly) => show({ hereOnly }), "Only those who are in the chosen scene"),
    element("span", { id: "counting", class: "quiet", role: "status" }),
  );
}

const matrixLegend = () => element(
  "ul", { class: "legend" },
  Object.entries(STANDINGS).map(([kind, { sign, legend }]) => element("li", {}, element("span", { class: `swatch ${kind}` }, sign), ` ${legend}`)),
  element("li", {}, element("span", { class: "swatch knows fresh" }, "✓"), " new in this scene"),
  view.mind === TRUTH ? null : element("li", {}, element("span", { class: "swatch wrong mistaken" }, "✗"), ` ${people[view.mind]} is mistaken about this mind`),
);

function drawMatrixFrame() {
  const host = byId("matrix");
  if (host.hidden) return;
  if (facts.length === 0) {
    host.replaceChildren(element("p", { class: "empty" }, "Everybody believes what is so, all the time, and nobody speaks of anything: there is nothing to compare."));
    return;
  }
  host.replaceChildren(
    matrixControls(),
    element("p", { id: "saying", "aria-live": "polite" }),
    element("div", {
      id: "grid", role: "grid", tabindex: 0, "aria-label": "Who knows what", onkeydown: gridKey, onscroll: () => window.requestAnimationFrame(drawRows),
    }),
    element("div", { id: "matrix-legend" }),
  );
  drawMatrix();
}

function drawMatrix() {
  const host = byId("matrix");
  if (host.hidden || facts.length === 0) return;
  const grid = byId("grid");
  const { scrollTop, scrollLeft } = grid;
  makeSheet();
  // Names and values are written out where there is room for them; otherwise signs alone, and names upright.
  const room = Math.min(92, (host.clientWidth - 260) / sheet.columnsShown.length);
  grid.classList.toggle("compact", room < ROOMY);
  grid.style.setProperty("--mind", `${Math.floor(Math.max(room < ROOMY ? 26 : ROOMY, Math.min(room, room < ROOMY ? 36 : 92)))}px`);
  grid.style.setProperty("--minds", String(sheet.columnsShown.length));
  grid.setAttribute("aria-rowcount", String(sheet.rows.length + 1));
  grid.setAttribute("aria-colcount", String(sheet.columnsShown.length + 1));
  const here = view.scene === null ? [] : presentIn[view.scene];
  const head = element("div", { role: "row", class: "head", "aria-rowindex": 1 },
    element("div", { class: "corner", role: "columnheader", "aria-colindex": 1 }, view.mind === TRUTH ? "So it is" : `${people[view.mind]} believes`),
    sheet.columnsShown.map(({ who, name }, column) => element("div", {
      role: "columnheader", "aria-colindex": column + 2, class: who !== null && here.includes(who) ? "present" : who === null ? "reader" : null,
      title: who !== null && here.includes(who) ? `${name} is in this scene` : name,
    }, element("span", {}, name))));
  grid.replaceChildren(head, element("div", { class: "rows", role: "rowgroup", style: { height: `${sheet.rows.length * FACT_ROW}px` } }));
  if (sheet.rows.length === 0) grid.append(element("p", { class: "empty" }, "No statement fits these filters."));
  grid.scrollTop = scrollTop;
  grid.scrollLeft = scrollLeft;
  byId("counting").textContent = `${sheet.rows.length} of ${counted(facts.length, "statement")}`;
  if (sheet.rows.length === 0) byId("saying").textContent = "";
  byId("matrix-legend").replaceChildren(matrixLegend());
  drawRows();
}

drawWith(["tab"], drawMatrixFrame);
drawWith(["scene", "mind", "family", "differing", "changed", "hereOnly", "filter", "panel"], drawMatrix);
