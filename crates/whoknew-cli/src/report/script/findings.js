// All findings, those first that the author does not expect.

const FINDING_KINDS = ["error", "warning", "expected", "note"];
const shownFindings = new Set(FINDING_KINDS);

function drawFindings() {
  const host = byId("findings");
  if (host.hidden) return;
  const kinds = grouped(FINDING_KINDS.length, story.findings, (finding) => FINDING_KINDS.indexOf(findingSign(finding).kind));
  const words = ["Errors", "Warnings", "Expected by the author", "Notes"];
  const ticks = FINDING_KINDS.map((kind, at) => (kinds[at].length === 0 ? null : tick(`${words[at].toLowerCase()} (${kinds[at].length})`, shownFindings.has(kind), (on) => {
    if (on) shownFindings.add(kind);
    else shownFindings.delete(kind);
    drawFindings();
  })));
  host.replaceChildren(
    element("div", { class: "controls" }, ticks),
    story.findings.length === 0 ? element("p", { class: "empty" }, "The check found nothing to report.") : "",
    ...FINDING_KINDS.map((kind, at) => (kinds[at].length === 0 || !shownFindings.has(kind) ? "" : element(
      "section", {}, element("h2", {}, `${words[at]} `, element("span", { class: "quiet" }, kinds[at].length)), kinds[at].map((finding) => findingCard(finding, true)),
    ))),
  );
}

/** Shows one finding. */
function goToFindingCard(finding) {
  shownFindings.add(findingSign(finding).kind);
  show({ tab: "findings", scene: finding.scene === null ? view.scene : finding.scene });
  drawFindings();
  const card = byId(`finding-${finding.index}`);
  if (card) {
    card.scrollIntoView({ block: "center" });
    card.focus();
  }
}

drawWith(["tab"], drawFindings);
