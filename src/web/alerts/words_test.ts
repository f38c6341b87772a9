import { assertEquals } from "@std/assert";
import type { Alert, Rule, ScrapeTarget } from "../data/mod.ts";
import {
  ago,
  duration,
  inOrderOfGravity,
  rulesInOrder,
  targetsInOrder,
  valueText,
  webLink,
} from "./words.ts";

Deno.test("inOrderOfGravity() puts firing and critical first, then what lasts longer", () => {
  const alert = (state: string, severity: string, activeAt = ""): Alert => ({
    labels: { severity },
    annotations: {},
    state,
    activeAt,
    value: "1",
  });
  const sorted = inOrderOfGravity([
    alert("pending", "critical"),
    alert("firing", "odd"),
    alert("firing", "warning", "2026-02"),
    alert("firing", "warning", "2026-01"),
    alert("firing", "critical"),
  ]);
  assertEquals(sorted.map(({ state, labels, activeAt }) => [state, labels["severity"], activeAt]), [
    ["firing", "critical", ""],
    ["firing", "warning", "2026-01"],
    ["firing", "warning", "2026-02"],
    ["firing", "odd", ""],
    ["pending", "critical", ""],
  ]);
});

Deno.test("rulesInOrder() and targetsInOrder() put what is wrong first", () => {
  const rule = (health: string, state: string): Rule => ({
    type: "alerting",
    name: "",
    query: "",
    health,
    state,
  });
  const rules = rulesInOrder([
    rule("ok", "inactive"),
    rule("ok", "firing"),
    rule("err", "inactive"),
  ]);
  assertEquals(rules.map(({ health, state }) => `${health} ${state}`), [
    "err inactive",
    "ok firing",
    "ok inactive",
  ]);
  const target = (health: string): ScrapeTarget => ({
    labels: {},
    scrapePool: "",
    scrapeUrl: "",
    lastError: "",
    lastScrape: "",
    lastScrapeDuration: 0,
    health,
  });
  const targets = targetsInOrder([target("up"), target("unknown"), target("down")]);
  assertEquals(targets.map(({ health }) => health), ["down", "unknown", "up"]);
});

Deno.test("duration() has at most two units", () => {
  const cases: [number, string][] = [
    [0.00035, "0.35 ms"],
    [0.34, "340 ms"],
    [1.25, "1.3 s"],
    [120, "2 min"],
    [3725, "1 h 2 min"],
    [90_000, "1 d 1 h"],
  ];
  for (const [seconds, text] of cases) assertEquals(duration(seconds), text);
});

Deno.test("ago() counts from now", () => {
  const now = Date.parse("2026-01-01T00:00:10Z");
  assertEquals(ago("2026-01-01T00:00:05.5Z", now), "4 s ago");
  assertEquals(ago("2026-01-01T00:00:09.5Z", now), "just now");
  assertEquals(ago("2026-01-01T00:00:11Z", now), "just now");
  assertEquals(ago("0001-01-01T00:00:00Z", now), "never");
  assertEquals(ago(undefined, now), "never");
});

Deno.test("webLink() follows only what a browser may open from here", () => {
  const cases: [string | undefined, boolean][] = [
    ["https://example.org/x#y", true],
    ["/d/echo", true],
    ["//example.org", false],
    ["javascript:alert(1)", false],
    [undefined, false],
  ];
  for (const [url, followed] of cases) assertEquals(webLink(url) !== undefined, followed);
});

Deno.test("valueText() shortens numbers and leaves the rest", () => {
  assertEquals(["2.2093813732155e-02", "1e+00", "NaN", "+Inf", ""].map(valueText), [
    "0.02209",
    "1",
    "NaN",
    "+Inf",
    "",
  ]);
});
