// The hinterland view: whose land is whose, and what is contested.
import { DARK, need, PHONE, same } from "./web.mjs";

async function shown(web, query = "") {
  await web.go(`?view=hinterland&grid=1${query}`);
  await web.page.waitForSelector(".hinterland-answer .headline");
}

async function land(web) {
  await shown(web);
  const said = await web.page.locator(".hinterland-answer .headline").innerText();
  const share = Number(/Chancay is best for (\d+) % of the land/.exec(said)?.[1]);
  need(share > 20 && share < 80, said);
  need((await web.page.locator(".land-bars li").count()) > 3, "bars");
  for (const text of await web.page.locator(".land-bars li").allInnerTexts()) {
    const area = /about ([\d,]+) km²/.exec(text)?.[1].replaceAll(",", "");
    need(/^\d{1,2}0*$/.test(area ?? ""), `an area of two figures: ${text}`);
  }
  const scenario = () => web.page.getByLabel("Scenario").inputValue();
  await web.until(scenario, (id) => id === "after", "the scenario that was asked");
  await web.page.getByLabel("Time", { exact: true }).check();
  await web.untilSearch("best", "fastest");
  need((await web.page.locator(".hinterland-answer .headline").innerText()) !== said, "the same by time");
}

async function layer(web) {
  await shown(web);
  await web.still();
  const box = await web.page.locator(".maplibregl-canvas").boundingBox();
  await web.until(
    async () => {
      await web.page.mouse.move(box.x + box.width * 0.62 + Math.random() * 40, box.y + box.height * 0.5);
      return web.page.locator(".place-box").innerText();
    },
    (text) => /Best: .+/.test(text),
    "what is under the pointer",
  );
}

async function problem(web) {
  web.tolerate(/400/);
  await web.go("?view=hinterland&port=XXXXX");
  need((await web.page.locator(".problem").innerText()).includes("XXXXX"), "the problem is told");
}

async function accessible(web) {
  await shown(web);
  same((await web.axe()).join("\n"), "", "axe");
}

export const tests = [
  ["land by port, by two measures", land],
  ["the layer tells what is best where one points", layer],
  ["an unknown port", problem],
  ["axe", accessible],
  ["axe, dark", accessible, DARK],
  ["axe, phone", accessible, PHONE],
];
