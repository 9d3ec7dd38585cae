// What is so, and what everybody takes to be so, at any point of the story. Computed from changes when asked.

/** Whose picture of the world is looked at: what is so, or what a character takes to be so. */
const TRUTH = -1;

/** One course of values over the scenes. It remembers where it was asked last and goes on from there. */
class Course {
  constructor(data, order, base) {
    this.data = data;
    this.order = order;
    this.base = base;
    this.values = null;
    this.position = 0;
    this.changes = null;
  }

  /** The changes of each scene as fact, value; fact, value; … */
  byScene() {
    if (!this.changes) {
      this.changes = new Map();
      const { then } = this.data;
      for (let at = 0; at < then.length; at += 3) {
        const list = this.changes.get(then[at]) || [];
        list.push(then[at + 1], then[at + 2]);
        this.changes.set(then[at], list);
      }
    }
    return this.changes;
  }

  /** The values when so many scenes are over. Not to be kept: the next call may change them. */
  after(position) {
    if (!this.values || position < this.position) {
      this.values = this.base ? this.base.after(0).slice() : new Uint16Array(facts.length);
      this.put(this.data.start);
      this.position = 0;
    }
    const changes = this.byScene();
    for (; this.position < position; this.position += 1) this.put(changes.get(this.order[this.position]) || []);
    return this.values;
  }

  put(list) {
    for (let at = 0; at < list.length; at += 2) this.values[list[at]] = list[at + 1];
  }
}

const truth = new Course(story.truth, orders.happened, null);
const minds = story.minds.map((data) => new Course(data, orders.happened, truth));
const reader = story.reader && new Course(story.reader, orders.told, null);
const pictures = story.others.map((all, who) => all && all.map((data) => new Course(data, orders.happened, minds[who])));

/** A point of the story: after a scene, or, without one, before all of them. */
const momentOf = (scene) => (scene === null ? 0 : happenedAt[scene] + 1);

/** What is so, or what `mind` believes, after `scene`. */
const believedBy = (mind, scene) => (mind === TRUTH ? truth : minds[mind]).after(momentOf(scene));

/** What `mind` takes `who` to believe; `null` if this page does not say. In truth it is what they believe. */
function pictureOf(mind, who, scene) {
  if (mind === TRUTH || mind === who) return minds[who].after(momentOf(scene));
  return pictures[mind] ? pictures[mind][who].after(momentOf(scene)) : null;
}

/** What the reader believes when `scene` has been told. */
const readerAfter = (scene) => (reader ? reader.after(scene === null ? 0 : scene + 1) : null);

/** How a belief stands to what is so, or to what somebody takes to be so. */
function standing(real, believed) {
  if (believed === 0) return "unknown";
  if (real === 0) return "open";
  return real === believed ? "knows" : "wrong";
}

/** Signs that need no colour, and words, for each standing. */
const STANDINGS = {
  knows: { sign: "✓", word: "knows", legend: "believes what is so" },
  wrong: { sign: "✗", word: "wrongly believes", legend: "believes something else" },
  unknown: { sign: "·", word: "does not know", legend: "does not know" },
  open: { sign: "○", word: "believes", legend: "believes it, though it is not settled" },
};

/** `Buffy wrongly believes that Willow is safe`. */
function beliefSentence(name, fact, real, believed) {
  const kind = standing(real, believed);
  if (kind === "unknown") return `${name} does not know about it: ${facts[fact].open}`;
  return `${name} ${STANDINGS[kind].word} that ${statement(fact, believed)}`;
}

/** The last time before the end of `scene` that `who` changed their mind about `fact`. */
function lastLearned(who, fact, scene) {
  let found = null;
  for (const learned of learnedOf[fact]) {
    if (learned.who === who && scene !== null && happenedAt[learned.scene] <= happenedAt[scene]) found = learned;
  }
  return found;
}

/** How a belief came about, as words that follow a dash. */
function meansWords(learned) {
  const by = learned.by === undefined ? "somebody" : people[learned.by];
  const really = learned.really === undefined ? "" : `, who was ${people[learned.really]} in truth`;
  const words = {
    saw: "saw it",
    acted: "by their own act",
    understood: "understood it from what they noticed",
    concluded: "concluded it",
    rule: learned.rule ? `by a rule: ${learned.rule}` : "by a rule",
    assumed: "assumed by the author",
    forgot: "forgot",
    patched: "assumed by the check, to go on after a hole",
    time: "time passed",
  };
  if (learned.means !== "told") return words[learned.means];
  const honest = { believed: "", lied: ": a lie", unsure: ", who did not know it" };
  return `told by ${by}${really}${honest[learned.sincerity]}`;
}

/** One letter for each way of learning, for drawings. */
const MEANS = {
  told: ["T", "was told"],
  saw: ["S", "saw it"],
  acted: ["A", "by their own act"],
  understood: ["U", "understood from what they noticed"],
  concluded: ["C", "concluded"],
  rule: ["R", "by a rule of the world"],
  assumed: ["N", "by the author's assumption"],
  forgot: ["F", "forgot"],
  patched: ["P", "assumed by the check after a hole"],
  time: ["W", "time passed"],
};
