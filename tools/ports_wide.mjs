// Makes the wide table of ports from the npm package sea-ports (MIT):
//
//     node tools/ports_wide.mjs PACKAGE OUTPUT.csv [PORTS.csv]
//
// PACKAGE is the package's folder (node_modules/sea-ports), PORTS.csv the table written
// by hand (data/ports.csv beside this script's folder), whose ports are left out. The
// output has the same columns. What was kept and why not is said on standard error.
//
// The package says itself that "the GPS coordinates are not all correct". Each row is
// held against the other ports of its country: a pair that fits only the other way
// round is turned, one that fits neither way is dropped. Many positions are the city's
// centre, not the quay: where world-atlas (Natural Earth) is installed beside the
// package, a note says how far from the coast a port is if that is over 20 km, and those
// over 100 km away, with no port of the table by hand around, are of the kind "inland".
// The chart snaps all of them to water and says by how much.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const HEADER = [
  'code', 'name', 'aliases', 'country', 'lat', 'lon', 'alongside_m', 'channel_m', 'ukc_m',
  'max_draft_m', 'max_loa_m', 'max_beam_m', 'crane_rows', 'kind', 'status', 'as_of',
  'source', 'mark', 'note',
];
const SAME_PORT_KM = 40; // same name, same country: the same port
const SAME_PLACE_KM = 0.5; // another code of the same quay
const FAR_KM = 1500; // from every other port of the country: suspect
const NEAR_KM = 500; // turned round: convincing
const WITNESSES = 3; // of the package alone, needed to judge
const NOTED_KM = 20; // from the coast: said in the note
const INLAND_KM = 100; // from the coast, and
const RIVER_KM = 60; // from any port of the table by hand: inland

// Positions that the package has for a namesake far from the port.
const CORRECTED = {
  FRHON: { lat: 49.42, lon: 0.23 }, // a village of the Ain
  GBSOW: { lat: 53.28, lon: -2.86 }, // a hamlet of Shropshire
  JPSKM: { lat: 34.77, lon: 134.66 }, // Kobe; Shikama is a part of Himeji
  THPKN: { lat: 13.6, lon: 100.6 }, // a village of Maha Sarakham
};

// ---- CSV ---------------------------------------------------------------------------

function parseCsv(text) {
  const rows = [];
  let row = [];
  let field = '';
  let quoted = false;
  for (let i = 0; i < text.length; i++) {
    const c = text[i];
    if (quoted && c === '"' && text[i + 1] === '"') {
      field += text[++i];
    } else if (c === '"') {
      quoted = !quoted;
    } else if (!quoted && c === ',') {
      row.push(field);
      field = '';
    } else if (!quoted && c === '\n') {
      row.push(field.replace(/\r$/, ''));
      rows.push(row);
      row = [];
      field = '';
    } else {
      field += c;
    }
  }
  if (field !== '' || row.length > 0) rows.push([...row, field]);
  const header = rows.shift();
  return rows
    .filter((r) => r.length === header.length)
    .map((r) => Object.fromEntries(header.map((name, i) => [name, r[i]])));
}

const quote = (value) => {
  const text = String(value ?? '');
  return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};

// ---- names and distances -----------------------------------------------------------

const fold = (name) =>
  name
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/\b(port of|puerto|porto|port)\b/g, ' ')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

function km(a, b) {
  const rad = Math.PI / 180;
  const sinLat = Math.sin(((b.lat - a.lat) * rad) / 2);
  const sinLon = Math.sin(((b.lon - a.lon) * rad) / 2);
  const h = sinLat ** 2 + Math.cos(a.lat * rad) * Math.cos(b.lat * rad) * sinLon ** 2;
  return 2 * 6371 * Math.asin(Math.min(1, Math.sqrt(h)));
}

const nearest = (place, others) => Math.min(Infinity, ...others.map((o) => km(place, o)));
const inRange = (p) => Math.abs(p.lat) <= 90 && Math.abs(p.lon) <= 180;

// ---- the coast ---------------------------------------------------------------------

// Points of Natural Earth's coast, at most 5 km apart, in squares of one degree; or null.
function readCoast(path) {
  if (!existsSync(path)) return null;
  const { arcs, transform } = JSON.parse(readFileSync(path, 'utf8'));
  const { scale, translate } = transform;
  const squares = new Map();
  const add = (point) => {
    const key = `${Math.floor(point.lat)},${Math.floor(point.lon)}`;
    if (!squares.has(key)) squares.set(key, []);
    squares.get(key).push(point);
  };
  for (const arc of arcs) {
    let [x, y] = [0, 0];
    let last = null;
    for (const [dx, dy] of arc) {
      x += dx;
      y += dy;
      const point = { lat: y * scale[1] + translate[1], lon: x * scale[0] + translate[0] };
      const steps = last === null ? 1 : Math.ceil(km(last, point) / 5);
      for (let i = 1; i < steps; i++) {
        const share = i / steps;
        add({
          lat: last.lat + (point.lat - last.lat) * share,
          lon: last.lon + (point.lon - last.lon) * share,
        });
      }
      add(point);
      last = point;
    }
  }
  return squares;
}

// To the nearest of them, looking some 5 degrees around; Infinity beyond.
function toCoast(coast, port) {
  let best = Infinity;
  const wide = Math.min(180, Math.ceil(5 / Math.cos((port.lat * Math.PI) / 180)));
  for (let lat = Math.floor(port.lat) - 5; lat <= port.lat + 5; lat++) {
    for (let step = -wide; step <= wide; step++) {
      const lon = ((((Math.floor(port.lon) + step + 180) % 360) + 360) % 360) - 180;
      for (const point of coast.get(`${lat},${lon}`) ?? []) {
        best = Math.min(best, km(port, point));
      }
    }
  }
  return best;
}

