// The question's form: two places, two scenarios, what is carried and what is best.
import { h } from "@/dom";
import { plain } from "@/format";
import { t } from "@/i18n";
import { one, type State, type Store } from "@/state";
import { field } from "@/ui/field";
import { placeBox, type Choice, type PlaceBox } from "@/ui/search";
import { places, type Network, type Scenario } from "./model";

export const DEFAULTS: Readonly<Record<string, string>> = {
  from: "BRRBR",
  to: "CNSHA",
  a: "before",
  b: "after",
  by: "time",
};

export const valueOf = (state: State, name: string): string => one(state, name) || DEFAULTS[name] || "";

/** Towns and ports of the case whose name or code has the text in it, beginnings first. */
export function findPlaces(network: Network | null, query: string, most = 8): Choice[] {
  const want = plain(query);
  const seen = new Set<string>();
  const found: { choice: Choice; rank: number }[] = [];
  for (const { properties } of network ? places(network) : []) {
    if (seen.has(properties.id)) continue;
    seen.add(properties.id);
    const at = plain(properties.name).indexOf(want);
    const code = plain(properties.id).startsWith(want);
    if (at < 0 && !code) continue;
    const detail = [properties.id, properties.country ?? ""].filter(Boolean).join(" · ");
    found.push({ choice: { value: properties.id, name: properties.name, detail }, rank: at === 0 || code ? 0 : 1 });
  }
  found.sort((x, y) => x.rank - y.rank || x.choice.name.length - y.choice.name.length);
  return found.slice(0, most).map((each) => each.choice);
}

export interface Form {
  node: HTMLElement;
  update: (state: State) => void;
  scenarios: (rows: readonly Scenario[]) => void;
  network: (network: Network) => void;
}

function select(store: Store, name: string): HTMLSelectElement {
  const node = h("select", {});
  node.addEventListener("change", () => store.set({ params: { [name]: node.value === DEFAULTS[name] ? null : node.value } }));
  return node;
}

function options(node: HTMLSelectElement, rows: readonly (readonly [string, string])[], now: string): void {
  node.replaceChildren(...rows.map(([value, text]) => h("option", { value }, text)));
  node.value = now;
}

export function makeForm(store: Store): Form {
  let network: Network | null = null;
  let names = new Map<string, string>();
  const box = (name: "from" | "to"): PlaceBox =>
    placeBox({
      label: t(`compare.${name}`),
      placeholder: t("compare.place"),
      none: t("compare.place.none"),
      look: (query) => Promise.resolve(findPlaces(network, query)),
      onPick: (place) => store.set({ params: { [name]: place } }),
    });
  const boxes = { from: box("from"), to: box("to") };
  const before = select(store, "a");
  const after = select(store, "b");
  const commodity = select(store, "commodity");
  const by = select(store, "by");
  options(by, ["time", "cost", "co2", "generalised"].map((each) => [each, t(`compare.by.${each}`)] as const), "time");
  const about = h("p", { class: "small quiet" });
  const quay = h("input", {
    type: "checkbox",
    onchange: () => store.set({ params: { quay: quay.checked ? "1" : null } }),
  });
  let rows: readonly Scenario[] = [];
  const update = (state: State): void => {
    for (const name of ["from", "to"] as const) boxes[name].show(names.get(valueOf(state, name)) ?? valueOf(state, name));
    before.value = valueOf(state, "a");
    after.value = valueOf(state, "b");
    by.value = valueOf(state, "by");
    commodity.value = one(state, "commodity") || commodity.value;
    about.textContent = rows.find((each) => each.id === valueOf(state, "b"))?.about ?? "";
    quay.checked = one(state, "quay") === "1";
  };
  const node = h(
    "form",
    { class: "compare-form", onsubmit: (event: Event) => event.preventDefault() },
    h("div", { class: "pair" }, field(t("compare.from"), boxes.from.node, boxes.from.input), field(t("compare.to"), boxes.to.node, boxes.to.input)),
    h("div", { class: "pair" }, field(t("compare.before"), before), field(t("compare.after"), after)),
    about,
    h("div", { class: "pair" }, field(t("compare.commodity"), commodity), field(t("compare.by"), by)),
    h("label", { class: "option" }, quay, t("compare.quay")),
  );
  return {
    node,
    update,
    scenarios: (next) => {
      rows = next;
      for (const [control, name] of [[before, "a"], [after, "b"]] as const) {
        options(control, next.map((each) => [each.id, each.title] as const), valueOf(store.get(), name));
      }
      update(store.get());
    },
    network: (next) => {
      network = next;
      names = new Map(places(next).map(({ properties }) => [properties.id, properties.name]));
      const now = one(store.get(), "commodity") || "manufactures";
      options(commodity, next.commodities.map((each) => [each.id, each.name] as const), now);
      update(store.get());
    },
  };
}
