// The claims view: the list, its filters, one claim with its workings.
import { DARK, need, PHONE, same } from "./web.mjs";

async function listed(web, query = "&samples=20") {
  await web.go(`?view=claims${query}`);
  await web.page.waitForSelector(".claims li .claim");
}

async function list(web) {
  await listed(web);
  const all = await web.page.locator(".claims li").count();
  need(all >= 30, `${all} claims`);
  await web.page.getByRole("button", { name: /does not hold/ }).click();
  await web.untilSearch("verdict", "does-not-hold");
  const some = await web.page.locator(".claims li").count();
  need(some > 0 && some < all, `${some} of ${all}`);
  for (const text of await web.page.locator(".claims li .verdict").allInnerTexts()) need(text.includes("does not hold"), text);
  await web.page.getByRole("button", { name: /does not hold/ }).click();
  await web.page.getByRole("searchbox", { name: "Search the claims" }).fill("twelve days");
  await web.until(() => web.page.locator(".claims li").count(), (count) => count === 1, "claims found");
}

async function one(web) {
  await listed(web);
  await web.page.locator('[data-claim="c01"]').click();
  await web.untilSearch("claim", "c01");
  need((await web.page.locator(".claim-page blockquote").innerText()).length > 20, "the sentence");
  need((await web.page.locator(".trial").count()) > 2, "trials");
  need((await web.page.locator(".interval .dot").count()) > 2, "charts of the trials");
  await web.page.getByText("Workings, step by step").click();
  need((await web.page.locator(".claim-page table tr").count()) > 5, "workings");
  await web.page.goBack();
  await web.page.waitForSelector(".claims li .claim");
  await web.page.goForward();
  await web.page.reload();
  await web.page.waitForSelector(".claim-page blockquote");
}

const accessible = (query) => async (web) => {
  await listed(web);
  if (query) {
    await web.page.locator('[data-claim="c01"]').click();
    await web.page.waitForSelector(".claim-page");
  }
  same((await web.axe()).join("\n"), "", "axe");
};

export const tests = [
  ["list, filters, search", list],
  ["one claim", one],
  ["axe", accessible(false)],
  ["axe of a claim, dark", accessible(true), DARK],
  ["axe of a claim, phone", accessible(true), PHONE],
];
