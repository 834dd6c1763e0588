// Two windows, Notepad beside them, no script, keys only: nothing is overwritten.
//
//     node tabs.mjs PROGRAM FOLDER HOME

import fs from "node:fs";
import path from "node:path";
import { Browser, check, end, looksWrong, serve, settled } from "./browser.mjs";

const [program, folder, home] = process.argv.slice(2);
const file = path.join(folder, "election.yaml");
const read = () => fs.readFileSync(file, "utf8");
const first = read();
const desk = await serve(program, folder, home);
const browser = await Browser.open();
const { faults } = browser;
const a = await browser.enter(desk);
const b = await browser.context.newPage();
const step = desk.base + "/step?of=basics";
const field = (page, name) => page.locator(`[id="${name}"]`);

async function scene(name, play) {
  try {
    // What is still in a field of the scene before is saved when its page is left.
    await Promise.all([a.goto("about:blank"), b.goto("about:blank")]);
    await a.waitForTimeout(300);
    fs.writeFileSync(file, first);
    await Promise.all([a.goto(step), b.goto(step)]);
    await play();
  } catch (error) { faults.push(`${name}: ${error.message}`); }
}

async function enter(page, name, value) {
  await field(page, name).fill(value);
  await field(page, name).blur();
  await settled(page);
}

const says = (page, text) => page.locator("main").innerText().then((all) => check(all.includes(text), `the page does not say ${text}`));

await scene("two windows, two fields", async () => {
  await enter(a, "term", "8");
  await enter(b, "community.street", "乙街道");
  check(read() === first.replace("届次: 7", "届次: 8").replace("示例街道", "乙街道"), "one of both is lost");
  check(await field(b, "term").inputValue() === "8", "the second window does not see the first");
});

await scene("two windows, one field", async () => {
  await enter(a, "term", "8");
  await enter(b, "term", "9");
  check(read() === first.replace("届次: 7", "届次: 8"), "the first is overwritten");
  await says(b, "文件在别处改过");
  await says(b, "8");
  await says(b, "9");
  faults.push(...(await looksWrong(b)).map((wrong) => `conflict: ${wrong}`));
  await b.getByText("我写的：").click();
  await b.getByText("就这样保存").click();
  await b.waitForURL(/step/);
  check(read() === first.replace("届次: 7", "届次: 9"), "what was chosen is not saved");
});

await scene("two windows, the same value", async () => {
  await enter(a, "term", "8");
  await enter(b, "term", "8");
  check(await field(b, "term").count() === 1, "a conflict where there is none");
});

await scene("two windows, one row", async () => {
  const committee = desk.base + "/step?of=committee";
  await Promise.all([a.goto(committee), b.goto(committee)]);
  await a.locator('[aria-label="删去第 1 行"]').first().click();
  await settled(a);
  const after = read();
  check(!after.includes("张守信"), "the row is not removed");
  await enter(b, "election_committee.members[1].post", "副主任").catch(() => field(b, "election_committee.members[1].post").selectOption("副主任").then(() => settled(b)));
  check(read() === after, "a row was changed that is another now");
});

await scene("two windows, a new row each", async () => {
  const committee = desk.base + "/step?of=committee";
  await Promise.all([a.goto(committee), b.goto(committee)]);
  const row = "election_committee.members[3]";
  await enter(a, `${row}.name`, "赵新来");
  // Both cells of the row come at once, as without the script.
  await b.evaluate(([row]) => {
    document.getElementById(`${row}.name`).value = "钱后到";
    document.getElementById(`${row}.sex`).value = "女";
  }, [row]);
  await field(b, `${row}.sex`).focus();
  await field(b, `${row}.sex`).blur();
  await settled(b);
  const added = read().split(/\r?\n/).filter((one) => /赵新来|钱后到/.test(one)).map((one) => one.trim());
  check(added.join("|") === "- {姓名: 赵新来}|- {姓名: 钱后到, 性别: 女}", `not both are there: ${added}`);
});

await scene("Notepad, another field", async () => {
  fs.writeFileSync(file, first.replace("示例街道", "丙街道"));
  await enter(a, "term", "8");
  check(read() === first.replace("示例街道", "丙街道").replace("届次: 7", "届次: 8"), "one of both is lost");
});

