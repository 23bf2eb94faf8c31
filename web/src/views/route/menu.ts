// A click on the chart: what to do with that place.
import type { Popup } from "maplibre-gl";
import { h } from "@/dom";
import { t } from "@/i18n";
import type { Chart } from "@/map/chart";
import type { LatLon } from "@/map/sphere";

export interface PlaceMenu {
  name: string;
  at: LatLon;
  choose: (what: "from" | "to" | "via") => void;
}

export function openMenu(chart: Chart, menu: PlaceMenu): Popup {
  let popup: Popup | null = null;
  const close = (): void => {
    popup?.remove();
    chart.gl.getCanvas().focus({ preventScroll: true });
  };
  const button = (what: "from" | "to" | "via"): HTMLElement =>
    h("button", { type: "button", class: "plain small", onclick: () => { close(); menu.choose(what); } }, t(`route.menu.${what}`));
  const content = h(
    "div",
    { class: "menu", onkeydown: (event: Event) => { if ((event as KeyboardEvent).key === "Escape") close(); } },
    h("strong", {}, menu.name),
    h("div", { class: "menu-buttons" }, button("from"), button("to"), button("via")),
  );
  popup = chart.popup(menu.at, content);
  return popup;
}
