// What is being looked at. Every change goes through `show`, which redraws what depends on it and keeps it in the address.

/** The fact that is told and heard of most: the first one whose flow is shown. */
const talkOfTheStory = () => {
  const talk = facts.map((_, fact) => saidOf[fact].length + learnedOf[fact].filter(({ means }) => means === "told").length);
  const most = talk.indexOf(Math.max(...talk));
  return most < 0 ? null : most;
};

const view = {
  tab: "timeline",
  order: "told",
  /** The chosen scene; `null`: before the story. */
  scene: scenes.length > 0 ? 0 : null,
  lanes: "characters",
  traced: null,
  zoom: 0,
  mind: TRUTH,
  fact: talkOfTheStory(),
  family: "spoken",
  differing: false,
  changed: false,
  hereOnly: false,
  filter: "",
  panel: true,
};

/** What is kept in the address, so that a link leads to the same sight. */
const KEPT = { tab: "", order: "", scene: 0, lanes: "", mind: 0, fact: 0 };

const drawers = [];

/** Calls `draw` now and whenever one of `keys` changes. */
function drawWith(keys, draw) {
  drawers.push({ keys, draw });
}

/** Changes what is looked at. */
function show(changes) {
  const changed = Object.keys(changes).filter((key) => view[key] !== changes[key]);
  if (changed.length === 0) return;
  Object.assign(view, changes);
  keepAddress();
  for (const { keys, draw } of drawers) if (changed.some((key) => keys.includes(key))) draw();
}

function keepAddress() {
  const parts = Object.keys(KEPT).map((key) => `${key}=${view[key] === null ? "" : view[key]}`);
  try {
    window.history.replaceState(null, "", `#${parts.join("&")}`);
  } catch {
    // Some browsers keep no history for files; the page works without.
  }
}

/** Takes over what the address says, where it makes sense. */
function readAddress() {
  const given = new URLSearchParams(window.location.hash.slice(1));
  const allowed = {
    tab: (text) => TABS.some(([id]) => id === text),
    order: (text) => text in orders,
    lanes: (text) => ["characters", "places", "both"].includes(text),
    scene: (number) => number === null || number in scenes,
    mind: (number) => number === TRUTH || number in people,
    fact: (number) => number in facts,
  };
  for (const [key, kind] of Object.entries(KEPT)) {
    if (!given.has(key)) continue;
    const text = given.get(key);
    const value = kind === 0 ? (text === "" ? null : Number(text)) : text;
    if (Number.isNaN(value) || !allowed[key](value)) continue;
    view[key] = value;
  }
}

/** How many scenes are over, in the order looked at. */
const position = () => (view.scene === null ? 0 : orders[view.order].indexOf(view.scene) + 1);

/** Chooses the scene at a position; 0 is before the story. */
function goTo(wanted) {
  const order = orders[view.order];
  const at = Math.max(0, Math.min(order.length, wanted));
  show({ scene: at === 0 ? null : order[at - 1] });
}

const goToScene = (scene) => show({ scene });

/** The next scene with a finding, in some direction. */
function goToFinding(step) {
  const order = orders[view.order];
  for (let at = position() - 1 + step; at >= 0 && at < order.length; at += step) {
    if (findingsIn[order[at]].length > 0) {
      goToScene(order[at]);
      return;
    }
  }
}

const TABS = [
  ["timeline", "Time line"],
  ["matrix", "Who knows what"],
  ["flow", "Flow of knowledge"],
  ["findings", "Findings"],
];
