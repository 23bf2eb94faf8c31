// A figure with its unit and range as text, and as a small chart beside what was claimed.
import { svg } from "@/dom";
import { number, t } from "@/i18n";
import { digitsFor, type Figure, type Trial } from "./model";

/* A space that does not break keeps a figure and its unit on one line. */
const withUnit = (text: string, unit: string): string => (unit === "" ? text : `${text}\u00a0${unit}`);

export function figureText(figure: Figure): string {
  if (figure.text) return figure.text;
  if (figure.value === null) return "–";
  return withUnit(
    figure.unit === "year" ? String(Math.round(figure.value)) : number(figure.value, digitsFor(figure.value)),
    figure.unit === "year" ? "" : figure.unit,
  );
}

/** "12.7 to 14.8 d", or "" where it is one number. */
export function rangeText(figure: Figure): string {
  const { low, high, unit } = figure;
  if (low === null || high === null || low === high || figure.text || unit === "year") return "";
  const digits = digitsFor(low, high);
  return withUnit(t("claims.range", { low: number(low, digits), high: number(high, digits) }), unit);
}

/** From the least to the most that is to be drawn, with a margin. */
export interface Scale {
  low: number;
  high: number;
}

const numbersOf = (trial: Trial): number[] =>
  [
    trial.figure.value,
    trial.figure.low,
    trial.figure.high,
    trial.claimed?.value,
    trial.claimed?.low,
    trial.claimed?.high,
  ].filter((each): each is number => typeof each === "number" && Number.isFinite(each));

/** One scale for the trials of a claim; null where there is nothing to draw. */
export function scaleOf(trials: readonly Trial[]): Scale | null {
  const values = trials.flatMap(numbersOf);
  if (values.length < 2) return null;
  const [low, high] = [Math.min(...values), Math.max(...values)];
  if (low === high) return null;
  const margin = (high - low) * 0.06;
  return { low: low - margin, high: high + margin };
}

const WIDTH = 168;
const HEIGHT = 16;

/** Band of the claim, line of the samples, dot of the figure. */
export function intervalChart(trial: Trial, scale: Scale): SVGElement {
  const x = (value: number): number => ((value - scale.low) / (scale.high - scale.low)) * WIDTH;
  const { value, low, high } = trial.figure;
  const middle = HEIGHT / 2;
  const parts: SVGElement[] = [];
  const { claimed } = trial;
  if (claimed && (claimed.low !== null || claimed.high !== null)) {
    const from = x(claimed.low ?? scale.low);
    const to = x(claimed.high ?? scale.high);
    parts.push(svg("rect", { class: "band", x: from, y: 1, width: Math.max(2, to - from), height: HEIGHT - 2, rx: 2 }));
  }
  if (low !== null && high !== null && low !== high) {
    parts.push(svg("line", { class: "spread", x1: x(low), x2: x(high), y1: middle, y2: middle }));
  }
  if (value !== null) parts.push(svg("circle", { class: "dot", cx: x(value), cy: middle, r: 4 }));
  return svg("svg", { class: "interval", viewBox: `0 0 ${WIDTH} ${HEIGHT}`, "aria-hidden": "true" }, parts);
}
