// The page around the views: name, tabs, language, colours, chart, and on a phone the
// sheet that slides over the chart.
import { fill, h, svg } from "./dom";
import { language, setLanguage, t } from "./i18n";
import { VIEWS, type State, type Store } from "./state";
import { setTheme, theme } from "./theme";

export interface Shell {
  panel: HTMLElement;
  side: HTMLElement;
  chart: HTMLElement;
  controls: HTMLElement;
  notes: HTMLElement;
  announce: (text: string) => void;
  update: (state: State) => void;
}

export const rose = (): SVGElement =>
  svg(
    "svg",
    { viewBox: "0 0 32 32", class: "rose", "aria-hidden": "true" },
    svg("circle", { cx: 16, cy: 16, r: 14.4, class: "rose-ring" }),
    svg("path", { d: "M16 3 18.6 16 16 29 13.4 16z", class: "rose-ns" }),
    svg("path", { d: "M3 16 16 13.4 29 16 16 18.6z", class: "rose-we" }),
  );

function header(store: Store): { node: HTMLElement; update: (state: State) => void } {
  const links = VIEWS.map((id) => {
    const link = h("a", { href: store.href({ view: id }) }, t(`view.${id}`));
    link.addEventListener("click", (event) => {
      if (event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return;
      event.preventDefault();
      store.set({ view: id });
    });
    return { id, link };
  });
  const colours = h("button", {
    type: "button",
    class: "quiet icon",
    onclick: () => setTheme(theme() === "dark" ? "light" : "dark"),
  });
  const showColours = (): void => {
    const dark = theme() === "dark";
    colours.setAttribute("aria-label", t(dark ? "app.theme.label.light" : "app.theme.label.dark"));
    fill(colours, dark ? sun() : moon());
  };
  const node = h(
    "header",
    { class: "top" },
    h("a", { class: "name", href: "./" }, rose(), "Derrotero"),
    h("nav", { class: "tabs", "aria-label": t("app.views") }, links.map((each) => each.link)),
    h(
      "div",
      { class: "tools" },
      h(
        "button",
        {
          type: "button",
          class: "quiet",
          lang: language() === "en" ? "es" : "en",
          "aria-label": t("app.language.label"),
          onclick: () => setLanguage(language() === "en" ? "es" : "en"),
        },
        language() === "en" ? "ES" : "EN",
      ),
      colours,
    ),
  );
  return {
    node,
    update: (state) => {
      showColours();
      for (const { id, link } of links) {
        link.setAttribute("href", store.href({ view: id }));
        if (id === state.view) link.setAttribute("aria-current", "page");
        else link.removeAttribute("aria-current");
      }
    },
  };
}

const icon = (...paths: string[]): SVGElement =>
  svg("svg", { viewBox: "0 0 20 20", class: "icon", "aria-hidden": "true" }, paths.map((d) => svg("path", { d })));
const sun = (): SVGElement =>
  icon("M10 6.2a3.8 3.8 0 1 1 0 7.6 3.8 3.8 0 0 1 0-7.6z", "M10 1.5v2.4M10 16.1v2.4M1.5 10h2.4M16.1 10h2.4M4 4l1.7 1.7M14.3 14.3 16 16M16 4l-1.7 1.7M5.7 14.3 4 16");
const moon = (): SVGElement => icon("M16.5 12.2A7 7 0 0 1 7.8 3.5a7 7 0 1 0 8.7 8.7z");

/** The handle of the sheet on a phone: shows more or less of the panel. */
function handle(sheet: HTMLElement): HTMLElement {
  const button = h("button", { type: "button", class: "handle" });
  const show = (open: boolean): void => {
    sheet.dataset["open"] = String(open);
    button.setAttribute("aria-expanded", String(open));
    button.setAttribute("aria-label", t(open ? "app.sheet.less" : "app.sheet.more"));
  };
  button.addEventListener("click", () => show(sheet.dataset["open"] !== "true"));
  let start: number | null = null;
  button.addEventListener("pointerdown", (event) => {
    start = event.clientY;
    button.setPointerCapture(event.pointerId);
  });
  button.addEventListener("pointermove", (event) => {
    if (start === null || Math.abs(event.clientY - start) < 24) return;
    show(event.clientY < start);
    start = event.clientY;
  });
  button.addEventListener("pointerup", () => (start = null));
  show(sheet.dataset["open"] === "true");
  return button;
}

/** Builds the page anew (also when the language changes). The chart's element is kept. */
export function buildShell(root: HTMLElement, store: Store, chart: HTMLElement): Shell {
  const live = h("div", { class: "unseen", "aria-live": "polite", role: "status" });
  const notes = h("div", { class: "notes" });
  const panel = h("main", { class: "panel", id: "panel", tabindex: "-1" });
  const side = h("aside", { class: "side", "aria-label": t("app.side") });
  const controls = h("div", { class: "controls" });
  const sheet = h("div", { class: "sheet" });
  const top = header(store);
  sheet.append(handle(sheet), notes, panel, side);
  chart.setAttribute("aria-label", t("app.map"));
  fill(root, h("a", { class: "skip", href: "#panel" }, t("app.skip")), top.node, chart, controls, sheet, live);
  return {
    panel,
    side,
    chart,
    controls,
    notes,
    announce: (text) => {
      live.textContent = "";
      window.setTimeout(() => (live.textContent = text), 60);
    },
    update: top.update,
  };
}
