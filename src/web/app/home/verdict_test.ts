import { assertEquals } from "@std/assert";
import type { Alert, ScrapeTarget } from "../../data/mod.ts";
import { seriousAlerts, verdictOf } from "./verdict.ts";

const alert = (state: string, severity = "critical"): Alert => ({
  labels: { alertname: state, severity },
  annotations: {},
  state,
  value: "1",
});

const target = (health: string): ScrapeTarget => ({
  labels: {},
  scrapePool: "p",
  scrapeUrl: "http://a/metrics",
  lastError: "",
  lastScrape: "",
  lastScrapeDuration: 0,
  health,
});

Deno.test("verdictOf() says how the service is, the worst first", () => {
  const up = [target("up"), target("up")];
  const cases: [Alert[], ScrapeTarget[], string, string][] = [
    [[], up, "All is well", "2 of 2 targets up, no alert."],
    [[alert("firing", "none")], up, "All is well", "2 of 2 targets up, no alert."],
    [[alert("pending")], up, "Something may be wrong", "2 of 2 targets up, 1 alert pending."],
    [
      [alert("firing"), alert("firing"), alert("pending")],
      up,
      "2 alerts are firing",
      "2 of 2 targets up, 2 alerts firing, 1 alert pending.",
    ],
    [[], [target("up"), target("down")], "A target is down", "1 of 2 targets up, no alert."],
    [[], [target("unknown")], "Waiting for a first scrape", "0 of 1 target up, no alert."],
  ];
  for (const [alerts, targets, title, detail] of cases) {
    const verdict = verdictOf(alerts, targets);
    assertEquals([verdict.title, verdict.detail], [title, detail]);
  }
  assertEquals(verdictOf([], []).level, "unknown");
});

Deno.test("seriousAlerts() puts what fires before what may fire", () => {
  const alerts = [alert("pending"), alert("firing"), alert("inactive"), alert("firing", "info")];
  assertEquals(seriousAlerts(alerts).map(({ state }) => state), ["firing", "pending"]);
});
