// What a browser test works with: a page of a fresh context, helpers, and a watch over
// errors on the console and over requests to anywhere but the server.
import fs from "node:fs";
import { createRequire } from "node:module";

const require = createRequire(new URL("../../../web/package.json", import.meta.url));
const { chromium } = require("playwright-core");
const axeSource = fs.readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");

const FLAGS = [
  "--no-sandbox",
  "--use-angle=swiftshader",
  "--enable-unsafe-swiftshader",
  "--ignore-gpu-blocklist",
  "--disable-background-networking",
];

/** Drawing is by software and the machine may be busy. */
const PATIENCE_MS = 45_000;

export class Web {
  constructor(url, context, page) {
    Object.assign(this, { url, context, page, said: [], outside: [], tolerated: [] });
    page.setDefaultTimeout(PATIENCE_MS);
    page.on("console", (message) => {
      if (message.type() === "error") this.said.push(`console: ${message.text()}`);
    });
    page.on("pageerror", (error) => this.said.push(`page: ${error.message}`));
    context.on("request", (request) => {
      const to = request.url();
      if (!to.startsWith(url) && !/^(blob|data|about):/.test(to)) this.outside.push(to);
    });
  }

  /** Errors of this form on the console are part of the test. */
  tolerate(pattern) {
    this.tolerated.push(pattern);
  }

  /** Throws if the page complained or asked another host. */
  complain() {
    const bad = this.said.filter((line) => !this.tolerated.some((pattern) => pattern.test(line)));
    if (bad.length > 0) throw new Error(`on the console: ${bad[0]}`);
    if (this.outside.length > 0) throw new Error(`asked outside: ${this.outside[0]}`);
  }

  async go(path = "") {
    await this.page.goto(new URL(path, this.url).href);
  }

  /** The page with an answer on it, and the chart with its pins. */
  async answer(path = "") {
    await this.go(path);
    await this.page.waitForSelector(".answer[aria-busy='false'] .big");
    await this.page.waitForSelector(".pin-to");
  }

  days() {
    return this.page.locator(".big").innerText();
  }

  /** Waits until what `read` gives passes `test`, and returns it. */
  async until(read, test, what) {
    const end = Date.now() + PATIENCE_MS;
    let value;
    do {
      value = await read();
      if (test(value)) return value;
      await this.page.waitForTimeout(80);
    } while (Date.now() < end);
    throw new Error(`${what}: still ${JSON.stringify(value)}`);
  }

  search() {
    return new URL(this.page.url()).searchParams;
  }

  untilSearch(name, value) {
    return this.until(() => this.search().get(name), (now) => now === value, `${name} in the URL`);
  }

  /** Until the chart has nothing left to draw. */
  async still() {
    await this.page.evaluate(() => document.fonts.ready);
    let calm = 0;
    await this.until(
      async () => {
        const idle = await this.page.locator(".canvas").getAttribute("data-idle");
        calm = idle === "true" ? calm + 1 : 0;
        return calm;
      },
      (times) => times >= 12,
      "the chart is not still",
    );
  }

  /** Findings of axe-core, serious and critical. */
  async axe() {
    await this.page.evaluate(axeSource);
    return this.page.evaluate(async () => {
      const { violations } = await window.axe.run(document, { resultTypes: ["violations"] });
      return violations
        .filter((each) => each.impact === "serious" || each.impact === "critical")
        .map((each) => `${each.id}: ${each.nodes.map((n) => `${n.target.join(" ")} (${n.any[0]?.message ?? ""})`).slice(0, 3).join("; ")}`);
    });
  }

  close() {
    return this.context.close();
  }
}

export async function open(url, executablePath) {
  const browser = await chromium.launch({ executablePath, args: FLAGS });
  return {
    async web(options = {}) {
      const context = await browser.newContext({
        viewport: { width: 1180, height: 760 },
        reducedMotion: "reduce",
        locale: "en-GB",
        colorScheme: "light",
        acceptDownloads: true,
        ...options,
      });
      return new Web(url, context, await context.newPage());
    },
    close: () => browser.close(),
  };
}

export function need(truth, what) {
  if (!truth) throw new Error(what);
}

export function same(actual, expected, what) {
  if (actual !== expected) throw new Error(`${what}: ${JSON.stringify(actual)}, not ${JSON.stringify(expected)}`);
}

export const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };
export const DARK = { colorScheme: "dark" };
