import { assertEquals } from "@std/assert";
import { scrapedSchema } from "../series.ts";
import { catalogue, query, said } from "./fixture.ts";
import { checkValues } from "./values.ts";

function check(expr: string): string[] {
  return said(checkValues(query(expr), scrapedSchema(catalogue)));
}

Deno.test("checkValues() takes values that a label can have, and variables", () => {
  for (
    const expr of [
      'calls_total{grpc_code!="OK", method="anything"}',
      'calls_total{grpc_code=~"UNAVAILABLE|UN.*"}',
      'calls_total{grpc_code=~"$code", grpc_code!=""}',
      'took_seconds_bucket{le="0.1"} / took_seconds_bucket{le="1.0"}',
      'took_seconds_bucket{le=~"1|1.0"} / took_seconds_bucket{le="+Inf"}',
      'old_seconds{quantile="0.5"}',
      'up{quantile="2"}',
    ]
  ) assertEquals(check(expr), [], expr);
});

Deno.test("checkValues() finds values that no series ever has", () => {
  const expected = (marked: string, label: string, value: string) =>
    `${marked}: '${label}' is never '${value}'`;
  const begins = (expr: string) => check(expr).map((one) => one.split(";")[0]);
  assertEquals(begins('calls_total{grpc_code="Ok"}'), [
    expected('grpc_code="Ok"', "grpc_code", "Ok"),
  ]);
  assertEquals(begins('calls_total{grpc_code=~"OK|UNAVAILIBLE"}'), [
    expected('grpc_code=~"OK|UNAVAILIBLE"', "grpc_code", "UNAVAILIBLE"),
  ]);
  assertEquals(begins('took_seconds_bucket{le="0.3"}'), [expected('le="0.3"', "le", "0.3")]);
  assertEquals(begins('took_seconds_bucket{le="1"}'), [expected('le="1"', "le", "1")]);
  assertEquals(begins('old_seconds{quantile="0.99"}').length, 1);
});