// ---- the rows ----------------------------------------------------------------------

const clean = (text) => text.replace(/[|\s]+/g, ' ').trim();

// One record of the package as a port, or the reason why not.
function readRecord(code, record) {
  if (!/^[A-Z]{2}[A-Z0-9]{3}$/.test(code)) return 'no UN/LOCODE';
  const corrected = CORRECTED[code];
  const [lon, lat] = corrected
    ? [corrected.lon, corrected.lat]
    : (record.coordinates ?? []);
  if (!Number.isFinite(lat) || !Number.isFinite(lon)) return 'no coordinates';
  if (lat === 0 && lon === 0) return 'no coordinates';
  if (!inRange({ lat, lon }) && !inRange({ lat: lon, lon: lat })) return 'not on earth';
  const name = clean(record.name ?? '');
  if (name === '') return 'no name';
  const aliases = [...(record.alias ?? []), record.city ?? '']
    .map(clean)
    .filter((alias) => alias !== '' && fold(alias) !== fold(name));
  return {
    code,
    name,
    aliases: [...new Set(aliases)],
    country: code.slice(0, 2),
    lat,
    lon,
    codes: [code, ...(record.unlocs ?? [])],
    note: corrected
      ? 'position corrected: the package has a namesake'
      : 'position from the package; it may be the city centre',
  };
}

const byHand = (row) => ({
  code: row.code,
  name: row.name,
  names: [row.name, ...row.aliases.split('|')].map(fold),
  country: row.country,
  lat: Number(row.lat),
  lon: Number(row.lon),
});

// Is it where its country is? Turns it, or says why it cannot stay.
function checkPlace(port, witnesses) {
  const turned = { lat: port.lon, lon: port.lat };
  const far = inRange(port) ? nearest(port, witnesses) : Infinity;
  if (far <= FAR_KM) return null;
  const farTurned = inRange(turned) ? nearest(turned, witnesses) : Infinity;
  if (farTurned <= NEAR_KM) {
    Object.assign(port, turned);
    port.note = 'position from the package, with latitude and longitude turned round';
    return null;
  }
  if (inRange(port) && witnesses.length < WITNESSES && !witnesses[0]?.names) return null;
  return `${Math.round(far)} km from every other port of ${port.country}`;
}

function isKnown(port, known) {
  return known.some(
    (other) =>
      port.codes.includes(other.code) ||
      other.names.includes(port.code.toLowerCase()) ||
      (other.country === port.country &&
        km(port, other) < SAME_PORT_KM &&
        [port.name, ...port.aliases].map(fold).some((name) => other.names.includes(name))),
  );
}

// ---- main --------------------------------------------------------------------------

const [folder, output, table] = process.argv.slice(2);
if (!folder || !output) {
  console.error('usage: node ports_wide.mjs PACKAGE OUTPUT.csv [PORTS.csv]');
  process.exit(64);
}
const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
const records = JSON.parse(readFileSync(join(folder, 'lib', 'ports.json'), 'utf8'));
const tablePath = table ?? fileURLToPath(new URL('../data/ports.csv', import.meta.url));
const known = parseCsv(readFileSync(tablePath, 'utf8')).map(byHand);

const dropped = new Map();
const drop = (port, reason, show) => {
  const kind = reason.replace(/\d+ km.*/, 'far from its country');
  dropped.set(kind, (dropped.get(kind) ?? 0) + 1);
  if (show) console.error(`  ${port.code} ${port.name}: ${reason}`);
};

const read = [];
for (const code of Object.keys(records).sort()) {
  const port = readRecord(code, records[code]);
  if (typeof port === 'string') drop({ code, name: records[code].name }, port, false);
  else read.push(port);
}

const kept = [];
for (const port of read) {
  const sameCountry = (other) => other.country === port.country && other !== port;
  const sure = known.filter(sameCountry); // the package's own only where there are none
  const witnesses = sure.length > 0 ? sure : read.filter(sameCountry).filter(inRange);
  const wrong = checkPlace(port, witnesses);
  if (wrong !== null) drop(port, wrong, true);
  else if (isKnown(port, known)) drop(port, 'in the table by hand', false);
  else if (kept.some((other) => port.codes.includes(other.code)))
    drop(port, 'another code of a port above', false);
  else if (
    kept.some((o) => km(port, o) < SAME_PLACE_KM && fold(o.name) === fold(port.name))
  )
    drop(port, 'another code of a port above', false);
  else kept.push(port);
}

const coast = readCoast(join(folder, '..', 'world-atlas', 'land-10m.json'));
for (const port of coast === null ? [] : kept) {
  const far = toCoast(coast, port);
  if (far > NOTED_KM) {
    const inland = Number.isFinite(far) ? `${Math.round(far)} km` : 'over 400 km';
    port.note += `; ${inland} from the coast of Natural Earth`;
  }
  if (far > INLAND_KM && nearest(port, known) > RIVER_KM) port.kind = 'inland';
}

const line = (port) =>
  HEADER.map((column) => {
    const fixed = {
      aliases: port.aliases.join('|'),
      lat: Number(port.lat.toFixed(5)),
      lon: Number(port.lon.toFixed(5)),
      status: 'open',
      source: `sea-ports-${version}`,
      mark: 'assumption',
    };
    return quote(fixed[column] ?? port[column]);
  }).join(',');
writeFileSync(output, [HEADER.join(','), ...kept.map(line), ''].join('\n'));

const reasons = [...dropped].map(([reason, count]) => `${count} ${reason}`).join(', ');
console.error(`ports_wide: ${kept.length} ports of ${Object.keys(records).length}; ${reasons}`);
