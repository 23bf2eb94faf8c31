// Times searoute-js on the pairs that bench/speed wrote, beside our own times there.
//
//     node bench/speed.js FOLDER_OF_SEAROUTE_JS [PAIRS [SECONDS]] <pairs.csv
//
// Each pair is asked once before the clock starts for the next; a failure is an
// exception, no path, or a length that is no number.
'use strict';

const fs = require('node:fs');
const path = require('node:path');

const searoute = require(path.resolve(process.argv[2]));
const most = Number(process.argv[3] ?? 200);
const seconds = Number(process.argv[4] ?? 30);

const [head, ...lines] = fs.readFileSync(0, 'utf8').trim().split('\n');
const names = head.split(',');
const pairs = lines.slice(0, most).map((line) => {
  const cells = line.split(',').map(Number);
  return Object.fromEntries(names.map((name, i) => [name, cells[i]]));
});

function place(lat, lon) {
  return { type: 'Feature', properties: {}, geometry: { type: 'Point', coordinates: [lon, lat] } };
}

// Milliseconds, and the length in nm or NaN.
function ask(pair) {
  const from = place(pair.from_lat, pair.from_lon);
  const to = place(pair.to_lat, pair.to_lon);
  const start = process.hrtime.bigint();
  let nm = NaN;
  try {
    // Its "nm" multiplies statute miles by 1.15 where it should divide: kilometres are right.
    const answer = searoute(from, to, 'kilometers');
    if (answer !== null) nm = answer.properties.length / 1.852;
  } catch {
    // counted as a failure
  }
  return { ms: Number(process.hrtime.bigint() - start) / 1e6, nm };
}

function quantile(values, share) {
  const sorted = [...values].sort((a, b) => a - b);
  const at = share * (sorted.length - 1);
  const low = Math.floor(at);
  const high = Math.min(low + 1, sorted.length - 1);
  return sorted[low] + (at - low) * (sorted[high] - sorted[low]);
}

function show(name, ms, failures) {
  console.log(`${name.padEnd(18)} median ${quantile(ms, 0.5).toFixed(3)}  ` +
    `p90 ${quantile(ms, 0.9).toFixed(3)}  p99 ${quantile(ms, 0.99).toFixed(3)} ms  ` +
    `(${ms.length} pairs, ${failures} without an answer)`);
}

const log = console.log;
console.log = () => {}; // it prints a line for each end
for (const pair of pairs.slice(0, 3)) ask(pair);
const end = Date.now() + 1000 * seconds;
const answers = [];
for (const pair of pairs) {
  if (Date.now() > end) break;
  answers.push(ask(pair));
}
console.log = log;

const asked = pairs.slice(0, answers.length);
show('derrotero', asked.map((pair) => pair.ms),
  asked.filter((pair) => !Number.isFinite(pair.distance_nm)).length);
show('searoute-js 0.1.0', answers.map((answer) => answer.ms),
  answers.filter((answer) => !Number.isFinite(answer.nm)).length);
const both = asked.map((pair, i) => answers[i].nm / pair.distance_nm)
  .filter((ratio) => Number.isFinite(ratio) && ratio > 0);
if (both.length > 0) {
  console.log(`its length over ours: median ${quantile(both, 0.5).toFixed(3)}, ` +
    `p5 ${quantile(both, 0.05).toFixed(3)}, p95 ${quantile(both, 0.95).toFixed(3)}`);
}
