import { assertEquals } from "@std/assert";
import type { Link } from "./dashboard.ts";
import { type DashboardSummary, isSafe, resolveLinks } from "./links.ts";

const DASHBOARDS: DashboardSummary[] = ["calls", "process", "other"].map((name) => ({
  name,
  uid: `uid-${name}`,
  title: name.toUpperCase(),
  description: "",
  tags: name === "other" ? [] : ["service"],
}));

function resolve(link: Partial<Link>) {
  return resolveLinks([{ title: "T", type: "link", ...link }], {
    dashboards: DASHBOARDS,
    scope: {
      builtins: {},
      variables: new Map([["job", {
        choices: [{ text: "a b", value: "a b" }],
        all: false,
        many: false,
      }]]),
    },
    parameters: new URLSearchParams("from=now-1h&to=now&var-job=a+b&viewPanel=3"),
    here: "uid-calls",
  });
}

Deno.test("resolveLinks() finds other dashboards by their tags and carries what it should", () => {
  const link: Partial<Link> = { type: "dashboards", tags: ["service"] };
  assertEquals(resolve(link), [{ title: "PROCESS", url: "/d/process", newTab: false }]);
  assertEquals(resolve({ ...link, keepTime: true, includeVars: true }), [{
    title: "PROCESS",
    url: "/d/process?from=now-1h&to=now&var-job=a+b",
    newTab: false,
  }]);
});

Deno.test("resolveLinks() fills variables in", () => {
  assertEquals(resolve({ url: "https://wiki/$job?x=1", keepTime: true, targetBlank: true }), [{
    title: "T",
    url: "https://wiki/a%20b?x=1&from=now-1h&to=now",
    newTab: true,
  }]);
});

Deno.test("isSafe() refuses what would run or read something", () => {
  for (const url of ["/d/x", "?from=1", "https://a/b", "mailto:a@b", "page.html"]) {
    assertEquals(isSafe(url), true, url);
  }
  for (const url of ["javascript:alert(1)", "JaVa\tscript:x", "data:text/html,x", "file:///x"]) {
    assertEquals(isSafe(url), false, url);
  }
  assertEquals(resolve({ url: "javascript:alert(1)" }), []);
});
