// A whole and its parts as one bar; each part can be hovered and focused.
import { h } from "@/dom";

export interface Part {
  name: string;
  value: number;
  /** The figure in words, with its range. */
  text: string;
  tone: number;
  onActive?: (active: boolean) => void;
}

export function strip(label: string, parts: Part[]): HTMLElement {
  const shown = parts.filter((part) => part.value > 0);
  const total = shown.reduce((sum, part) => sum + part.value, 0) || 1;
  const keys = shown.map((part) =>
    h(
      "li",
      { class: `key tone-${part.tone}` },
      h("span", { class: "swatch", "aria-hidden": "true" }),
      h("span", { class: "key-name" }, part.name),
      h("span", { class: "key-value" }, part.text),
    ),
  );
  const bars = shown.map((part, i) => {
    const active = (on: boolean) => (): void => {
      keys[i]!.classList.toggle("active", on);
      part.onActive?.(on);
    };
    return h("span", {
      class: `part tone-${part.tone}`,
      style: { "flex-grow": String(Math.max(part.value / total, 0.012)) },
      title: `${part.name}: ${part.text}`,
      onpointerenter: active(true),
      onpointerleave: active(false),
    });
  });
  shown.forEach((part, i) => {
    const bar = bars[i]!;
    const active = (on: boolean) => (): void => {
      bar.classList.toggle("active", on);
      part.onActive?.(on);
    };
    const key = keys[i]!;
    key.addEventListener("pointerenter", active(true));
    key.addEventListener("pointerleave", active(false));
  });
  return h(
    "figure",
    { class: "strip" },
    h("figcaption", {}, h("h3", {}, label)),
    h("div", { class: "bar", "aria-hidden": "true" }, bars),
    h("ul", { class: "keys" }, keys),
  );
}
