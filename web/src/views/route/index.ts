// The route view: one question in the URL, one answer in the panel and on the chart.
import { ask, isAbort, Latest, type Query } from "@/api";
import { fill, h } from "@/dom";
import { days, dollars, endsName, miles, position, tonnes } from "@/format";
import { addTexts, t } from "@/i18n";
import type { Chart } from "@/map/chart";
import { latLon } from "@/map/sphere";
import { allPassages, passageNames, type Gate } from "@/passages";
import { list, one, type State } from "@/state";
import type { Health, Itinerary, Route, Vessel } from "@/types";
import { chartPicture, download } from "@/ui/export";
import { problemBox, problemText } from "@/ui/problem";
import type { MountedView, View, ViewContext } from "@/views";
import { changeText, drawAnswer, drawPreview, type Before } from "./answer";
import { askRoute, ends, routeQuery, sameEnds, toggled, vias } from "./ask";
import {
  addRouteLayers, drawEnds, drawGates, drawLeg, drawWays, gateState, MARKS, pointsOf, removeRouteLayers,
} from "./layers";
import { openMenu } from "./menu";
import { isClosed, passagePanel, setPassage } from "./passages";
import { makePins, placeAt, type End, type Pins } from "./pins";
import { question } from "./question";
import { texts } from "./texts";
import "./route.css";

addTexts(texts);

interface Settled {
  query: Query;
  route: Route;
  data: string;
}

/* Kept while the page is open: the last answer, which the next one is compared with. */
let settled: Settled | null = null;
let before: Before | null = null;

const NARROW = matchMedia("(max-width: 760px)");

class RouteView implements MountedView {
  #latest = new Latest();
  #dragging = new Latest();
  #chart: Chart | null = null;
  #pins: Pins | null = null;
  #gates: Gate[] = [];
  #version = "";
  #fitted = "";
  #gone = false;
  #lit: Itinerary | null = null;
  #question;
  #passages;
  #head = h("div", {}, h("p", { class: "quiet" }, t("app.loading")));
  #between = h("div");
  #rest = h("div", { class: "rest" });
  #answer = h("div", { class: "answer", "aria-busy": "true" }, this.#head, this.#between, this.#rest);
  #trouble = h("div", { class: "trouble" });
  #off: (() => void)[] = [];

