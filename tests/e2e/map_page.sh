#!/usr/bin/env bash
# The HTML map in a browser: its script runs without an error, draws what is there, and
# answers to keys, buttons, the table and the wheel. Skipped where there is no Chromium.
set -u

# shellcheck source=tests/e2e/browser.inc
. "$(dirname "$0")/browser.inc"
page=$scratch/page.html
PICTURE_PAGE=$page made_by test_picture_write

# What happens to the page is written into its title: "ok", or what was wrong.
cat >"$scratch/check.html" <<'EOF'
<script>
window.problems = [];
addEventListener("error", (event) => window.problems.push(event.message));
</script>
EOF
cat >"$scratch/drive.html" <<'EOF'
<script>
const need = (truth, what) => { if (!truth) window.problems.push(what); };
const svg = document.querySelector(".map svg");
const d = (name) => svg.querySelector(name).getAttribute("d");
const wait = (ms) => new Promise((done) => setTimeout(done, ms));
const key = (name) => svg.dispatchEvent(new KeyboardEvent("keydown",
  { key: name, bubbles: true, cancelable: true }));
/* A change of the map, seen in its shores. */
async function changes(what, action) {
  const before = d(".land");
  action();
  await wait(250);
  need(d(".land") !== before, `${what} changes nothing`);
  need(!/NaN|Infinity/.test(svg.innerHTML), `${what}: not a number`);
}
(async () => {
  await wait(300);
  for (const name of [".ocean", ".grid", ".land", ".route .line"]) {
    need(d(name).length > 20, `${name} is empty`);
  }
  const labels = [...svg.querySelectorAll(".label")].map((t) => t.textContent);
  need(labels.includes("Alpha") && labels.filter((t) => t === "Omega").length === 1,
    `labels: ${labels}`);
  need(svg.querySelectorAll("circle.badge").length === 2, "badges");
  for (const name of ["ArrowLeft", "ArrowUp", "+", "-", "g", "ArrowDown", "+", "0", "g"]) {
    if (name === "ArrowUp") continue; /* the whole flat map does not move up */
    await changes(`key ${name}`, () => key(name));
  }
  await changes("wheel", () => svg.dispatchEvent(new WheelEvent("wheel",
    { deltaY: -100, bubbles: true, cancelable: true })));
  for (const button of document.querySelectorAll(".controls button")) {
    await changes(`button ${button.textContent}`, () => button.click());
    key("+");
    await wait(250);
  }
  const names = document.querySelectorAll(".name");
  names[1].focus();
  need(document.querySelector(".card").textContent.includes("11,040 nm"), "card");
  need(svg.querySelectorAll(".route.active .line").length > 0, "active route");
  await changes("a route's name", () => names[1].click());
  names[1].blur();
  need(document.querySelector(".card").textContent === "", "card stays");
  document.title = window.problems.length ? window.problems.join("; ") : "ok";
})();
</script>
EOF
# The first goes before the page's own scripts, the second behind them.
awk -v first="$scratch/check.html" -v last="$scratch/drive.html" '
  function put(file,  line) { while ((getline line <file) > 0) print line }
  /^<title>/ { put(first) }
  /^<\/body>/ { put(last) }
  { print }' "$page" >"$scratch/driven.html"

check 1400,900
check 420,900
tell
