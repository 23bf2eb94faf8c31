// The route view: search, drag, passages, options, history, errors.
import { need, PHONE, same } from "./web.mjs";

const panama = (web) => web.page.locator('[data-passage="panama"]');

/** Closes or opens a passage and waits for the answer to what the URL then says. */
async function flip(web, id, avoid) {
  await web.page.locator(`[data-passage="${id}"]`).click();
  await web.untilSearch("avoid", avoid);
  await web.page.waitForSelector(".answer[aria-busy='false'] .change");
}

async function firstPage(web) {
  const begin = Date.now();
  await web.go();
  await web.page.waitForSelector(".answer[aria-busy='false'] .big");
  await web.page.waitForSelector('[data-passage="panama"]');
  console.log(`     usable after ${Date.now() - begin} ms`);
  need(/^\d\d\.\d$/.test(await web.days()), "days");
  same(await web.page.locator("[data-passage]").first().getAttribute("data-passage"), "panama", "first switch");
  need(await panama(web).isVisible(), "the switch of Panama is not in sight");
  await web.until(() => web.search().get("data"), (data) => /^[0-9a-f]{8,}$/.test(data ?? ""), "data in the URL");
}

async function panamaUnused(web) {
  await web.answer();
  const before = await web.days();
  await flip(web, "panama", "panama");
  same(await web.days(), before, "days");
  need((await web.page.locator(".change").innerText()).includes("No change: this way does not use it"), "no change is said");
  same(await panama(web).getAttribute("aria-checked"), "false", "switch");
}

async function panamaClosed(web) {
  await web.answer("?from=ECGYE&to=NLRTM");
  const before = Number(await web.days());
  await flip(web, "panama", "panama");
  const after = Number(await web.days());
  need(after > before + 5, `${after} days with the canal closed, ${before} with it open`);
  const said = await web.page.locator(".change").innerText();
  need(/Panama Canal closed/.test(said) && /\+\d+\.\d days/.test(said) && /\+\$/.test(said) && /CO₂/.test(said), said);
  await web.until(() => web.page.locator("[aria-live]").innerText(), (text) => text.includes("Panama Canal closed"), "live region");
  await web.page.goBack();
  await web.until(() => web.days(), (text) => Number(text) === before, "days after going back");
  same(web.search().get("avoid"), null, "avoid");
}

async function search(web) {
  await web.answer();
  const from = web.page.getByRole("combobox", { name: "From" });
  const list = web.page.getByRole("listbox", { name: "From" });
  await from.fill("valparaiso");
  await list.getByRole("option", { name: /Valparaíso/ }).first().waitFor();
  same(await from.getAttribute("aria-expanded"), "true", "expanded");
  await from.press("Enter");
  await web.untilSearch("from", "CLVAP");
  same(await from.inputValue(), "Valparaíso", "name in the field");
  await from.fill("brssz");
  await list.getByRole("option", { name: /Santos/ }).first().waitFor();
  await from.press("Escape");
  same(await from.inputValue(), "Valparaíso", "Escape brings the name back");
  await from.fill("Melaka");
  await list.getByRole("option").nth(0).waitFor();
  await from.press("ArrowDown");
  await from.press("ArrowUp");
  const active = await from.getAttribute("aria-activedescendant");
  need(active !== null && (await web.page.locator(`#${active}`).getAttribute("aria-selected")) === "true", "active option");
  await from.fill("-33.0, -75.5");
  await list.getByRole("option", { name: /33.00°S/ }).waitFor();
  await from.press("Enter");
  await web.untilSearch("from", "-33,-75.5");
  await web.page.waitForSelector(".answer[aria-busy='false'] .big");
}

async function alias(web) {
  await web.answer();
  const to = web.page.getByRole("combobox", { name: "To", exact: true });
  await to.fill("Zhangjiagang");
  await web.page.getByRole("listbox", { name: "To", exact: true }).getByRole("option", { name: /CNCGU/ }).first().click();
  await web.untilSearch("to", "CNCGU");
}

async function swap(web) {
  await web.answer("?from=BRSSZ&to=CNSHA");
  await web.page.getByRole("button", { name: "Swap the ends" }).click();
  await web.untilSearch("from", "CNSHA");
  await web.until(() => web.page.getByRole("combobox", { name: "From" }).inputValue(), (name) => name === "Shanghai", "From");
}

