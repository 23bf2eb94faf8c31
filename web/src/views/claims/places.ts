// Where the claims were tried, as marks on the chart.
import type { Feature, FeatureCollection, Position } from "geojson";
import type { Group } from "@/map/chart";
import { collection, dotLayer, nameLayer, pointFeature } from "@/map/layers";
import type { Palette } from "@/map/palette";
import { outcomeOf, placed, type Claim } from "./model";

export const SOURCE = "claims-places";
export const LAYER = "claims-dots";

export const group: Group = {
  id: "claims",
  sources: [SOURCE],
  layers: (palette: Palette) => [
    dotLayer(
      { id: LAYER, source: SOURCE, slot: "marks" },
      {
        "circle-radius": 6,
        "circle-color": ["match", ["get", "outcome"], "holds", palette.good, "fails", palette.bad, palette.second],
        "circle-stroke-color": palette.halo,
        "circle-stroke-width": 1.5,
      },
    ),
    nameLayer({ id: "claims-names", source: SOURCE, slot: "names", filter: ["get", "named"] }, palette, {
      "text-anchor": "left",
      "text-offset": [0.9, 0],
      "text-max-width": 16,
      "text-justify": "left",
    }),
  ],
};

function dots(claim: Claim, named: boolean): Feature[] {
  const seen = new Set<string>();
  return placed(claim).map((trial) => {
    const at = `${trial.lat},${trial.lon}`;
    const first = !seen.has(at);
    seen.add(at);
    const properties = { claim: claim.id, name: trial.name, outcome: outcomeOf(trial), named: named && first };
    return pointFeature([trial.lon!, trial.lat!], properties);
  });
}

/** Of one claim with its trials named, or of many. */
export const marks = (claims: readonly Claim[], named: boolean): FeatureCollection =>
  collection(claims.flatMap((claim) => dots(claim, named)));

export const positions = (claims: readonly Claim[]): Position[] =>
  claims.flatMap((claim) => placed(claim).map((trial) => [trial.lon!, trial.lat!]));
