// Screenshots against kept ones, tolerant: both are shrunk to blocks of 4 by 4 pixels, and
// at most a few per cent of the blocks may differ visibly. Letters may move a little;
// a missing line, panel or continent is seen.
//
//     SHOTS=keep tests/e2e/web.sh shots      keeps what is there now
import fs from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";

const require = createRequire(new URL("../../../web/package.json", import.meta.url));
const { PNG } = require("pngjs");

const BLOCK = 4;
const VISIBLE = 28; /* of 255, of a block's mean in a channel */
const MOST_SHARE = 0.025;

/** Mean of each block, three channels. */
function shrink({ width, height, data }) {
  const [columns, rows] = [Math.floor(width / BLOCK), Math.floor(height / BLOCK)];
  const means = new Float64Array(columns * rows * 3);
  for (let y = 0; y < rows * BLOCK; y++) {
    for (let x = 0; x < columns * BLOCK; x++) {
      const to = (Math.floor(y / BLOCK) * columns + Math.floor(x / BLOCK)) * 3;
      const from = (y * width + x) * 4;
      for (let c = 0; c < 3; c++) means[to + c] += data[from + c] / (BLOCK * BLOCK);
    }
  }
  return means;
}

/** Share of blocks that differ visibly; 1 where the sizes differ. */
export function difference(a, b) {
  if (a.width !== b.width || a.height !== b.height) return 1;
  const [one, two] = [shrink(a), shrink(b)];
  let different = 0;
  for (let i = 0; i < one.length; i += 3) {
    const most = Math.max(...[0, 1, 2].map((c) => Math.abs(one[i + c] - two[i + c])));
    if (most > VISIBLE) different++;
  }
  return different / (one.length / 3);
}

/** Holds the page against tests/e2e/web/shots/NAME.png. */
export async function compareShot(page, name) {
  const kept = fileURLToPath(new URL(`shots/${name}.png`, import.meta.url));
  const taken = await page.screenshot({ animations: "disabled" });
  if (process.env.SHOTS === "keep") {
    fs.writeFileSync(kept, taken);
    return;
  }
  const share = difference(PNG.sync.read(fs.readFileSync(kept)), PNG.sync.read(taken));
  if (share <= MOST_SHARE) return;
  const now = fileURLToPath(new URL(`../../../build/shot-${name}.png`, import.meta.url));
  fs.writeFileSync(now, taken);
  throw new Error(`${(share * 100).toFixed(1)} % of the picture differ from shots/${name}.png: see ${now}`);
}
