#!/usr/bin/env bash
# The page of an audit in a browser, wide and narrow: nothing is wider than the window,
# parts of a row do not lie on each other, names on maps stay within them and apart, text
# has contrast enough (WCAG 2.1, 1.4.3), headings go down one step at a time. Skipped
# where there is no Chromium.
set -u

# shellcheck source=tests/e2e/browser.inc
. "$(dirname "$0")/browser.inc"
page=$scratch/page.html
AUDIT_PAGE=$page made_by test_report_audit

# The page forbids scripts: the copy that is driven does not.
cat >"$scratch/drive.html" <<'EOF'
<script>
const problems = [];
const need = (truth, what) => { if (!truth && problems.length < 5) problems.push(what); };
const box = (e) => e.getBoundingClientRect();
const apart = (a, b, slack) => a.right <= b.left + slack || b.right <= a.left + slack ||
  a.bottom <= b.top + slack || b.bottom <= a.top + slack;
const each = (selector, body, root = document) =>
  [...root.querySelectorAll(selector)].forEach(body);
const rows = (selector) => each(selector, (row) => {
  const parts = [...row.children].map(box).filter((b) => b.width > 0 && b.height > 0);
  parts.forEach((a, i) => parts.slice(i + 1).forEach((b) =>
    need(apart(a, b, 1), `on each other: ${row.textContent.slice(0, 60)}`)));
});
/* Relative luminance of "rgb(r, g, b)". */
const light = (colour) => {
  const [r, g, b] = colour.match(/[\d.]+/g).map((v) => v / 255).map((v) =>
    v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
};
const contrast = (a, b) => (Math.max(light(a), light(b)) + 0.05) /
  (Math.min(light(a), light(b)) + 0.05);
each("details", (d) => { d.open = true; });
need(document.documentElement.scrollWidth <= innerWidth, "wider than the window");
rows(".trial");
rows(".verdicts tbody tr");
rows(".top");
each("svg.map", (map) => {
  const names = [...map.querySelectorAll("text")];
  names.forEach((n) => {
    const b = box(n), m = box(map);
    need(b.left >= m.left - 2 && b.right <= m.right + 2 && b.top >= m.top - 2 &&
      b.bottom <= m.bottom + 2, `beyond its map: ${n.textContent}`);
  });
  names.forEach((a, i) => names.slice(i + 1).forEach((b) =>
    need(apart(box(a), box(b), 4), `names: ${a.textContent}, ${b.textContent}`)));
});
const paper = getComputedStyle(document.body).backgroundColor;
each("p, small, td, th, h2, h3, summary, .word, .value, .key span, a, code", (e) => {
  const look = getComputedStyle(e);
  need(contrast(look.color, paper) >= 4.5, `pale: ${e.textContent.slice(0, 40)}`);
});
each(".badge", (e) => {
  const look = getComputedStyle(e);
  need(contrast(look.color, look.backgroundColor) >= 4.5, `pale: ${e.textContent}`);
});
each(".bar g", (part) => {
  const text = part.querySelector("text"), rect = part.querySelector("rect");
  need(!text || box(text).width <= box(rect).width, `beyond its bar: ${part.textContent}`);
});
let level = 0;
each("h1, h2, h3, h4", (h) => {
  need(Number(h.tagName[1]) <= level + 1, `heading: ${h.textContent}`);
  level = Number(h.tagName[1]);
});
document.title = problems.length ? problems.join("; ") : "ok";
</script>
EOF
awk -v last="$scratch/drive.html" '
  function put(file,  line) { while ((getline line <file) > 0) print line }
  /^<\/body>/ { put(last) }
  !/Content-Security-Policy/ { print }' "$page" >"$scratch/driven.html"

check 1400,900
check 800,900
check 500,900
check 1400,900 --blink-settings=preferredColorScheme=0
tell
