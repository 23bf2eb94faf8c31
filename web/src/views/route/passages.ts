// Passages as switches: the ones people ask about first, those of this way, all by search.
import { fill, h } from "@/dom";
import { plain } from "@/format";
import { t } from "@/i18n";
import { KEY_PASSAGES, passageName, uses, type Gate } from "@/passages";
import { list, type State, type Store } from "@/state";
import { toggle } from "@/ui/switch";

export interface PassagePanel {
  node: HTMLElement;
  update: (state: State, used: string[], all: Gate[]) => void;
}

/** Whether a passage is closed by what the URL says, or in itself. */
export function isClosed(gate: Gate, state: State): boolean {
  const [avoid, open] = [list(state, "avoid"), list(state, "open")];
  if (avoid.includes(gate.id) || (gate.part_of !== "" && avoid.includes(gate.part_of))) return true;
  return !gate.open && !open.includes(gate.id);
}

/** Opens or closes a passage: one that is open of itself by `avoid`, else by `open`. */
export function setPassage(store: Store, gate: Gate, on: boolean): void {
  const state = store.get();
  const name = gate.open ? "avoid" : "open";
  const there = list(state, name).filter((each) => each !== gate.id);
  const next = on === gate.open ? there : [...there, gate.id];
  store.set({ params: { [name]: next, pick: null } });
}

const fits = (gate: Gate, query: string): boolean =>
  plain(`${passageName(gate)} ${gate.name} ${gate.aliases} ${gate.id}`).includes(plain(query));

/** What the table's name says in brackets: "Neopanamax locks". */
function detail(gate: Gate, used: boolean): string {
  const more = gate.id === "panama" ? t("route.passages.panama") : (/\((.*)\)$/.exec(gate.name)?.[1] ?? "");
  if (used) return t("route.passages.used");
  return gate.part_of !== "" || gate.id === "panama" ? more : gate.open ? "" : t("route.passages.shut");
}

export function passagePanel(store: Store): PassagePanel {
  const search = h("input", { type: "search", placeholder: t("route.passages.search"), "aria-label": t("route.passages.search") });
  const body = h("div", { class: "passage-list" });
  let last: [State, string[], Gate[]] | null = null;
  let whole = false;

  const row = (gate: Gate, state: State, used: string[], all: Gate[]): HTMLElement => {
    const inUse = uses(used, gate, all);
    const parentShut = gate.part_of !== "" && list(state, "avoid").includes(gate.part_of);
    const node = toggle({
      on: !isClosed(gate, state),
      label: gate.part_of === "" ? passageName(gate) : gate.name,
      detail: detail(gate, inUse),
      disabled: parentShut,
      className: inUse ? "in-use" : "",
      onChange: (on) => setPassage(store, gate, on),
    });
    node.dataset["passage"] = gate.id;
    return h("li", {}, node);
  };

  const groups = (state: State, used: string[], all: Gate[]): Gate[][] => {
    const query = search.value.trim();
    if (query !== "") return [all.filter((gate) => fits(gate, query))];
    const key = KEY_PASSAGES.flatMap((id) => all.filter((gate) => gate.id === id));
    const rest = all.filter((gate) => !key.includes(gate));
    const near = rest.filter((gate) => used.includes(gate.id) || list(state, "avoid").includes(gate.id) || list(state, "open").includes(gate.id));
    const others = rest.filter((gate) => !near.includes(gate)).sort((a, b) => passageName(a).localeCompare(passageName(b)));
    return whole ? [key, near, others] : [key, near];
  };

  const draw = (): void => {
    if (!last) return;
    const [state, used, all] = last;
    const focused = (document.activeElement as HTMLElement | null)?.dataset["passage"];
    const shown = groups(state, used, all);
    fill(
      body,
      shown.filter((group) => group.length > 0).map((group) => h("ul", {}, group.map((gate) => row(gate, state, used, all)))),
      search.value.trim() === "" &&
        all.length > 0 &&
        h("button", { type: "button", class: "link small", "aria-expanded": String(whole), onclick: () => { whole = !whole; draw(); } },
          whole ? t("route.passages.fewer") : t("route.passages.all", { n: all.length })),
    );
    if (focused) body.querySelector<HTMLElement>(`[data-passage="${focused}"]`)?.focus();
  };
  search.addEventListener("input", draw);
  const reset = h("button", { type: "button", class: "link small", onclick: () => store.set({ params: { avoid: null, open: null, pick: null } }) }, t("route.passages.reset"));
  const node = h(
    "section",
    { class: "passages", "aria-label": t("route.passages") },
    h("div", { class: "side-head" }, h("h2", {}, t("route.passages")), reset),
    h("p", { class: "small quiet" }, t("route.passages.hint")),
    body,
    search,
  );
  return {
    node,
    update: (state, used, all) => {
      last = [state, used, all];
      reset.hidden = list(state, "avoid").length + list(state, "open").length === 0;
      draw();
    },
  };
}
