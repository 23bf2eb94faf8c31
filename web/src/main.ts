// The page: state, shell, chart and the view that the URL names.
import "./fonts.css";
import "./style.css";
import { fill, h } from "./dom";
import { onLanguage, t } from "./i18n";
import type { Chart, Insets } from "./map/chart";
import { chartControls } from "./map/controls";
import { buildShell, type Shell } from "./shell";
import { Store, type State, type ViewId } from "./state";
import { onTheme, theme } from "./theme";
import { views, type MountedView } from "./views";

const root = document.getElementById("app")!;
const store = new Store();
const chartNode = h("div", { class: "chart", role: "region" });

async function makeChart(): Promise<Chart | null> {
  try {
    const [{ Chart }] = await Promise.all([
      import("./map/chart"),
      document.fonts.load('600 16px "Chart Sans"'),
      document.fonts.load('16px "Chart Sea"'),
    ]);
    const canvas = chartNode.appendChild(h("div", { class: "canvas" }));
    const chart = new Chart(canvas, theme());
    await chart.ready();
    return chart;
  } catch (error) {
    console.warn(error);
    chartNode.append(h("p", { class: "nomap" }, t("app.nomap")));
    return null;
  }
}

let shell: Shell = buildShell(root, store, chartNode);
const chart = makeChart();
let mounted: { id: ViewId; view: MountedView } | null = null;
let turn = 0;

/* The server's data against the version that the link was made with. */
let serverData = "";

function noteData(state: State): void {
  const differs = state.data !== "" && serverData !== "" && state.data !== serverData;
  if (!differs) {
    fill(shell.notes);
    return;
  }
  fill(
    shell.notes,
    h(
      "p",
      { class: "note", role: "status" },
      t("data.differs", { link: state.data, server: serverData }),
      " ",
      h(
        "button",
        { type: "button", class: "link", onclick: () => store.set({ data: serverData }, "replace") },
        t("data.adopt"),
      ),
    ),
  );
}

function sawData(version: string): void {
  if (version === "") return;
  serverData = version;
  if (store.get().data === "") store.set({ data: version }, "replace");
  noteData(store.get());
}

async function show(state: State): Promise<void> {
  shell.update(state);
  noteData(state);
  if (mounted?.id === state.view) {
    mounted.view.update(state);
    return;
  }
  const mine = ++turn;
  const { mount } = await views[state.view]();
  if (mine !== turn) return;
  mounted?.view.destroy();
  fill(shell.panel);
  fill(shell.side);
  shell.panel.dataset["view"] = state.view;
  document.title = `${t(`view.${state.view}`)} · Derrotero`;
  const view = mount({ panel: shell.panel, side: shell.side, store, chart, announce: shell.announce, sawData });
  mounted = { id: state.view, view };
  view.update(store.get());
}

/** What the panels cover of the chart, so that fitting keeps clear of it. */
function insets(): Insets {
  const sheet = shell.panel.parentElement!;
  const box = chartNode.getBoundingClientRect();
  if (matchMedia("(max-width: 760px)").matches) {
    const cover = Math.max(0, box.bottom - sheet.getBoundingClientRect().top);
    return { top: 8, right: 8, bottom: Math.min(cover, box.height * 0.6), left: 8 };
  }
  const panel = shell.panel.getBoundingClientRect();
  const side = shell.side.getBoundingClientRect();
  const right = side.width > 0 ? Math.max(0, box.right - side.left) : 0;
  return { top: 16, right, bottom: 16, left: Math.max(0, panel.right - box.left) };
}

async function placeChart(): Promise<void> {
  const drawn = await chart;
  drawn?.setInsets(insets());
}

/** Seas at once; ports when the chart has come to rest. */
async function drawAtlas(drawn: Chart): Promise<void> {
  const { drawPorts, drawSeas } = await import("./map/atlas");
  drawSeas(drawn);
  onLanguage(() => drawSeas(drawn));
  await drawn.gl.once("idle");
  await drawPorts(drawn).catch(() => undefined); /* names are not needed to work */
}

function rebuild(): void {
  mounted?.view.destroy();
  mounted = null;
  turn++;
  shell = buildShell(root, store, chartNode);
  void chart.then((drawn) => drawn && fill(shell.controls, chartControls(drawn)));
  void show(store.get());
}

store.subscribe((state) => void show(state));
onLanguage(rebuild);
onTheme((next) => {
  void chart.then((drawn) => drawn?.setTheme(next));
  shell.update(store.get());
});
new ResizeObserver(() => void placeChart()).observe(root);
void chart.then((drawn) => {
  if (!drawn) return;
  drawn.onBeforeFit(() => drawn.setInsets(insets()));
  void drawAtlas(drawn);
  fill(shell.controls, chartControls(drawn));
});
void show(store.get());