async function drag(web) {
  await web.answer("?from=PECHY&to=USLAX");
  await web.still();
  const pin = await web.page.locator(".pin-to").boundingBox();
  const [x, y] = [pin.x + pin.width / 2, pin.y + pin.height / 2];
  const before = await web.days();
  const asked = [];
  web.page.on("request", (request) => {
    if (request.url().includes("/api/route")) asked.push(request.url());
  });
  await web.page.mouse.move(x, y);
  await web.page.mouse.down();
  for (let step = 1; step <= 12; step++) await web.page.mouse.move(x - step * 9, y + step * 5);
  await web.until(() => web.days(), (days) => days !== before, "days while dragging");
  same(web.search().get("to"), "USLAX", "the URL waits for the drop");
  await web.page.mouse.up();
  await web.until(() => web.search().get("to"), (to) => to !== "USLAX", "the URL after the drop");
  await web.page.waitForSelector(".answer[aria-busy='false'] .cite");
  need((await web.days()) !== before, "days after the drop");
  need(asked.length < 30, `${asked.length} requests`);
}

async function beyondTheRim(web) {
  await web.answer();
  await web.still();
  same(await web.page.locator(".pin.beyond").count(), 0, "pins beyond the rim");
  const box = await web.page.locator(".chart").boundingBox();
  const [x, y] = [box.x + box.width / 2, box.y + box.height * 0.6];
  await web.page.mouse.move(x - 100, y);
  await web.page.mouse.down();
  await web.page.mouse.move(x + 160, y, { steps: 6 });
  await web.page.mouse.up();
  const pin = web.page.locator(".pin-from.beyond");
  await pin.waitFor();
  need(/^A lies beyond the rim/.test(await pin.getAttribute("title")), "where A is");
  same(await pin.evaluate((node) => getComputedStyle(node).opacity), "1", "opacity of the pin");
  await web.page.getByRole("button", { name: "Flat map" }).click();
  await web.until(() => web.page.locator(".pin.beyond").count(), (count) => count === 0, "beyond the rim of a flat map");
}

async function callAtPosition(web) {
  await web.answer("?from=PECHY&to=CNSHA&via=USLAX,-10,-140");
  const calls = web.page.getByRole("combobox", { name: "Call at" });
  same(await calls.count(), 2, "calls");
  same(await calls.nth(1).inputValue(), "10.00°S 140.00°W", "the position in its field");
  await calls.nth(1).fill("21.3, -157.9");
  await web.page.getByRole("option", { name: /21.30°N/ }).waitFor();
  await calls.nth(1).press("Enter");
  await web.untilSearch("via", "USLAX,21.3,-157.9");
  await web.page.waitForSelector(".answer[aria-busy='false'] .big");
  await web.page.getByRole("button", { name: "Take this call away" }).first().click();
  await web.untilSearch("via", "21.3,-157.9");
}

/** Heights of what a view shows: the same whatever was looked at before. */
const heights = (web) =>
  web.page.locator(".panel").evaluate((panel) => [...panel.querySelectorAll("*")].map((node) => Math.round(node.getBoundingClientRect().height)).join(" "));

async function viewsKeepToThemselves(web) {
  const seen = {
    Route: ".answer[aria-busy='false'] .cite",
    Compare: ".compare-answer",
    Claims: ".claims li .claim",
    Hinterland: ".hinterland-answer",
  };
  const fresh = {};
  for (const [name, there] of Object.entries(seen)) {
    await web.go(`?view=${name.toLowerCase()}&samples=${name === "Claims" ? 20 : ""}`);
    await settled(web, there);
    fresh[name] = await heights(web);
  }
  await web.go("?view=claims&samples=20");
  for (const name of [...Object.keys(seen), ...Object.keys(seen)]) {
    await web.page.getByRole("link", { name, exact: true }).click();
    await settled(web, seen[name]);
    await web.until(() => heights(web), (now) => now === fresh[name], `${name} is laid out otherwise after other views`);
  }
}

async function settled(web, there) {
  await web.page.waitForSelector(there);
  await web.page.waitForFunction(() => (document.querySelector(".panel > .status")?.childElementCount ?? 0) === 0);
}

