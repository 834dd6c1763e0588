// The small charts of web pages, on a screen and on a phone: each bar is as long, beside
// the longest of its table, as its figure is beside the largest.
//
//     node charts.mjs FILE...

import { pathToFileURL } from "node:url";
import { Browser, DESK, PHONE, check, end } from "./browser.mjs";

const browser = await Browser.open();
const { faults } = browser;
const page = await browser.context.newPage();
let seen = 0;
for (const file of process.argv.slice(2)) {
  for (const size of [DESK, PHONE]) {
    await page.setViewportSize(size);
    await page.goto(pathToFileURL(file).href);
    const charts = await page.$$eval("table", (all) => all.map((table) => [...table.querySelectorAll("tbody tr, tr")]
      .filter((row) => row.querySelector(".bar"))
      .map((row) => [Number(row.cells[1].textContent), row.querySelector(".bar").getBoundingClientRect().width])));
    for (const chart of charts.filter((rows) => rows.length)) {
      const [largest, longest] = [0, 1].map((at) => Math.max(...chart.map((row) => row[at])));
      seen += 1;
      for (const [figure, width] of chart) {
        if (Math.abs(figure / largest - width / longest) > 0.02) faults.push(`${file}: ${figure} of ${largest} is ${width} of ${longest} wide at ${size.width}`);
      }
    }
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    if (wide > 0) faults.push(`${file}: ${wide} pixels wider than ${size.width}`);
  }
}
check(seen > 0, "no chart");
console.log(`${seen} charts`);
await browser.close();
end(faults);
