// The pictures of the manual, taken of the pages as they are: an election that is
// about to begin, and the example of Shiping. Everybody in them is invented.
//
//     NODE_PATH=… node scripts/write-pictures.mjs PROGRAM

import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { Browser, serve, settled } from "../tests/judges/desk/browser.mjs";

const tree = path.join(path.dirname(fileURLToPath(import.meta.url)), "..");
const pictures = path.join(tree, "docs/pictures");
const room = fs.mkdtempSync(path.join(os.tmpdir(), "zhangbang-pictures-"));
fs.mkdirSync(pictures, { recursive: true });

// A Sunday a good three months from now.
function electionDay() {
  const day = new Date(Date.now() + 100 * 86400e3);
  day.setUTCDate(day.getUTCDate() + (7 - day.getUTCDay()) % 7);
  return day.toISOString().slice(0, 10);
}

async function take(page, name) {
  await page.waitForLoadState("networkidle");
  await page.screenshot({ path: path.join(pictures, `${name}.png`) });
}

async function desk(folder) {
  const browser = await Browser.open({ viewport: { width: 1280, height: 760 } });
  const running = await serve(process.argv[2], folder, path.join(room, "home"));
  return { browser, running, page: await browser.enter(running) };
}

const begun = path.join(room, "清水社区");
fs.mkdirSync(begun);
{
  const { browser, running, page } = await desk(begun);
  await page.fill("#name", "清水社区");
  await page.fill("#province", "福建省");
  await page.fill("#district", "城东区");
  await page.fill("#street", "清水街道");
  await page.fill("#day", electionDay());
  await page.click("button.main");
  await page.goto(running.base + "/");
  await take(page, "today");
  await browser.close();
  running.process.kill();
}

const example = path.join(room, "示坪村");
fs.cpSync(path.join(tree, "data/shiping-2026"), example, { recursive: true });
{
  const { browser, running, page } = await desk(example);
  await page.goto(running.base + "/step?of=committee");
  await page.fill("[id='election_committee.formed_on']", "2026-04-25");
  await page.press("[id='election_committee.formed_on']", "Tab");
  await settled(page);
  await take(page, "step");
  await page.goto(running.base + "/paper?id=results-notice");
  await take(page, "paper");
  await page.goto(running.base + "/roll");
  const roll = "姓名,性别,出生日期,小组,备注\n甲水生,男,1980-01-01,第一村民小组,\n乙春花,女,1955-13-08,第二村民小组,\n" +
    "丙长根,男,1949-10-02,第二村民小组,死亡\n甲水生,男,1980-01-01,第一村民小组,\n";
  await page.setInputFiles("#file", { name: "名册.csv", mimeType: "text/csv", buffer: Buffer.from(roll) });
  await page.click(".drop button");
  await take(page, "roll");
  await browser.close();
  running.process.kill();
}
// What Windows shows cannot be taken here: it is drawn, and says so.
{
  const browser = await Browser.open({ viewport: { width: 760, height: 420 } });
  const page = await browser.context.newPage();
  const sketches = path.join(tree, "scripts/sketches");
  for (const file of fs.readdirSync(sketches).filter((name) => name.endsWith(".html")).sort()) {
    await page.goto("file://" + path.join(sketches, file));
    await page.locator("body").screenshot({ path: path.join(pictures, file.replace("html", "png")) });
  }
  await browser.close();
}
fs.rmSync(room, { recursive: true });
