// How long a secretary waits, and how much memory a day's work takes: medians.
//
//     node speed.mjs PROGRAM FOLDER HOME [EDITS]

import fs from "node:fs";
import { Browser, end, serve, settled } from "./browser.mjs";

const [program, folder, home, edits] = process.argv.slice(2);
const desk = await serve(program, folder, home);
const browser = await Browser.open();
const page = await browser.enter(desk);

const median = (all) => [...all].sort((a, b) => a - b)[Math.floor(all.length / 2)];
const tell = (what, times) => console.log(`${what}: ${Math.round(median(times))} ms (${Math.round(Math.min(...times))} to ${Math.round(Math.max(...times))}, ${times.length} times)`);
const rest = () => page.waitForLoadState("networkidle").then(() => page.waitForTimeout(300));

// From leaving a field to what is said of it, and to the paper beside it as it is now.
async function leave(name, value) {
  return page.evaluate(async ([name, value]) => {
    const field = document.getElementById(name);
    for (let one = field; one; one = one.parentElement) if (one.tagName === "DETAILS") one.open = true;
    const old = document.querySelector("#preview img")?.src;
    field.focus();
    field.value = value;
    const start = performance.now();
    field.blur();
    await line;
    const said = performance.now() - start;
    const seen = await new Promise((go) => {
      const look = async () => {
        const now = document.querySelector("#preview img");
        if (now && now.src !== old) { await now.decode().catch(() => {}); go(performance.now() - start); }
        else if (performance.now() - start > 20000) go(NaN);
        else setTimeout(look, 4);
      };
      if (old) look(); else go(NaN);
    });
    return [said, seen];
  }, [name, value]);
}

async function measure(what, step, paper, field, values, times) {
  await page.goto(desk.base + step);
  await rest();
  if (paper) { await page.locator(`[data-paper="${paper}"]`).click(); await rest(); }
  const all = [];
  for (let n = 0; n < times + 2; n++) { all.push(await leave(field, values[n % values.length])); await rest(); }
  const [said, seen] = [0, 1].map((at) => all.slice(2).map((one) => one[at]));
  tell(`${what}: message`, said);
  if (paper) tell(`${what}: ${paper} on the screen`, seen);
}

const days = ["2026-05-08", "2026-05-09", "2017-04-20", "2017-04-21"].slice(/2017/.test(folder) || fs.readFileSync(folder + "/election.yaml", "utf8").includes("2017-05-14") ? 2 : 0);
await measure("basics", "/step?of=basics", null, "community.introduction", ["甲", "乙"], 30);
await measure("a notice", "/step?of=committee", "election-committee", "election_committee.members[0].name", ["黄泽楷", "黄泽凯"], 20);
await measure("the list", "/step?of=voters", "voter-list", "registration.list_posted_on", days.slice(0, 2), 10);

const memory = (name) => Number(fs.readFileSync(`/proc/${desk.process.pid}/status`, "utf8").match(new RegExp(`${name}:\\s*(\\d+)`))[1]) / 1024;
if (edits) {
  await page.goto(desk.base + "/step?of=committee");
  const start = Date.now();
  for (let n = 0; n < Number(edits); n++) {
    await page.evaluate(async ([value]) => {
      const field = document.getElementById("election_committee.members[0].name");
      field.focus();
      field.value = value;
      field.blur();
      await line;
    }, [`甲${n}`]);
  }
  await settled(page);
  console.log(`${edits} edits in ${Math.round((Date.now() - start) / 1000)} s: ${Math.round(memory("VmRSS"))} MB, at most ${Math.round(memory("VmHWM"))} MB`);
}
await browser.close();
end(browser.faults);
