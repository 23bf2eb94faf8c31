// The chart alone, for a frame in another page: the same question in the URL, no panels.
import "./fonts.css";
import "./style.css";
import { fill, h } from "./dom";
import { days, dollars, endsName, miles, tonnes } from "./format";
import { addTexts, t } from "./i18n";
import type { Chart } from "./map/chart";
import { allPassages, passageNames, type Gate } from "./passages";
import { parseState, stateSearch, type State } from "./state";
import { onTheme, theme } from "./theme";
import type { Answer } from "./api";
import type { Route } from "./types";
import { problemBox } from "./ui/problem";
import { askRoute, routeQuery } from "./views/route/ask";
import { addRouteLayers, drawEnds, drawGates, drawWays, gateState, pointsOf } from "./views/route/layers";
import { isClosed } from "./views/route/passages";
import { texts } from "./views/route/texts";

addTexts(texts);

const root = document.getElementById("app")!;
const chartNode = h("div", { class: "chart", role: "region", "aria-label": t("app.map") });
const caption = h("div", { class: "embed-caption", role: "status" }, t("app.loading"));
const state = parseState(location.search);

async function makeChart(): Promise<Chart | null> {
  try {
    const { Chart } = await import("./map/chart");
    const canvas = chartNode.appendChild(h("div", { class: "canvas" }));
    const chart = new Chart(canvas, theme());
    onTheme((next) => chart.setTheme(next));
    await chart.ready();
    return chart;
  } catch {
    return null;
  }
}

function tell({ value: route, data }: Answer<Route>, gates: Gate[]): void {
  const by = passageNames(route.passages, gates);
  fill(
    caption,
    h("h1", {}, `${endsName(route)}: ${t("days", { n: days(route.duration_h) })}`),
    h("p", {}, `${miles(route.distance_nm)} ${t("unit.nm")} · ${dollars(route.cost_usd)} · ${tonnes(route.co2_t)} t CO₂`),
    by && h("p", { class: "quiet" }, t("route.by-way", { by })),
    h("p", { class: "quiet" }, h("a", { href: `./${stateSearch(state)}`, target: "_blank", rel: "noopener" }, "Derrotero"), `, ${t("route.data")} ${data}`),
  );
}

async function draw(chart: Chart, route: Route, gates: Gate[], asked: State): Promise<void> {
  const { drawSeas } = await import("./map/atlas");
  drawSeas(chart);
  addRouteLayers(chart);
  drawWays(chart, { main: route, others: [], before: null, lit: null });
  drawEnds(chart, [route.from, ...route.via, route.to]);
  drawGates(chart, gates, (gate) => gateState(gate, route.passages, isClosed(gate, asked), gates));
  const low = caption.getBoundingClientRect().height + 20;
  chart.setInsets({ top: 8, right: 8, bottom: innerHeight > 360 ? low : 8, left: 8 });
  chart.fit(pointsOf(route.geometry), { animate: false });
}

async function show(): Promise<void> {
  try {
    const [answer, gates] = await Promise.all([askRoute(routeQuery(state, 0)), allPassages()]);
    document.title = `${endsName(answer.value)} · Derrotero`;
    tell(answer, gates);
    const drawn = await chart;
    if (drawn) await draw(drawn, answer.value, gates, state);
  } catch (error) {
    fill(caption, problemBox(error, () => void show()));
  }
}

fill(root, chartNode, caption);
const chart = makeChart();
void show();
