import { assertEquals } from "@std/assert";
import { dashboard, panel, said, withPanel } from "./fixture.ts";
import { checkIds } from "./ids.ts";

Deno.test("checkIds() takes dashboards, panels and queries that differ", () => {
  assertEquals(checkIds([dashboard, { ...dashboard, uid: "b", title: "B" }]), []);
});

Deno.test("checkIds() finds uids and titles that are there twice or missing", () => {
  assertEquals(said(checkIds([dashboard, { ...dashboard, title: "B" }])), [
    "the uid 'echo' is there twice",
  ]);
  assertEquals(said(checkIds([dashboard, { ...dashboard, uid: "b" }])), [
    "the title 'Echo' is there twice",
  ]);
  assertEquals(said(checkIds([{ ...dashboard, uid: "" }])), ["a uid is missing"]);
});

Deno.test("checkIds() finds ids of panels and queries that are there twice, in a folded row too", () => {
  const row = { type: "row", id: 2, title: "More", panels: [{ ...panel, title: "Errors" }] };
  assertEquals(said(checkIds([{ ...dashboard, panels: [panel, row] }])), [
    "the panel id '1' is there twice",
  ]);
  const twice = [{ refId: "A", expr: "a" }, { refId: "A", expr: "b" }];
  assertEquals(said(checkIds([withPanel({ targets: twice })])), ["the refId 'A' is there twice"]);
});

Deno.test("checkIds() finds the id of a dashboard that came out of a Grafana", () => {
  assertEquals(said(checkIds([{ ...dashboard, id: 7 }])), [
    "it has the id 7, which belongs to one Grafana; leave it out",
  ]);
});
