// Fonts of the chart's names: drawn here by the page's own faces, no glyphs are fetched.
// Apart from chart.ts, so that a view can be up before the map's code has come.

export const FONT = ["Chart Sans"];
export const FONT_SEA = ["Chart Sea"];
