// A control with its name above it.
import { freshId, h } from "@/dom";

/** `input` is what the label names, where `control` is more than it. */
export function field(label: string, control: HTMLElement, input = control): HTMLElement {
  input.id ||= freshId("field");
  return h("div", { class: "field" }, h("label", { for: input.id }, label), control);
}