async function mapMenu(web) {
  await web.answer("?from=PECHY&to=USLAX");
  await web.still();
  const box = await web.page.locator(".chart").boundingBox();
  await web.page.mouse.click(box.x + box.width / 2 - 60, box.y + box.height / 2 + 90);
  await web.page.getByRole("button", { name: "From here" }).click();
  await web.until(() => web.search().get("from"), (from) => from !== "PECHY", "From");
}

async function options(web) {
  await web.answer("?from=ECGYE&to=NLRTM");
  const before = Number(await web.days());
  await web.page.getByText("Ship and options").click();
  await web.page.getByLabel("Speed, kn").fill("14");
  await web.page.getByLabel("Speed, kn").press("Enter");
  await web.untilSearch("speed", "14");
  await web.until(() => web.days(), (days) => Number(days) > before + 3, "days at 14 knots");
  await web.page.getByLabel("Ship", { exact: true }).selectOption("container-2500");
  await web.untilSearch("vessel", "container-2500");
  await web.until(() => web.page.locator(".assumed").innerText(), (text) => text.includes("2,500 TEU"), "the ship is said");
}

async function alternatives(web) {
  await web.answer("?from=BRSSZ&to=CNSHA");
  const ways = web.page.locator(".way");
  need((await ways.count()) >= 3, "three ways at least");
  const text = await ways.nth(2).innerText();
  need(/\d+\.\d d/.test(text) && /nm/.test(text) && /\$.*–/.test(text) && /CO₂/.test(text), text);
  await ways.nth(2).hover();
  await ways.nth(2).click();
  await web.untilSearch("pick", "2");
  same(await web.page.locator(".way[aria-pressed='true']").count(), 1, "one way is chosen");
  need(text.startsWith((await web.page.locator(".headline .by").innerText()).replace("by ", "").slice(0, 12)), "the chosen way is told");
}

async function reload(web) {
  await web.answer("?from=ECGYE&to=NLRTM&avoid=panama&speed=16&data=0123456789abcdef");
  const [days, way] = [await web.days(), await web.page.locator(".headline .by").innerText()];
  need((await web.page.locator(".change").innerText()).includes("Panama Canal closed"), "a fresh page compares with the usual");
  need((await web.page.locator(".notes").innerText()).includes("0123456789abcdef"), "other data is said");
  await web.page.reload();
  await web.page.waitForSelector(".answer[aria-busy='false'] .big");
  same(await web.days(), days, "days");
  same(await web.page.locator(".headline .by").innerText(), way, "way");
  await web.page.getByRole("button", { name: "Use today's data" }).click();
  await web.until(() => web.page.locator(".notes").innerText(), (text) => text === "", "the note goes");
}

async function unknownPort(web) {
  web.tolerate(/400/);
  await web.go("?from=NOWHERE&to=CNSHA");
  const alert = web.page.getByRole("alert");
  await alert.waitFor();
  need(/NOWHERE/.test(await alert.innerText()), await alert.innerText());
  need(await panama(web).isVisible(), "the rest of the page stands");
  const from = web.page.getByRole("combobox", { name: "From" });
  await from.fill("Callao");
  await web.page.getByRole("option", { name: /PECLL/ }).first().click();
  await web.page.waitForSelector(".answer[aria-busy='false'] .big");
  same(await alert.count(), 0, "the error goes");
}

async function errorBeforePassages(web) {
  web.tolerate(/400/);
  await web.page.route("**/api/passages*", async (route) => {
    await new Promise((go) => setTimeout(go, 1500));
    await route.continue();
  });
  await web.go("?from=NOWHERE&to=CNSHA");
  await web.page.getByRole("alert").waitFor();
  await panama(web).waitFor();
}

async function errorInSpanish(web) {
  web.tolerate(/4\d\d/);
  await web.go("?from=39.74,-104.99&to=CNSHA");
  const alert = web.page.getByRole("alert");
  await alert.waitFor();
  need(/está a 650 mn del agua navegable más cercana \(.*\); se admiten 30 mn/.test(await alert.innerText()), await alert.innerText());
  await web.go("?from=PECHY&to=CNSHA&draft=25");
  await web.until(() => alert.innerText().catch(() => ""), (text) => text.includes("no admite este buque: calado de 25,0 m"), "the ship in Spanish");
  await web.page.getByText("Buque y opciones").click();
  const ships = await web.page.getByLabel("Buque", { exact: true }).innerText();
  need(ships.includes("Portacontenedores de 12.000 TEU (Neopanamax)") && !/ship|carrier|tanker/i.test(ships), ships);
}