  constructor(private readonly context: ViewContext) {
    const { panel, side, store } = context;
    this.#question = question(store);
    this.#passages = passagePanel(store);
    panel.append(this.#question.node, this.#trouble, this.#answer);
    this.#placePassages(side);
    void this.#loadFacts();
    void context.chart.then((chart) => chart && !this.#gone && this.#begin(chart));
  }

  /** Beside the chart where there is room; on a phone right under the figures. */
  #placePassages(side: HTMLElement): void {
    const place = (): void => (NARROW.matches ? this.#between : side).append(this.#passages.node);
    place();
    NARROW.addEventListener("change", place);
    this.#off.push(() => NARROW.removeEventListener("change", place));
  }

  update(state: State): void {
    this.#question.update(state);
    this.#passages.update(state, settled?.route.passages ?? [], this.#gates);
    void this.#answerTo(state);
  }

  destroy(): void {
    this.#gone = true;
    this.#latest.cancel();
    this.#dragging.cancel();
    this.#off.forEach((each) => each());
    this.#pins?.remove();
    if (this.#chart) removeRouteLayers(this.#chart);
  }

  async #loadFacts(): Promise<void> {
    try {
      const [gates, vessels, health] = await Promise.all([
        allPassages(),
        ask<{ vessels: Vessel[] }>("vessels"),
        ask<Health>("health"),
      ]);
      if (this.#gone) return;
      this.#gates = gates;
      this.#version = health.value.version;
      this.#question.setVessels(vessels.value.vessels);
      this.#passages.update(this.context.store.get(), [], gates);
      this.#drawGates([]);
      this.#draw();
    } catch {
      /* The answer itself tells that the server is away. */
    }
  }

  /* ---- asking ---- */

  async #answerTo(state: State): Promise<void> {
    const query = routeQuery(state);
    if (settled && JSON.stringify(settled.query) === JSON.stringify(query)) {
      this.#latest.cancel();
      this.#busy(false);
      fill(this.#trouble);
      this.#draw();
      return;
    }
    const signal = this.#latest.begin();
    this.#busy(true);
    try {
      const answer = await askRoute(query, { signal });
      const next = { query, route: answer.value, data: answer.data };
      before = await this.#comparison(next, state, signal);
      if (signal.aborted) return;
      settled = next;
      this.context.sawData(answer.data);
      this.#busy(false);
      fill(this.#trouble);
      this.#draw();
      this.#announce();
    } catch (error) {
      if (isAbort(error) || signal.aborted) return;
      this.#busy(false);
      this.#fail(error);
    }
  }

  /** The answer before, if it had the same ends; on a fresh page that with nothing closed. */
  async #comparison(next: Settled, state: State, signal: AbortSignal): Promise<Before | null> {
    if (settled) {
      if (!sameEnds(settled.query, next.query)) return null;
      return { way: settled.route, change: toggled(settled.query, next.query) };
    }
    if (list(state, "avoid").length + list(state, "open").length === 0) return null;
    const usual: Query = { ...next.query, avoid: [], open: [], alternatives: null };
    try {
      const { value } = await askRoute(usual, { signal });
      return { way: value, change: toggled(usual, next.query) };
    } catch (error) {
      if (isAbort(error)) throw error;
      return null;
    }
  }

  #busy(busy: boolean): void {
    this.#answer.setAttribute("aria-busy", String(busy));
  }

  #fail(error: unknown): void {
    fill(this.#trouble, problemBox(error, () => void this.#answerTo(this.context.store.get())));
    if (settled) this.#answer.setAttribute("data-stale", "");
    else fill(this.#head);
    this.#passages.update(this.context.store.get(), [], this.#gates);
    this.#drawGates([]);
    /* The way of another question is no answer to this one: it is left as what was before. */
    if (this.#chart && settled) drawWays(this.#chart, { main: null, others: [], before: settled.route, lit: null });
  }

  #announce(): void {
    if (!settled) return;
    const { route } = settled;
    const change = before ? changeText(route, before, this.#gates) : null;
    this.context.announce(
      `${change ? `${change.name}: ${change.text}. ` : ""}${endsName(route)}: ${t("days", { n: days(route.duration_h) })}, ${miles(route.distance_nm)} ${t("unit.nm")}`,
    );
  }

  /* ---- drawing ---- */

  #draw(): void {
    if (!settled) return;
    const { store } = this.context;
    const state = store.get();
    const { route, data } = settled;
    const ways: Itinerary[] = [route, ...(route.alternatives ?? [])];
    const pick = Math.min(Number(one(state, "pick")) || 0, ways.length - 1);
    const way = ways[pick]!;
    this.#question.named(route.from, route.to, route.via);
    this.#passages.update(state, way.passages, this.#gates);
    this.#answer.removeAttribute("data-stale");
    drawAnswer(this.#head, this.#rest, {
      state, store, route, ways, pick, before, data,
      passages: this.#gates,
      version: this.#version,
      light: (lit) => {
        this.#lit = lit;
        this.#drawWays(way, ways);
      },
      lightLeg: (leg) => this.#chart && drawLeg(this.#chart, way, leg),
      picture: () => void this.#picture(way, route),
    });
    this.#lit = null;
    this.#drawWays(way, ways);
    this.#drawGates(way.passages);
    if (!this.#chart) return;
    drawLeg(this.#chart, way, null);
    drawEnds(this.#chart, [route.from, ...route.via, route.to]);
    this.#pins?.place(route.from, route.to);
    this.#fit(way, route);
  }

  #drawWays(main: Itinerary, ways: Itinerary[]): void {
    if (!this.#chart) return;
    const others = ways.filter((each) => each !== main && each !== this.#lit);
    const same = before && before.way.distance_nm === main.distance_nm;
    drawWays(this.#chart, { main, others, before: before && !same ? before.way : null, lit: this.#lit });
  }

  #drawGates(used: string[]): void {
    if (!this.#chart) return;
    const state = this.context.store.get();
    drawGates(this.#chart, this.#gates, (gate) => gateState(gate, used, isClosed(gate, state), this.#gates));
  }

  /** Moves the chart when the ends have changed, not when a passage has. */
  #fit(way: Itinerary, route: Route): void {
    const key = `${route.from.lat},${route.from.lon},${route.to.lat},${route.to.lon}`;
    if (key === this.#fitted || !this.#chart) return;
    this.#chart.fit(pointsOf(way.geometry), { animate: this.#fitted !== "" });
    this.#fitted = key;
  }

  async #picture(way: Itinerary, route: Route): Promise<void> {
    if (!this.#chart) return;
    const by = passageNames(way.passages, this.#gates);
    const blob = await chartPicture(this.#chart, {
      title: `${endsName(route)}: ${t("days", { n: days(way.duration_h) })}`,
      lines: [
        `${miles(way.distance_nm)} ${t("unit.nm")} · ${dollars(way.cost_usd)} · ${tonnes(way.co2_t)} t CO₂`,
        by ? t("route.by-way", { by }) : t("route.open-sea"),
      ],
      source: `Derrotero ${this.#version}, ${t("route.data")} ${settled?.data ?? ""} · GSHHG, Natural Earth`,
    });
    download(`${route.from.code ?? "start"}-${route.to.code ?? "end"}.png`, blob);
  }

  /* ---- the chart's own controls ---- */

  #begin(chart: Chart): void {
    this.#chart = chart;
    addRouteLayers(chart);
    this.#pins = makePins(chart, (end, place) => void this.#drag(end, place), (end, place) => this.#drop(end, place));
    const click = (event: { point: { x: number; y: number }; lngLat: { lat: number; lng: number } }): void => void this.#click(event);
    const hover = (event: { point: { x: number; y: number } }): void => {
      const mark = chart.featureAt(event.point, MARKS);
      const canvas = chart.gl.getCanvas();
      canvas.style.cursor = mark ? "pointer" : "";
      canvas.title = mark ? this.#hint(mark.properties) : "";
    };
    chart.gl.on("click", click);
    chart.gl.on("mousemove", hover);
    this.#off.push(() => chart.gl.off("click", click), () => chart.gl.off("mousemove", hover));
    this.#draw();
  }

  /** What a mark is, and for a gate what a click does. */
  #hint(mark: Record<string, unknown>): string {
    const name = String(mark["name"] ?? "");
    const gate = this.#gates.find((each) => each.id === mark["gate"]);
    if (!gate) return name;
    return t(isClosed(gate, this.context.store.get()) ? "route.gate.open" : "route.gate.close", { name });
  }

  async #drag(end: End, place: string): Promise<void> {
    const signal = this.#dragging.begin();
    const query = { ...routeQuery(this.context.store.get(), 0), [end]: place };
    try {
      const { value } = await askRoute(query, { signal });
      if (signal.aborted || !this.#chart) return;
      drawWays(this.#chart, { main: value, others: [], before: null, lit: null });
      drawEnds(this.#chart, []);
      drawPreview(this.#head, value, this.#gates);
      this.#question.named(value.from, value.to, value.via);
      fill(this.#trouble);
    } catch (error) {
      if (!isAbort(error)) fill(this.#trouble, h("p", { class: "note small" }, problemText(error)));
    }
  }

  #drop(end: End, place: string): void {
    this.#dragging.cancel();
    const now = ends(this.context.store.get());
    this.context.store.set({ params: { ...now, [end]: place, pick: null } });
    /* A pin put back where it was changes no URL; the preview has to go all the same. */
    if (now[end] === place) this.#draw();
  }

  async #click(event: { point: { x: number; y: number }; lngLat: { lat: number; lng: number } }): Promise<void> {
    const chart = this.#chart;
    if (!chart) return;
    const { store } = this.context;
    const feature = chart.featureAt(event.point, MARKS);
    const gate = this.#gates.find((each) => each.id === feature?.properties["gate"]);
    if (gate) {
      setPassage(store, gate, isClosed(gate, store.get()));
      return;
    }
    const at = latLon(event.lngLat);
    const code = feature?.properties["code"] as string | undefined;
    const place = code ?? (await placeAt(chart, at).catch(() => `${at.lat.toFixed(3)},${at.lon.toFixed(3)}`));
    const isPort = !place.includes(",");
    openMenu(chart, {
      name: (feature?.properties["name"] as string | undefined) ?? (isPort ? place : position(at.lat, at.lon)),
      at,
      choose: (what) =>
        store.set(
          what === "via"
            ? { params: { via: [...vias(store.get()), place], pick: null } }
            : { params: { ...ends(store.get()), [what]: place, pick: null } },
        ),
    });
  }
}

export const view: View = { mount: (context) => new RouteView(context) };
