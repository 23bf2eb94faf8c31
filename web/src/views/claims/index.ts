// The claims of a case: what is said, whether it holds, and what it rests on.
import "./claims.css";
import { apiUrl, type Answer, type Query } from "@/api";
import { fill, h } from "@/dom";
import { addTexts, number, t } from "@/i18n";
import type { Chart } from "@/map/chart";
import { collection } from "@/map/layers";
import { together } from "@/map/sphere";
import { one, type State } from "@/state";
import { cite } from "@/ui/cite";
import { longAnswers } from "@/ui/long";
import type { MountedView, View, ViewContext } from "@/views";
import { detailPage } from "./detail";
import { listPage } from "./list";
import { chosen, VERDICTS, type Audit } from "./model";
import { group, LAYER, marks, positions, SOURCE } from "./places";
import { texts } from "./texts";

addTexts(texts);

const QUICK = 100; /* samples of the first run; the whole takes seconds */
const FULL = 1000;
const kept = new Map<string, Answer<Audit>>(); /* by the question */

const samplesOf = (state: State): number => Number(one(state, "samples")) || QUICK;
const caseOf = (state: State): string => one(state, "case") || "chancay";
const questionOf = (state: State): Query => ({ case: caseOf(state), samples: samplesOf(state) });

class Claims implements MountedView {
  #context: ViewContext;
  #chart: Chart | null = null;
  #long = longAnswers<Audit>("audit", t("claims.running"), kept, (answer) => this.#take(answer), () => this.#lose());
  #key = "";
  #answer: Answer<Audit> | null = null;
  #list: ReturnType<typeof listPage> | null = null;
  #shown = "";
  #body = h("div", { class: "claims-body" });
  #foot = h("footer", { class: "claims-foot" });
  #gone = false;

  constructor(context: ViewContext) {
    this.#context = context;
    context.panel.append(h("h1", { class: "view-title" }, t("claims.title")), this.#long.node, this.#body, this.#foot);
    void context.chart.then((chart) => {
      if (!chart || this.#gone) return;
      this.#chart = chart;
      chart.add(group);
      chart.gl.on("click", this.#clicked);
      this.#draw(context.store.get());
    });
  }

  #clicked = (event: { point: { x: number; y: number } }): void => {
    const hit = this.#chart?.featureAt(event.point, [LAYER]);
    const claim = hit?.properties["claim"] as string | undefined;
    if (claim) this.#context.store.set({ params: { claim } });
  };

  update(state: State): void {
    const question = questionOf(state);
    if (JSON.stringify(question) !== this.#key) {
      this.#key = JSON.stringify(question);
      void this.#long.run(question);
    } else if (this.#answer) {
      this.#show(state);
    }
  }

  #lose(): void {
    this.#answer = null;
    this.#shown = "";
    fill(this.#body);
    fill(this.#foot);
    this.#chart?.setData(SOURCE, collection());
  }

  #take(answer: Answer<Audit>): void {
    this.#answer = answer;
    this.#list = null;
    this.#shown = "";
    this.#context.sawData(answer.data);
    this.#show(this.#context.store.get());
    this.#context.announce(t("claims.count", { count: answer.value.claims.length, all: answer.value.claims.length }));
  }

  #show(state: State): void {
    const audit = this.#answer!.value;
    const claim = audit.claims.find((each) => each.id === one(state, "claim"));
    const page = claim?.id ?? "";
    if (page === "" && this.#list && this.#shown === "list") {
      this.#list.update(state);
    } else if (page === "") {
      const from = this.#shown;
      this.#list ??= listPage(this.#context.store, state, audit);
      this.#list.update(state);
      fill(this.#body, this.#list.node);
      this.#shown = "list";
      this.#body.querySelector<HTMLElement>(`[data-claim="${from}"]`)?.focus();
    } else if (page !== this.#shown) {
      fill(this.#body, detailPage(this.#context.store, audit, claim!));
      this.#shown = page;
      this.#context.panel.scrollTo({ top: 0 });
    }
    this.#foots(state, audit, page);
    this.#draw(state);
  }

  #foots(state: State, audit: Audit, claim: string): void {
    const query = { case: caseOf(state), claim, samples: audit.samples, seed: audit.seed };
    const take = (format: string, name: string): HTMLElement =>
      h("a", { class: "chip", href: apiUrl("audit", { ...query, format }), download: `${audit.case}${claim ? `-${claim}` : ""}.${format}` }, name);
    fill(
      this.#foot,
      h("p", { class: "small quiet" }, t("claims.samples", { samples: number(audit.samples), seed: String(audit.seed) })),
      h(
        "div",
        { class: "chips", role: "group", "aria-label": t("claims.export") },
        audit.samples < FULL &&
          h("button", { type: "button", class: "chip", onclick: () => this.#context.store.set({ params: { samples: FULL } }) }, t("claims.more")),
        take("csv", "CSV"),
        take("json", "JSON"),
        h("a", { class: "chip", href: apiUrl("audit", { ...query, claim: "", format: "html" }), target: "_blank", rel: "noopener" }, t("claims.report")),
      ),
      cite(this.#statement(audit, claim), this.#answer!.data),
    );
  }

  #statement(audit: Audit, id: string): string {
    const claim = audit.claims.find((each) => each.id === id);
    if (claim) return `“${claim.says}” – ${t(`claims.verdict.${claim.verdict}`)}`;
    return VERDICTS.map((verdict) => `${audit.claims.filter((each) => each.verdict === verdict).length} ${t(`claims.verdict.${verdict}`)}`).join(", ");
  }

  #draw(state: State): void {
    if (!this.#chart || !this.#answer) return;
    const audit = this.#answer.value;
    const claim = audit.claims.find((each) => each.id === one(state, "claim"));
    const claims = claim ? [claim] : chosen(audit.claims, one(state, "verdict").split(",").filter(Boolean), one(state, "q"));
    this.#chart.setData(SOURCE, marks(claims, claim !== undefined));
    const points = claim ? positions(claims) : together(positions(claims));
    const only = new Set(points.map(String)).size;
    if (only > 0) this.#chart.fit(points, { maxZoom: only === 1 ? 4.5 : 6 });
  }

  destroy(): void {
    this.#gone = true;
    this.#long.cancel();
    this.#chart?.gl.off("click", this.#clicked);
    this.#chart?.remove(group.id);
  }
}

export const view: View = { mount: (context) => new Claims(context) };
