// Every page at the sizes of an office's screen and of a phone: axe, width, console.
//
//     node looks.mjs PROGRAM FOLDER HOME [PICTURES]

import path from "node:path";
import { Browser, DESK, PHONE, end, looksWrong, serve } from "./browser.mjs";

const [program, folder, home, pictures] = process.argv.slice(2);
const desk = await serve(program, folder, home);
const browser = await Browser.open();
const page = await browser.enter(desk);
const faults = browser.faults;

async function look(address, name) {
  await page.goto(desk.base + address);
  await page.waitForLoadState("networkidle");
  for (const [size, viewport] of Object.entries({ desk: DESK, phone: PHONE })) {
    await page.setViewportSize(viewport);
    for (const wrong of await looksWrong(page)) faults.push(`${address} (${size}): ${wrong}`);
    if (pictures) await page.screenshot({ path: path.join(pictures, `${name}-${size}.png`), fullPage: !!process.env.FULL });
  }
  await page.setViewportSize(DESK);
}

await page.goto(desk.base + "/");
const links = await page.$$eval("#nav a", (all) => all.map((one) => one.getAttribute("href")));
for (const address of new Set(links)) await look(address, address.replace(/\W+/g, "_"));
await page.goto(desk.base + "/papers");
const papers = await page.$$eval(".shelf .ready a", (all) => all.map((one) => one.getAttribute("href")));
for (const address of [...papers.slice(0, 3), ...papers.slice(-1)]) await look(address, address.replace(/\W+/g, "_"));
await look("/step?of=nothing", "unknown-step");
await look("/launch?word=0", "door");
browser.faults = faults.filter((one) => !/40[34] \(/.test(one));
await browser.close();
end(browser.faults);
