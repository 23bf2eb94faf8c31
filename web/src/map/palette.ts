// The colours of the chart. Page colours are custom properties in style.css; these are
// the same inks where a canvas needs them.

export type Theme = "light" | "dark";

export interface Palette {
  sea: string;
  land: string;
  shore: string;
  border: string;
  graticule: string;
  /** The one accent: what is asked about. */
  accent: string;
  accentSoft: string;
  ink: string;
  inkSoft: string;
  /** Behind text on the chart. */
  halo: string;
  haloLand: string;
  /** A second way, and what was before. */
  second: string;
  ghost: string;
  good: string;
  bad: string;
}

export const PALETTES: Record<Theme, Palette> = {
  light: {
    sea: "#e3edf1",
    land: "#f6efdc",
    shore: "#9a9478",
    border: "#cfc5a6",
    graticule: "#c9d8df",
    accent: "#b3206b",
    accentSoft: "#e3a6c6",
    ink: "#1d2f3a",
    inkSoft: "#5a6c76",
    halo: "#eef4f6",
    haloLand: "#f6efdc",
    second: "#2f6d8f",
    ghost: "#7d8f99",
    good: "#2d7a4f",
    bad: "#b5452c",
  },
  dark: {
    sea: "#0f1c25",
    land: "#22303a",
    shore: "#57707e",
    border: "#3a4b56",
    graticule: "#1d2e39",
    accent: "#ff7db6",
    accentSoft: "#7a3a5a",
    ink: "#e6edf0",
    inkSoft: "#9db0ba",
    halo: "#0f1c25",
    haloLand: "#22303a",
    second: "#6db9dc",
    ghost: "#8195a0",
    good: "#6cc795",
    bad: "#f08a6c",
  },
};
