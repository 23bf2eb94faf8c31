// Taking an answer away: files, a picture of the chart, code to embed it.
import { h } from "@/dom";
import { t } from "@/i18n";
import type { Chart } from "@/map/chart";
import { copyButton } from "./cite";

export function download(name: string, content: Blob): void {
  const url = URL.createObjectURL(content);
  const link = h("a", { href: url, download: name });
  link.click();
  window.setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

export interface Caption {
  title: string;
  lines: string[];
  /** At the foot, small. */
  source: string;
}

/** The chart with a caption under it. */
export async function chartPicture(chart: Chart, caption: Caption): Promise<Blob> {
  const map = await chart.picture();
  const unit = map.width / Math.max(640, map.clientWidth);
  const { ink, inkSoft, haloLand } = chart.palette;
  const sky = getComputedStyle(document.documentElement).getPropertyValue("--sky");
  const foot = (58 + caption.lines.length * 22 + 30) * unit;
  const canvas = h("canvas");
  canvas.width = map.width;
  canvas.height = map.height + foot;
  const pen = canvas.getContext("2d")!;
  pen.fillStyle = sky;
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.drawImage(map, 0, 0);
  pen.fillStyle = haloLand;
  pen.fillRect(0, map.height, canvas.width, foot);
  const write = (text: string, y: number, font: string, colour: string): void => {
    pen.font = font;
    pen.fillStyle = colour;
    pen.fillText(text, 24 * unit, map.height + y * unit, canvas.width - 48 * unit);
  };
  write(caption.title, 40, `600 ${26 * unit}px "Chart Serif"`, ink);
  caption.lines.forEach((line, i) => write(line, 68 + i * 22, `${16 * unit}px "Chart Sans"`, ink));
  write(caption.source, 68 + caption.lines.length * 22 + 4, `${12 * unit}px "Chart Sans"`, inkSoft);
  return new Promise((done, fail) =>
    canvas.toBlob((blob) => (blob ? done(blob) : fail(new Error("no picture"))), "image/png"),
  );
}

/** Code that shows the same chart in another page. */
export function embedCode(title: string): string {
  const url = new URL(`./embed.html${location.search}`, document.baseURI).href;
  const safe = (text: string): string => text.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;");
  return `<iframe src="${safe(url)}" title="${safe(title)}" width="720" height="480" loading="lazy"></iframe>`;
}

export function embedBox(title: string): HTMLElement {
  return h(
    "details",
    { class: "embed-box" },
    h("summary", {}, t("export.embed")),
    h("textarea", { class: "code small", readonly: true, rows: 4, "aria-label": t("export.embed") }, embedCode(title)),
    copyButton(t("export.copy"), () => embedCode(title)),
  );
}