await scene("Notepad, the same field", async () => {
  fs.writeFileSync(file, first.replace("届次: 7", "届次: 5"));
  await enter(a, "term", "8");
  check(read() === first.replace("届次: 7", "届次: 5"), "Notepad's is overwritten");
  await says(a, "5");
  await says(a, "8");
});

await scene("Notepad, no YAML any more", async () => {
  const broken = first.replace("社区:", "社区: [");
  fs.writeFileSync(file, broken);
  await enter(a, "term", "8");
  check(read() === broken, "a file that cannot be read was written");
  check(await a.locator("#trouble").isVisible(), "nothing is said");
  check(await field(a, "term").inputValue() === "8", "what was typed is gone");
  await a.goto(desk.base + "/text");
  await says(a, "读不通");
  faults.push(...(await looksWrong(a)).map((wrong) => `broken text: ${wrong}`));
  await a.goto(desk.base + "/");
  await says(a, "读不通");
  faults.push(...(await looksWrong(a)).map((wrong) => `broken today: ${wrong}`));
  // Mended in Notepad, what was typed can still be saved in the other window.
  fs.writeFileSync(file, first);
  await enter(b, "term", "8");
  check(read() === first.replace("届次: 7", "届次: 8"), "it does not go on");
});

await scene("a remedy", async () => {
  fs.writeFileSync(file, first.replace("公布日期: 2026-03-21", "公布日期: 2026、3、21"));
  await a.goto(desk.base + "/step?of=committee");
  await a.locator('button[value^="mend "]').click();
  await settled(a);
  check(read() === first, "the remedy is not carried out");
  check(await a.locator('button[value^="mend "]').count() === 0, "the remedy is still offered");
});

await scene("the file is gone", async () => {
  fs.renameSync(file, file + ".away");
  await enter(a, "term", "8");
  check(!fs.existsSync(file), "a file is made of nothing");
  check(await a.locator("#trouble").isVisible(), "nothing is said");
  fs.renameSync(file + ".away", file);
  await a.getByRole("button", { name: "再保存一次" }).click();
  await settled(a);
  check(read() === first.replace("届次: 7", "届次: 8"), "it is not saved when the file is back");
  check(!await a.locator("#trouble").isVisible(), "it still complains");
});

await scene("the whole text, changed twice", async () => {
  const text = desk.base + "/text";
  await Promise.all([a.goto(text), b.goto(text)]);
  const save = async (page, from, to) => {
    const all = await page.locator("#text").inputValue();
    await page.locator("#text").fill(all.replace(from, to));
    await page.locator("main button.main").click();
    await page.waitForLoadState("load");
  };
  await save(a, "届次: 7", "届次: 8");
  check(read() === first.replace("届次: 7", "届次: 8"), "the text is not saved");
  await save(b, "届次: 7", "届次: 9");
  check(read() === first.replace("届次: 7", "届次: 8"), "the first is overwritten");
  check((await b.locator("#theirs").inputValue()).includes("届次: 8"), "theirs is not shown");
  check((await b.locator("#text").inputValue()).includes("届次: 9"), "ours is not shown");
  faults.push(...(await looksWrong(b)).map((wrong) => `text conflict: ${wrong}`));
});

await scene("undo and redo", async () => {
  await enter(a, "term", "8");
  await enter(a, "term", "9");
  const undo = async (name) => { await a.getByRole("button", { name }).click(); await a.waitForLoadState("load"); await settled(a); };
  await undo("撤销");
  check(read() === first.replace("届次: 7", "届次: 8"), "undo");
  await undo("撤销");
  check(read() === first, "undo twice");
  await undo("重做");
  check(read() === first.replace("届次: 7", "届次: 8"), "redo");
  // What is in a field when the button is pressed is the last thing that was done,
  // however long it takes to be saved.
  await a.route("**/edit", (route) => setTimeout(() => route.continue(), 500));
  await field(a, "term").fill("6");
  const undone = a.waitForRequest(/\/undo$/);
  await a.getByRole("button", { name: "撤销" }).click();
  await undone;
  await a.waitForLoadState("load");
  await a.unroute("**/edit");
  check(read() === first.replace("届次: 7", "届次: 8"), `undo of what was just typed: ${read().match(/届次.*/)}`);
});

