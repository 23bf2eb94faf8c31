// The question's form. Port and destination are typed with completion from the atlas.
import { ask } from "@/api";
import { debounce, freshId, h } from "@/dom";
import { t } from "@/i18n";
import { one, type State, type Store } from "@/state";
import type { Port } from "@/types";
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

const field = (label: string, control: HTMLElement): HTMLElement => {
  control.id ||= freshId("hinterland");
  return h("div", { class: "field" }, h("label", { for: control.id }, label), control);
};

/** The list of its completions goes beside it. */
function portInput(store: Store, name: string, choices: HTMLElement): HTMLInputElement {
  const input = h("input", { type: "text", list: choices.id, autocomplete: "off", spellcheck: "false" });
  const complete = debounce(120, async (text: string) => {
    if (text.length < 2) return;
    try {
      const { value } = await ask<{ ports: Port[] }>("ports", { q: text, limit: 8 });
      choices.replaceChildren(...value.ports.map((port) => h("option", { value: port.code }, `${port.name} (${port.country})`)));
    } catch {
      /* no completion, then */
    }
  });
  input.addEventListener("input", () => void complete(input.value));
  input.addEventListener("change", () => store.set({ params: { [name]: input.value.trim() } }));
  return input;
}

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
}

export function makeForm(store: Store): Form {
  const lists = ["port", "to"].map((name) => h("datalist", { id: freshId(name) }));
  const controls: Record<string, HTMLInputElement | HTMLSelectElement> = {
    port: portInput(store, "port", lists[0]!),
    to: portInput(store, "to", lists[1]!),
    scenario: choice(store, "scenario", []),
    grid: choice(store, "grid", fixed("grid", ["0", "1", "0.5"])),
    samples: choice(store, "samples", fixed("samples", ["0", "30", "100"])),
  };
  const update = (state: State): void => {
    for (const [name, control] of Object.entries(controls)) {
      if (document.activeElement !== control) control.value = valueOf(state, name);
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
    h("div", { class: "pair" }, field(t("hinterland.port"), controls["port"]!), field(t("hinterland.to"), controls["to"]!)),
    field(t("hinterland.scenario"), controls["scenario"]!),
    h("div", { class: "pair" }, field(t("hinterland.grid"), controls["grid"]!), field(t("hinterland.samples"), controls["samples"]!)),
    h("fieldset", { class: "options" }, h("legend", {}, t("hinterland.by")), radios),
  );
  node.append(...lists);
  void fillScenarios(store, controls["scenario"] as HTMLSelectElement);
  return { node, update };
}

async function fillScenarios(store: Store, select: HTMLSelectElement): Promise<void> {
  try {
    const { value } = await ask<{ scenarios: Scenario[] }>("scenarios", { case: one(store.get(), "case") });
    select.replaceChildren(
      h("option", { value: "" }, "–"),
      ...value.scenarios.map((each) => h("option", { value: each.id }, each.title)),
    );
    select.value = valueOf(store.get(), "scenario");
  } catch {
    /* the answer will say what is wrong */
  }
}
