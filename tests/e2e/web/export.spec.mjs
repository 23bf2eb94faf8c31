// Taking answers away: GeoJSON, CSV, PNG, citation, embedding.
import fs from "node:fs";
import { createRequire } from "node:module";
import { need, same } from "./web.mjs";

const { PNG } = createRequire(new URL("../../../web/package.json", import.meta.url))("pngjs");

async function fetched(web, label) {
  const href = await web.page.getByRole("link", { name: label, exact: true }).getAttribute("href");
  const response = await web.context.request.get(href);
  same(response.status(), 200, label);
  return response;
}

async function files(web) {
  await web.answer("?from=ECGYE&to=NLRTM&avoid=panama");
  const geojson = await (await fetched(web, "GeoJSON")).json();
  need(geojson.features?.length >= 1, "features");
  const csv = await (await fetched(web, "CSV")).text();
  need(csv.split("\n").length >= 2 && csv.includes(","), "rows");
}

async function picture(web) {
  await web.answer("?from=ECGYE&to=NLRTM");
  await web.still();
  const coming = web.page.waitForEvent("download");
  await web.page.getByRole("button", { name: "PNG" }).click();
  const file = await (await coming).path();
  const bytes = fs.readFileSync(file);
  same(bytes.subarray(1, 4).toString(), "PNG", "signature");
  need(bytes.length > 20_000, `${bytes.length} bytes`);
  const { data } = PNG.sync.read(bytes);
  need(data.every((value, i) => i % 4 !== 3 || value === 255), "a picture that one does not look through");
}

async function citation(web) {
  await web.answer();
  await web.until(() => web.page.locator(".cite").innerText(), (text) => /Derrotero \d+\.\d+\.\d+, data [0-9a-f]{8,}/.test(text), "version and data");
  const text = await web.page.locator(".cite p").innerText();
  need(text.includes(web.url) && /20\d\d/.test(text) && /days/.test(text), text);
}

async function embed(web) {
  await web.answer("?from=ECGYE&to=NLRTM&avoid=panama");
  await web.page.getByText("Embed this chart").click();
  const code = await web.page.locator("textarea.code").inputValue();
  const src = /src="([^"]+)"/.exec(code)[1].replaceAll("&amp;", "&");
  need(src.includes("embed.html?from=ECGYE"), src);
  const days = await web.days();
  await web.page.goto(src);
  await web.until(() => web.page.locator(".embed-caption").innerText(), (text) => text.includes(`${days} days`), "the caption");
  await web.still();
}

export const tests = [
  ["GeoJSON and CSV", files],
  ["a picture", picture],
  ["the citation line", citation],
  ["the chart alone", embed],
];
