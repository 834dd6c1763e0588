// Fields, rows, plans and buttons of an election's pages, drawn at random. Writes
// what was done each time as a line of JSON, with the file before and after it;
// another judges whether that is what was meant.
//
//     node edits.mjs PROGRAM FOLDER HOME COUNT SEED OUT

import fs from "node:fs";
import path from "node:path";
import { Browser, check, end, serve, settled, trouble } from "./browser.mjs";

const [program, folder, home, count, seed, out] = process.argv.slice(2);
const file = path.join(folder, "election.yaml");
const read = () => fs.readFileSync(file, "utf8");

let state = Number(seed) + 1;
function chance(below) {
  state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
  return Math.floor(state / 2 ** 32 * below);
}
const one = (all) => all[chance(all.length)];

const WORDS = ["是", "no", "null", "~", "007", "0x1F", "1e3", "-", "- 甲", "1:2", "08:30", "2026-05-10", "2017", "a: b", "甲：", "# 井号", "甲 #乙", "甲、乙，丙", "\"引\"", "'引'", "\\n", "{甲: 乙}", "[甲]", "*甲", "&甲", "!甲", "%甲", "@甲", "|", "> 甲", "<b>甲</b>", "甲乙丙丁".repeat(20)];
const VALUES = {
  text: WORDS,
  count: ["0", "12", "1860", "很多"],
  date: ["2026-05-10", "2026-05", "2017", "明天"],
  time: ["08:30", "19:05", "九点"],
};

const desk = await serve(program, folder, home);
// Narrow: no paper is set beside the form.
const browser = await Browser.open({ viewport: { width: 1100, height: 768 } });
const { faults } = browser;
const page = await browser.enter(desk);
page.setDefaultTimeout(10000);
const chapters = await page.$$eval("#nav ol a", (all) => all.map((link) => link.getAttribute("href")));

const unfold = () => page.evaluate(() => { for (const details of document.querySelectorAll("main details")) details.open = true; });
const at = (id) => page.locator(`[id="${id}"]`);
const press = (value) => page.locator(`button[value="${value}"]`).first().click();

// What can be done on the page.
const choices = () => page.evaluate(() => {
  const all = [...document.forms.step.elements];
  const fields = all.filter((field) => field.id && field.name && !["hidden", "checkbox", "submit"].includes(field.type) && !field.name.startsWith("rows "));
  const kind = (field) => field.tagName === "SELECT" ? "choice" : field.tagName === "TEXTAREA" ? "lines" : field.className;
  const yes = (options) => options.includes("是") && options.includes("否");
  const button = (word) => all.filter((button) => button.tagName === "BUTTON" && button.value.startsWith(word + " ") && button.value.split(" ").length === 2 && !button.disabled).map((button) => button.value);
  return {
    fields: fields.map((field) => {
      const options = field.tagName === "SELECT" ? [...field.options].map((option) => option.value) : [];
      const told = kind(field) === "choice" && yes(options) ? "yes" : kind(field);
      return { path: field.id, kind: told, now: field.value, options, unknown: !!document.getElementById(field.id + "-unknown"), isFresh: !!field.closest("tr.fresh") };
    }),
    buttons: ["up", "down", "remove", "take"].flatMap((word) => { const all = button(word); return all.length ? [all] : []; }),
    tables: button("paste").map((value) => value.slice(6)),
  };
});

async function enter({ fields }) {
  const fresh = fields.filter((field) => field.isFresh);
  const field = fresh.length && !chance(5) ? one(fresh) : one(fields);
  const draw = chance(8);
  let value = draw === 0 ? "" : field.kind === "choice" || field.kind === "yes" ? one(field.options)
    : field.kind === "lines" ? [...Array(1 + chance(3))].map(() => one(WORDS)).join("\n") : one(VALUES[field.kind]);
  if (value.trim() === field.now.trim()) return null;
  if (draw === 1 && field.unknown) {
    await at(field.path + "-unknown").click();
    value = await at(field.path + "-unknown").isChecked() ? "不知道" : "";
  } else if (field.options.length) {
    await at(field.path).selectOption(value);
  } else {
    await at(field.path).fill(value);
    await at(field.path).blur();
  }
  return { act: "enter", path: field.path, kind: field.kind, value };
}

async function button({ buttons }) {
  if (!buttons.length) return null;
  const value = one(one(buttons));
  await press(value);
  const [act, what] = value.split(" ");
  return { act, path: what };
}

// One row, with a row of headings or without.
async function paste({ tables, fields }) {
  if (!tables.length) return null;
  const list = one(tables);
  const cells = fields.filter((field) => field.isFresh && field.path.startsWith(list + "[") && field.kind === "text").slice(0, 2);
  const keys = cells.map((cell) => cell.path.split(".").pop());
  if (!keys.length || cells[0].path.slice(list.length).split(".").length !== 2) return null;
  const labels = [];
  for (const cell of cells) labels.push((await at(cell.path).getAttribute("aria-label")).split("，")[0]);
  const values = keys.map(() => one(WORDS));
  // As Excel copies a cell with quotation marks in it.
  const copied = (cell) => cell.includes('"') ? `"${cell.replaceAll('"', '""')}"` : cell;
  await page.locator(`[name="rows ${list}"]`).fill([labels, values.map(copied)].map((row) => row.join("\t")).join("\n"));
  await press(`paste ${list}`);
  return { act: "paste", path: list, keys, values };
}

let done = 0;
let refused = 0;
const lines = [];
for (let turn = 0; done < Number(count) && turn < 6 * count; turn++) {
  if (turn % 6 === 0) await page.goto(desk.base + one(chapters));
  await unfold();
  const before = read();
  const act = one([enter, enter, enter, enter, button, button, paste]);
  const edit = await act(await choices());
  if (!edit) continue;
  await settled(page);
  const after = read();
  if (await trouble(page)) {
    check(after === before, "it says that nothing was saved, and something was");
    refused += 1;
    console.log(`refused: ${JSON.stringify(edit)}: ${await trouble(page)}`);
    await page.goto(desk.base + one(chapters));
    continue;
  }
  if (!(await page.locator("#step").count())) { faults.push(`no form after ${JSON.stringify(edit)}: ${(await page.locator("main").innerText()).slice(0, 200)}`); await page.goto(desk.base + chapters[0]); continue; }
  if (after === before) { faults.push(`nothing is done: ${JSON.stringify(edit)}`); continue; }
  lines.push(JSON.stringify({ ...edit, before, after }));
  done += 1;
  // Back and forth, and back for good, so that the file stays what people write.
  if (chance(3)) continue;
  const travel = async (name, wanted) => {
    await page.getByRole("button", { name, exact: true }).click();
    await page.waitForLoadState("load");
    if (read() !== wanted) faults.push(`${name} of ${JSON.stringify(edit)}`);
  };
  await travel("撤销", before);
  if (chance(2)) { await travel("重做", after); await travel("撤销", before); }
}
fs.writeFileSync(out, lines.join("\n"));
console.log(`${done} edits, ${refused} refused`);
await browser.close();
end(faults);
