// The compare view: two scenarios, the editor, the file for the command line.
import { execFileSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { DARK, need, PHONE, same } from "./web.mjs";

const headline = (web) => web.page.locator(".compare-answer .headline").innerText();
/** The sides are there with their ranges: nothing is being asked any more. */
async function compared(web, query = "") {
  await web.go(`?view=compare${query}`);
  await web.page.waitForSelector(".compare-answer .headline");
  await web.page.waitForFunction(() => document.querySelector(".panel > .status")?.childElementCount === 0);
}

async function scenarios(web) {
  await compared(web);
  for (const name of ["From", "To"]) need(await web.page.locator("label", { hasText: name }).first().isVisible(), `the label ${name}`);
  need(/^\d\.\d days faster$/.test(await headline(web)), await headline(web));
  same(await web.page.locator(".chain").count(), 2, "sides");
  await web.page.getByLabel("After", { exact: true }).selectOption("canal-closed");
  await web.untilSearch("b", "canal-closed");
  await web.page.waitForSelector(".compare-answer .headline");
  await web.page.goBack();
  await web.until(() => headline(web), (text) => /faster/.test(text), "headline after going back");
}

/** Picks a thing by its name in the editor. */
async function pick(web, name) {
  const find = web.page.getByRole("searchbox").or(web.page.getByRole("combobox", { name: /Find a link/ })).first();
  await find.fill(name);
  await find.dispatchEvent("change");
  await web.page.waitForSelector(".edit-form");
}

async function editor(web) {
  await compared(web, "&edit=1&a=after&b=after");
  same(await headline(web), "No change in time", "headline");
  await web.page.waitForSelector(".editor input[type=search]");
  await pick(web, "Chancay (PECHY)");
  await web.page.locator(".edit-form").getByRole("button", { name: "Close" }).click();
  await web.until(() => headline(web), (text) => /days slower$/.test(text), "headline with Chancay closed");
  need((await web.page.locator(".edits li").innerText()).startsWith("close port Chancay"), "the list of changes");
  const [file] = await Promise.all([web.page.waitForEvent("download"), web.page.getByText("Save as scenario").click()]);
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "derrotero-"));
  const saved = path.join(folder, "case.yaml");
  await file.saveAs(saved);
  const asked = ["compare", "BRRBR", "CNSHA", "--case", saved, "--scenario", "after", "--scenario", "mine"];
  const said = JSON.parse(execFileSync(process.env.DERROTERO, [...asked, "--samples", "0", "--format", "json"], { encoding: "utf8" }));
  const days = (said.difference.time_h.value / 24).toFixed(1);
  same(await headline(web), `${days} days slower`, "the same by the command line");
  await web.page.reload();
  await web.until(() => headline(web).catch(() => ""), (text) => text === `${days} days slower`, "headline after a reload");
  await web.page.getByRole("button", { name: "Take all back" }).click();
  await web.until(() => headline(web), (text) => text === "No change in time", "headline with all taken back");
  await web.page.locator(".editor input[type=file]").setInputFiles(saved);
  await web.until(() => headline(web), (text) => text === `${days} days slower`, "headline with the file loaded");
  fs.rmSync(folder, { recursive: true });
}

/** Clicks the chart a little off the coast of Peru, near Nazca, until the form is there. */
async function placePort(web) {
  await web.still();
  await web.page.getByRole("button", { name: "New port", exact: true }).click();
  const box = await web.page.locator(".maplibregl-canvas").boundingBox();
  await web.page.mouse.click(box.x + box.width * 0.57, box.y + box.height * 0.48);
  await web.page.locator(".edit-form").getByLabel("Name").fill("Puerto Prueba");
  const code = /: (\w+)$/.exec(await web.page.locator(".edit-form h3").innerText())?.[1];
  await web.page.locator(".edit-form").getByRole("button", { name: "Apply" }).click();
  return code;
}

async function newPort(web) {
  await compared(web, "&edit=1&from=nazca&to=CNSHA&a=after&b=after");
  const code = await placePort(web);
  const said = () => web.page.locator(".edits").innerText();
  need((await said()).includes(`new port Puerto Prueba (${code})`), `the code in ${await said()}`);
  same(await web.page.locator(".edits > li").count(), 1, "rows for one new port");
  need(/its place, \d+\.\d+°S[^]*a road to \w.*, \d+ km/.test(await said()), `its parts in ${await said()}`);
  const added = JSON.parse(web.search().get("edits"));
  same(added[2].add.class, "road-pe-coast", "the road to a new port of Peru");
  const notes = web.page.locator(".editor .note");
  need((await notes.innerText()).includes(`No ship calls at ${code} yet`), "that a service is missing");
  await web.page.getByRole("button", { name: "New service", exact: true }).click();
  same(await web.page.locator(".edit-form").getByLabel(/Calls in order/).inputValue(), `${code}, CNSHA`, "calls");
  await web.page.locator(".edit-form").getByRole("button", { name: "Apply" }).click();
  await web.until(() => headline(web).catch(() => ""), (text) => /days faster$/.test(text), "headline with the port");
  same(await notes.count(), 0, "notes");
  await web.page.getByRole("button", { name: /Take back: new port/ }).click();
  await web.until(() => web.search().get("edits"), (edits) => edits === null, "all that rests on the port goes with it");
}

async function problem(web) {
  web.tolerate(/400/);
  await web.go("?view=compare&from=nowhere-at-all");
  need((await web.page.locator(".problem").innerText()).includes("nowhere-at-all"), "the problem is told");
  await web.page.getByRole("combobox", { name: "From" }).fill("Denver");
  await web.page.getByText("No town or port of this case has that name").waitFor();
}

async function accessible(web) {
  await compared(web, "&edit=1");
  const found = await web.axe();
  same(found.join("\n"), "", "axe");
}

export const tests = [
  ["two scenarios side by side", scenarios],
  ["a port is closed, saved, run by the command line, loaded", editor],
  ["a new port and its service", newPort],
  ["an unknown place", problem],
  ["axe", accessible],
  ["axe, dark", accessible, DARK],
  ["axe, phone", accessible, PHONE],
];
