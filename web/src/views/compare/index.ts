// Two scenarios side by side, and an editor that puts changes on top of the second.
import "./compare.css";
import { apiUrl, ask, askLong, isAbort, Latest, type Answer } from "@/api";
import { debounce, fill, h } from "@/dom";
import { addTexts, t } from "@/i18n";
import type { Chart } from "@/map/chart";
import { collection } from "@/map/layers";
import { latLon } from "@/map/sphere";
import { one, type State } from "@/state";
import { cite } from "@/ui/cite";
import { showProgress } from "@/ui/long";
import { problemBox } from "@/ui/problem";
import type { MountedView, View, ViewContext } from "@/views";
import { answerPanel, headline } from "./answer";
import { makeForm, valueOf } from "./ask";
import { Editor } from "./editor";
import { chainLines, CHAINS, extent, group, landExtent, LINK_LAYER, NETWORK, networkMarks, NODE_LAYER, stops, STOPS, type Active } from "./layer";
import type { Comparison, Network, Scenario } from "./model";
import { texts } from "./texts";

addTexts(texts);

const SAMPLES = 200;

/** As /api/compare takes it; without samples the answer is there at once. */
function questionOf(state: State, edits: unknown[], samples: number): Record<string, unknown> {
  const question: Record<string, unknown> = {
    from: valueOf(state, "from"),
    to: valueOf(state, "to"),
    scenario: [valueOf(state, "a"), valueOf(state, "b")],
    by: valueOf(state, "by"),
    samples,
    geometry: true,
  };
  for (const name of ["case", "commodity"]) if (one(state, name)) question[name] = one(state, name);
  if (one(state, "quay") === "1") question["quay"] = true;
  if (edits.length > 0) question["edits"] = edits;
  return question;
}

class Compare implements MountedView {
  #context: ViewContext;
  #chart: Chart | null = null;
  #latest = new Latest();
  #form: ReturnType<typeof makeForm>;
  #editor: Editor;
  #status = h("div", { role: "status", class: "status" });
  #body = h("div");
  #edit = h("details", { class: "editor-box" });
  #answer: Answer<Comparison> | null = null;
  #key = "";
  #networkKey = "";
  #scenarios: Scenario[] = [];
  #fitted = "";
  #gone = false;

