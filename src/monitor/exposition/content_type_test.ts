import { assertEquals, assertThrows } from "@std/assert";
import { formatOf } from "./content_type.ts";
import { ExpositionError } from "./exposition_error.ts";
import { OPENMETRICS_TYPE, TEXT_TYPE } from "./pages_fixture.ts";

Deno.test("formatOf() knows the text format and OpenMetrics by their media types", () => {
  for (
    const type of [
      TEXT_TYPE,
      "text/plain",
      "text/plain;",
      "Text/Plain ; a=b",
      "text/plain; version=1.0.0; escaping=allow-utf-8",
      "text/plain; charset= utf-8",
      'text/plain; a="b; \\" c"; d=e',
    ]
  ) {
    assertEquals(formatOf(type), "text", type);
  }
  for (const type of [OPENMETRICS_TYPE, "application/openmetrics-text"]) {
    assertEquals(formatOf(type), "openmetrics", type);
  }
});

/** As Prometheus 3 does, and unlike Prometheus 2, which took all of these for the text format. */
const UNKNOWN = [
  null,
  "",
  "text/html",
  "text/plain, foo",
  "text/plain version=1",
  "text/plain; charset",
  "text/plain; a=b; A=c",
  "text/plain; a=b;; c=d",
  'text/plain; a="b',
  "text",
  "text/",
  ";",
];

Deno.test("formatOf() refuses a page whose Content-Type is missing, malformed or unknown", () => {
  for (const type of UNKNOWN) {
    const error = assertThrows(() => formatOf(type), ExpositionError, "expected the Content-Type");
    assertEquals([error.line, error.column], [1, 1]);
  }
  assertThrows(() => formatOf(null), ExpositionError, "but the page's has none");
  assertThrows(() => formatOf("text/html"), ExpositionError, 'but the page\'s is "text/html"');
});

Deno.test("formatOf() takes the fallback instead, but not for protobuf", () => {
  for (const type of UNKNOWN) {
    assertEquals(formatOf(type, "text"), "text");
    assertEquals(formatOf(type, "openmetrics"), "openmetrics");
  }
  assertEquals(formatOf(TEXT_TYPE, "openmetrics"), "text");
  assertThrows(
    () => formatOf("application/vnd.google.protobuf; encoding=delimited", "text"),
    ExpositionError,
  );
});
