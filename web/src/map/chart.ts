// The chart: MapLibre with a globe, land, and places where views put their layers. A view
// adds a group (sources, and layers made from a palette); the chart keeps their order and
// redraws them when the theme changes.
import {
  Map as GlMap,
  Marker,
  Popup,
  setWorkerUrl,
  type GeoJSONSource,
  type LayerSpecification,
  type MapGeoJSONFeature,
  type StyleSpecification,
} from "maplibre-gl";
import "maplibre-gl/dist/maplibre-gl.css";
import workerUrl from "maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url";
import type { FeatureCollection, Position } from "geojson";
import { reducedMotion } from "@/dom";
import { graticule, loadLand } from "./land";
import { collection, ofKind, type LinePaint } from "./layers";
import { PALETTES, type Palette, type Theme } from "./palette";
import { around, dot, fromVector, RAD, towards, vector, type LatLon } from "./sphere";

setWorkerUrl(workerUrl);

/** From the ground up: areas under lines under marks under names. */
export const SLOTS = ["areas", "lines", "marks", "names"] as const;
export type Slot = (typeof SLOTS)[number];

export type SlotLayer = LayerSpecification & { slot: Slot };

export interface Group {
  id: string;
  /** Names of GeoJSON sources; `setData` fills them. */
  sources: string[];
  layers: (palette: Palette) => SlotLayer[];
}

/** What lies over the edges of the chart, in pixels. */
export interface Insets {
  top: number;
  right: number;
  bottom: number;
  left: number;
}

export type Projection = "globe" | "mercator";

/* Narrow: the globe is seen from far, nearly half of it at once. */
const FIELD_OF_VIEW = 10;

/* How far inside the horizon, in radians, a place beyond it is shown. */
const RIM = 0.02;

function baseStyle(palette: Palette): StyleSpecification {
  return {
    version: 8,
    projection: { type: "globe" },
    sources: {
      land: { type: "geojson", data: collection(), tolerance: 0.2, maxzoom: 9 },
      grid: {
        type: "geojson",
        data: collection([graticule(30), graticule(10)]),
        maxzoom: 6,
      },
    },
    layers: [...baseLayers(palette), ...SLOTS.map(slotLayer)],
  };
}

const slotLayer = (slot: Slot): LayerSpecification => ({
  id: `slot:${slot}`,
  type: "background",
  layout: { visibility: "none" },
});

/** Lines of the ground: of the grid, borders, shores. */
const groundLine = (
  kind: string,
  source: string,
  colour: string,
  width: NonNullable<LinePaint["line-width"]>,
  minzoom = 0,
): LayerSpecification => ({
  id: kind,
  type: "line",
  source,
  minzoom,
  filter: ofKind(kind),
  paint: { "line-color": colour, "line-width": width },
});

const baseLayers = (palette: Palette): LayerSpecification[] => [
  { id: "sea", type: "background", paint: { "background-color": palette.sea } },
  groundLine("grid-30", "grid", palette.graticule, 0.8),
  groundLine("grid-10", "grid", palette.graticule, 0.6, 2.6),
  {
    id: "land",
    type: "fill",
    source: "land",
    filter: ofKind("land"),
    paint: { "fill-color": palette.land, "fill-antialias": false },
  },
  groundLine("border", "land", palette.border, 0.7),
  groundLine("shore", "land", palette.shore, ["interpolate", ["linear"], ["zoom"], 1, 0.6, 6, 1.2]),
];

/** Radius of the globe on the screen at which `angle` spans `extent` pixels from its middle. */
function radiusFor(angle: number, extent: number, height: number): number {
  const distance = (0.5 * height) / Math.tan((FIELD_OF_VIEW / 2) * RAD); /* to the near side */
  const seen = Math.min(angle, 1.47);
  const reach = (r: number): number => (r * Math.sin(seen) * distance) / (distance + r * (1 - Math.cos(seen)));
  let [low, high] = [extent * 0.5, extent * 400];
  for (let i = 0; i < 40; i++) {
    const middle = (low + high) / 2;
    if (reach(middle) < extent) low = middle;
    else high = middle;
  }
  return low;
}

export class Chart {
  readonly gl: GlMap;
  #palette: Palette;
  #theme: Theme;
  #groups = new Map<string, Group>();
  #insets: Insets = { top: 0, right: 0, bottom: 0, left: 0 };
  #ready: Promise<void>;

