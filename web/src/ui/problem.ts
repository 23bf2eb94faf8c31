// An error in the place where the answer would be.
import { Problem } from "@/api";
import { h } from "@/dom";
import { t } from "@/i18n";
import { saidText } from "@/i18n/said";

export function problemText(error: unknown): string {
  if (!(error instanceof Problem)) return String(error instanceof Error ? error.message : error);
  if (error.unreachable) return t("problem.unreachable");
  if (error.status === 503 && error.detail === "") return t("problem.busy");
  return saidText(error.detail || error.title);
}

/** `retry` is offered where trying again can help. */
export function problemBox(error: unknown, retry: () => void): HTMLElement {
  const again = !(error instanceof Problem) || error.unreachable || error.status >= 500;
  return h(
    "div",
    { class: "problem", role: "alert" },
    h("strong", {}, t("problem.title")),
    problemText(error),
    again && h("p", {}, h("button", { type: "button", class: "link", onclick: retry }, t("problem.retry"))),
  );
}
