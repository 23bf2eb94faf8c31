// The difference in one line, then both sides beside each other, leg by leg.
import { h, type Child } from "@/dom";
import { number, t } from "@/i18n";
import { said, saidText } from "@/i18n/said";
import { MEASURES, modeKind, type Comparison, type Leg, type Measure, type Measured, type Side } from "./model";

const HOURS = 24;

function show(measure: Measure, value: number, signed = false): string {
  const sign = signed ? ({ signDisplay: "exceptZero" } as const) : {};
  if (measure === "time_h") return t("compare.days", { days: number(value / HOURS, 1, sign) });
  if (measure === "co2_kg") return t("compare.kg", { kg: number(value, 0, sign) });
  return t("compare.usd", { usd: number(value, 0, sign) });
}

function range(measure: Measure, of: Measured, signed = false): string {
  if (of.low === null || of.high === null || of.low === of.high) return "";
  const sign = signed ? ({ signDisplay: "exceptZero" } as const) : {};
  const low = measure === "time_h" ? number(of.low / HOURS, 1, sign) : number(of.low, 0, sign);
  return t("compare.range", { low, high: show(measure, of.high, signed) });
}

export function headline(answer: Comparison): string {
  const hours = answer.difference.time_h.value;
  if (hours === null) return saidText(answer.scenarios.find((side) => !side.found)?.why ?? t("compare.no"));
  const days = number(Math.abs(hours) / HOURS, 1);
  if (Math.abs(hours) < 1.2) return t("compare.same");
  return t(hours < 0 ? "compare.faster" : "compare.slower", { days });
}

function figures(answer: Comparison): HTMLElement {
  const rows = MEASURES.map((measure) => {
    const cell = (of: Measured | undefined, signed: boolean): HTMLElement =>
      h(
        "td",
        { class: "figure" },
        of && of.value !== null ? h("strong", {}, show(measure, of.value, signed)) : "–",
        of && h("span", { class: "small quiet range" }, range(measure, of, signed)),
      );
    return h(
      "tr",
      {},
      h("th", { scope: "row" }, t(`compare.${measure}`)),
      answer.scenarios.map((side) => cell(side.found ? side.total[measure] : undefined, false)),
      cell(answer.difference[measure], true),
    );
  });
  return h(
    "table",
    { class: "compare-figures" },
    h(
      "thead",
      {},
      h(
        "tr",
        {},
        h("td", {}),
        answer.scenarios.map((_, i) => h("th", { scope: "col", class: `figure side-${i}` }, t(i === 0 ? "compare.before" : "compare.after"))),
        h("th", { scope: "col", class: "figure" }, "±"),
      ),
    ),
    h("tbody", {}, rows),
  );
}

export interface Hover {
  /** Leg `index` of side `side` is pointed at, or none. */
  (side: number, index: number | null): void;
}

const hoursOf = (leg: Leg): number => leg.time_h.value ?? 0;

function bar(side: Side, index: number, most: number, hover: Hover): HTMLElement {
  const whole = side.legs.reduce((sum, leg) => sum + hoursOf(leg), 0);
  return h(
    "div",
    { class: "chain-bar", "aria-hidden": "true", style: { width: `${most > 0 ? (whole / most) * 100 : 0}%` } },
    side.legs.map((leg, i) =>
      h("span", {
        class: "part",
        "data-mode": modeKind(leg.mode),
        style: { "flex-grow": String(Math.max(hoursOf(leg), whole * 0.008)) },
        title: `${leg.from} – ${leg.to}: ${show("time_h", hoursOf(leg))}`,
        onpointerenter: () => hover(index, i),
        onpointerleave: () => hover(index, null),
      }),
    ),
  );
}

