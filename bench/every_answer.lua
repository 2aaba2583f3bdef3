-- Counts the answers that are not the page that was looked at: another status, or another length.
-- A length may differ a little: Django pads compressed pages at random, Datasette writes how long it took.
local threads = {}
wrong = 0 -- global, so that the end can ask each thread for it
local expected = tonumber(os.getenv("BENCH_LENGTH"))
local play = 200

function setup(thread)
  thread:set("wrong", 0)
  table.insert(threads, thread)
end

function response(status, headers, body)
  if status ~= 200 or math.abs(#body - expected) > play then
    wrong = wrong + 1
  end
end

function done(summary, latency, requests)
  local all = 0
  for _, thread in ipairs(threads) do
    all = all + thread:get("wrong")
  end
  local errors = summary.errors
  all = all + errors.connect + errors.read + errors.write + errors.timeout
  print(string.format("Answers: %d in %d us, wrong: %d", summary.requests, summary.duration, all))
end