  constructor(container: HTMLElement, theme: Theme) {
    this.#theme = theme;
    this.#palette = PALETTES[theme];
    this.gl = new GlMap({
      container,
      style: baseStyle(this.#palette),
      center: [-150, 10],
      zoom: 1.2,
      minZoom: 0,
      maxZoom: 11,
      attributionControl: false,
      dragRotate: false,
      pitchWithRotate: false,
      fadeDuration: reducedMotion() ? 0 : 150,
      canvasContextAttributes: { antialias: false, preserveDrawingBuffer: true },
    });
    this.gl.setVerticalFieldOfView(FIELD_OF_VIEW);
    this.gl.touchZoomRotate.disableRotation();
    this.gl.getCanvas().setAttribute("tabindex", "0");
    this.#ready = new Promise((done) => this.gl.once("load", () => done()));
    this.#tellIdle(container);
    void this.#drawLand();
  }

  /** data-idle, for those who wait for the whole picture: tests, and whoever takes one. */
  #tellIdle(container: HTMLElement): void {
    const tell = (idle: boolean) => (): void => void (container.dataset["idle"] = String(idle));
    this.gl.on("idle", tell(true));
    for (const event of ["dataloading", "movestart"] as const) this.gl.on(event, tell(false));
  }

  async #drawLand(): Promise<void> {
    const coarse = loadLand("coarse");
    await this.#ready;
    this.setData("land", await coarse);
    await this.gl.once("idle");
    this.setData("land", await loadLand("fine"));
  }

  /** Resolves when the style stands and groups can be added. */
  ready(): Promise<void> {
    return this.#ready;
  }

  get palette(): Palette {
    return this.#palette;
  }

  get theme(): Theme {
    return this.#theme;
  }

  setTheme(theme: Theme): void {
    this.#theme = theme;
    this.#palette = PALETTES[theme];
    const own = [...this.#groups.values()].flatMap((group) => group.layers(this.#palette));
    for (const layer of [...baseLayers(this.#palette), ...own]) {
      if (!this.gl.getLayer(layer.id)) continue;
      for (const [name, value] of Object.entries(layer.paint ?? {})) {
        this.gl.setPaintProperty(layer.id, name as never, value as never);
      }
    }
  }

  #projection: Projection = "globe";
  #fitted: Position[] = [];

  get projection(): Projection {
    return this.#projection;
  }

  setProjection(type: Projection): void {
    this.#projection = type;
    this.gl.setProjection({ type });
    this.fit(this.#fitted, { animate: false });
  }

  #beforeFit: () => void = () => undefined;

  /** Called before each fit, to bring the insets up to date. */
  onBeforeFit(hook: () => void): void {
    this.#beforeFit = hook;
  }

  /** What panels cover: `fit` keeps out of it. */
  setInsets(insets: Insets): void {
    this.#insets = insets;
  }

  add(group: Group): void {
    if (this.#groups.has(group.id)) this.remove(group.id);
    this.#groups.set(group.id, group);
    for (const source of group.sources) {
      if (!this.gl.getSource(source)) this.gl.addSource(source, { type: "geojson", data: collection(), promoteId: "id" });
    }
    for (const { slot, ...layer } of group.layers(this.#palette)) {
      this.gl.addLayer(layer as LayerSpecification, `slot:${slot}`);
    }
  }

  remove(id: string): void {
    const group = this.#groups.get(id);
    if (!group) return;
    this.#groups.delete(id);
    for (const layer of group.layers(this.#palette)) {
      if (this.gl.getLayer(layer.id)) this.gl.removeLayer(layer.id);
    }
    for (const source of group.sources) {
      if (this.gl.getSource(source)) this.gl.removeSource(source);
    }
  }

  setData(source: string, data: FeatureCollection): void {
    (this.gl.getSource(source) as GeoJSONSource | undefined)?.setData(data);
  }

  /** The topmost feature of the layers within a few pixels, if there is one. */
  featureAt(point: { x: number; y: number }, layers: string[], slack = 6): MapGeoJSONFeature | undefined {
    const there = layers.filter((layer) => this.gl.getLayer(layer));
    if (there.length === 0) return undefined;
    return this.gl.queryRenderedFeatures(
      [
        [point.x - slack, point.y - slack],
        [point.x + slack, point.y + slack],
      ],
      { layers: there },
    )[0];
  }

  /** Moves so that all points are seen, clear of what lies over the chart. */
  fit(points: Position[], options: { animate?: boolean; maxZoom?: number } = {}): void {
    if (points.length === 0) return;
    this.#fitted = points;
    this.#beforeFit();
    const { center, zoom } = this.#projection === "globe" ? this.#onGlobe(points) : this.#onPlane(points);
    this.gl.easeTo({
      center,
      zoom: Math.min(zoom, options.maxZoom ?? 8),
      padding: this.#insets,
      duration: options.animate === false || reducedMotion() ? 0 : 900,
    });
  }

  /** Pixels that are free of panels. */
  #room(): { width: number; height: number; whole: number } {
    const box = this.gl.getContainer().getBoundingClientRect();
    const { top, right, bottom, left } = this.#insets;
    const width = Math.max(120, box.width - left - right);
    return { width, height: Math.max(120, box.height - top - bottom), whole: box.height };
  }

  #onGlobe(points: Position[]): { center: [number, number]; zoom: number } {
    const { lat, lon, angle } = around(points);
    const { width, height, whole } = this.#room();
    const radius = radiusFor(Math.max(angle, 0.004), Math.min(width, height) * 0.47, whole);
    return { center: [lon, lat], zoom: Math.log2((radius * 2 * Math.PI * Math.cos(lat * RAD)) / 512) };
  }

  /** Web Mercator, centred so that no way is torn at the antimeridian. */
  #onPlane(points: Position[]): { center: [number, number]; zoom: number } {
    const { lon: middle } = around(points);
    const xs = points.map(([lon]) => (((lon! - middle + 540) % 360) - 180) / 360);
    const ys = points.map(([, lat]) => Math.log(Math.tan(Math.PI / 4 + (Math.max(-85, Math.min(85, lat!)) * RAD) / 2)) / (2 * Math.PI));
    const [west, east, south, north] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
    const { width, height } = this.#room();
    const scale = Math.min((width * 0.86) / (east - west || 1e-6), (height * 0.8) / (north - south || 1e-6));
    const y = (south + north) / 2;
    const lat = (2 * Math.atan(Math.exp(2 * Math.PI * y)) - Math.PI / 2) / RAD;
    return { center: [middle + ((west + east) / 2) * 360, lat], zoom: Math.log2(scale / 512) };
  }

  /**
   * Where a place is seen: itself, or, beyond the rim of the globe, the place on the rim
   * in its direction. The horizon is seen from the camera's distance (spherical Earth).
   */
  near(at: LatLon): LatLon & { beyond: boolean } {
    if (this.#projection !== "globe") return { ...at, beyond: false };
    const centre = this.gl.getCenter();
    const radius = (512 * 2 ** this.gl.getZoom()) / (2 * Math.PI * Math.cos(centre.lat * RAD));
    const away = (0.5 * this.gl.getContainer().clientHeight) / Math.tan((FIELD_OF_VIEW / 2) * RAD);
    const rim = Math.acos(radius / (radius + away)) - RIM;
    const [middle, there] = [vector([centre.lng, centre.lat]), vector([at.lon, at.lat])];
    const angle = Math.acos(Math.max(-1, Math.min(1, dot(middle, there))));
    if (angle <= rim) return { ...at, beyond: false };
    return { ...fromVector(towards(middle, there, rim)), beyond: true };
  }

  /** A pin that can be dragged; `element` is what is seen. */
  pin(element: HTMLElement, at: LatLon, draggable = true): Marker {
    return new Marker({ element, draggable, anchor: "bottom", opacityWhenCovered: "1" }).setLngLat([at.lon, at.lat]).addTo(this.gl);
  }

  /** Content at a place, with a tip that points to it; a click elsewhere closes it. */
  popup(at: LatLon, content: HTMLElement): Popup {
    return new Popup({ closeButton: false, offset: 10, maxWidth: "290px", focusAfterOpen: true })
      .setLngLat([at.lon, at.lat])
      .setDOMContent(content)
      .addTo(this.gl);
  }

  /** The chart as it is seen, without the panels. */
  async picture(): Promise<HTMLCanvasElement> {
    this.gl.triggerRepaint();
    await new Promise((done) => this.gl.once("render", done));
    return this.gl.getCanvas();
  }
}
