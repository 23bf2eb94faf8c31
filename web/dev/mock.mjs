#!/usr/bin/env node
// A stand-in for `derrotero serve` while the page is worked on: serves build/web and
// answers the API by running the command-line program.
//
//     node dev/mock.mjs [PORT]        (DERROTERO names another program)
import fs from "node:fs";
import http from "node:http";
import path from "node:path";
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../..", import.meta.url));
const web = path.join(root, "build/web");
const program = process.env.DERROTERO ?? path.join(root, "build/release/derrotero");
const DATA = createHash("sha256").update(fs.readFileSync(program)).digest("hex").slice(0, 16);
const TYPES = { html: "text/html", js: "text/javascript", css: "text/css", json: "application/json",
  svg: "image/svg+xml", woff2: "font/woff2" };

const security = (embed) => ({
  "Content-Security-Policy":
    "default-src 'self'; worker-src 'self' blob:; img-src 'self' data: blob:; style-src 'self'; " +
    `connect-src 'self'; object-src 'none'; base-uri 'none'; frame-ancestors ${embed ? "*" : "'none'"}`,
  "X-Content-Type-Options": "nosniff",
});

function problem(response, status, detail) {
  response.writeHead(status, { "Content-Type": "application/problem+json", "Derrotero-Data": DATA });
  response.end(JSON.stringify({ type: "about:blank", title: "No answer", status, detail }));
}

/** Which words of the command line a question is. */
const COMMANDS = {
  route: ["route", ["from", "to"]],
  compare: ["compare", ["from", "to"]],
  ports: ["ports", ["q"]],
  passages: ["passages", []],
  vessels: ["vessels", []],
  scenarios: ["case", ["case"]],
  audit: ["audit", ["case"]],
  hinterland: ["hinterland", ["port"]],
};

function commandLine(name, query, edits) {
  const [command, operands] = COMMANDS[name];
  const words = [command];
  for (const each of operands) if (query.get(each)) words.push(query.get(each));
  if (name === "audit" && !query.get("case")) words.push("chancay");
  for (const [key, value] of query) {
    if (operands.includes(key)) continue;
    if (key === "scenario") value.split(",").forEach((v) => words.push("--scenario", v));
    else words.push(`--${key}`, ...(value === "true" ? [] : [value]));
  }
  if (!query.get("format")) words.push("--format", "json");
  return { words: [...words, "--quiet"], edits };
}

function answer(request, response, name, query) {
  const { words } = commandLine(name, query);
  const run = spawn(program, words, { cwd: root });
  const out = [];
  let said = "";
  run.stdout.on("data", (d) => out.push(d));
  run.stderr.on("data", (d) => (said += d));
  response.on("close", () => run.kill());
  run.on("close", (code) => {
    if (code !== 0) {
      const detail = said.trim().split("\n").pop().replace(/^derrotero: /, "");
      problem(response, code === 1 ? 422 : 400, detail);
      return;
    }
    const format = query.get("format") ?? "json";
    const type = { csv: "text/csv", geojson: "application/geo+json", html: "text/html", svg: "image/svg+xml" }[format];
    response.writeHead(200, { "Content-Type": type ?? "application/json", "Derrotero-Data": DATA });
    response.end(Buffer.concat(out));
  });
}

const server = http.createServer((request, response) => {
  const url = new URL(request.url, "http://localhost");
  const [, api, name] = url.pathname.split("/");
  if (api === "api" && name === "health") {
    response.writeHead(200, { "Content-Type": "application/json", "Derrotero-Data": DATA });
    response.end(JSON.stringify({ status: "ok", version: "0.1.0", data: DATA, cases: ["chancay", "red-sea"], case: "chancay" }));
  } else if (api === "api" && COMMANDS[name]) {
    const body = [];
    request.on("data", (d) => body.push(d));
    request.on("end", () => {
      const query = new URLSearchParams(url.search);
      if (request.method === "POST") {
        const fields = JSON.parse(Buffer.concat(body).toString() || "{}");
        for (const [k, v] of Object.entries(fields)) if (k !== "edits") query.set(k, String(v));
      }
      answer(request, response, name, query);
    });
  } else {
    const file = path.join(web, url.pathname === "/" ? "index.html" : path.normalize(url.pathname));
    if (!file.startsWith(web) || !fs.existsSync(file) || fs.statSync(file).isDirectory()) {
      problem(response, 404, `no such page: ${url.pathname}`);
      return;
    }
    const type = TYPES[file.split(".").pop()] ?? "application/octet-stream";
    response.writeHead(200, { "Content-Type": type, ...security(url.pathname === "/embed.html") });
    fs.createReadStream(file).pipe(response);
  }
});
server.listen(Number(process.argv[2] ?? 8090), "127.0.0.1", () => {
  console.log(`http://127.0.0.1:${server.address().port}/`);
});