function legRow(leg: Leg, side: number, index: number, hover: Hover): HTMLElement {
  const moves = leg.from !== leg.to;
  return h(
    "li",
    {
      class: "leg",
      tabindex: "0",
      "data-mode": modeKind(leg.mode),
      onpointerenter: () => hover(side, index),
      onpointerleave: () => hover(side, null),
      onfocus: () => hover(side, index),
      onblur: () => hover(side, null),
    },
    h("span", { class: "mode-key", "aria-hidden": "true" }),
    h(
      "div",
      {},
      h("p", {}, moves ? `${leg.from} – ${leg.to}` : leg.from),
      h("p", { class: "small quiet" }, said(leg.what)),
    ),
    h(
      "span",
      { class: "figures" },
      h("strong", {}, show("time_h", hoursOf(leg))),
      h("span", { class: "small quiet" }, leg.cost_usd.value === null ? "" : show("cost_usd", leg.cost_usd.value)),
    ),
  );
}

function chain(side: Side, index: number, most: number, hover: Hover): HTMLElement {
  const body: Child = side.found
    ? [
        bar(side, index, most, hover),
        h("ol", { class: "legs" }, side.legs.map((leg, i) => legRow(leg, index, i, hover))),
        side.stays_best_share !== null &&
          h("p", { class: "small quiet" }, t("compare.stays", { share: number(side.stays_best_share * 100) })),
      ]
    : h("p", { class: "problem" }, h("strong", {}, t("compare.no")), said(side.why ?? ""));
  return h(
    "section",
    { class: `chain side-${index}` },
    h("h3", {}, h("span", { class: "line", "aria-hidden": "true" }), side.title, side.date && h("span", { class: "small quiet" }, ` ${side.date}`)),
    body,
    side.notices.map((notice) => h("p", { class: "small quiet" }, said(notice))),
  );
}

/** Bars from what the low figure makes of it to what the high one makes of it. */
function hangs(answer: Comparison): HTMLElement | null {
  if (answer.inputs.length === 0) return null;
  const measure: Measure = answer.by === "time" ? "time_h" : answer.by === "co2" ? "co2_kg" : "cost_usd";
  const ends = answer.inputs.flatMap((each) => [each.at_low, each.at_high]).filter((each): each is number => each !== null);
  const [low, high] = [Math.min(...ends), Math.max(...ends)];
  const at = (value: number): number => (high > low ? ((value - low) / (high - low)) * 100 : 0);
  return h(
    "details",
    {},
    h("summary", {}, t("compare.hangs")),
    h(
      "ul",
      { class: "tornado" },
      answer.inputs.slice(0, 10).map((each) => {
        if (each.at_low === null || each.at_high === null) return null;
        const [from, to] = [at(Math.min(each.at_low, each.at_high)), at(Math.max(each.at_low, each.at_high))];
        return h(
          "li",
          {},
          h("span", { class: "small" }, each.name),
          h(
            "span",
            { class: "track", "aria-hidden": "true" },
            h("span", { style: { left: `${from}%`, width: `${Math.max(1, to - from)}%` } }),
          ),
          h(
            "span",
            { class: "small quiet" },
            t("compare.hangs.row", { share: number(each.share * 100), low: show(measure, each.at_low, true), high: show(measure, each.at_high, true) }),
          ),
        );
      }),
    ),
  );
}

export function answerPanel(answer: Comparison, hover: Hover): HTMLElement {
  const most = Math.max(...answer.scenarios.map((side) => side.legs.reduce((sum, leg) => sum + hoursOf(leg), 0)));
  const better = (answer.difference.time_h.value ?? 0) < 0;
  return h(
    "div",
    { class: "compare-answer" },
    h("p", { class: "headline", "data-better": String(better) }, headline(answer)),
    figures(answer),
    h("p", { class: "small quiet" }, t("compare.per", { unit: answer.unit, note: saidText(answer.note) })),
    h("div", { class: "chains" }, answer.scenarios.map((side, i) => chain(side, i, most, hover))),
    hangs(answer),
    answer.samples > 0 && h("p", { class: "small quiet" }, t("compare.samples", { samples: number(answer.samples), seed: String(answer.seed) })),
  );
}
