// What the pages do without this script they do as plain forms. With it, a field is
// saved when it is left, messages and pictures follow at once.
"use strict";

const page = () => document.getElementById("main");
const form = () => document.querySelector("form[data-saves]");
const say = (text) => { document.getElementById("saved").textContent = text; };

function complain(text) {
  const trouble = document.getElementById("trouble");
  trouble.textContent = text || "";
  trouble.hidden = !text;
  if (!text || !form()) return;
  const again = document.createElement("button");
  again.textContent = "再保存一次";
  again.addEventListener("click", () => { refused = new WeakMap(); save(true); });
  trouble.append(" ", again);
}

// A page is not changed under the hands of its user: not while a button is held down,
// nor while characters are being composed.
let pressed = false;
let composing = false;
const waiting = [];
const atRest = () => !pressed && !composing;
const whenAtRest = () => atRest() ? Promise.resolve() : new Promise((go) => waiting.push(go));
const rest = () => setTimeout(() => { if (atRest()) waiting.splice(0).forEach((go) => go()); });
addEventListener("pointerdown", () => { pressed = true; }, true);
for (const end of ["pointerup", "pointercancel", "blur"]) {
  addEventListener(end, () => { pressed = false; rest(); }, true);
}
addEventListener("compositionstart", () => { composing = true; }, true);
addEventListener("compositionend", () => { composing = false; rest(); }, true);

// The value of a field as the server knows it.
const known = new WeakMap();
const value = (field) => field.type === "checkbox" ? String(field.checked) : field.value;
const isField = (field) =>
  field.form && field.form === form() && field.name && field.type !== "hidden" &&
  field.tagName !== "BUTTON" && !field.name.startsWith("rows ");
// What could not be saved is not tried again by itself: it would hold up the rest.
let refused = new WeakMap();
const changed = (field) => isField(field) && known.get(field) !== value(field);

function learn() {
  if (!form()) return;
  for (const field of form().elements) if (isField(field)) known.set(field, value(field));
}

// All boxes and fields of one name go together: a box says that nothing is known.
function entries(names) {
  const sent = new URLSearchParams();
  for (const name of names) {
    for (const field of form().elements) {
      if (field.name !== name || !isField(field)) continue;
      if (field.type === "checkbox") { if (field.checked) sent.append(name, field.value); }
      else sent.append(name, field.value);
    }
  }
  return sent;
}

// Requests go one after another, each made of the page as it is then.
let line = Promise.resolve();
let inHand = 0;
function inLine(work) {
  inHand++;
  line = line.then(work).catch(() => {
    complain("张榜没有回应：程序可能已经退出。刚才写的还在这一页上；请重新双击打开张榜，再点这里：");
  }).finally(() => { inHand--; });
  return line;
}

// Nor is a word that is still being typed sent along with another field.
const isTyped = (field) => field === document.activeElement && field.tagName !== "SELECT" && field.type !== "checkbox";
const unrefused = (field) => changed(field) && refused.get(field) !== value(field);
const wanting = (field) => unrefused(field) && !isTyped(field);
const names = (fields) => [...new Set(fields.map((field) => field.name))];
const unsaved = (all) => form() ? names([...form().elements].filter(all ? changed : wanting)) : [];

function save(all) {
  inLine(async () => {
    const names = unsaved(all);
    if (names.length) await send("/edit", entries(names));
  });
}

function act(button) {
  inLine(async () => {
    const sent = entries(unsaved(true));
    sent.append("do", button.value);
    const rows = button.value.startsWith("paste ") && document.getElementsByName("rows " + button.value.slice(6))[0];
    if (rows) sent.append(rows.name, rows.value);
    await send("/edit", sent);
  });
}

// A button beside the form, such as undo, has its turn when the form is saved: it
// would come to the server before what was typed last, and that would win.
function afterSaving(event) {
  if (!form() || !inHand && ![...form().elements].some(unrefused)) return;
  event.preventDefault();
  const twin = (button) => button.textContent === event.submitter.textContent && button.form !== form();
  save(true);
  line.then(() => {
    const button = [...document.querySelectorAll("form button")].find(twin);
    if (button && form() && !unsaved(true).length) button.click();
  });
}

async function send(action, sent) {
  const own = form();
  for (const name of ["rev", "of", "election"]) sent.append(name, own.elements[name].value);
  const were = new Map([...own.elements].filter(isField).map((field) => [field, value(field)]));
  const answer = await fetch(action, { method: "POST", body: sent, headers: { "x-script": "1" } });
  const text = await answer.text();
  await whenAtRest();
  show(answer, text, (field) => sent.has(field.name) && were.get(field) === value(field));
}

