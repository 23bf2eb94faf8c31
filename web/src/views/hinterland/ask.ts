// The question's form. Port and destination are typed with completion from the atlas.
import { ask } from "@/api";
import { h } from "@/dom";
import { t } from "@/i18n";
import { one, type State, type Store } from "@/state";
import { field } from "@/ui/field";
import { placeBox, type PlaceBox } from "@/ui/search";
import { CRITERIA } from "./model";

export const DEFAULTS: Readonly<Record<string, string>> = {
  port: "PECHY",
  to: "CNSHA",
  best: "generalised",
  grid: "1",
  samples: "0",
};

export const valueOf = (state: State, name: string): string => one(state, name) || DEFAULTS[name] || "";

interface Scenario {
  id: string;
  title: string;
}

const portBox = (store: Store, name: "port" | "to"): PlaceBox =>
  placeBox({
    label: t(`hinterland.${name}`),
    placeholder: t(`hinterland.${name}`),
    onPick: (place) => store.set({ params: { [name]: place } }),
  });

function choice(store: Store, name: string, options: readonly (readonly [string, string])[]): HTMLSelectElement {
  const select = h("select", {}, options.map(([value, text]) => h("option", { value }, text)));
  select.addEventListener("change", () => {
    const value = select.value === DEFAULTS[name] ? null : select.value;
    store.set({ params: { [name]: value } });
  });
  return select;
}

const fixed = (name: string, values: readonly string[]): (readonly [string, string])[] =>
  values.map((value) => [value, t(`hinterland.${name}.${value}`)] as const);

export interface Form {
  node: HTMLElement;
  update: (state: State) => void;
  /** What a port is called, once that is known. */
  name: (nameOf: (port: string) => string) => void;
  /** The scenario that was asked where the question names none. */
  usual: (scenario: string) => void;
}

export function makeForm(store: Store): Form {
  const boxes = { port: portBox(store, "port"), to: portBox(store, "to") };
  let nameOf = (port: string): string => port;
  let usual = "";
  const controls: Record<string, HTMLSelectElement> = {
    scenario: choice(store, "scenario", []),
    grid: choice(store, "grid", fixed("grid", ["0", "1", "0.5"])),
    samples: choice(store, "samples", fixed("samples", ["0", "30", "100"])),
  };
  const update = (state: State): void => {
    for (const name of ["port", "to"] as const) boxes[name].show(nameOf(valueOf(state, name)));
    for (const [name, control] of Object.entries(controls)) {
      if (document.activeElement !== control) control.value = valueOf(state, name) || (name === "scenario" ? usual : "");
    }
    for (const radio of node.querySelectorAll<HTMLInputElement>("input[type=radio]")) {
      radio.checked = radio.value === valueOf(state, "best");
    }
  };
  const radios = CRITERIA.map((each) =>
    h(
      "label",
      { class: "option" },
      h("input", {
        type: "radio",
        name: "best",
        value: each,
        onchange: () => store.set({ params: { best: each === DEFAULTS["best"] ? null : each } }, "replace"),
      }),
      h("span", {}, t(`hinterland.by.${each}`)),
    ),
  );
  const node = h(
    "form",
    { class: "hinterland-form", onsubmit: (event: Event) => event.preventDefault() },
    h("div", { class: "pair" }, field(t("hinterland.port"), boxes.port.node, boxes.port.input), field(t("hinterland.to"), boxes.to.node, boxes.to.input)),
    field(t("hinterland.scenario"), controls["scenario"]!),
    h("div", { class: "pair" }, field(t("hinterland.grid"), controls["grid"]!), field(t("hinterland.samples"), controls["samples"]!)),
    h("fieldset", { class: "criteria" }, h("legend", {}, t("hinterland.by")), radios),
  );
  void fillScenarios(store, controls["scenario"]!).then(() => update(store.get()));
  return {
    node,
    update,
    name: (next) => {
      nameOf = next;
      update(store.get());
    },
    usual: (scenario) => {
      usual = scenario;
      update(store.get());
    },
  };
}

async function fillScenarios(store: Store, select: HTMLSelectElement): Promise<void> {
  try {
    const { value } = await ask<{ scenarios: Scenario[] }>("scenarios", { case: one(store.get(), "case") });
    select.replaceChildren(
      h("option", { value: "", hidden: true }, "–"),
      ...value.scenarios.map((each) => h("option", { value: each.id }, each.title)),
    );
  } catch {
    /* the answer will say what is wrong */
  }
}
