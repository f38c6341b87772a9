#!/bin/bash
# The server from source, started anew at every change, and drained at SIGTERM.
#
# `deno run --watch` alone would not end: it passes SIGTERM to the program, which drains and stops, and then it
# waits for the next change until it is killed. SIGINT it takes for itself, and cuts the program after half a second.
deno run -q --watch --cached-only -P=serve --no-prompt src/main.ts "$@" &
watcher=$!

stop() {
  kill -TERM "$watcher"
  # The program answers here until its last call is over.
  while (: </dev/tcp/127.0.0.1/"${METRICS_PORT:-9000}") 2>/dev/null; do sleep 0.1; done
  kill -INT "$watcher"
  wait "$watcher"
  exit 0
}
trap stop TERM INT

wait "$watcher"