async function shipTooDeep(web) {
  web.tolerate(/4\d\d/);
  await web.answer("?from=PECHY&to=CNSHA");
  await web.page.getByText("Ship and options").click();
  await web.page.getByLabel("Draught, m").fill("17");
  await web.page.getByLabel("Draught, m").press("Enter");
  const alert = web.page.getByRole("alert");
  await alert.waitFor();
  need(/draught/.test(await alert.innerText()), await alert.innerText());
}

async function serverAway(web) {
  web.tolerate(/Failed to load|ERR_FAILED/);
  await web.answer();
  await web.page.route("**/api/route*", (route) => route.abort());
  await panama(web).click();
  const alert = web.page.getByRole("alert");
  await alert.waitFor();
  need(/does not answer/.test(await alert.innerText()), await alert.innerText());
  await web.page.unroute("**/api/route*");
  await alert.getByRole("button", { name: "Try again" }).click();
  await web.page.waitForSelector(".answer[aria-busy='false']:not([data-stale]) .big");
}

async function languageAndColours(web) {
  await web.answer("?from=ECGYE&to=NLRTM");
  await web.page.getByRole("button", { name: "cambiar a español" }).click();
  await web.page.getByRole("heading", { name: "Pasos" }).waitFor();
  need((await web.page.locator(".big").innerText()).includes(","), "decimal comma");
  same(await web.page.locator("html").getAttribute("lang"), "es", "lang");
  same(await panama(web).locator(".switch-text > span").first().innerText(), "Canal de Panamá", "Panama");
  const canal = web.page.locator(".leg.canal .leg-name").first();
  same(await canal.innerText(), "Canal de Panamá", "Panama among the legs");
  await web.page.getByRole("button", { name: "Cambiar a colores oscuros" }).click();
  same(await web.page.locator("html").getAttribute("data-theme"), "dark", "theme");
  await web.page.reload();
  await web.page.waitForSelector(".answer[aria-busy='false'] .big");
  same(await web.page.locator("html").getAttribute("data-theme"), "dark", "theme after a reload");
}

async function keyboardOnly(web) {
  await web.answer("?from=ECGYE&to=NLRTM");
  await panama(web).focus();
  await web.page.keyboard.press("Space");
  await web.untilSearch("avoid", "panama");
  await web.page.waitForSelector(".change.worse");
  same(await web.page.evaluate(() => document.activeElement?.dataset.passage), "panama", "the focus stays");
}

async function phone(web) {
  await web.answer();
  const wide = await web.page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  need(wide <= 0, `${wide} pixels wider than the phone`);
  await web.page.getByRole("button", { name: "Show more" }).click();
  await panama(web).scrollIntoViewIfNeeded();
  await flip(web, "panama", "panama");
}

export const tests = [
  ["the first page has an answer and the switch of Panama", firstPage],
  ["closing Panama says that Chancay to Shanghai does not use it", panamaUnused],
  ["closing Panama on a way that uses it says the difference; back", panamaClosed],
  ["search by name, code and position, by keyboard", search],
  ["search by alias, by mouse", alias],
  ["the ends are swapped", swap],
  ["a pin is dragged", drag],
  ["an end beyond the rim keeps its pin", beyondTheRim],
  ["calls at positions", callAtPosition],
  ["a view looks the same after the others", viewsKeepToThemselves],
  ["a click on the chart sets an end", mapMenu],
  ["ship and speed", options],
  ["other ways are listed and can be chosen", alternatives],
  ["a reload from the URL gives the same; other data is said", reload],
  ["an unknown port is told in its place", unknownPort],
  ["passages that come after an error", errorBeforePassages],
  ["an error in Spanish", errorInSpanish, { locale: "es-ES" }],
  ["a ship that is too deep is told", shipTooDeep],
  ["a server that is away is told, and tried again", serverAway],
  ["language and colours", languageAndColours],
  ["passages by keyboard", keyboardOnly],
  ["a phone", phone, PHONE],
];
