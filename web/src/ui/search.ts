// A place is searched by name, alias or code: an ARIA combobox with a list of ports
// (WAI-ARIA authoring practices, "combobox with list autocomplete").
import { ask, isAbort, Latest } from "@/api";
import { debounce, fill, freshId, h } from "@/dom";
import { parsePosition, plain, position } from "@/format";
import { t } from "@/i18n";
import type { Port } from "@/types";

export interface PlaceBox {
  node: HTMLElement;
  input: HTMLInputElement;
  /** What is shown while nothing is typed. */
  show: (text: string) => void;
}

export interface PlaceBoxOptions {
  label: string;
  placeholder: string;
  /** Before the field: a pin, say. */
  mark?: Node;
  /** After it: a button that takes the field away, say. */
  after?: Node | null;
  /** Where completions come from; the atlas's ports and positions unless told. */
  look?: (query: string, signal: AbortSignal) => Promise<Choice[]>;
  /** Said where nothing fits. */
  none?: string;
  /** Gets a code, or "lat,lon". */
  onPick: (place: string, name: string) => void;
}

export interface Choice {
  value: string;
  name: string;
  detail: string;
}

/** The alias that was typed, so that one sees why a port is listed. */
function matched(port: Port, query: string): string {
  const want = plain(query);
  if (plain(port.name).includes(want) || plain(port.code).includes(want)) return "";
  return port.aliases.split("|").find((each) => plain(each).includes(want)) ?? "";
}

function portChoice(port: Port, query: string): Choice {
  const alias = matched(port, query);
  return { value: port.code, name: port.name, detail: alias ? `${port.code} · ${alias}` : port.code };
}

async function choices(query: string, signal: AbortSignal): Promise<Choice[]> {
  const at = parsePosition(query);
  if (at) return [{ value: `${at.lat},${at.lon}`, name: position(at.lat, at.lon), detail: t("place.position") }];
  const { value } = await ask<{ ports: Port[] }>("ports", { q: query, limit: 8 }, { signal });
  return value.ports.map((port) => portChoice(port, query));
}

export function placeBox(options: PlaceBoxOptions): PlaceBox {
  const id = freshId("place");
  const latest = new Latest();
  let shown = "";
  let found: Choice[] = [];
  let active = -1;

  const listbox = h("ul", { class: "choices", role: "listbox", id: `${id}-list`, "aria-label": options.label, hidden: true });
  const input = h("input", {
    type: "text",
    id,
    role: "combobox",
    autocomplete: "off",
    spellcheck: "false",
    placeholder: options.placeholder,
    "aria-label": options.label,
    "aria-autocomplete": "list",
    "aria-expanded": "false",
    "aria-controls": `${id}-list`,
  });

  const close = (): void => {
    latest.cancel();
    found = [];
    active = -1;
    listbox.hidden = true;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  };
  const pick = (choice: Choice): void => {
    close();
    shown = choice.name;
    input.value = shown;
    options.onPick(choice.value, choice.name);
  };
  const mark = (index: number): void => {
    active = index;
    [...listbox.children].forEach((each, i) => {
      each.setAttribute("aria-selected", String(i === index));
      if (i === index) {
        input.setAttribute("aria-activedescendant", each.id);
        each.scrollIntoView({ block: "nearest" });
      }
    });
  };
  const list = (): void => {
    fill(
      listbox,
      found.map((choice, i) =>
        h(
          "li",
          {
            role: "option",
            id: `${id}-${i}`,
            "aria-selected": "false",
            onpointerdown: (event: Event) => event.preventDefault(),
            onclick: () => pick(choice),
          },
          h("span", {}, choice.name),
          h("span", { class: "quiet small" }, choice.detail),
        ),
      ),
      found.length === 0 && h("li", { class: "quiet small none", role: "option", "aria-disabled": "true", "aria-selected": "false", id: `${id}-none` }, options.none ?? t("place.none")),
    );
    listbox.hidden = false;
    input.setAttribute("aria-expanded", "true");
    if (found.length > 0) mark(0);
  };
  const look = async (query: string): Promise<void> => {
    try {
      found = await (options.look ?? choices)(query, latest.begin());
      if (document.activeElement === input) list();
    } catch (error) {
      if (!isAbort(error)) close();
    }
  };
  const lookSoon = debounce(70, () => {
    const query = input.value.trim();
    if (query === "" || query === shown) close();
    else void look(query);
  });

  /** Enter before the list has come: look once more and take the first. */
  const enter = async (): Promise<void> => {
    const query = input.value.trim();
    if (query === "" || query === shown) return;
    if (active < 0) await look(query);
    const choice = found[Math.max(0, active)];
    if (choice) pick(choice);
  };
  input.addEventListener("input", lookSoon);
  input.addEventListener("focus", () => input.select());
  input.addEventListener("blur", () => {
    close();
    input.value = shown;
  });
  input.addEventListener("keydown", (event) => {
    const { key } = event;
    if (key === "ArrowDown" || key === "ArrowUp") {
      event.preventDefault();
      if (found.length > 0) mark((active + (key === "ArrowDown" ? 1 : -1) + found.length) % found.length);
    } else if (key === "Enter") {
      event.preventDefault();
      void enter();
    } else if (key === "Escape") {
      close();
      input.value = shown;
      input.select();
    }
  });

  return {
    node: h("div", { class: "place" }, options.mark, input, options.after, listbox),
    input,
    show: (text) => {
      shown = text;
      if (document.activeElement !== input || input.value.trim() === "") input.value = text;
    },
  };
}
