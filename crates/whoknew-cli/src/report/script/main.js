// Puts the page together: heading, order, slider, tabs, keys, theme.

function drawHeading() {
  byId("summary").textContent = story.summary;
  byId("foot").replaceChildren(
    ...story.cuts.map((cut) => element("p", { class: "cut" }, cut)),
    element("p", {}, `Made by ${story.program} from ${story.path}. This page is whole: it loads nothing from elsewhere.`),
  );
  const slider = byId("slider");
  slider.max = String(scenes.length);
  slider.disabled = scenes.length === 0;
  slider.addEventListener("input", () => goTo(Number(slider.value)));
  byId("previous").addEventListener("click", () => goTo(position() - 1));
  byId("next").addEventListener("click", () => goTo(position() + 1));
}

function drawCursor() {
  const at = position();
  const slider = byId("slider");
  slider.value = String(at);
  const words = view.scene === null ? "Before the story" : capital(sceneName(view.scene));
  slider.setAttribute("aria-valuetext", words);
  byId("previous").disabled = at === 0;
  byId("next").disabled = at === scenes.length;
  byId("where").replaceChildren(
    element("b", {}, words),
    element("span", { class: "quiet" }, view.scene === null ? "" : ` ${at} of ${scenes.length} ${view.order === "told" ? "as told" : "as it happened"}`),
  );
  const options = [["told", "As told"], ["happened", "As it happened"]];
  if (byId("order").childElementCount === 0) byId("order").append(...choice("order", "", options, view.order, (order) => show({ order })).childNodes);
  byId("order").querySelectorAll("input").forEach((input) => { input.checked = input.value === view.order; });
}

function drawTabs() {
  const list = byId("tabs");
  if (list.childElementCount === 0) {
    TABS.forEach(([id, name], at) => list.append(element("button", {
      type: "button", role: "tab", id: `tab-${id}`, "aria-controls": id, "aria-keyshortcuts": String(at + 1), onclick: () => show({ tab: id }), onkeydown: tabKey,
    }, id === "findings" && story.findings.length > 0 ? `${name} (${story.findings.length})` : name)));
  }
  for (const [id] of TABS) {
    const chosen = id === view.tab;
    byId(`tab-${id}`).setAttribute("aria-selected", String(chosen));
    byId(`tab-${id}`).tabIndex = chosen ? 0 : -1;
    byId(id).hidden = !chosen;
  }
}

function tabKey(event) {
  const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  if (!step) return;
  event.preventDefault();
  event.stopPropagation();
  const at = TABS.findIndex(([id]) => id === view.tab);
  const [tab] = TABS[(at + step + TABS.length) % TABS.length];
  show({ tab });
  byId(`tab-${tab}`).focus();
}

const THEMES = ["auto", "light", "dark"];

function nextTheme() {
  const root = document.documentElement;
  root.dataset.theme = THEMES[(THEMES.indexOf(root.dataset.theme) + 1) % THEMES.length];
  drawTheme();
}

function drawTheme() {
  const { theme } = document.documentElement.dataset;
  const names = { auto: "◐ As the system", light: "☀ Light", dark: "☾ Dark" };
  byId("theme").textContent = names[theme];
  byId("theme").title = "Light, dark, or as the system has it";
}

const KEYS = [
  ["← → or , .", "the scene before, the next one"],
  ["Home End", "before the story, the last scene"],
  ["n p", "the next scene with a finding, the one before"],
  ["1 2 3 4", "time line, who knows what, flow of knowledge, findings"],
  ["/", "search; ↑ ↓ choose, Enter goes there, Esc closes"],
  ["o", "as told, as it happened"],
  ["l", "lanes: characters, places, both"],
  ["m", "whose picture of the world the matrix is compared with"],
  ["[ ]", "the statement before, the next one, in the flow of knowledge"],
  ["s", "the scene at the side, shown or not"],
  ["t", "light, dark, as the system has it"],
  ["?", "this help"],
  ["in the matrix", "↑ ↓ ← → move the cell, Enter shows how the statement spread; , and . still change the scene"],
];

