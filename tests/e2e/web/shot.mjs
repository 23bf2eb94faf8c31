// Screenshots against kept ones, tolerant: a shot is kept at half its size; both are shrunk
// to a quarter, where at most a few per cent of the points may differ visibly. Letters may
// move a little; a missing line, panel or continent is seen.
//
//     SHOTS=keep tests/e2e/web.sh shots      keeps what is there now
import fs from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";

const require = createRequire(new URL("../../../web/package.json", import.meta.url));
const { PNG } = require("pngjs");

const VISIBLE = 28; /* of 255, in a channel */
const MOST_SHARE = 0.025;

/** Half the size: each point the mean of two by two. */
function half({ width, height, data }) {
  const small = new PNG({ width: width >> 1, height: height >> 1 });
  for (let y = 0; y < small.height; y++) {
    for (let x = 0; x < small.width; x++) {
      const to = (y * small.width + x) * 4;
      for (let c = 0; c < 4; c++) {
        const at = (dx, dy) => data[((2 * y + dy) * width + 2 * x + dx) * 4 + c];
        small.data[to + c] = Math.round((at(0, 0) + at(1, 0) + at(0, 1) + at(1, 1)) / 4);
      }
    }
  }
  return small;
}

/** Share of points that differ visibly; 1 where the sizes differ. */
export function difference(a, b) {
  if (a.width !== b.width || a.height !== b.height) return 1;
  let different = 0;
  for (let i = 0; i < a.data.length; i += 4) {
    const most = Math.max(...[0, 1, 2].map((c) => Math.abs(a.data[i + c] - b.data[i + c])));
    if (most > VISIBLE) different++;
  }
  return different / (a.width * a.height);
}

/** Holds the page against tests/e2e/web/shots/NAME.png. */
export async function compareShot(page, name) {
  const kept = fileURLToPath(new URL(`shots/${name}.png`, import.meta.url));
  const taken = half(PNG.sync.read(await page.screenshot({ animations: "disabled" })));
  if (process.env.SHOTS === "keep") {
    fs.writeFileSync(kept, PNG.sync.write(taken));
    return;
  }
  const share = difference(half(PNG.sync.read(fs.readFileSync(kept))), half(taken));
  if (share <= MOST_SHARE) return;
  const now = fileURLToPath(new URL(`../../../build/shot-${name}.png`, import.meta.url));
  fs.writeFileSync(now, PNG.sync.write(taken));
  throw new Error(`${(share * 100).toFixed(1)} % of the picture differ from shots/${name}.png: see ${now}`);
}
