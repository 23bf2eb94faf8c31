// The catchment of a port: which port is best for each town and cell of land, and where
// the second is close.
import "./hinterland.css";
import { apiUrl, type Answer, type Query } from "@/api";
import { fill, h } from "@/dom";
import { addTexts, number, t } from "@/i18n";
import type { Chart } from "@/map/chart";
import { collection } from "@/map/layers";
import { one, type State } from "@/state";
import { cite } from "@/ui/cite";
import { longAnswers } from "@/ui/long";
import type { MountedView, View, ViewContext } from "@/views";
import { makeForm, valueOf } from "./ask";
import { addHatch, CELL_LAYER, cellMarks, CELLS, coloursOf, extent, group, NODE_LAYER, nodeMarks, NODES } from "./layer";
import { cells, nodes, shares, UNITS, type Criterion, type Hinterland } from "./model";
import { answerPanel, placePanel } from "./panel";
import { texts } from "./texts";

addTexts(texts);

const kept = new Map<string, Answer<Hinterland>>(); /* by the question */

const questionOf = (state: State): Query => ({
  case: one(state, "case"),
  port: valueOf(state, "port"),
  to: valueOf(state, "to"),
  scenario: one(state, "scenario"),
  grid: valueOf(state, "grid"),
  samples: valueOf(state, "samples"),
});

class HinterlandView implements MountedView {
  #context: ViewContext;
  #chart: Chart | null = null;
  #long = longAnswers<Hinterland>("hinterland", t("hinterland.running"), kept, (answer) => this.#take(answer), () => this.#lose());
  #form: ReturnType<typeof makeForm>;
  #body = h("div");
  #place = h("div", { class: "place-box" });
  #key = "";
  #answer: Answer<Hinterland> | null = null;
  #fitted = "";
  #gone = false;

  constructor(context: ViewContext) {
    this.#context = context;
    this.#form = makeForm(context.store);
    context.panel.append(h("h1", { class: "view-title" }, t("hinterland.title")), this.#form.node, this.#long.node, this.#body);
    void context.chart.then((chart) => {
      if (!chart || this.#gone) return;
      this.#chart = chart;
      addHatch(chart.gl);
      chart.add(group);
      chart.gl.on("mousemove", this.#pointed);
      chart.gl.on("click", this.#pointed);
      this.#show(context.store.get());
    });
  }

  #pointed = (event: { point: { x: number; y: number } }): void => {
    if (!this.#answer || !this.#chart) return;
    const hit =
      this.#chart.featureAt(event.point, [NODE_LAYER], 4) ?? this.#chart.featureAt(event.point, [CELL_LAYER], 0);
    if (!hit) return;
    const answer = this.#answer.value;
    const index = Number(hit.properties["index"]);
    const of = hit.layer.id === NODE_LAYER ? nodes(answer)[index] : cells(answer)[index];
    if (!of) return;
    const by = valueOf(this.#context.store.get(), "best") as Criterion;
    const at = of.geometry.type === "Point" ? of.geometry.coordinates : of.geometry.coordinates[0]![0]!;
    const title =
      of.properties.name ?? t("hinterland.cell", { lat: number(at[1]!, 1), lon: number(at[0]!, 1) });
    fill(
      this.#place,
      placePanel(title, of.properties, by, UNITS[by], this.#nameOf),
      of.properties.probability !== null &&
        h("p", {}, t("hinterland.chance", { name: this.#nameOf(answer.port), share: number(of.properties.probability * 100) })),
    );
  };

  #nameOf = (port: string): string =>
    (this.#answer && nodes(this.#answer.value).find((node) => node.properties.id === port)?.properties.name) ?? port;

  update(state: State): void {
    this.#form.update(state);
    const question = questionOf(state);
    if (JSON.stringify(question) !== this.#key) {
      this.#key = JSON.stringify(question);
      void this.#long.run({ ...question, format: "geojson" });
    } else {
      this.#show(state);
    }
  }

  #lose(): void {
    this.#answer = null;
    fill(this.#body);
    for (const source of [CELLS, NODES]) this.#chart?.setData(source, collection());
  }

  #take(answer: Answer<Hinterland>): void {
    this.#answer = answer;
    this.#context.sawData(answer.data);
    fill(this.#place, h("p", { class: "small quiet" }, t("hinterland.hover")));
    this.#form.name((port) => (port === valueOf(this.#context.store.get(), "to") ? answer.value.to : this.#nameOf(port)));
    this.#form.usual(answer.value.scenario ?? "");
    this.#show(this.#context.store.get());
    this.#context.announce(this.#body.querySelector(".headline")?.textContent ?? "");
  }

  #show(state: State): void {
    if (!this.#answer) return;
    const answer = this.#answer.value;
    const by = valueOf(state, "best") as Criterion;
    const found = shares(answer, by);
    const accent = this.#chart?.palette.accent ?? "#b3206b";
    const colours = coloursOf(found.map((each) => each.port), answer.port, accent);
    fill(this.#body, answerPanel(answer, found, colours, this.#nameOf(answer.port)), this.#place, this.#links(state));
    const said = this.#body.querySelector(".headline")?.textContent ?? "";
    this.#body.append(cite(`${said} (${t(`hinterland.by.${by}`)}, ${answer.scenario ?? answer.case})`, this.#answer.data));
    this.#draw(answer, by, colours);
  }

  #links(state: State): HTMLElement {
    const link = (format: string, name: string): HTMLElement =>
      h("a", { class: "chip", href: apiUrl("hinterland", { ...questionOf(state), format }), download: `hinterland.${format}` }, name);
    return h(
      "div",
      { class: "chips", role: "group", "aria-label": t("hinterland.export") },
      link("geojson", "GeoJSON"),
      link("csv", "CSV"),
      link("svg", "SVG"),
    );
  }

  #draw(answer: Hinterland, by: Criterion, colours: Map<string, string>): void {
    if (!this.#chart) return;
    this.#chart.setData(CELLS, cellMarks(answer, by, colours));
    this.#chart.setData(NODES, nodeMarks(answer, by, colours));
    if (this.#fitted !== this.#key) {
      this.#fitted = this.#key;
      this.#chart.fit(extent(answer), { maxZoom: 6 });
    }
  }

  destroy(): void {
    this.#gone = true;
    this.#long.cancel();
    this.#chart?.gl.off("mousemove", this.#pointed);
    this.#chart?.gl.off("click", this.#pointed);
    this.#chart?.remove(group.id);
  }
}

export const view: View = { mount: (context) => new HinterlandView(context) };