await scene("a copy of the file as it was found", async () => {
  const copies = fs.readdirSync(path.join(folder, "备份"));
  check(copies.some((name) => fs.readFileSync(path.join(folder, "备份", name), "utf8") === first), "no copy");
});

await scene("keys only", async () => {
  await a.evaluate(() => document.activeElement.blur());
  const focused = () => a.evaluate(() => document.activeElement.id);
  const seen = [];
  for (let n = 0; n < 200 && await focused() !== "term"; n++) { await a.keyboard.press("Tab"); seen.push(await focused()); }
  check(await focused() === "term", "no way by Tab to the term");
  await a.keyboard.press("Control+A");
  await a.keyboard.type("8");
  await a.keyboard.press("Tab");
  const next = await focused();
  await settled(a);
  check(read() === first.replace("届次: 7", "届次: 8"), "not saved by keys");
  check(next && await focused() === next, `the place of the cursor is lost: ${next} ${await focused()}`);
  // A box is ticked by the space bar, and stays the place.
  await a.keyboard.press("Shift+Tab");
  await a.keyboard.press("Tab");
  await a.keyboard.press("Space");
  await settled(a);
  check(await focused() === next, `the place is lost after a box: ${await focused()}`);
  check(/届次:\s*$/m.test(read()), "the box is not saved");
});

await scene("typed while it is saved", async () => {
  await field(a, "term").fill("8");
  await field(a, "community.street").focus();
  await a.keyboard.press("Control+A");
  await a.keyboard.type("丁街道");
  await settled(a);
  check(await field(a, "community.street").inputValue() === "丁街道", "what was typed is gone");
  await a.keyboard.press("Tab");
  await settled(a);
  check(read() === first.replace("届次: 7", "届次: 8").replace("示例街道", "丁街道"), "not both are saved");
});

await scene("left while something is in a field", async () => {
  await field(a, "term").fill("8");
  await a.goto(desk.base + "/roll");
  await a.waitForTimeout(300);
  check(read() === first.replace("届次: 7", "届次: 8"), "what was typed is gone");
});

// The same without the script.
const still = await browser.context.browser().newContext({ javaScriptEnabled: false });
await still.addCookies(await browser.context.cookies());
browser.watch(await still.newPage());
const [c] = still.pages();

await scene("no script: a field", async () => {
  await c.goto(step);
  await field(c, "term").fill("8");
  await field(c, "term").press("Enter");
  await c.waitForLoadState("load");
  check(read() === first.replace("届次: 7", "届次: 8"), "not saved");
});

await scene("no script: a row", async () => {
  await c.goto(desk.base + "/step?of=committee");
  await field(c, "election_committee.members[3].name").fill("赵新来");
  await field(c, "election_committee.members[3].name").press("Enter");
  await c.waitForLoadState("load");
  check(read().includes("赵新来"), "not added");
  await c.locator('[aria-label="第 4 行上移"]').first().click();
  await c.waitForLoadState("load");
  check(read().indexOf("赵新来") < read().indexOf("王公正"), "not moved");
  await c.locator('[aria-label="删去第 3 行"]').first().click();
  await c.waitForLoadState("load");
  check(read() === first, "not removed without a trace");
});

await scene("no script: a conflict", async () => {
  await c.goto(step);
  fs.writeFileSync(file, first.replace("届次: 7", "届次: 5"));
  await field(c, "term").fill("8");
  await field(c, "term").press("Enter");
  await c.waitForLoadState("load");
  check(read() === first.replace("届次: 7", "届次: 5"), "overwritten");
  await says(c, "文件在别处改过");
  await c.getByText("我写的：").click();
  await c.getByText("就这样保存").click();
  await c.waitForURL(/step/);
  check(read() === first.replace("届次: 7", "届次: 8"), "what was chosen is not saved");
});

await scene("no script: undo", async () => {
  await c.goto(step);
  await field(c, "term").fill("8");
  await field(c, "term").press("Enter");
  await c.waitForLoadState("load");
  await c.getByRole("button", { name: "撤销" }).click();
  await c.waitForLoadState("load");
  check(read() === first, "not undone");
});

await browser.close();
end(faults.filter((one) => !/ERR_ABORTED/.test(one)));
