// The answer in words and figures: days first, then what makes them, then other ways,
// what was assumed, and how to take it away.
import { apiUrl } from "@/api";
import { fill, h, type Child } from "@/dom";
import { days, dollars, endsName, knots, miles, placeName, position, signed, span, spell, tonnes } from "@/format";
import { number, t } from "@/i18n";
import { saidText } from "@/i18n/said";
import { passageName, passageNames, type Gate } from "@/passages";
import type { State, Store } from "@/state";
import type { Itinerary, Range, Route, RouteLeg, Source } from "@/types";
import { citation } from "@/ui/cite";
import { embedBox } from "@/ui/export";
import { strip, type Part } from "@/ui/strip";
import { routeQuery, type Toggled } from "./ask";

export interface Before {
  way: Itinerary;
  change: Toggled;
}

export interface AnswerInput {
  state: State;
  store: Store;
  route: Route;
  /** Best way first, then the others. */
  ways: Itinerary[];
  pick: number;
  before: Before | null;
  passages: Gate[];
  version: string;
  data: string;
  light: (way: Itinerary | null) => void;
  lightLeg: (leg: RouteLeg | null) => void;
  picture: () => void;
}

const around = (range: Range, show: (v: number) => string): Child => {
  const text = span(range, show);
  return text ? h("span", { class: "range", title: t("route.range") }, text) : null;
};

function headline(way: Itinerary, route: Route, gates: Gate[]): HTMLElement {
  const by = passageNames(way.passages, gates);
  const tile = (name: string, value: string, unit: string, range: Child): HTMLElement =>
    h("div", { class: "tile" }, h("dt", {}, name), h("dd", {}, h("b", {}, value), unit ? h("span", { class: "unit" }, unit) : null), h("dd", { class: "tile-range" }, range));
  return h(
    "div",
    { class: "headline" },
    h("h1", {}, h("span", { class: "unseen" }, `${endsName(route)}: `), h("span", { class: "big" }, days(way.duration_h)), " ", h("span", { class: "big-unit" }, t("route.days"))),
    h("p", { class: "small quiet" }, around(way.duration.total_h, (v) => days(v)), " ", t("route.at", { speed: knots(way.speed_kn) })),
    h("p", { class: "by" }, by ? t("route.by-way", { by }) : t("route.open-sea")),
    h(
      "dl",
      { class: "tiles" },
      tile(t("route.distance"), miles(way.distance_nm), t("unit.nm"), `${number(way.distance_nm * 1.852)} km`),
      tile(t("route.cost"), dollars(way.cost_usd), "", around(way.cost.total_usd, dollars)),
      tile("CO₂", tonnes(way.co2_t), "t", around(way.co2.total_t, tonnes)),
    ),
  );
}

/** "Panama Canal closed", from what changed. */
function changeName(change: Toggled, gates: Gate[]): string {
  const parts: string[] = [];
  if (change.closed.length > 0) parts.push(t(change.closed.length > 1 ? "route.changed.closed.more" : "route.changed.closed", { name: passageNames(change.closed, gates) }));
  if (change.opened.length > 0) parts.push(t(change.opened.length > 1 ? "route.changed.opened.more" : "route.changed.opened", { name: passageNames(change.opened, gates) }));
  return parts.length > 0 ? parts.join("; ") : t("route.changed.other");
}

const alike = (a: Itinerary, b: Itinerary): boolean =>
  Math.abs(a.distance_nm - b.distance_nm) < 0.05 && Math.abs(a.duration_h - b.duration_h) < 0.05 && Math.abs(a.cost_usd - b.cost_usd) < 1;

/** What changed, in one line for the eye and for a screen reader. */
export function changeText(way: Itinerary, before: Before, gates: Gate[]): { name: string; text: string; same: boolean } {
  const name = changeName(before.change, gates);
  if (alike(way, before.way)) {
    const known = before.change.closed.length + before.change.opened.length > 0;
    const text = before.change.closed.length > 0 ? t("route.same.closed") : known ? t("route.same.opened") : t("route.same");
    return { name, text, same: true };
  }
  const text = [
    t("days", { n: signed((way.duration_h - before.way.duration_h) / 24, (v) => number(v, 1)) }),
    `${signed(way.distance_nm - before.way.distance_nm, miles)} ${t("unit.nm")}`,
    signed(way.cost_usd - before.way.cost_usd, dollars),
    `${signed(way.co2_t - before.way.co2_t, tonnes)} t CO₂`,
  ].join(" · ");
  return { name, text, same: false };
}

