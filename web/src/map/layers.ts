// Shapes of layers and features that the chart and its views have in common.
import type {
  CircleLayerSpecification,
  FilterSpecification,
  LineLayerSpecification,
  SymbolLayerSpecification,
} from "maplibre-gl";
import type { Feature, FeatureCollection, Geometry, Position } from "geojson";
import type { Slot, SlotLayer } from "./chart";
import { FONT } from "./fonts";
import type { Palette } from "./palette";

/** Where a layer belongs and what it shows. */
export interface Shown {
  id: string;
  source: string;
  slot: Slot;
  filter?: FilterSpecification;
  minzoom?: number;
  maxzoom?: number;
}

export type LinePaint = NonNullable<LineLayerSpecification["paint"]>;
type DotPaint = NonNullable<CircleLayerSpecification["paint"]>;
type NameLayout = NonNullable<SymbolLayerSpecification["layout"]>;
type NamePaint = NonNullable<SymbolLayerSpecification["paint"]>;

export const ofKind = (kind: string): FilterSpecification => ["==", ["get", "kind"], kind];

const ROUND: NonNullable<LineLayerSpecification["layout"]> = { "line-cap": "round", "line-join": "round" };

export const lineLayer = (shown: Shown, paint: LinePaint): SlotLayer => ({
  ...shown,
  type: "line",
  layout: ROUND,
  paint,
});

export const dotLayer = (shown: Shown, paint: DotPaint): SlotLayer => ({
  ...shown,
  type: "circle",
  paint,
});

/** A thing's property `name` beside it: `layout` and `paint` say how it differs from usual. */
export const nameLayer = (
  shown: Shown,
  palette: Palette,
  layout: NameLayout = {},
  paint: NamePaint = {},
): SlotLayer => ({
  ...shown,
  type: "symbol",
  layout: { "text-field": ["get", "name"], "text-font": FONT, "text-size": 13, ...layout },
  paint: { "text-color": palette.ink, "text-halo-color": palette.halo, "text-halo-width": 1.6, ...paint },
});

// ---- features ---------------------------------------------------------------------------

type Properties = Feature["properties"];

export const feature = (geometry: Geometry, properties: Properties = {}): Feature => ({
  type: "Feature",
  properties,
  geometry,
});

export const pointFeature = (at: Position, properties: Properties = {}): Feature =>
  feature({ type: "Point", coordinates: at }, properties);

export const collection = (features: Feature[] = []): FeatureCollection => ({ type: "FeatureCollection", features });
