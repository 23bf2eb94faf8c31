// Each operation of the description is asked as its examples say: the status, the media
// type and every member of the answer must be described; what is described as a
// parameter must be taken, and the command line's options must all be described.
import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { createRequire } from "node:module";

const { SOURCE, DERROTERO } = process.env;
const require = createRequire(`${SOURCE}/web/package.json`);
const Ajv = require("ajv/dist/2020").default;

/** A server on a free port; gives its address. */
function start() {
  const server = spawn(DERROTERO, ["serve", "--listen", "127.0.0.1:0"], { stdio: ["ignore", "ignore", "pipe"] });
  return new Promise((done, fail) => {
    let said = "";
    server.stderr.on("data", (text) => {
      said += text;
      const found = /http:\/\/[\d.]+:\d+/.exec(said);
      if (found) done({ server, base: found[0] });
    });
    server.on("exit", (code) => fail(new Error(`serve ended with ${code}: ${said}`)));
  });
}

const { server, base } = await start();
server.removeAllListeners("exit");
const api = await (await fetch(`${base}/api/openapi.json`)).json();
const ajv = new Ajv({ strict: false, allErrors: true, validateFormats: false });
ajv.addSchema(api, "api");

let passed = 0;
let failed = 0;
async function test(name, run) {
  try {
    await run();
    passed++;
  } catch (error) {
    failed++;
    console.log(`FAIL ${name}: ${error.message}`);
  }
}

const escape = (text) => text.replaceAll("~", "~0").replaceAll("/", "~1");
const resolve = (of) => (of.$ref ? of.$ref.slice(2).split("/").reduce((at, key) => at[key], api) : of);

/** The answer is one that the operation describes. */
async function check(path, method, response) {
  const described = api.paths[path][method].responses[String(response.status)];
  assert.ok(described, `status ${response.status} is not described`);
  const type = (response.headers.get("Content-Type") ?? "").split(";")[0];
  const content = resolve(described).content ?? {};
  if (response.status === 304) return;
  assert.ok(content[type], `${type} is not described for ${response.status}`);
  for (const name of Object.keys(resolve(described).headers ?? {})) {
    assert.ok(response.headers.get(name), `no header field ${name}`);
  }
  if (!type.endsWith("json")) return;
  const at = described.$ref
    ? `${described.$ref}/content/${escape(type)}/schema`
    : `#/paths/${escape(path)}/${method}/responses/${response.status}/content/${escape(type)}/schema`;
  const valid = ajv.getSchema(`api${at}`) ?? ajv.compile({ $ref: `api${at}` });
  const value = await response.json();
  const wrong = valid(value) ? "" : valid.errors.slice(0, 3).map((e) => `${e.instancePath} ${e.message} ${JSON.stringify(e.params)}`).join("; ");
  assert.equal(wrong, "");
}

const query = (parameters, more = {}) => {
  const all = new URLSearchParams();
  for (const each of parameters) {
    if (each.example === undefined) continue;
    for (const value of [each.example].flat()) all.append(each.name, value);
  }
  for (const [name, value] of Object.entries(more)) all.append(name, value);
  const text = String(all);
  return text ? `?${text}` : "";
};

/** A value that a parameter takes, for those without an example. */
const SAMPLES = {
  via: "CLVAP", alternatives: "1", mode: "sea", vessel: "container-4250", draft: "9", beam: "30", length: "200",
  "air-draft": "40", speed: "15", avoid: "panama", require: "tsugaru", open: "corinth", "max-snap": "40",
  "avoid-area": '{"type":"Polygon","coordinates":[[[0,0],[1,0],[1,1],[0,0]]]}', near: "-12,-77", country: "PE",
  limit: "3", case: "chancay", commodity: "manufactures", quay: "true", pareto: "false", geometry: "true",
  seed: "2", samples: "5", rivals: "PECLL,CLSAI", contested: "4", reach: "200", detour: "1.3", "access-speed": "40",
  "access-cost": "0.1", claim: "c03a", grid: "0", scenario: "after", "keep-going": "true",
};