function changeBox(way: Itinerary, before: Before | null, gates: Gate[]): HTMLElement | null {
  if (!before) return null;
  const { name, text, same } = changeText(way, before, gates);
  const longer = way.duration_h > before.way.duration_h;
  return h(
    "div",
    { class: `change ${same ? "same" : longer ? "worse" : "better"}` },
    h("strong", {}, name),
    h("span", { class: "change-text" }, text),
    !same && h("span", { class: "small quiet" }, t("route.changed.from", { days: days(before.way.duration_h) })),
  );
}

const withRange = (range: Range, show: (v: number) => string): string => {
  const text = span(range, show);
  return text ? `${show(range.value)} (${text})` : show(range.value);
};

/** A range in one unit: hours, or days where its end is far. */
function hoursText(range: Range): string {
  const inDays = range.high >= 72;
  const show = (h: number): string => (inDays ? days(h) : number(h, range.high < 10 ? 1 : 0));
  return t(inDays ? "days" : "hours", { n: withRange(range, show) });
}

function parts(way: Itinerary): HTMLElement[] {
  const { duration, cost } = way;
  const time = (name: string, range: Range, tone: number): Part => ({ name: t(`route.part.${name}`), value: range.value, text: hoursText(range), tone });
  const money = (name: string, range: Range, tone: number): Part => ({ name: t(`route.part.${name}`), value: range.value, text: withRange(range, dollars), tone });
  return [
    strip(t("route.strip.time"), [
      time("sailing", duration.sailing_h, 1),
      time("weather", duration.weather_h, 2),
      time("transit", duration.transit_h, 3),
      time("wait", duration.wait_h, 4),
    ]),
    strip(t("route.strip.cost"), [
      money("charter", cost.charter_usd, 1),
      money("fuel", cost.main_fuel_usd, 2),
      money("aux", cost.auxiliary_fuel_usd, 3),
      money("tolls", cost.tolls_usd, 4),
    ]),
  ];
}

function legList(way: Itinerary, gates: Gate[], light: (leg: RouteLeg | null) => void): HTMLElement | null {
  if (way.legs.length < 2) return null;
  const short = (name: string): string => {
    const gate = gates.find((each) => each.name === name);
    const at = /^(\d+(?:\.\d+)?)([NS]) (\d+(?:\.\d+)?)([EW])$/.exec(name);
    if (at) return position(Number(at[1]) * (at[2] === "S" ? -1 : 1), Number(at[3]) * (at[4] === "W" ? -1 : 1));
    return gate ? passageName(gate) : name.replace(/ \(.*\)$/, "");
  };
  const item = (leg: RouteLeg): HTMLElement => {
    const canal = leg.mode === "canal";
    const node = h(
      "li",
      { class: `leg ${canal ? "canal" : ""}`, tabindex: "0", style: { "flex-grow": String(Math.max(0.12, leg.duration_h / way.duration_h)) } },
      h("span", { class: "leg-name" }, canal ? short(leg.from) : `${short(leg.from)} → ${short(leg.to)}`),
      h("span", { class: "leg-figure" }, spell(leg.duration_h)),
      h("span", { class: "small quiet" }, `${miles(leg.distance_nm)} ${t("unit.nm")} · ${dollars(leg.cost_usd)}`),
    );
    const on = (active: boolean) => (): void => light(active ? leg : null);
    node.addEventListener("pointerenter", on(true));
    node.addEventListener("pointerleave", on(false));
    node.addEventListener("focus", on(true));
    node.addEventListener("blur", on(false));
    return node;
  };
  return h("div", { class: "legs-box" }, h("h3", {}, t("route.legs")), h("ol", { class: "legs" }, way.legs.map(item)));
}

function others(input: AnswerInput): HTMLElement | null {
  const { ways, pick, passages, store, light } = input;
  if (ways.length < 2) return null;
  const best = ways[0]!;
  const item = (way: Itinerary, i: number): HTMLElement => {
    const by = passageNames(way.passages, passages) || t("route.open-sea");
    const range = (r: Range, show: (v: number) => string): string => withRange(r, show);
    const button = h(
      "button",
      { type: "button", class: "way", "aria-pressed": String(i === pick), onclick: () => store.set({ params: { pick: i === 0 ? null : i } }) },
      h("span", { class: "way-name" }, by),
      h("span", { class: "way-days" }, h("b", {}, days(way.duration_h)), ` ${t("unit.d")}`, i > 0 ? h("span", { class: "small quiet" }, ` ${signed((way.duration_h - best.duration_h) / 24, (v) => number(v, 1))}`) : null),
      h("span", { class: "way-figures small quiet" }, `${span(way.duration.total_h, days)} ${t("unit.d")} · ${miles(way.distance_nm)} ${t("unit.nm")}`),
      h("span", { class: "way-figures small quiet" }, `${range(way.cost.total_usd, dollars)} · ${range(way.co2.total_t, tonnes)} t CO₂`),
    );
    const on = (active: boolean) => (): void => light(active && i !== pick ? way : null);
    button.addEventListener("pointerenter", on(true));
    button.addEventListener("pointerleave", on(false));
    button.addEventListener("focus", on(true));
    button.addEventListener("blur", on(false));
    return h("li", {}, button);
  };
  return h("section", {}, h("h2", {}, t("route.ways")), h("ol", { class: "ways" }, ways.map(item)));
}