function makeHelp() {
  const close = element("button", { type: "button", onclick: () => byId("help").close() }, "Close");
  byId("help").append(
    element("h2", { id: "help-title" }, "Keys"),
    element("dl", {}, KEYS.map(([keys, words]) => [element("dt", {}, keys.split(" ").map((key) => (["or", "in", "the"].includes(key) ? ` ${key} ` : element(key === "matrix" ? "span" : "kbd", {}, key)))), element("dd", {}, words)])),
    element("h2", {}, "How to read it"),
    element("p", {}, "The slider chooses a scene; every view shows the story as it is when that scene is over. ✓ believes what is so, ✗ believes something else, · does not know, ○ believes what is not settled."),
    close,
  );
  byId("helping").addEventListener("click", toggleHelp);
}

function toggleHelp() {
  const help = byId("help");
  if (help.open) help.close();
  else help.showModal();
}

const cycle = (list, value) => list[(list.indexOf(value) + 1) % list.length];

const ACTIONS = {
  ArrowLeft: () => goTo(position() - 1),
  ArrowRight: () => goTo(position() + 1),
  ",": () => goTo(position() - 1),
  ".": () => goTo(position() + 1),
  Home: () => goTo(0),
  End: () => goTo(scenes.length),
  n: () => goToFinding(1),
  p: () => goToFinding(-1),
  "/": () => { byId("search").focus(); byId("search").select(); },
  o: () => show({ order: view.order === "told" ? "happened" : "told" }),
  l: () => show({ tab: "timeline", lanes: cycle(["characters", "places", "both"], view.lanes) }),
  m: () => { show({ tab: "matrix", mind: cycle([TRUTH, ...people.keys()], view.mind) }); drawMatrixFrame(); },
  "[": () => stepFact(-1),
  "]": () => stepFact(1),
  s: () => show({ panel: !view.panel }),
  t: nextTheme,
  "?": toggleHelp,
};

function pageKey(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
  const { target } = event;
  const writes = target instanceof HTMLElement && (target.matches("input:not([type=checkbox]):not([type=range]), textarea, select"));
  const ranges = target instanceof HTMLElement && target.matches("input[type=range]") && /^(Arrow|Home|End|Page)/.test(event.key);
  if (writes || ranges || (byId("help").open && event.key !== "?")) return;
  const tab = TABS[Number(event.key) - 1];
  if (tab) show({ tab: tab[0] });
  else if (Object.hasOwn(ACTIONS, event.key)) ACTIONS[event.key]();
  else return;
  event.preventDefault();
}

function begin() {
  readAddress();
  drawHeading();
  drawTheme();
  makeHelp();
  drawTabs();
  drawCursor();
  for (const { draw } of drawers) draw();
  // These come before the views they show, whenever the view changes.
  drawers.unshift({ keys: ["tab"], draw: drawTabs }, { keys: ["scene", "order"], draw: drawCursor });
  document.addEventListener("keydown", pageKey);
  byId("theme").addEventListener("click", nextTheme);
  byId("search").addEventListener("input", drawResults);
  byId("search").addEventListener("focus", () => { if (byId("search").value) drawResults(); });
  byId("search").addEventListener("keydown", searchKey);
  document.addEventListener("pointerdown", (event) => { if (!byId("searching").contains(event.target)) closeResults(); });
  let resized = 0;
  window.addEventListener("resize", () => {
    window.cancelAnimationFrame(resized);
    resized = window.requestAnimationFrame(() => { drawTimeline(); drawMatrix(); });
  });
  window.addEventListener("beforeprint", makePrint);
  window.addEventListener("afterprint", endPrint);
  window.addEventListener("hashchange", () => { readAddress(); drawTabs(); drawCursor(); for (const { draw } of drawers) draw(); });
}

begin();