async function eachParameter(path, method, operation) {
  for (const each of operation.parameters) {
    if (each.example !== undefined || each.name === "diff") continue;
    const values = each.schema.enum ?? [SAMPLES[each.name]];
    for (const value of values) {
      await test(`${method} ${path} ${each.name}=${value}`, async () => {
        assert.notEqual(value, undefined, "the test has no value for it");
        const url = `${base}${path}${query(operation.parameters, { [each.name]: value })}`;
        const response = await ask(url, method, operation);
        if (response.status === 200 || response.status === 422) await check(path, method, response);
        else assert.fail(`${response.status} ${await response.text()}`);
      });
    }
  }
}

function ask(url, method, operation, type) {
  const content = operation.requestBody?.content;
  if (!content) return fetch(url, { method: method.toUpperCase() });
  const media = type ?? Object.keys(content)[0];
  const { example } = content[media];
  const body = typeof example === "string" ? example : JSON.stringify(example);
  return fetch(url, { method: method.toUpperCase(), body, headers: { "Content-Type": media } });
}

for (const [path, operations] of Object.entries(api.paths)) {
  for (const [method, operation] of Object.entries(operations)) {
    const url = `${base}${path}${query(operation.parameters)}`;
    for (const type of Object.keys(operation.requestBody?.content ?? { "": 0 })) {
      await test(`${method} ${path} ${type}`, async () => {
        const response = await ask(url, method, operation, type || undefined);
        assert.equal(response.status, 200, response.status === 200 ? "" : await response.clone().text());
        await check(path, method, response);
      });
    }
    await test(`${method} ${path} with an unknown parameter`, async () => {
      if (path === "/api/health") return;
      const response = await ask(`${url}${url.includes("?") ? "&" : "?"}nonsense=1`, method, operation);
      assert.equal(response.status, 400);
      if (operation.responses["400"]) await check(path, method, response);
    });
    await eachParameter(path, method, operation);
    if (method !== "get" || path === "/api/health") continue;
    await test(`${method} ${path} again`, async () => {
      const first = await fetch(url);
      const tag = first.headers.get("ETag");
      const again = await fetch(url, { headers: { "If-None-Match": tag } });
      assert.equal(again.status, 304);
      await check(path, method, again);
    });
  }
}

// Wrong values are problems, described as such.
const WRONG = [
  "/api/route?from=PECHY", "/api/route?from=PECHY&to=CNSHA&speed=NaN", "/api/route?from=95,0&to=CNSHA",
  "/api/route?from=PECHY&to=CNSHA&avoid=nonsense", "/api/compare?from=BRRBR&to=CNSHA&scenario=before",
  "/api/audit?claim=nonsense", "/api/hinterland?port=PECHY", "/api/ports?limit=-1", "/api/scenarios?case=nonsense",
  "/api/route?from=Denver&to=CNSHA", "/api/network?scenario=nonsense",
];
for (const each of WRONG) {
  await test(each, async () => {
    const response = await fetch(base + each);
    assert.ok(response.status === 400 || response.status === 422, String(response.status));
    await check(new URL(base + each).pathname, "get", response);
  });
}

// Nothing that the command line can ask is left out.
const COMMANDS = {
  route: ["get", "/api/route"], compare: ["get", "/api/compare"], hinterland: ["get", "/api/hinterland"],
  audit: ["get", "/api/audit"], case: ["get", "/api/scenarios"], ports: ["get", "/api/ports"],
  matrix: ["post", "/api/matrix"],
};
const FILES = new Set(["claims", "pairs"]); /* options that name files */
for (const [command, [method, path]] of Object.entries(COMMANDS)) {
  await test(`options of ${command}`, () => {
    const help = execFileSync(DERROTERO, [command, "--help"], { encoding: "utf8" });
    const own = help.split("\noptions:\n")[1].split("\neverywhere:")[0];
    const names = [...own.matchAll(/^ {2}(?:-., )?--([a-z-]+)/gm)].map((found) => found[1]);
    const operation = api.paths[path][method];
    const fields = operation.requestBody?.content["application/json"].schema.properties ?? {};
    const described = new Set([...operation.parameters.map((each) => each.name), ...Object.keys(fields)]);
    const missing = names.filter((name) => !FILES.has(name) && !described.has(name));
    assert.deepEqual(missing, []);
  });
}

server.kill("SIGTERM");
await new Promise((done) => server.once("exit", done));
console.log(`${passed} passed, ${failed} failed, 0 skipped`);
process.exit(failed > 0 ? 1 : 0);