  constructor(context: ViewContext) {
    this.#context = context;
    this.#form = makeForm(context.store);
    this.#editor = new Editor(context.store, () => this.#drawNetwork());
    this.#edit.append(h("summary", {}, t("compare.editor")), this.#editor.node);
    this.#edit.open = one(context.store.get(), "edit") === "1" || one(context.store.get(), "edits") !== "";
    this.#edit.addEventListener("toggle", () => {
      context.store.set({ params: { edit: this.#edit.open ? "1" : null } }, "replace");
      this.#drawNetwork();
      this.#fitNetwork();
    });
    context.panel.append(h("h1", { class: "view-title" }, t("compare.title")), this.#form.node, this.#edit, this.#status, this.#body);
    void this.#fetchScenarios();
    void context.chart.then((chart) => {
      if (!chart || this.#gone) return;
      this.#chart = chart;
      chart.add(group);
      chart.gl.on("click", this.#clicked);
      this.#draw(null);
      this.#drawNetwork();
      this.#fitNetwork();
    });
  }

  #clicked = (event: { point: { x: number; y: number }; lngLat: { lat: number; lng: number } }): void => {
    if (!this.#edit.open || !this.#chart) return;
    const hit = this.#chart.featureAt(event.point, [NODE_LAYER]) ?? this.#chart.featureAt(event.point, [LINK_LAYER]);
    const thing = hit ? { kind: String(hit.properties["kind"]), id: String(hit.properties["id"]) } : null;
    this.#editor.clicked(thing, latLon(event.lngLat));
  };

  async #fetchScenarios(): Promise<void> {
    try {
      const { value } = await ask<{ scenarios: Scenario[] }>("scenarios", { case: one(this.#context.store.get(), "case") });
      this.#scenarios = value.scenarios;
      this.#form.scenarios(value.scenarios);
      this.#editor.setTitle(this.#titleOf(valueOf(this.#context.store.get(), "b")));
      this.#editor.update(this.#context.store.get());
    } catch {
      /* the answer will say what is wrong */
    }
  }

  async #fetchNetwork(state: State): Promise<void> {
    const query = { case: one(state, "case"), scenario: valueOf(state, "b"), format: "geojson" };
    const key = JSON.stringify(query);
    if (key === this.#networkKey) return;
    this.#networkKey = key;
    try {
      const { value } = await ask<Network>("network", query);
      if (this.#gone || key !== this.#networkKey) return;
      this.#form.network(value);
      this.#editor.setNetwork(value);
      this.#drawNetwork();
      if (this.#edit.open) this.#fitNetwork();
    } catch {
      this.#networkKey = "";
    }
  }

  #titleOf(scenario: string): string {
    return this.#scenarios.find((each) => each.id === scenario)?.title ?? "";
  }

  update(state: State): void {
    this.#form.update(state);
    this.#editor.setTitle(this.#titleOf(valueOf(state, "b")));
    this.#editor.update(state);
    void this.#fetchNetwork(state);
    this.#drawNetwork();
    const key = JSON.stringify(questionOf(state, this.#editor.edits(state) ?? [], SAMPLES));
    if (key === this.#key) return;
    this.#key = key;
    this.#soon();
  }

  #soon = debounce(60, () => void this.#run());

  async #run(): Promise<void> {
    const state = this.#context.store.get();
    const edits = this.#editor.edits(state);
    if (edits === null || this.#gone) return;
    const signal = this.#latest.begin();
    fill(this.#status, h("p", { class: "small quiet" }, t("app.loading")));
    try {
      const quick = await ask<Comparison>("compare", {}, { signal, body: questionOf(state, edits, 0) });
      this.#take(quick);
      const whole = await askLong<Comparison>("compare", {}, {
        signal,
        body: questionOf(state, edits, SAMPLES),
        onProgress: (at) => showProgress(this.#status, t("compare.running"), at),
      });
      fill(this.#status);
      this.#take(whole);
    } catch (error) {
      if (isAbort(error)) return;
      fill(this.#status, problemBox(error, () => void this.#run()));
      this.#answer = null;
      fill(this.#body);
      this.#draw(null);
    }
  }

  #take(answer: Answer<Comparison>): void {
    this.#answer = answer;
    this.#context.sawData(answer.data);
    const hover = (side: number, index: number | null): void => this.#draw(index === null ? null : { side, index });
    fill(this.#body, answerPanel(answer.value, hover), this.#links(), cite(this.#statement(answer.value), answer.data));
    if (answer.value.samples === 0) this.#context.announce(headline(answer.value));
    this.#draw(null);
  }

  #statement(of: Comparison): string {
    const [before, after] = of.scenarios.map((side) => side.title);
    return `${of.from} – ${of.to}, ${before} / ${after}: ${headline(of)}`;
  }

  #links(): HTMLElement {
    const state = this.#context.store.get();
    const query = { case: one(state, "case"), from: valueOf(state, "from"), to: valueOf(state, "to"), by: valueOf(state, "by"), samples: SAMPLES };
    const both = [valueOf(state, "a"), valueOf(state, "b")].map((each) => `scenario=${encodeURIComponent(each)}`).join("&");
    const link = (format: string, name: string): HTMLElement =>
      h("a", { class: "chip", href: `${apiUrl("compare", { ...query, format })}&${both}`, download: `compare.${format}` }, name);
    const edited = (this.#editor.edits(state) ?? []).length > 0;
    return h("div", { class: "chips", role: "group", "aria-label": t("compare.export") }, !edited && [link("csv", "CSV"), link("json", "JSON")]);
  }

  #draw(active: Active | null): void {
    if (!this.#chart) return;
    const answer = this.#answer?.value;
    this.#chart.setData(CHAINS, answer ? chainLines(answer, active) : collection());
    if (!answer || active) return;
    this.#chart.setData(STOPS, stops(answer));
    const fit = `${answer.from} ${answer.to}`;
    if (this.#fitted === fit || this.#edit.open) return;
    this.#fitted = fit;
    this.#chart.fit(extent(answer));
  }

  #drawNetwork(): void {
    const state = this.#context.store.get();
    const network = this.#edit.open ? this.#editor.network(state) : null;
    this.#chart?.setData(NETWORK, networkMarks(network, this.#editor.picked, this.#editor.spot));
  }

  /** While the network is changed, its land is what one looks at. */
  #fitNetwork(): void {
    const network = this.#edit.open ? this.#editor.network(this.#context.store.get()) : null;
    if (network) this.#chart?.fit(landExtent(network), { maxZoom: 5 });
    else if (!this.#edit.open && this.#answer) this.#chart?.fit(extent(this.#answer.value));
  }

  destroy(): void {
    this.#gone = true;
    this.#latest.cancel();
    this.#chart?.gl.off("click", this.#clicked);
    this.#chart?.remove(group.id);
  }
}

export const view: View = { mount: (context) => new Compare(context) };
