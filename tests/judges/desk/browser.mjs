// A desk that runs, and a browser that looks at it. Whatever goes wrong on any page
// while a scene is played is kept, and told at its end.

import { spawn } from "node:child_process";
import { createRequire } from "node:module";
import fs from "node:fs";
import path from "node:path";

// Beside the tests' other tools, not in the tree: `NODE_PATH` says where.
const require = createRequire(import.meta.url);
export const { chromium } = require("playwright-core");
const AXE = fs.readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");

export const DESK = { width: 1366, height: 768 };
export const PHONE = { width: 360, height: 740 };

// Starts a desk on a folder; what it keeps of its user lies in `home`.
export async function serve(program, folder, home) {
  const env = { ...process.env, HOME: home, XDG_STATE_HOME: path.join(home, "state") };
  const child = spawn(program, ["serve", folder, "--no-open"], { env, stdio: ["ignore", "pipe", "inherit"] });
  process.on("exit", () => child.kill());
  let said = "";
  const address = await new Promise((go, fail) => {
    child.on("exit", (code) => fail(new Error(`the desk ended with ${code}: ${said}`)));
    child.stdout.on("data", (bytes) => {
      said += bytes;
      const found = said.match(/http:\/\/127\.0\.0\.1:\d+\/launch\?word=\w+/);
      if (found) go(found[0]);
    });
  });
  return { address, base: new URL(address).origin, process: child };
}

export class Browser {
  static async open(options = {}) {
    const self = new Browser();
    self.chromium = await chromium.launch({
      executablePath: process.env.CHROMIUM || "/usr/bin/chromium",
      args: ["--no-sandbox"],
    });
    self.faults = [];
    self.context = await self.chromium.newContext({ viewport: DESK, locale: "zh-CN", ...options });
    self.context.on("page", (page) => self.watch(page));
    return self;
  }

  watch(page) {
    const fault = (what) => this.faults.push(`${page.url()}: ${what}`);
    page.on("pageerror", (error) => fault(error.message));
    page.on("console", (message) => {
      // What a page was still loading when it was left comes to nothing.
      if (page.url() === "about:blank") return;
      // A conflict is answered by 409, which Chromium calls an error.
      if (message.type() === "error" && !/status of (409|400)/.test(message.text())) fault(message.text());
    });
    page.on("response", async (response) => {
      if (response.status() >= 500) fault(`${response.status()} ${response.url()}`);
      const kind = response.headers()["content-type"] || "";
      if (!/text|json|xml/.test(kind)) return;
      const text = await response.text().catch(() => "");
      const numbers = this.secrets ? text.match(/\d{17}[\dX]|\d{11}/g) || [] : [];
      for (const one of numbers) if (this.secrets.has(one)) fault(`${response.url()} tells ${one}`);
    });
  }

  // A page that came in by the address that the program printed.
  async enter(desk) {
    const page = await this.context.newPage();
    await page.goto(desk.address);
    await page.waitForURL((url) => !url.pathname.startsWith("/launch"));
    return page;
  }

  close() { return this.chromium.close(); }
}

// When what was entered has been saved and shown.
export async function settled(page) {
  await page.evaluate(() => new Promise((go) => setTimeout(go, 0)));
  // A page that is changed may have more to save.
  await page.waitForFunction(async () => { const last = line; await last; return last === line; });
}

// What the page complains of.
export async function trouble(page) {
  const trouble = page.locator("#trouble");
  return (await trouble.isVisible()) ? trouble.innerText() : "";
}

// What axe has against a page, and whether it is wider than its window.
export async function looksWrong(page) {
  // The policy of the pages forbids scripts of others; the debugger may bring one.
  await page.evaluate(AXE);
  const found = await page.evaluate(() => axe.run(document, { resultTypes: ["violations"] }));
  const wrong = found.violations.map((one) => `${one.id}: ${one.nodes.slice(0, 3).map((node) => node.html.slice(0, 160)).join(" | ")} (${one.nodes.length})`);
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  if (wide > 0) wrong.push(`${wide} pixels wider than the window`);
  return wrong;
}

// Ends a scene: says what was wrong, and fails if anything was.
export function end(faults) {
  for (const fault of faults) console.error(fault);
  process.exit(faults.length ? 1 : 0);
}

export function check(is, what) { if (!is) throw new Error(what); }
