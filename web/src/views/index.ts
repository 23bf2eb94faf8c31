// The views: each a folder with an index.ts that exports `view`. It is loaded when it is
// first looked at. To add one: name it in state.ts (VIEWS) and here.
import type { Chart } from "@/map/chart";
import type { State, Store, ViewId } from "@/state";

export interface ViewContext {
  /** Where the question and the answer go. */
  panel: HTMLElement;
  /** A second card, at the chart's right where there is room, else under the panel. */
  side: HTMLElement;
  store: Store;
  /** null where the browser cannot draw it: a view works without. */
  chart: Promise<Chart | null>;
  /** Says something to those who cannot see it change. */
  announce: (text: string) => void;
  /** Tells the page which data an answer rests on (header Derrotero-Data). */
  sawData: (version: string) => void;
}

export interface MountedView {
  /** The state changed (link, back button, or by store.set). Called once after mounting. */
  update: (state: State) => void;
  /** Takes its groups and pins off the chart and drops its requests. */
  destroy: () => void;
}

export interface View {
  mount: (context: ViewContext) => MountedView;
}

export const views: Record<ViewId, () => Promise<View>> = {
  route: async () => (await import("./route")).view,
  compare: async () => (await import("./compare")).view,
  claims: async () => (await import("./claims")).view,
  hinterland: async () => (await import("./hinterland")).view,
};