// Puts the new page in the place of the old one: what was typed meanwhile, the place
// of the cursor and what was open stay.
function show(answer, text, isSaved) {
  const fresh = new DOMParser().parseFromString(text, "text/html");
  if (!fresh.getElementById("nav")) {
    const told = [...fresh.querySelectorAll(".note p, .note .help")].map((one) => one.textContent.trim());
    for (const field of form().elements) {
      if (changed(field) && isSaved(field)) { refused.set(field, value(field)); field.dataset.unsaved = ""; }
    }
    complain(told.join("　") || "没有保存。");
    return;
  }
  complain("");
  const focus = document.activeElement;
  const at = focus && (focus.id || focus.value && focus.getAttribute("value"));
  const cursor = focus && "selectionStart" in focus && focus.type !== "checkbox" ? [focus.selectionStart, focus.selectionEnd] : null;
  const typed = new Map();
  if (form()) for (const field of form().elements) {
    if (changed(field) && !isSaved(field) && field.id) typed.set(field.id, value(field));
  }
  const open = new Map([...document.querySelectorAll("main details[id]")].map((one) => [one.id, one.open]));
  document.getElementById("nav").replaceWith(fresh.getElementById("nav"));
  page().replaceWith(fresh.getElementById("main"));
  for (const one of document.querySelectorAll("main details[id]")) {
    if (open.has(one.id)) one.open = open.get(one.id) || one.open;
  }
  learn();
  for (const [id, text] of typed) {
    const field = document.getElementById(id);
    if (field && field.type !== "checkbox") field.value = text;
  }
  const again = at && (document.getElementById(at) || document.querySelector(`button[value="${CSS.escape(at)}"]`));
  if (again) {
    again.focus({ preventScroll: true });
    if (cursor && again.setSelectionRange) try { again.setSelectionRange(...cursor); } catch { /* a date has no cursor */ }
  }
  if (answer.status === 409) { say(""); page().focus(); return; }
  const now = new Date();
  say(`已保存 ${String(now.getHours()).padStart(2, "0")}:${String(now.getMinutes()).padStart(2, "0")}`);
  preview();
}

// A box that is ticked empties its field, and the other way round.
function pair(field) {
  if (!isField(field)) return;
  const others = [...form().elements].filter((other) => other !== field && other.name === field.name);
  for (const other of others) {
    if (field.type === "checkbox" && field.checked) other.value = "";
    if (other.type === "checkbox" && field.value) other.checked = false;
  }
}

addEventListener("focusout", (event) => { if (changed(event.target)) { pair(event.target); save(); } });
addEventListener("change", (event) => {
  const field = event.target;
  if (isField(field) && (field.tagName === "SELECT" || field.type === "checkbox")) { pair(field); save(); }
});
// The calendar of the browser writes the day into the field beside it.
document.documentElement.classList.add("script");
addEventListener("change", (event) => {
  const field = event.target.dataset && document.getElementById(event.target.dataset.for || "");
  if (!field) return;
  field.value = event.target.value;
  pair(field);
  save(true);
});
// The second click of a double one would do the same to the next row.
addEventListener("click", (event) => {
  if (event.detail > 1 && event.target.closest && event.target.closest("button[name=do]")) event.preventDefault();
}, true);
addEventListener("submit", (event) => {
  if (event.target !== form()) { afterSaving(event); return; }
  event.preventDefault();
  refused = new WeakMap();
  if (event.submitter && event.submitter.value) act(event.submitter); else save(true);
});
addEventListener("pagehide", () => {
  const names = unsaved(true);
  if (!names.length) return;
  const sent = entries(names);
  for (const name of ["rev", "election"]) sent.append(name, form().elements[name].value);
  fetch("/edit", { method: "POST", body: sent, headers: { "x-script": "1" }, keepalive: true });
});

