// The whole of an election, from an empty folder to a verified packet, through the
// pages only. What a secretary knows stands on the pages of another desk, whose
// election is over; what those show is entered here, field by field.
//
//     node election.mjs PROGRAM KNOWN EMPTY HOME ROLL

import fs from "node:fs";
import path from "node:path";
import { Browser, check, end, looksWrong, serve, settled, trouble } from "./browser.mjs";

const [program, known, empty, home, roll] = process.argv.slice(2);
const rows = fs.readFileSync(roll, "utf8").trim().split(/\r?\n/).slice(1).map((row) => row.split(","));
const people = rows.length;
const numbers = new Set(rows.flatMap((row) => row.filter((cell) => /^\d{11}$|^\d{17}[\dX]$/.test(cell))));
check(numbers.size === 2 * people, "the roll has an ID number and a telephone of everybody");

const model = await serve(program, known, path.join(home, "model"));
const desk = await serve(program, empty, home);
const browser = await Browser.open();
browser.secrets = numbers;
const { faults } = browser;
const told = await browser.enter(model);
const page = await browser.enter(desk);

async function judge(what) {
  for (const wrong of await looksWrong(page)) faults.push(`${what}: ${wrong}`);
}

// An election is begun.
await page.waitForURL(/welcome/);
await judge("welcome");
await told.goto(model.base + "/step?of=basics");
const basic = async (name) => told.locator(`[id="${name}"]`).inputValue();
await page.getByLabel("村（村委会）").check();
for (const name of ["name", "province", "city", "district", "street"]) {
  await page.locator(`#${name}`).fill(await basic(`community.${name}`));
}
await page.locator("#day").fill(await basic("election_day"));
await page.getByRole("button", { name: "开始" }).click();
await page.waitForURL(/step\?of=basics/);

// The roll is handed over; first one with mistakes.
async function bring(file) {
  await page.goto(desk.base + "/roll");
  await page.locator("#file").setInputFiles(file);
  await page.getByRole("button", { name: "读入" }).click();
  await page.waitForLoadState("load");
}
const right = fs.readFileSync(roll, "utf8");
const ids = [...right.matchAll(/\d{17}[\dX]/g)].map(([id]) => id);
const misspelt = ids[5].slice(0, 16) + (ids[5][16] === "1" ? "2" : "1") + ids[5][17];
numbers.add(misspelt);
const wrong = right.replace(ids[5], misspelt).replace(ids[8], ids[9]);
await bring({ name: "名册.csv", mimeType: "text/csv", buffer: Buffer.from(wrong) });
check(await page.locator(".told .error, .told .warning").count() >= 2, "the mistakes of the roll are not told");
await judge("a roll with mistakes");
await bring(roll);
check((await page.locator("h1").innerText()).includes(`${people} 人`), "the roll is not read");
check(await page.locator(".told .error, .told .warning").count() === 0, `mistakes are told that are none: ${(await page.locator(".told").allInnerTexts()).join().slice(0, 600)}`);
await judge("roll");

// All fields of a page with what stands in them.
const fields = (page) => page.evaluate(() => {
  const found = {};
  for (const field of document.forms.step.elements) {
    if (!field.name || field.type === "hidden" || field.tagName === "BUTTON" || field.name.startsWith("rows ")) continue;
    if (field.type === "checkbox") { if (field.checked) found[field.name] = field.value; }
    else found[field.name] = found[field.name] || field.value;
  }
  return Object.entries(found);
});

const field = (name) => page.locator(`[id="${name}"]`);
const unfold = () => page.evaluate(() => { for (const one of document.querySelectorAll("main details")) one.open = true; });

async function enter(name, value) {
  if (!(await field(name).count())) await settled(page);
  check(await field(name).count() === 1, `no field ${name}: ${await trouble(page)}`);
  await unfold();
  if (value === "不知道" && await page.locator(`[id="${name}-unknown"]`).count()) {
    await page.locator(`[id="${name}-unknown"]`).check();
  } else if (await field(name).evaluate((one) => one.tagName === "SELECT")) {
    await field(name).selectOption(value);
  } else {
    await field(name).fill(value);
    await field(name).blur();
  }
}

// A table copied from Excel, with its headings.
async function paste(list, wanted) {
  const keys = [...new Set(wanted.map(([name]) => name.match(/\]\.(\w+)$/)?.[1]).filter(Boolean))];
  const labels = await told.evaluate(([list, keys]) => keys.map((key) => document.getElementById(`${list}[0].${key}`).getAttribute("aria-label").split("，")[0]), [list, keys]);
  const count = 1 + Math.max(...wanted.map(([name]) => Number(name.match(/\[(\d+)\]/)[1])));
  const value = (row, key) => wanted.find(([name]) => name === `${list}[${row}].${key}`)?.[1] || "";
  const lines = [labels, ...[...Array(count).keys()].map((row) => keys.map((key) => value(row, key)))];
  await unfold();
  await page.locator(`[name="rows ${list}"]`).fill(lines.map((line) => line.join("\t")).join("\n"));
  await page.locator(`button[value="paste ${list}"]`).click();
  await settled(page);
}

