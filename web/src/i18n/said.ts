// What the server says is English, and the command line says the same. In Spanish the
// sentences that it says most are told in Spanish; the others stay as they are, marked as
// English for those who have them read out.
import { h, type Child } from "@/dom";
import { hasText, language, number, t } from "./index";

/* A message is sentences with "; " between them; what the named parts are is not translated. */
const SENTENCES: readonly [RegExp, string][] = [
  [/^(?:[\w-]+: )?no port "(?<what>.*)"$/, "said.no-port"],
  [/^(?:[\w-]+: )?no passage "(?<what>.*)"$/, "said.no-passage"],
  [/^no node or port of the case is called "(?<what>.*)"$/, "said.no-place"],
  [/^the nearest(?: names are|:) (?<names>.*)$/, "said.nearest"],
  [/^(?<place>.*) is (?<nm>\d+) nm from the nearest navigable water \((?<at>.*)\)$/, "said.far"],
  [/^at most (?<nm>\d+) nm are allowed$/, "said.most"],
  [/^latitude (?<lat>\S+) is beyond 90 degrees$/, "said.latitude"],
  [/^longitude (?<lon>\S+) is beyond 180 degrees$/, "said.longitude"],
  [/^latitude and longitude look swapped(?:: (?<at>\S+) is at the sea)?$/, "said.swapped"],
  [/^(?<port>.*) does not take this ship: draught (?<m>\S+) m, limit (?<limit>\S+) m.*$/, "said.draught"],
  [/^(?<port>.*) does not take this ship: beam (?<m>\S+) m, limit (?<limit>\S+) m.*$/, "said.beam"],
  [/^(?<port>.*) does not take this ship: length (?<m>\S+) m, limit (?<limit>\S+) m.*$/, "said.length"],
  [/^no route from (?<from>.*) to (?<to>.*)$/, "said.no-route"],
  [/^what blocks is (?<what>.*): avoided \(without that: (?<nm>\d+) nm\)$/, "said.avoided"],
  [/^loading$/, "said.loading"],
  [/^handing over$/, "said.handing-over"],
  [/^cut-off and dwell before loading$/, "said.before-loading"],
  [/^unloading and import dwell$/, "said.import-dwell"],
  [/^transshipment to (?<to>.*)$/, "said.transshipment"],
  [/^(?<from>road|rail|river|sea) to (?<to>road|rail|river|sea)$/, "said.change"],
  [/^by (?<names>.*)$/, "said.by"],
  [/^(?<service>.*), calling at (?<names>.*)$/, "said.calling"],
  [/^Container ship (?<size>[\d,]+) TEU(?<more> \(.*\))?$/, "said.ship.container"],
  [/^Container feeder (?<size>[\d,]+) TEU$/, "said.ship.feeder"],
  [/^Very large ore carrier (?<size>[\d,]+) dwt$/, "said.ship.ore"],
  [/^(?<kind>\w+) bulk carrier (?<size>[\d,]+) dwt$/, "said.ship.bulk"],
  [/^(?<kind>\w+) product tanker (?<size>[\d,]+) dwt$/, "said.ship.products"],
  [/^(?<kind>\w+) tanker (?<size>[\d,]+) dwt$/, "said.ship.tanker"],
  [/^Reefer ship (?<size>[\d,]+) cubic feet$/, "said.ship.reefer"],
  [/^Car carrier (?<size>[\d,]+) CEU$/, "said.ship.cars"],
  [/^LNG carrier (?<size>[\d,]+) cubic metres$/, "said.ship.gas"],
  [/^General cargo ship (?<size>[\d,]+) dwt$/, "said.ship.general"],
  [/^Costs are those of carrying, not freight rates: no margin, no market\.$/, "said.costs"],
];

/** A part as the language writes it: modes by name, figures with its comma. */
function shown(name: string, part: string): string {
  if (hasText(`said.mode.${part}`)) return t(`said.mode.${part}`);
  const figure = ["nm", "m", "limit", "size"].includes(name);
  return figure ? number(Number(part.replaceAll(",", "")), part.includes(".") ? 1 : 0) : part;
}

function sentence(text: string): string | null {
  for (const [pattern, key] of SENTENCES) {
    const found = pattern.exec(text);
    if (!found) continue;
    const parts = Object.entries(found.groups ?? {}).map(([name, part]) => [name, shown(name, part ?? "")] as const);
    return t(key, Object.fromEntries(parts));
  }
  return null;
}

/** In the page's language where it is known. */
export function saidText(text: string): string {
  if (language() === "en") return text;
  return text
    .split("; ")
    .map((each) => sentence(each) ?? each)
    .join("; ");
}

/** The same for the page. */
export function said(text: string): Child {
  const shown = saidText(text);
  return language() !== "en" && shown === text ? h("span", { lang: "en" }, text) : shown;
}
