// How far the sea distances of `derrotero matrix` are from a printed table's.
//
//     derrotero matrix --pairs pairs.csv --format csv --keep-going | node accuracy.mjs [options]
//
// Error of a row = |distance_nm + snap_from_nm + snap_to_nm - table_nm| / table_nm. Rows
// that name a `via` are left out of the medians: the program is not told of it.
//   --worst N        the N rows that differ most (default 0)
//   --list-over PCT  every row that differs by more than PCT %
//   --list-failed    every row without a distance
//   --csv            the lists as CSV: error_pct,table_nm,ours_nm,air_nm,from,...
import { readFileSync } from 'node:fs';

const RADIUS_NM = 6371008.8 / 1852;

function options(args) {
  const wish = { worst: 0, over: Infinity, failed: false, csv: false };
  const number = (text, name) => {
    const value = Number(text);
    if (text === undefined || text === '' || !Number.isFinite(value) || value < 0) {
      console.error(`accuracy: ${name} needs a number that is not negative, not ${text}`);
      process.exit(64);
    }
    return value;
  };
  for (let i = 0; i < args.length; i++) {
    if (args[i] === '--worst') wish.worst = number(args[++i], '--worst');
    else if (args[i] === '--list-over') wish.over = number(args[++i], '--list-over');
    else if (args[i] === '--list-failed') wish.failed = true;
    else if (args[i] === '--csv') wish.csv = true;
    else {
      console.error(`accuracy: unknown option ${args[i]}`);
      process.exit(64);
    }
  }
  return wish;
}

// RFC 4180 without line breaks inside fields.
function fields(line) {
  const out = [];
  const field = /(?:"((?:[^"]|"")*)"|([^",]*))(,|$)/gy;
  for (;;) {
    const match = field.exec(line);
    if (!match) throw new Error(`not CSV: ${line}`);
    out.push(match[1] === undefined ? match[2] : match[1].replaceAll('""', '"'));
    if (match[3] === '') return out;
  }
}

function records(text) {
  const lines = text.split(/\r?\n/).filter((line) => line !== '');
  const names = fields(lines.shift());
  for (const name of ['table_nm', 'distance_nm', 'snap_from_nm', 'snap_to_nm', 'status']) {
    if (!names.includes(name)) throw new Error(`no column ${name}`);
  }
  return lines.map((line) => {
    const values = fields(line);
    return Object.fromEntries(names.map((name, i) => [name, values[i]]));
  });
}

function airNm(row) {
  const rad = Math.PI / 180;
  const [a, b] = [row.from_lat * rad, row.to_lat * rad];
  const half = Math.sin((b - a) / 2) ** 2 +
    Math.cos(a) * Math.cos(b) * Math.sin(((row.to_lon - row.from_lon) * rad) / 2) ** 2;
  return 2 * RADIUS_NM * Math.asin(Math.min(1, Math.sqrt(half)));
}

function measured(row) {
  const ours = Number(row.distance_nm) + Number(row.snap_from_nm) + Number(row.snap_to_nm);
  const table = Number(row.table_nm);
  return { ...row, ours, table, air: airNm(row), error: (100 * (ours - table)) / table };
}

// Linear between order statistics.
function quantile(sorted, share) {
  if (sorted.length === 0) return NaN;
  const at = share * (sorted.length - 1);
  const low = Math.floor(at);
  const high = Math.min(low + 1, sorted.length - 1);
  return sorted[low] + (at - low) * (sorted[high] - sorted[low]);
}

function summary(title, rows) {
  const errors = rows.map((row) => Math.abs(row.error)).sort((a, b) => a - b);
  const percent = (share) => `${quantile(errors, share).toFixed(2)} %`;
  const over = errors.filter((error) => error > 10).length;
  console.log(`${title.padEnd(26)} ${String(rows.length).padStart(5)} rows   median ` +
    `${percent(0.5).padStart(8)}   p95 ${percent(0.95).padStart(8)}   over 10 %: ${over}`);
}

function place(row, end) {
  return `${row[`${end}_lat`]},${row[`${end}_lon`]}`;
}

function list(rows, csv) {
  if (csv) console.log('error_pct,table_nm,ours_nm,air_nm,from,to,from_at,to_at,passages');
  for (const row of rows) {
    const cells = [row.error.toFixed(1), row.table.toFixed(0), row.ours.toFixed(0),
      row.air.toFixed(0), row.from, row.to, place(row, 'from'), place(row, 'to'),
      row.passages];
    if (csv) console.log(cells.map((cell) => (/[",]/.test(cell) ? `"${cell}"` : cell)).join());
    else {
      console.log(`${cells[0].padStart(7)} %  table ${cells[1].padStart(5)}  ours ` +
        `${cells[2].padStart(5)}  air ${cells[3].padStart(5)}  ${row.from} (${cells[6]}) - ` +
        `${row.to} (${cells[7]})  ${row.passages || '-'}`);
    }
  }
}

const wish = options(process.argv.slice(2));
const rows = records(readFileSync(0, 'utf8'));
const failed = rows.filter((row) => row.status !== 'ok');
const good = rows.filter((row) => row.status === 'ok').map(measured);
const plain = good.filter((row) => row.via === '' || row.via === undefined);
const worstFirst = [...plain].sort((a, b) => Math.abs(b.error) - Math.abs(a.error));

if (!wish.csv) {
  console.log(`rows ${rows.length}, without an answer ${failed.length}, ` +
    `with a via ${good.length - plain.length}`);
  summary('all', plain);
  summary('table over 2,000 nm', plain.filter((row) => row.table > 2000));
  summary('table up to 2,000 nm', plain.filter((row) => row.table <= 2000));
}
if (wish.worst > 0) list(worstFirst.slice(0, wish.worst), wish.csv);
if (wish.over < Infinity) {
  list(worstFirst.filter((row) => Math.abs(row.error) > wish.over), wish.csv);
}
if (wish.failed) {
  for (const row of failed) {
    console.log(`${row.status}  ${row.from} (${place(row, 'from')}) - ` +
      `${row.to} (${place(row, 'to')})  table ${row.table_nm}`);
  }
}
