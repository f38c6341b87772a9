import { assertEquals } from "@std/assert";
import { dashboard, said, withPanel } from "./fixture.ts";
import { checkLinks } from "./links.ts";

Deno.test("checkLinks() takes links to our dashboards, with their variables", () => {
  const description = "See [Echo](/d/echo/echo?var-job=$job&from=now-1h).";
  assertEquals(checkLinks([withPanel({ description })]), []);
});

Deno.test("checkLinks() finds links to uids, variables and tags that no dashboard has", () => {
  assertEquals(said(checkLinks([withPanel({ description: "See /d/grpc/grpc" })])), [
    "the link /d/grpc/grpc leads to no dashboard",
  ]);
  assertEquals(said(checkLinks([withPanel({ description: "See /d/echo?var-pod=a" })])), [
    "the link /d/echo?var-pod=a sets 'pod', and 'Echo' has no such variable",
  ]);
  const links = [{ title: "All", type: "dashboards", tags: ["theirs"] }];
  assertEquals(said(checkLinks([{ ...dashboard, links }])), [
    "the link 'All' leads to no dashboard: none has the tags theirs",
  ]);
});