let entered = 0;
page.setDefaultTimeout(10000);
for (const chapter of await told.$$eval("#nav ol a", (all) => all.map((one) => one.getAttribute("href")))) {
  await told.goto(model.base + chapter);
  await page.goto(desk.base + chapter);
  const wanted = await fields(told);
  const pasted = "election_committee.members";
  const rows = wanted.filter(([name, value]) => name.startsWith(`${pasted}[`) && value);
  if (rows.length) await paste(pasted, rows);
  const now = new Map(await fields(page));
  for (const [name, value] of wanted) {
    if ((now.get(name) || "") === value) continue;
    await enter(name, value);
    entered += 1;
    if (await trouble(page)) faults.push(`${name}: ${await trouble(page)}`);
  }
  await settled(page);
  // What stood there as an example and is not so.
  const have = new Map(wanted);
  for (const [name, value] of await fields(page)) if (value && !have.get(name)) { await enter(name, ""); await settled(page); }
  const [theirs, ours] = [await fields(told), await fields(page)].map((all) => new Map(all.filter(([, value]) => value)));
  for (const [name, value] of theirs) if (ours.get(name) !== value) faults.push(`${name}: ${ours.get(name)}, not ${value}`);
  for (const [name, value] of ours) if (!theirs.has(name)) faults.push(`${name} has ${value}`);
  await judge(chapter);
  // The first notices.
  if (chapter.endsWith("=voters")) {
    const papers = await page.goto(desk.base + "/papers").then(() => page.$$eval(".shelf .ready", (all) => all.filter((one) => one.innerText.includes("张贴")).map((one) => new URLSearchParams(one.querySelector("a").search).get("id"))));
    check(papers.length >= 5, `only ${papers.length} notices are ready`);
    const all = await page.request.get(`${desk.base}/papers/file?${papers.slice(0, 5).map((id) => `only=${id}`).join("&")}`);
    check((await all.body()).subarray(0, 2).toString() === "PK", `no zip of PDFs: ${all.status()}`);
    for (const id of papers.slice(0, 5)) {
      const answer = await page.request.get(`${desk.base}/paper/file?id=${id}&format=pdf`);
      check((await answer.body()).subarray(0, 5).toString() === "%PDF-", `${id} is no PDF: ${answer.status()}`);
    }
  }
}
await page.goto(desk.base + "/");
check((await page.locator("main").innerText()).includes("没有发现错误"), "there are errors");
await judge("today");

// Every paper is looked at.
await page.goto(desk.base + "/papers");
const papers = await page.$$eval(".shelf .ready a", (all) => all.map((one) => one.getAttribute("href")));
check(papers.length > 50, `only ${papers.length} papers are ready`);
for (const address of papers) {
  await page.goto(desk.base + address);
  await page.locator("#preview img").first().waitFor({ timeout: 20000 }).catch(() => faults.push(`${address}: no picture`));
  const drawn = await page.locator("#preview img").first().evaluate((one) => one.decode().then(() => one.naturalWidth > 300, () => false)).catch(() => false);
  if (!drawn) faults.push(`${address}: the picture is none`);
}

// Three of them go to the printer.
await page.goto(desk.base + "/papers");
for (const box of (await page.locator(".shelf input").all()).slice(0, 3)) await box.check();
await page.getByRole("button", { name: "做打印件" }).click();
await page.waitForURL(/printing/);
await judge("printing");
const prints = await page.$$eval(".shelf a", (all) => all.map((one) => one.getAttribute("href")));
check(prints.length >= 2, "no list and no file to print");
for (const address of [...prints, "/board"]) {
  const answer = await page.request.get(desk.base + address);
  check((await answer.body()).subarray(0, 5).toString() === "%PDF-", `${address} is no PDF: ${answer.status()}`);
}

// Scans, and the packet.
await page.goto(desk.base + "/archive");
const pdf = await (await page.request.get(`${desk.base}/paper/file?id=results-notice&format=pdf`)).body();
const scan = (name) => ({ name, mimeType: "application/pdf", buffer: pdf });
await page.locator("#scans").setInputFiles([scan("选举结果公告.pdf"), scan("IMG_0042.pdf"), scan("现场照片说明.pdf")]);
await page.getByRole("button", { name: "收下" }).click();
await page.waitForLoadState("load");
check((await page.locator("main").innerText()).includes("认出是哪一份的 1 个"), "the scan is not known");
// The other is told whose original it is.
await page.getByLabel("IMG_0042.pdf 是哪一份的原件").selectOption("登记公告");
await page.getByRole("button", { name: "是它的原件" }).first().click();
await page.waitForLoadState("load");
check((await page.locator("main").innerText()).includes("认出是哪一份的 2 个"), "the scan is not assigned");
await page.getByRole("button", { name: "打完整的档案包" }).click();
await page.locator(".checked").waitFor({ timeout: 300000 });
check(await page.locator(".checked.passed").count() === 1, await page.locator(".checked").innerText());
await judge("archive");
const packets = fs.readdirSync(path.join(empty, "output")).filter((name) => name.endsWith(".zip"));
check(packets.length === 1, `packets: ${packets}`);
await page.locator("#package").setInputFiles(path.join(empty, "output", packets[0]));
await page.locator("#expect").fill((await page.locator("dd code").allInnerTexts())[0]);
await page.getByRole("button", { name: "验证" }).click();
await page.waitForLoadState("load");
check(await page.locator(".checked.passed").count() === 1, await page.locator("main").innerText());
await judge("verified");

// The end of the day.
await page.goto(desk.base + "/");
await page.getByRole("button", { name: "退出" }).click();
await page.waitForLoadState("load");
await judge("left");
check((await page.locator("h1").innerText()) === "已退出", "not left");
console.log(`${entered} fields entered`);
await browser.close();
end(faults);
