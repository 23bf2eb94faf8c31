// What an answer rests on, in a line that can be copied.
import { ask } from "@/api";
import { fill, h } from "@/dom";
import { date, t } from "@/i18n";
import type { Health } from "@/types";

export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    /* No clipboard without a secure context: the old way. */
    const area = h("textarea", { class: "unseen" });
    area.value = text;
    document.body.append(area);
    area.select();
    const done = document.execCommand("copy");
    area.remove();
    return done;
  }
}

export function copyButton(label: string, text: () => string): HTMLButtonElement {
  const button = h("button", { type: "button", class: "plain small" }, label);
  button.addEventListener("click", async () => {
    if (!(await copyText(text()))) return;
    button.textContent = t("copied");
    window.setTimeout(() => (button.textContent = label), 1500);
  });
  return button;
}

export interface Citation {
  /** What was found, as a sentence without its full stop. */
  statement: string;
  version: string;
  data: string;
}

export const citationText = (c: Citation): string =>
  t("cite.text", { ...c, url: location.href, date: date(new Date()) });

export function citation(c: Citation): HTMLElement {
  return h(
    "section",
    { class: "cite" },
    h("h3", {}, t("cite.title")),
    h("p", { class: "small" }, citationText(c)),
    copyButton(t("cite.copy"), () => citationText(c)),
  );
}

let version: Promise<string> | null = null; /* of the program; asked for once */

/** The citation of a statement that rests on this data. */
export function cite(statement: string, data: string): HTMLElement {
  const box = h("div");
  version ??= ask<Health>("health").then((health) => health.value.version, () => "");
  void version.then((known) => fill(box, citation({ statement, version: known, data })));
  return box;
}
