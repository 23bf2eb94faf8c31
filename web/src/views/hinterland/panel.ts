// What is asked, and the answer beside the chart: headline, bars of land, table.
import { h, type Child } from "@/dom";
import { number, t } from "@/i18n";
import { REST, type Colours } from "./layer";
import { nodes, type Criterion, type Hinterland, type Share } from "./model";

const SHOWN = 8; /* ports with a bar of their own */

const sum = (of: readonly Share[], pick: (share: Share) => number): number =>
  of.reduce((total, each) => total + pick(each), 0);

const percent = (part: number, whole: number): string => {
  const share = whole > 0 ? (part / whole) * 100 : 0;
  return number(share, share > 0 && share < 10 ? 1 : 0);
};

/** A cell belongs to one port as a whole, so two figures are all that an area is good for. */
const area = (km2: number): string => number(km2, 0, { maximumSignificantDigits: 2 });

function headline(answer: Hinterland, found: readonly Share[], name: string): Child {
  const whole = sum(found, (each) => each.km2);
  const own = found.find((each) => each.port === answer.port);
  if (whole === 0) {
    return t("hinterland.headline.nodes", { name, count: own?.nodes ?? 0, all: nodes(answer).length });
  }
  return own && own.km2 > 0
    ? t("hinterland.headline", { name, share: percent(own.km2, whole) })
    : t("hinterland.headline.none", { name });
}

function bar(share: Share, most: number, colours: Colours): HTMLElement {
  const width = (value: number): string => `${most > 0 ? (value / most) * 100 : 0}%`;
  return h(
    "li",
    {},
    h("span", { class: "who" }, share.name),
    h(
      "span",
      { class: "track", "aria-hidden": "true" },
      h("span", { class: "land", style: { width: width(share.km2), background: colours.get(share.port) ?? REST } }),
      h("span", { class: "near", style: { width: width(share.contested) } }),
    ),
    h(
      "span",
      { class: "small quiet" },
      share.km2 > 0 ? t("hinterland.area", { km2: area(share.km2) }) : t("hinterland.towns", { count: share.nodes }),
    ),
  );
}

/** The least ones in one row. */
function gathered(found: readonly Share[]): Share[] {
  if (found.length <= SHOWN) return [...found];
  const rest = found.slice(SHOWN - 1);
  return [
    ...found.slice(0, SHOWN - 1),
    {
      port: "",
      name: t("hinterland.others"),
      km2: sum(rest, (each) => each.km2),
      contested: sum(rest, (each) => each.contested),
      nodes: sum(rest, (each) => each.nodes),
    },
  ];
}

const table = (found: readonly Share[]): HTMLElement =>
  h(
    "details",
    {},
    h("summary", {}, t("hinterland.table")),
    h(
      "table",
      {},
      h(
        "thead",
        {},
        h(
          "tr",
          {},
          h("th", { scope: "col" }, t("hinterland.table.port")),
          h("th", { scope: "col", class: "figure" }, t("hinterland.table.land")),
          h("th", { scope: "col", class: "figure" }, t("hinterland.table.contested")),
          h("th", { scope: "col", class: "figure" }, t("hinterland.table.towns")),
        ),
      ),
      h(
        "tbody",
        {},
        found.map((each) =>
          h(
            "tr",
            {},
            h("th", { scope: "row" }, each.name, " ", h("code", {}, each.port)),
            h("td", { class: "figure" }, area(each.km2)),
            h("td", { class: "figure" }, area(each.contested)),
            h("td", { class: "figure" }, number(each.nodes)),
          ),
        ),
      ),
    ),
  );

export function answerPanel(answer: Hinterland, found: readonly Share[], colours: Colours, name: string): HTMLElement {
  const whole = sum(found, (each) => each.km2);
  const bars = gathered(found);
  const most = Math.max(...bars.map((each) => each.km2), 0);
  return h(
    "div",
    { class: "hinterland-answer" },
    h("p", { class: "headline" }, headline(answer, found, name)),
    whole > 0 &&
      h(
        "p",
        { class: "small quiet" },
        t("hinterland.contested", {
          share: percent(sum(found, (each) => each.contested), whole),
          within: number(answer.contested_within_pct),
        }),
      ),
    h("h2", {}, t("hinterland.legend")),
    h("ul", { class: "land-bars" }, bars.map((each) => bar(each, most, colours))),
    whole > 0 &&
      h(
        "p",
        { class: "small quiet" },
        h("span", { class: "hatch", "aria-hidden": "true" }),
        t("hinterland.legend.contested", { within: number(answer.contested_within_pct) }),
      ),
    whole > 0 && h("p", { class: "small quiet" }, t("hinterland.rough")),
    table(found),
    h(
      "p",
      { class: "small quiet" },
      t("hinterland.case", { title: answer.case, scenario: answer.scenario ?? "–", per: answer.per, commodity: answer.commodity }),
    ),
  );
}

/** What is best at one place. */
export function placePanel(
  title: string,
  of: Hinterland["features"][number]["properties"],
  by: Criterion,
  unit: string,
  nameOf: (port: string) => string,
): HTMLElement {
  const choice = of[by];
  return h(
    "div",
    { class: "there" },
    h("h2", {}, title),
    choice.port !== null &&
      choice.value !== null &&
      h("p", {}, t("hinterland.best", { port: nameOf(choice.port), value: `${number(choice.value)}\u00a0${unit}` })),
    choice.second !== null &&
      choice.margin_pct !== null &&
      h("p", { class: "quiet" }, t("hinterland.second", { port: nameOf(choice.second), margin: number(choice.margin_pct, 1) })),
  );
}
