// For paper: everything unfolded, in the order in which one would read it. Made only when the page is printed.

const PRINT_WIDTH = 940;
const PRINT_FACTS = 150;

/** The time line in pieces that fit on paper. */
function printedTimeline() {
  const pieces = [];
  const order = orders.told;
  const lanes = castOrder.map((who) => ({ kind: "character", who, name: people[who] }));
  const each = Math.floor((PRINT_WIDTH - 150) / 17);
  for (let first = 0; first < order.length; first += each) {
    const image = timelineDrawing(order, lanes, 17, { first, count: each });
    const labels = element("div", { class: "labels" }, element("div", { class: "corner", style: { height: `${TITLES + BAND + MARKS}px` } }), lanes.map(({ name }) => element("div", { class: "lane-label" }, name)));
    pieces.push(element("div", { class: "chart" }, labels, element("div", { class: "scroller" }, image)));
  }
  return pieces;
}

/** Who believes what at the end, in words and signs. */
function printedMatrix(list) {
  const end = story.happened.length > 0 ? story.happened[story.happened.length - 1] : null;
  const real = truth.after(momentOf(end));
  const roomy = people.length <= 14;
  const table = element("table", { class: roomy ? "roomy" : null }, element("thead", {}, element("tr", {}, element("th", {}, "At the end"), people.map((name) => element("th", { class: "mind" }, element("span", {}, name))))));
  const body = element("tbody", {});
  for (const fact of list) {
    const cells = minds.map((mind) => {
      const value = mind.after(momentOf(end))[fact];
      const kind = standing(real[fact], value);
      return element("td", { class: kind }, STANDINGS[kind].sign, roomy && (kind === "wrong" || kind === "open") ? ` ${shortValue(fact, value)}` : "");
    });
    body.append(element("tr", {}, element("th", {}, capital(real[fact] === 0 ? `${facts[fact].open} ?` : statement(fact, real[fact]))), cells));
  }
  table.append(body);
  return table;
}

function makePrint() {
  const spoken = facts.map((_, fact) => fact).filter((fact) => facts[fact].spoken > 0);
  const list = (spoken.length > 0 ? spoken : facts.map((_, fact) => fact)).slice(0, PRINT_FACTS);
  const left = facts.length - list.length;
  fill(
    byId("print"),
    element("h1", {}, story.title),
    element("p", {}, story.summary),
    story.cuts.map((cut) => element("p", {}, cut)),
    element("h2", {}, "Findings"),
    story.findings.length === 0 ? element("p", {}, "None.") : story.findings.map((finding) => findingCard(finding, true, false)),
    element("h2", {}, "The scenes in told order"),
    scenes.length > 0 ? [timelineLegend(), printedTimeline()] : element("p", {}, "None."),
    scenes.map((_, scene) => element("section", { class: "scene" }, element("h3", {}, capital(sceneName(scene))), sceneFacts(scene), sceneLines(scene, true))),
    list.length === 0 ? null : [
      element("h2", {}, "Who knows what"),
      element("ul", { class: "legend" }, Object.values(STANDINGS).map(({ sign, legend }) => element("li", {}, `${sign} ${legend}`))),
      printedMatrix(list),
      element("h2", {}, "How it spread"),
      left > 0 ? element("p", {}, `${counted(list.length, "statement")}; ${left.toLocaleString("en")} more are on the page only.`) : null,
      list.map((fact) => element("section", { class: "scene" }, element("h3", {}, factName(fact)), flowList(fact, flowEvents(fact), flowStart(fact), false))),
    ],
  );
}

const endPrint = () => byId("print").replaceChildren();