/** A notice of the server in the page's language, or as it is. */
function notice(text: string): Child {
  const known: [RegExp, string][] = [
    [/^no vessel named/, "notice.vessel"],
    [/^no draught given/, "notice.draught"],
    [/^cost = charter/, "notice.cost"],
  ];
  const key = known.find(([pattern]) => pattern.test(text))?.[1];
  return key ? t(key) : h("span", { lang: "en" }, text);
}

function assumed(way: Itinerary, route: Route): HTMLElement {
  const { vessel } = route;
  const lines: Child[] = [
    t(vessel.assumed ? "route.ship.assumed" : "route.ship", { ship: saidText(vessel.name), speed: knots(way.speed_kn) }),
    vessel.draft_m === null ? null : t(vessel.draft_assumed ? "route.draught.assumed" : "route.draught", { m: number(vessel.draft_m, 1) }),
    t("route.prices", { prices: vessel.prices_as_of, charter: vessel.charter_as_of }),
    t("route.bound", { pct: number(way.excess_bound_pct, 2) }),
  ];
  const [a, b] = way.snap_nm;
  if (Math.max(a, b) >= 1) lines.push(t("route.snap", { a: number(a, 1), b: number(b, 1) }));
  const more = route.notices.filter((each) => !/^no vessel named|^no draught given/.test(each)).map(notice);
  return h(
    "section",
    { class: "assumed" },
    h("h2", {}, t("route.assumed")),
    h("ul", { class: "small dots" }, [...lines, ...more].filter((each) => each !== null).map((each) => h("li", {}, each))),
  );
}

const sourceText = (s: Source): string => [s.title, s.publisher, s.year].filter((each) => each !== "").join(". ");

function sources(list: Source[]): HTMLElement {
  return h(
    "details",
    { class: "sources" },
    h("summary", {}, t("route.sources", { n: list.length })),
    h("ul", { class: "small dots", lang: "en" }, list.map((each) => h("li", {}, sourceText(each)))),
  );
}

function takeAway(input: AnswerInput): HTMLElement {
  const { state, route, picture } = input;
  const name = `${route.from.code ?? "start"}-${route.to.code ?? "end"}`;
  const file = (format: string, label: string): HTMLElement =>
    h("a", { class: "chip", href: apiUrl("route", { ...routeQuery(state), format }), download: `${name}.${format}` }, label);
  return h(
    "section",
    { class: "export" },
    h("h2", {}, t("export.title")),
    h("p", { class: "chips" }, file("geojson", "GeoJSON"), file("csv", "CSV"), h("button", { type: "button", class: "chip", onclick: picture }, "PNG")),
    embedBox(endsName(route)),
  );
}

export const statement = (way: Itinerary, route: Route): string =>
  t("route.statement", {
    from: placeName(route.from),
    to: placeName(route.to),
    days: days(way.duration_h),
    range: span(way.duration.total_h, days),
    miles: miles(way.distance_nm),
    usd: dollars(way.cost_usd),
    co2: tonnes(way.co2_t),
  });

/** What is read first goes into `head`, what stands behind it into `rest`. */
export function drawAnswer(head: HTMLElement, rest: HTMLElement, input: AnswerInput): void {
  const { route, ways, pick, before, passages, version, data } = input;
  const way = ways[pick] ?? route;
  fill(head, changeBox(way, before, passages), headline(way, route, passages));
  fill(
    rest,
    h("section", { class: "made-of", "aria-label": t("route.strip.time") }, legList(way, passages, input.lightLeg), parts(way)),
    others(input),
    assumed(way, route),
    citation({ statement: statement(way, route), version, data }),
    takeAway(input),
    sources(route.sources),
  );
}

/** While a pin is dragged: the figures alone. */
export function drawPreview(head: HTMLElement, route: Route, passages: Gate[]): void {
  fill(head, headline(route, route, passages));
}

