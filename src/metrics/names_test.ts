import { assertEquals } from "@std/assert";
import { counter, describeGauge, histogram } from "./facade.ts";
import type { Labels } from "./recorder.ts";

// What is tested here is the compiler: each `@ts-expect-error` fails the type check when the line
// below it is accepted. Without a recorder the calls themselves do nothing.

Deno.test("MetricName refuses a literal that is no metric name", () => {
  counter("requests_total");
  counter("_:a.B9");
  // @ts-expect-error a dash
  counter("requests-total");
  // @ts-expect-error a digit first
  counter("9_requests");
  // @ts-expect-error a colon may not be replaced by a space
  counter("http requests");
  // @ts-expect-error a dot first
  counter(".requests");
  // @ts-expect-error nothing
  counter("");
  // @ts-expect-error outside ASCII
  histogram("größe");
  // @ts-expect-error describing is checked too
  describeGauge("queue depth", "Jobs that wait.");
  // @ts-expect-error with a unit as well
  describeGauge("queue depth", "count", "Jobs that wait.");
});

Deno.test("MetricName says in the error what a name must match", () => {
  const said: ErrorOf<"a-b"> = "'a-b' is not a metric name: it must match [a-zA-Z_][a-zA-Z0-9_:.]*";
  assertEquals(said.includes("must match"), true);
});

Deno.test("MetricName checks names of more than a hundred characters", () => {
  counter(
    "a123456789b123456789c123456789d123456789e123456789f123456789g123456789h123456789i123456789j123456789k123456789",
  );
  counter(
    // @ts-expect-error the last character is a dash
    "a123456789b123456789c123456789d123456789e123456789f123456789g123456789h123456789i123456789j123456789k12345678-",
  );
});

Deno.test("MetricName accepts names that are only known at run time", () => {
  const dynamic: string = ["any", "name"].join(" ");
  counter(dynamic);
  counter(`jobs_${dynamic}_total`);
  counter(`jobs_${dynamic.length}_total`);
  const either = dynamic.length > 3 ? "long_total" : "short_total";
  counter(either);
  const oneBad = dynamic.length > 3 ? "long_total" : "short-total";
  // @ts-expect-error one of the two is no metric name
  counter(oneBad);
  // @ts-expect-error the part that is known is wrong
  counter(`jobs-${dynamic}`);
});

Deno.test("LabelsNamed refuses a literal that is no label name", () => {
  counter("requests_total", { method: "GET", "http.route": "/", _9: "" });
  // @ts-expect-error a dash
  counter("requests_total", { "http-route": "/" });
  // @ts-expect-error a colon is for metrics only
  counter("requests_total", { "http:route": "/" });
  // @ts-expect-error a digit first
  counter("requests_total", { "1st": "/" });
  // @ts-expect-error a number
  counter("requests_total", { 1: "/" });
  // @ts-expect-error good and bad together
  counter("requests_total", { method: "GET", "": "/" });
  // @ts-expect-error a value that is no string
  counter("requests_total", { code: 200 });
  const missing: { method?: string } = {};
  // @ts-expect-error a label that may be missing
  counter("requests_total", missing);
});

Deno.test("LabelsNamed refuses bad names in objects made elsewhere", () => {
  const bad = { "http-route": "/" } as const;
  // @ts-expect-error a dash
  counter("requests_total", bad);
  const fixed = { method: "GET" } as const;
  counter("requests_total", fixed);
  // @ts-expect-error a dash among good ones
  counter("requests_total", { ...fixed, "http-route": "/" });
});

Deno.test("LabelsNamed accepts labels whose names are only known at run time", () => {
  const record: Record<string, string> = { "any name": "any value" };
  const labels: Labels = record;
  const named: Readonly<Record<"method" | "code", string>> = { method: "GET", code: "200" };
  interface Route {
    readonly route: string;
  }
  const route: Route = { route: "/" };
  counter("requests_total", record);
  counter("requests_total", labels);
  counter("requests_total", named);
  counter("requests_total", route);
  counter("requests_total", { ...labels, method: "GET" });
  counter("requests_total", undefined);
  (function generic<L extends Labels>(given: L) {
    counter("requests_total", given);
  })({ method: "GET" });
});

/** What a caller reads when `Name` is refused. */
type ErrorOf<Name extends string> = Parameters<typeof counter<Name, never>>[0];
