-- Requests for bench/serve.sh: SERVE_MODE "pairs" (each line of SERVE_PAIRS once, in
-- order, over and over) or "one" (the first alone). wrk runs one thread.
local paths, at = {}, 0

function init()
  for line in io.lines(os.getenv("SERVE_PAIRS")) do
    local from, to = line:match("^(%w+) (%w+)$")
    paths[#paths + 1] = wrk.format("GET", "/api/route?from=" .. from .. "&to=" .. to)
    if os.getenv("SERVE_MODE") == "one" then break end
  end
end

function request()
  at = at % #paths + 1
  return paths[at]
end

local statuses = {}
function response(status) statuses[status] = (statuses[status] or 0) + 1 end

function done(summary, latency)
  io.write(string.format("%d requests, %.0f a second, p50 %.2f ms, p99 %.2f ms, most %.1f ms, %d errors, %.1f kB each\n",
    summary.requests, summary.requests / summary.duration * 1e6,
    latency:percentile(50) / 1000, latency:percentile(99) / 1000, latency.max / 1000,
    summary.errors.connect + summary.errors.read + summary.errors.write + summary.errors.timeout,
    summary.bytes / summary.requests / 1000))
end
