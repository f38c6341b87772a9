import { assertEquals } from "@std/assert";
import { seriesName } from "./legend.ts";

const labels = { __name__: "up", job: "echo", pod: "a" };

Deno.test("seriesName() is the metric with its labels, or what the legend format says", () => {
  const cases: [string | undefined, string][] = [
    [undefined, 'up{job="echo", pod="a"}'],
    ["", 'up{job="echo", pod="a"}'],
    ["{{job}} of {{ pod }}{{missing}}", "echo of a"],
    ["calls", "calls"],
  ];
  for (const [legendFormat, name] of cases) {
    assertEquals(seriesName(labels, { legendFormat, expr: "up" }), name);
  }
  assertEquals(seriesName({}, { expr: "sum(up)" }), "sum(up)");
  assertEquals(seriesName({ __name__: "up" }, { expr: "up" }), "up");
});

Deno.test("seriesName() with __auto names what tells series apart", () => {
  const auto = (all: Record<string, string>[]) =>
    all.map((one) => seriesName(one, { legendFormat: "__auto", expr: "q", all }));
  assertEquals(auto([{ job: "x", pod: "a" }, { job: "x", pod: "b" }]), ["a", "b"]);
  assertEquals(auto([{ job: "x", pod: "a" }, { job: "y" }]), ['{job="x", pod="a"}', '{job="y"}']);
  assertEquals(auto([{}]), ["q"]);
  assertEquals(auto([{ job: "x" }]), ['{job="x"}']);
});

Deno.test("seriesName() falls back to the labels or the query where the format names nothing", () => {
  const legendFormat = "{{pod}}";
  assertEquals(seriesName({ job: "a" }, { legendFormat, expr: "up" }), '{job="a"}');
  assertEquals(seriesName({}, { legendFormat, expr: "sum by (pod) (up)" }), "sum by (pod) (up)");
});