// The paper beside the form: the one that was asked for, or else the first.
let asked = null;
let shown = 0;
async function preview() {
  const place = document.getElementById("preview");
  if (!place) return;
  let source = place.dataset.pages;
  if (!source) {
    const papers = [...document.querySelectorAll("main [data-paper]")];
    const paper = papers.find((one) => one.dataset.paper === asked) || papers[0];
    for (const one of papers) one.toggleAttribute("aria-current", one === paper);
    if (!paper) { place.replaceChildren(); return; }
    if (innerWidth < 1180) return;
    source = "/paper/pages?id=" + encodeURIComponent(paper.dataset.paper);
  }
  const turn = ++shown;
  try {
    const answer = await fetch(source, { headers: { "x-script": "1" } });
    const text = await answer.text();
    // Only the newest counts.
    if (turn !== shown) return;
    const fresh = new DOMParser().parseFromString(text, "text/html");
    const same = (one) => place.querySelector(`img[src="${CSS.escape(one.getAttribute("src"))}"]`);
    for (const one of fresh.querySelectorAll("img")) { const old = same(one); if (old) one.replaceWith(old); }
    place.replaceChildren(...fresh.body.childNodes);
  } catch { /* the next change tries again */ }
}
// It follows the fields: the paper that bears the day that is entered, or else one that
// is made of the section.
addEventListener("focusin", (event) => {
  const section = event.target.closest && event.target.closest("details.section");
  if (!section || innerWidth < 1180) return;
  const papers = [...document.querySelectorAll("main [data-paper]")];
  const needs = (paper) => paper.dataset.of.split(" ");
  const name = section.id.replace(/-section$/, "");
  const shown = papers.find((paper) => paper.dataset.paper === asked);
  const paper = papers.find((paper) => needs(paper)[0] === event.target.name)
    || (shown && needs(shown).includes(name) ? shown : papers.find((paper) => needs(paper).includes(name)));
  if (paper && paper !== shown) { asked = paper.dataset.paper; preview(); }
});
addEventListener("click", (event) => {
  const paper = event.target.closest && event.target.closest("[data-paper]");
  if (paper && innerWidth >= 1180) { event.preventDefault(); asked = paper.dataset.paper; preview(); }
  const told = event.target.closest && event.target.closest("[data-line]");
  const text = document.querySelector("textarea#text");
  if (told && text) {
    const lines = text.value.split("\n");
    const start = lines.slice(0, told.dataset.line - 1).reduce((sum, one) => sum + one.length + 1, 0);
    text.focus();
    text.setSelectionRange(start, start + lines[told.dataset.line - 1].length);
    text.scrollTop = (told.dataset.line - 5) * text.scrollHeight / lines.length;
  }
});

// Files may be dropped anywhere on a box for them.
for (const kind of ["dragover", "drop"]) {
  addEventListener(kind, (event) => {
    const box = event.target.closest && event.target.closest(".drop");
    if (!box) return;
    event.preventDefault();
    const input = box.querySelector("input[type=file]");
    if (kind === "drop" && event.dataTransfer.files.length) input.files = event.dataTransfer.files;
  });
}

// Work that goes on is looked at again.
async function refresh() {
  const going = document.querySelector("[data-refresh]");
  if (!going) return;
  await new Promise((go) => setTimeout(go, Number(going.dataset.refresh)));
  try {
    const answer = await fetch(location.pathname, { headers: { "x-script": "1" } });
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
    const now = fresh.getElementById(going.id);
    if (now) going.replaceWith(now);
    refresh();
  } catch { complain("张榜没有回应：程序可能已经退出。"); }
}

// A link leads to a field that may be folded away.
function unfold() {
  const target = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (!target) return;
  for (let one = target; one; one = one.parentElement) if (one.tagName === "DETAILS") one.open = true;
  target.scrollIntoView({ block: "center" });
  if (isField(target)) target.focus({ preventScroll: true });
}
addEventListener("hashchange", unfold);

learn();
unfold();
preview();
refresh();

// From the last cell of a row Tab leads to the next row; its buttons are behind it.
addEventListener("keydown", (event) => {
  if (event.key !== "Tab" || event.shiftKey || event.ctrlKey || event.altKey) return;
  const row = event.target.closest && event.target.closest("tbody tr");
  if (!row || !isField(event.target)) return;
  const cells = [...row.querySelectorAll("input, select")];
  if (event.target !== cells[cells.length - 1]) return;
  let next = row.nextElementSibling;
  while (next && (next.matches(".notes, .rest") || !next.querySelector("input, select"))) next = next.nextElementSibling;
  if (!next) return;
  event.preventDefault();
  next.querySelector("input, select").focus();
});

// The whole text is saved by its button only.
const whole = document.querySelector("textarea#text");
let leaves = false;
addEventListener("submit", () => { leaves = true; }, true);
addEventListener("beforeunload", (event) => {
  if (whole && !leaves && whole.value !== whole.defaultValue) event.preventDefault();
});
