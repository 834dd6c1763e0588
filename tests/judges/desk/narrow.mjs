// Web pages on a phone: nothing is wider than the screen, but for what scrolls by itself.
//
//     node narrow.mjs FILE...

import { pathToFileURL } from "node:url";
import { Browser, PHONE, check, end } from "./browser.mjs";

const browser = await Browser.open();
const { faults } = browser;
const page = await browser.context.newPage();
await page.setViewportSize(PHONE);
const files = process.argv.slice(2);
for (const file of files) {
  await page.goto(pathToFileURL(file).href);
  const wide = await page.evaluate(() => {
    const scrolls = (one) => one && (getComputedStyle(one).overflowX !== "visible" || scrolls(one.parentElement));
    const over = [...document.querySelectorAll("body *")].filter((one) => one.getBoundingClientRect().right > innerWidth + 1);
    return over.filter((one) => !scrolls(one.parentElement)).map((one) => one.textContent.trim().slice(0, 20));
  });
  for (const text of wide.slice(0, 3)) faults.push(`${file}: ${text}`);
}
check(files.length > 0, "no page");
console.log(`${files.length} pages`);
await browser.close();
end(faults);
