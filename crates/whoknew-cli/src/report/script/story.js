// The story's data, and what is looked up in it again and again.

const story = JSON.parse(byId("data").textContent);
const { scenes, facts } = story;
const people = story.names.slice(0, story.characters);

/** The orders in which scenes can be looked at; each holds scenes by their told position. */
const orders = { told: scenes.map((_, scene) => scene), happened: story.happened };
/** When each scene happened, counted from 0. */
const happenedAt = new Array(scenes.length).fill(0);
story.happened.forEach((scene, position) => { happenedAt[scene] = position; });

/** Lists of things by the number that `key` gives them. */
function grouped(length, things, key) {
  const groups = Array.from({ length }, () => []);
  for (const thing of things) {
    const at = key(thing);
    if (at !== null && at !== undefined) groups[at].push(thing);
  }
  return groups;
}

story.findings.forEach((finding, index) => { finding.index = index; });
const findingsIn = grouped(scenes.length, story.findings, (finding) => finding.scene);
const learnedIn = grouped(scenes.length, story.learned, (learned) => learned.scene);
const learnedOf = grouped(facts.length, story.learned, (learned) => learned.fact);
const saidOf = grouped(facts.length, story.said, (said) => said.fact);

/** Who is in each scene, in the order of the cast. */
const presentIn = scenes.map((scene) => {
  const there = new Set(scene.acting);
  scene.settings.forEach(([, who]) => who.forEach((one) => there.add(one)));
  return [...there].sort((one, other) => one - other);
});

/** `scene 12` */
const sceneShort = (scene) => `scene ${scenes[scene].label}`;
/** `scene 12 “The warning”` */
const sceneName = (scene) => sceneShort(scene) + (scenes[scene].title ? ` “${scenes[scene].title}”` : "");
/** Where a scene is set, in words. */
function scenePlaces(scene) {
  const { place, settings } = scenes[scene];
  const found = settings.map(([where]) => where).filter((where) => where !== null);
  if (place !== null && !found.includes(place)) found.unshift(place);
  return [...new Set(found)].map((where) => story.names[where]);
}

/** What a fact says with a value. */
const statement = (fact, value) => facts[fact].values[value][0];
/** The value alone. */
const shortValue = (fact, value) => facts[fact].values[value][1];
/** A fact for menus and headings. */
const factName = (fact) => capital(facts[fact].open);

/** Scenes that are not told where they happened: told order without them is the order in which the rest happened. */
const movedScenes = (() => {
  // The longest run of scenes that are in both orders the same.
  const ends = [];
  const before = new Array(scenes.length).fill(-1);
  scenes.forEach((_, scene) => {
    let at = ends.findIndex((end) => happenedAt[end] > happenedAt[scene]);
    if (at < 0) at = ends.length;
    before[scene] = at > 0 ? ends[at - 1] : -1;
    ends[at] = scene;
  });
  const kept = new Set();
  for (let scene = ends.length > 0 ? ends[ends.length - 1] : -1; scene >= 0; scene = before[scene]) kept.add(scene);
  return new Set(orders.told.filter((scene) => !kept.has(scene)));
})();

/** How serious a finding is: what it is called, and a sign that needs no colour. */
function findingSign(finding) {
  if (finding.expected !== null) return { kind: "expected", sign: "△", word: `expected ${finding.severity}` };
  const signs = { error: "▲", warning: "◆", note: "•" };
  return { kind: finding.severity, sign: signs[finding.severity] || "•", word: finding.severity };
}
