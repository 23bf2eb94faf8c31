// Where the claims were tried, as marks on the chart.
import type { Feature, FeatureCollection, Position } from "geojson";
import type { Group } from "@/map/chart";
import { FONT } from "@/map/fonts";
import type { Palette } from "@/map/palette";
import { outcomeOf, placed, type Claim } from "./model";

export const SOURCE = "claims-places";
export const LAYER = "claims-dots";

export const group: Group = {
  id: "claims",
  sources: [SOURCE],
  layers: (palette: Palette) => [
    {
      slot: "marks",
      id: LAYER,
      type: "circle",
      source: SOURCE,
      paint: {
        "circle-radius": 6,
        "circle-color": [
          "match",
          ["get", "outcome"],
          "holds",
          palette.good,
          "fails",
          palette.bad,
          palette.second,
        ],
        "circle-stroke-color": palette.halo,
        "circle-stroke-width": 1.5,
      },
    },
    {
      slot: "names",
      id: "claims-names",
      type: "symbol",
      source: SOURCE,
      filter: ["get", "named"],
      layout: {
        "text-field": ["get", "name"],
        "text-font": FONT,
        "text-size": 13,
        "text-anchor": "left",
        "text-offset": [0.9, 0],
        "text-max-width": 16,
        "text-justify": "left",
      },
      paint: { "text-color": palette.ink, "text-halo-color": palette.halo, "text-halo-width": 1.6 },
    },
  ],
};

function dots(claim: Claim, named: boolean): Feature[] {
  const seen = new Set<string>();
  return placed(claim).map((trial) => {
    const at = `${trial.lat},${trial.lon}`;
    const first = !seen.has(at);
    seen.add(at);
    return {
      type: "Feature",
      properties: { claim: claim.id, name: trial.name, outcome: outcomeOf(trial), named: named && first },
      geometry: { type: "Point", coordinates: [trial.lon!, trial.lat!] },
    };
  });
}

/** Of one claim with its trials named, or of many. */
export const marks = (claims: readonly Claim[], named: boolean): FeatureCollection => ({
  type: "FeatureCollection",
  features: claims.flatMap((claim) => dots(claim, named)),
});

export const positions = (claims: readonly Claim[]): Position[] =>
  claims.flatMap((claim) => placed(claim).map((trial) => [trial.lon!, trial.lat!]));
