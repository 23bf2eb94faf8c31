// What is asked: two ends, calls on the way, ship and options.
import { append, fill, h, svg } from "@/dom";
import { knots, placeName } from "@/format";
import { t } from "@/i18n";
import { saidText } from "@/i18n/said";
import { one, type State, type Store } from "@/state";
import type { Place, Vessel } from "@/types";
import { field } from "@/ui/field";
import { placeBox, type PlaceBox } from "@/ui/search";
import { DEFAULT_FROM, DEFAULT_TO, ends, vias } from "./ask";

export interface Question {
  node: HTMLElement;
  update: (state: State) => void;
  /** Names of the places, once the server has told them. */
  named: (from: Place, to: Place, via: Place[]) => void;
  setVessels: (vessels: Vessel[]) => void;
}

const EXAMPLES: [string, string, string][] = [
  ["Santos → Shanghai", "BRSSZ", "CNSHA"],
  ["Guayaquil → Rotterdam", "ECGYE", "NLRTM"],
  ["Chancay → New York", "PECHY", "USNYC"],
];

export const pinMark = (letter: string): HTMLElement =>
  h("span", { class: "pin-mark", "aria-hidden": "true" }, letter);

/** A change of the question goes back to the best way. */
const asking = (params: Record<string, string | readonly string[] | null>): { params: typeof params } => ({
  params: { ...params, pick: null },
});

function swapButton(store: Store): HTMLElement {
  return h(
    "button",
    {
      type: "button",
      class: "quiet swap",
      "aria-label": t("route.swap"),
      title: t("route.swap"),
      onclick: () => {
        const { from, to } = ends(store.get());
        store.set(asking({ from: to, to: from, via: [...vias(store.get())].reverse() }));
      },
    },
    svg("svg", { viewBox: "0 0 20 20", class: "icon", "aria-hidden": "true" }, svg("path", { d: "M6.5 16V4M6.5 4 3.6 7M6.5 4l2.9 3M13.5 4v12M13.5 16l2.9-3M13.5 16l-2.9-3" })),
  );
}

function calls(store: Store): { node: HTMLElement; add: HTMLElement; update: (state: State) => void; named: (via: Place[]) => void } {
  const node = h("div", { class: "calls" });
  let boxes: PlaceBox[] = [];
  let drawn = "";
  const box = (index: number): PlaceBox =>
    placeBox({
      label: t("route.via.label"),
      placeholder: t("route.place"),
      mark: pinMark("·"),
      after: h(
        "button",
        {
          type: "button",
          class: "quiet",
          "aria-label": t("route.via.remove"),
          onclick: () => {
            const kept = vias(store.get()).filter((_, i) => i !== index);
            if (index < vias(store.get()).length) store.set(asking({ via: kept }));
            else draw(vias(store.get()).length);
          },
        },
        "×",
      ),
      onPick: (place) => {
        const next = [...vias(store.get())];
        next[index] = place;
        store.set(asking({ via: next }));
      },
    });
  const draw = (count: number): void => {
    boxes = Array.from({ length: count }, (_, i) => box(i));
    const there = vias(store.get());
    boxes.forEach((each, i) => each.show(there[i] ?? ""));
    fill(node, boxes.map((each) => each.node));
  };
  const add = h("button", { type: "button", class: "link small", onclick: () => { draw(vias(store.get()).length + 1); boxes[boxes.length - 1]?.input.focus(); } }, t("route.via.add"));
  return {
    node,
    add,
    update: (state) => {
      const key = vias(state).join(",");
      if (key !== drawn || boxes.length !== vias(state).length) draw(vias(state).length);
      drawn = key;
    },
    named: (via) => via.forEach((place, i) => boxes[i]?.show(placeName(place))),
  };
}

type Field = { node: HTMLElement; update: (state: State) => void };

function select(store: Store, name: string, label: string, choices: [string, string][]): Field & { input: HTMLSelectElement } {
  const input = h("select", {}, choices.map(([value, text]) => h("option", { value }, text)));
  input.addEventListener("change", () => store.set(asking({ [name]: input.value })));
  return {
    input,
    node: field(label, input),
    update: (state) => (input.value = one(state, name)),
  };
}

