#!/usr/bin/env node
// Runs the spec files beside it in one browser and ends with the count. A spec file
// exports `tests`, a list of [name, async (web) => ...]; `web` is told in web.mjs.
//
//     node run.mjs URL BROWSER [NAME...]
import fs from "node:fs";
import { open } from "./web.mjs";

const [url, browserPath, ...names] = process.argv.slice(2);
const files = fs
  .readdirSync(new URL(".", import.meta.url))
  .filter((file) => file.endsWith(".spec.mjs"))
  .filter((file) => names.length === 0 || names.some((name) => file.startsWith(name)));

const LIMIT_MS = 120_000;
const count = { passed: 0, failed: 0, skipped: 0 };
const browser = await open(url, browserPath);

/** One test in a browser context of its own; at most LIMIT_MS. */
async function run(name, test, options) {
  const web = await browser.web(options);
  let timer;
  const limit = new Promise((_, fail) => {
    timer = setTimeout(() => fail(new Error(`longer than ${LIMIT_MS / 1000} s`)), LIMIT_MS);
  });
  const begin = Date.now();
  try {
    await Promise.race([test(web), limit]);
    web.complain();
    count.passed++;
    console.log(`ok   ${name} (${((Date.now() - begin) / 1000).toFixed(1)} s)`);
  } catch (error) {
    count.failed++;
    console.log(`FAIL ${name}: ${error.stack ?? error}`);
    for (const line of web.said) console.log(`     ${line}`);
  } finally {
    clearTimeout(timer);
    await web.close();
  }
}

for (const file of files) {
  const { tests } = await import(`./${file}`);
  for (const [name, test, options = {}] of tests) await run(`${file.replace(".spec.mjs", "")}: ${name}`, test, options);
}
await browser.close();
console.log(`${count.passed} passed, ${count.failed} failed, ${count.skipped} skipped`);
process.exit(count.failed === 0 ? 0 : 1);
