// Buttons of the chart: nearer, farther, globe or flat.
import { h } from "@/dom";
import { t } from "@/i18n";
import type { Chart } from "./chart";

export function chartControls(chart: Chart): HTMLElement {
  const flat = h("button", { type: "button" });
  const say = (): void => {
    flat.textContent = t(chart.projection === "globe" ? "app.flat" : "app.globe");
  };
  flat.addEventListener("click", () => {
    chart.setProjection(chart.projection === "globe" ? "mercator" : "globe");
    say();
  });
  say();
  chart.gl.getCanvas().setAttribute("aria-label", t("app.map.keys"));
  const zoom = (step: number, label: string, sign: string): HTMLElement =>
    h("button", { type: "button", "aria-label": label, onclick: () => chart.gl.zoomTo(chart.gl.getZoom() + step) }, sign);
  return h(
    "div",
    { class: "buttons", role: "group" },
    zoom(1, t("app.zoom.in"), "+"),
    zoom(-1, t("app.zoom.out"), "−"),
    flat,
  );
}