function figure(store: Store, name: string, label: string, range: [number, number, number]): Field & { input: HTMLInputElement } {
  const [min, max, step] = range;
  const input = h("input", { type: "number", inputmode: "decimal", min, max, step });
  input.addEventListener("change", () => store.set(asking({ [name]: input.value })));
  return {
    input,
    node: field(label, input),
    update: (state) => {
      if (document.activeElement !== input) input.value = one(state, name);
    },
  };
}

function options(store: Store): Field & { setVessels: (vessels: Vessel[]) => void } {
  const vessel = select(store, "vessel", t("route.vessel"), [["", t("route.vessel.any")]]);
  const draft = figure(store, "draft", t("route.draft"), [1, 30, 0.1]);
  const speed = figure(store, "speed", t("route.speed"), [5, 30, 0.5]);
  const by = select(store, "by", t("route.by"), ["", "time", "cost"].map((each) => [each, t(`route.by.${each || "distance"}`)]));
  const profile = select(store, "profile", t("route.profile"), ["", "customary"].map((each) => [each, t(`route.profile.${each || "shortest"}`)]));
  const fields = [vessel, draft, speed, by, profile];
  let vessels: Vessel[] = [];
  const hints = (state: State): void => {
    const chosen = vessels.find((each) => each.id === (one(state, "vessel") || "container-8000"));
    draft.input.placeholder = chosen && one(state, "vessel") ? String(chosen.draft_m) : "10";
    speed.input.placeholder = chosen ? knots(chosen.design_speed_kn) : "";
  };
  const node = h(
    "details",
    { class: "options" },
    h("summary", {}, t("route.options")),
    h("div", { class: "grid" }, fields.map((each) => each.node)),
  );
  return {
    node,
    update: (state) => {
      fields.forEach((each) => each.update(state));
      hints(state);
    },
    setVessels: (list) => {
      vessels = list;
      append(vessel.input, list.map((each) => h("option", { value: each.id }, saidText(each.name))));
      fields.forEach((each) => each.update(store.get()));
      hints(store.get());
    },
  };
}

export function question(store: Store): Question {
  const from = placeBox({
    label: t("route.from"),
    placeholder: t("route.place"),
    mark: pinMark("A"),
    onPick: (place) => store.set(asking({ from: place, to: ends(store.get()).to })),
  });
  const to = placeBox({
    label: t("route.to"),
    placeholder: t("route.place"),
    mark: pinMark("B"),
    onPick: (place) => store.set(asking({ from: ends(store.get()).from, to: place })),
  });
  const via = calls(store);
  const more = options(store);
  const chips = h(
    "p",
    { class: "chips" },
    h("span", { class: "quiet small" }, t("route.try")),
    EXAMPLES.map(([text, a, b]) => {
      const change = { params: { from: a, to: b }, fresh: true };
      const link = h("a", { class: "chip", href: store.href(change) }, text);
      link.addEventListener("click", (event) => {
        event.preventDefault();
        store.set(change);
      });
      return link;
    }),
  );
  const node = h(
    "section",
    { class: "question", "aria-label": t("route.question") },
    h("div", { class: "ends" }, h("div", { class: "ends-boxes" }, from.node, via.node, to.node), swapButton(store)),
    via.add,
    more.node,
    chips,
  );
  return {
    node,
    update: (state) => {
      const now = ends(state);
      if (now.from !== from.node.dataset["value"]) from.show(now.from === DEFAULT_FROM ? "Chancay" : now.from);
      if (now.to !== to.node.dataset["value"]) to.show(now.to === DEFAULT_TO ? "Shanghai" : now.to);
      via.update(state);
      more.update(state);
    },
    named: (a, b, c) => {
      from.show(placeName(a));
      to.show(placeName(b));
      const now = ends(store.get());
      from.node.dataset["value"] = now.from;
      to.node.dataset["value"] = now.to;
      via.named(c);
    },
    setVessels: more.setVessels,
  };
}
