// One claim: sentence, verdict, figure, trials, workings, sources.
import { h, type Child } from "@/dom";
import { number, t } from "@/i18n";
import type { Store } from "@/state";
import { figureText, intervalChart, rangeText, scaleOf } from "./figure";
import { badge, stateLink } from "./list";
import { digitsFor, outcomeOf, type Audit, type Claim, type Trial, type Working } from "./model";

const section = (title: string, ...children: Child[]): HTMLElement => h("section", {}, h("h3", {}, title), children);

function head(claim: Claim): HTMLElement {
  const said = [
    claim.who && t("claims.said", { who: claim.who }),
    claim.article && t("claims.article", { article: claim.article }),
    claim.date,
  ].filter(Boolean);
  return h(
    "div",
    { class: "claim-head" },
    badge(claim.verdict),
    h("blockquote", { lang: "en" }, claim.says),
    h("p", { class: "small quiet" }, said.join(" · ")),
  );
}

function figures(claim: Claim): HTMLElement | null {
  if (claim.figure.value === null && !claim.figure.text && !claim.claimed) return null;
  const range = rangeText(claim.figure);
  return h(
    "dl",
    { class: "claim-figures" },
    h("div", {}, h("dt", {}, t("claims.measured")), h("dd", {}, h("strong", {}, figureText(claim.figure)), range && h("span", { class: "small quiet" }, range))),
    claim.claimed && h("div", {}, h("dt", {}, t("claims.claimed")), h("dd", {}, h("strong", {}, claim.claimed))),
  );
}

const SHOWN = 10; /* trials before the rest folds away */
const SIGN = { holds: "✓", depends: "◐", fails: "✗" } as const;

function trialRow(trial: Trial, chart: SVGElement | null): HTMLElement {
  const how = outcomeOf(trial);
  const share = trial.share !== null && trial.share > 0 && trial.share < 1;
  return h(
    "li",
    { class: "trial", "data-outcome": how },
    h("span", { class: "sign", role: "img", "aria-label": t(`claims.trial.${how}`) }, SIGN[how]),
    h(
      "div",
      {},
      h("p", {}, trial.name, " ", h("strong", {}, figureText(trial.figure)), " ", h("span", { class: "small quiet" }, rangeText(trial.figure))),
      trial.reason && h("p", { class: "small quiet", lang: "en" }, trial.reason),
      share && h("p", { class: "small quiet" }, t("claims.share", { share: number(trial.share! * 100) })),
    ),
    chart,
  );
}

function trials(claim: Claim): HTMLElement | null {
  if (claim.trials.length === 0) return null;
  const scale = scaleOf(claim.trials);
  const order = { holds: 0, depends: 1, fails: 2 } as const;
  const rows = [...claim.trials]
    .sort((a, b) => order[outcomeOf(a)] - order[outcomeOf(b)])
    .map((trial) => trialRow(trial, scale && intervalChart(trial, scale)));
  const more = rows.slice(SHOWN);
  return section(
    t("claims.trials"),
    h("ul", { class: "trials" }, rows.slice(0, SHOWN)),
    more.length > 0 &&
      h("details", { class: "more" }, h("summary", {}, t("claims.trials.more", { count: more.length })), h("ul", { class: "trials" }, more)),
    scale && h("p", { class: "small quiet" }, t("claims.trials.help")),
  );
}

function workingRow(working: Working): HTMLElement {
  const legs = working.chain?.legs.length ?? 0;
  return h(
    "tr",
    {},
    h(
      "td",
      { style: { "padding-left": `${6 + working.depth * 14}px` } },
      working.text || "·",
      legs > 0 && h("span", { class: "small quiet" }, ` (${t("claims.legs", { count: legs })})`),
    ),
    h("td", { class: "figure" }, figureText(working.figure), h("br"), h("span", { class: "small quiet" }, rangeText(working.figure))),
  );
}

function workings(claim: Claim): HTMLElement | null {
  if (claim.workings.length === 0) return null;
  const names = [...new Set(claim.workings.map((each) => each.trial))];
  return h(
    "details",
    {},
    h("summary", {}, t("claims.workings")),
    names.map((name) =>
      h(
        "div",
        { class: "scroll" },
        h("table", {}, h("caption", {}, name), h("tbody", {}, claim.workings.filter((each) => each.trial === name).map(workingRow))),
      ),
    ),
  );
}

function sensitivity(claim: Claim): HTMLElement | null {
  if (claim.sensitivity.length === 0) return null;
  const bars = claim.sensitivity.slice(0, 8).map((each) => {
    const digits = digitsFor(each.at_low, each.at_high);
    return h(
      "li",
      {},
      h("span", { class: "bar", style: { width: `${Math.max(1, each.share * 100)}%` }, "aria-hidden": "true" }),
      h(
        "span",
        { class: "small" },
        t("claims.sensitivity.row", {
          input: each.input,
          share: number(each.share * 100),
          low: number(each.at_low, digits),
          high: number(each.at_high, digits),
        }),
      ),
    );
  });
  return h("details", {}, h("summary", {}, t("claims.sensitivity")), h("ul", { class: "bars" }, bars));
}

const sources = (claim: Claim): HTMLElement | null =>
  claim.sources.length === 0
    ? null
    : h(
        "details",
        {},
        h("summary", {}, t("claims.sources")),
        h(
          "ul",
          { class: "sources small" },
          claim.sources.map((each) => h("li", {}, `${each.title}. ${each.publisher}, ${each.year}. `, h("code", {}, each.id))),
        ),
      );

function around(store: Store, audit: Audit, claim: Claim): HTMLElement {
  const at = audit.claims.indexOf(claim);
  const step = (to: number, key: string): Child =>
    audit.claims[to] && stateLink(store, { claim: audit.claims[to].id }, { class: "step" }, t(key));
  return h(
    "nav",
    { class: "claim-nav", "aria-label": t("claims.title") },
    stateLink(store, { claim: null }, {}, `← ${t("claims.all")}`),
    h("span", {}, step(at - 1, "claims.previous"), " ", step(at + 1, "claims.next")),
  );
}

export function detailPage(store: Store, audit: Audit, claim: Claim): HTMLElement {
  return h(
    "article",
    { class: "claim-page" },
    around(store, audit, claim),
    head(claim),
    figures(claim),
    section(t("claims.because"), h("p", { lang: "en" }, claim.because), claim.note && h("p", { class: "small quiet", lang: "en" }, claim.note)),
    trials(claim),
    workings(claim),
    sensitivity(claim),
    sources(claim),
    section(
      t("claims.again"),
      h("pre", { class: "command", tabindex: "0" }, `derrotero audit ${audit.case} --claim ${claim.id} --samples ${audit.samples} --seed ${audit.seed}`),
    ),
  );
}
