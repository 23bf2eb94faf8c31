// All claims: how many of each verdict, a search, a line each.
import { h } from "@/dom";
import { number, t } from "@/i18n";
import { list, one, type State, type Store } from "@/state";
import { figureText } from "./figure";
import { chosen, MARKS, VERDICTS, type Audit, type Claim, type Verdict } from "./model";

export const badge = (verdict: Verdict): HTMLElement =>
  h(
    "span",
    { class: "verdict", "data-verdict": verdict },
    h("span", { "aria-hidden": "true" }, MARKS[verdict]),
    t(`claims.verdict.${verdict}`),
  );

/** A link that changes the state in place. */
export function stateLink(
  store: Store,
  params: Record<string, string | null>,
  props: Record<string, unknown>,
  ...children: (Node | string)[]
): HTMLAnchorElement {
  const link = h("a", { ...props, href: store.href({ params }) }, children);
  link.addEventListener("click", (event) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return;
    event.preventDefault();
    store.set({ params });
  });
  return link;
}

function filters(store: Store, state: State, audit: Audit): HTMLElement {
  const now = list(state, "verdict");
  const toggle = (verdict: Verdict): void => {
    const next = now.includes(verdict) ? now.filter((each) => each !== verdict) : [...now, verdict];
    store.set({ params: { verdict: next } }, "replace");
  };
  return h(
    "div",
    { class: "verdicts", role: "group", "aria-label": t("claims.filter") },
    VERDICTS.map((verdict) =>
      h(
        "button",
        {
          type: "button",
          class: "tally",
          "data-verdict": verdict,
          "aria-pressed": String(now.includes(verdict)),
          onclick: () => toggle(verdict),
        },
        h("span", { class: "many" }, number(audit.claims.filter((claim) => claim.verdict === verdict).length)),
        h("span", { class: "word" }, h("span", { "aria-hidden": "true" }, `${MARKS[verdict]} `), t(`claims.verdict.${verdict}`)),
      ),
    ),
  );
}

const row = (store: Store, claim: Claim): HTMLElement =>
  h(
    "li",
    {},
    stateLink(
      store,
      { claim: claim.id },
      { class: "claim", "data-claim": claim.id },
      badge(claim.verdict),
      h("span", { class: "says", lang: "en" }, claim.says),
      h(
        "span",
        { class: "small quiet" },
        claim.figure.value !== null || claim.figure.text
          ? `${t("claims.measured")} ${figureText(claim.figure)}${claim.claimed ? ` · ${t("claims.claimed")} ${claim.claimed}` : ""}`
          : claim.claimed,
      ),
    ),
  );

/** Fills `rows` anew without touching the search field that is being typed into. */
export function fillRows(store: Store, state: State, audit: Audit, rows: HTMLElement, count: HTMLElement): void {
  const found = chosen(audit.claims, list(state, "verdict"), one(state, "q"));
  rows.replaceChildren(...found.map((claim) => row(store, claim)));
  if (found.length === 0) rows.append(h("li", { class: "quiet" }, t("claims.none")));
  count.textContent = t("claims.count", { count: found.length, all: audit.claims.length });
}

export function listPage(store: Store, state: State, audit: Audit): { node: HTMLElement; update: (state: State) => void } {
  const rows = h("ul", { class: "claims" });
  const count = h("p", { class: "small quiet", role: "status" });
  const tallies = h("div");
  const search = h("input", {
    type: "search",
    "aria-label": t("claims.search"),
    placeholder: t("claims.search"),
    value: one(state, "q"),
  });
  search.addEventListener("input", () => store.set({ params: { q: search.value } }, "replace"));
  const update = (next: State): void => {
    const focused = tallies.contains(document.activeElement)
      ? (document.activeElement as HTMLElement).dataset["verdict"]
      : undefined;
    tallies.replaceChildren(filters(store, next, audit));
    if (focused) tallies.querySelector<HTMLElement>(`[data-verdict="${focused}"]`)?.focus();
    if (search.value !== one(next, "q")) search.value = one(next, "q");
    fillRows(store, next, audit, rows, count);
  };
  update(state);
  const node = h(
    "div",
    { class: "claims-list" },
    h("p", { class: "quiet" }, t("claims.lead", { count: audit.claims.length, title: audit.title })),
    tallies,
    search,
    count,
    rows,
  );
  return { node, update };
}
