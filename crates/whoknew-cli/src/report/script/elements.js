// Elements. Text of the story is only ever set as text, never read as HTML.

const SVG = "http://www.w3.org/2000/svg";

const byId = (id) => document.getElementById(id);

/** Sets attributes: `on…` listens, `true` stands alone, `false` and nothing are left out. */
function dress(node, attributes) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (name === "style") for (const [key, word] of Object.entries(value)) node.style.setProperty(key, word);
    else node.setAttribute(name, value === true ? "" : String(value));
  }
  return node;
}

/** Nodes and texts, out of lists inside lists; nothing is left out. */
const flat = (children) => children.flat(Infinity).filter((child) => child !== undefined && child !== null && child !== false);

/** An HTML element; children are nodes, texts, lists of them, or nothing. */
function element(name, attributes = {}, ...children) {
  const node = dress(document.createElement(name), attributes);
  node.append(...flat(children));
  return node;
}

/** The same in a drawing. */
function drawn(name, attributes = {}, ...children) {
  const node = dress(document.createElementNS(SVG, name), attributes);
  node.append(...flat(children));
  return node;
}

/** Puts new children in place of the old ones. */
const fill = (node, ...children) => node.replaceChildren(...flat(children));

/** `1 scene`, `2 scenes` */
const counted = (number, word) => `${number.toLocaleString("en")} ${word}${number === 1 ? "" : "s"}`;

/** `A`, `A and B`, `A, B and C`; at most `most` of them. */
function listed(words, most = Infinity) {
  const shown = words.length > most ? [...words.slice(0, most), `${words.length - most} more`] : words;
  if (shown.length < 2) return shown.join("");
  return `${shown.slice(0, -1).join(", ")} and ${shown[shown.length - 1]}`;
}

/** The text with a capital at its beginning; formulas stay as they are. */
const capital = (text) => (/^\w+\(/.test(text) ? text : text.charAt(0).toUpperCase() + text.slice(1));

/** At most `length` characters of a text. */
const shortened = (text, length) => (text.length > length ? `${text.slice(0, Math.max(1, length - 1)).trimEnd()}…` : text);

/** The text with the searched words marked. */
function marked(text, words) {
  const lower = text.toLowerCase();
  // A text whose length changes with its case cannot be marked by position.
  if (words.length === 0 || lower.length !== text.length) return [text];
  const hits = words
    .flatMap((word) => {
      const found = [];
      for (let at = lower.indexOf(word); at >= 0; at = lower.indexOf(word, at + word.length)) found.push([at, at + word.length]);
      return found;
    })
    .sort((one, other) => one[0] - other[0]);
  const parts = [];
  let reached = 0;
  for (const [from, to] of hits) {
    if (from < reached) continue;
    parts.push(text.slice(reached, from), element("mark", {}, text.slice(from, to)));
    reached = to;
  }
  parts.push(text.slice(reached));
  return parts;
}

/** A group of radio buttons that look like one switch. */
function choice(name, label, options, chosen, choose) {
  const group = element("div", { class: "choice", role: "radiogroup", "aria-label": label });
  for (const [value, text] of options) {
    const input = element("input", {
      type: "radio", name, value, checked: value === chosen, onchange: () => choose(value),
    });
    group.append(element("label", {}, input, element("span", {}, text)));
  }
  return group;
}

/** A check box with its text. */
function tick(text, checked, change, title) {
  const input = element("input", { type: "checkbox", checked, onchange: () => change(input.checked) });
  return element("label", { class: "tick", title }, input, element("span", {}, text));
}

/** A menu; options are `[value, text]`. */
function menu(label, options, chosen, choose) {
  const select = element("select", { "aria-label": label, onchange: () => choose(select.value) });
  for (const [value, text] of options) select.append(element("option", { value, selected: value === chosen }, text));
  return select;
}
