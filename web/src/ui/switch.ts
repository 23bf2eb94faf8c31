// A switch (role="switch"): on or off, at once.
import { h, type Child } from "@/dom";

export interface SwitchOptions {
  on: boolean;
  label: string;
  /** Under the label. */
  detail?: Child;
  disabled?: boolean;
  className?: string;
  onChange: (on: boolean) => void;
}

export function toggle(options: SwitchOptions): HTMLButtonElement {
  const { on, label, detail, disabled = false, className = "" } = options;
  return h(
    "button",
    {
      type: "button",
      class: `switch ${className}`,
      role: "switch",
      "aria-checked": String(on),
      disabled,
      onclick: () => options.onChange(!on),
    },
    h("span", { class: "switch-text" }, h("span", {}, label), detail ? h("span", { class: "small quiet" }, detail) : null),
    h("span", { class: "track", "aria-hidden": "true" }),
  );
}
