// axe-core finds nothing serious in the route view: light, dark, phone, open parts.
import { DARK, PHONE, need } from "./web.mjs";

const clean = async (web) => {
  const found = await web.axe();
  need(found.length === 0, found.join("\n     "));
};

async function route(web) {
  await web.answer("?from=ECGYE&to=NLRTM&avoid=panama");
  await web.still();
  await clean(web);
}

async function opened(web) {
  await web.answer("?from=ECGYE&to=NLRTM");
  for (const part of ["Ship and options", "Embed this chart", /^Sources/, /^All \d+ passages/]) {
    await web.page.getByText(part).first().click();
  }
  await web.page.getByRole("combobox", { name: "From" }).fill("val");
  await web.page.getByRole("option").first().waitFor();
  await clean(web);
}

async function menu(web) {
  await web.answer("?from=PECHY&to=USLAX");
  await web.still();
  const box = await web.page.locator(".chart").boundingBox();
  await web.page.mouse.click(box.x + box.width / 2 - 60, box.y + box.height / 2 + 90);
  await web.page.getByRole("button", { name: "From here" }).waitFor();
  await clean(web);
  const colour = (selector) => web.page.locator(selector).first().evaluate((node) => getComputedStyle(node).backgroundColor);
  need((await colour(".maplibregl-popup-content")) === (await colour(".panel")), "the menu has the page's paper");
  await web.page.keyboard.press("Escape");
  await web.page.waitForFunction(() => document.activeElement?.tagName === "CANVAS");
}

async function problem(web) {
  web.tolerate(/400/);
  await web.go("?from=NOWHERE&to=CNSHA");
  await web.page.getByRole("alert").waitFor();
  await clean(web);
}

async function alone(web) {
  await web.go("embed.html?from=ECGYE&to=NLRTM");
  await web.page.waitForSelector(".embed-caption h1");
  await clean(web);
}

export const tests = [
  ["route, light", route],
  ["route, dark", route, DARK],
  ["route, phone", route, PHONE],
  ["all parts open, light", opened],
  ["all parts open, dark", opened, DARK],
  ["the menu on the chart, light", menu],
  ["the menu on the chart, dark", menu, DARK],
  ["an error", problem],
  ["the chart alone", alone],
];
