import { assertEquals } from "@std/assert";
import { negotiateFormat } from "./negotiate.ts";

const PROMETHEUS_2 =
  "application/openmetrics-text;version=1.0.0,application/openmetrics-text;version=0.0.1;q=0.75,text/plain;version=0.0.4;q=0.5,*/*;q=0.1";
const PROMETHEUS_3 =
  "application/openmetrics-text;version=1.0.0;escaping=allow-utf-8;q=0.5,application/openmetrics-text;version=0.0.1;q=0.4,text/plain;version=1.0.0;escaping=allow-utf-8;q=0.3,text/plain;version=0.0.4;q=0.2,*/*;q=0.1";
const BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";

for (
  const [accept, format] of [
    [PROMETHEUS_2, "openmetrics"],
    [PROMETHEUS_3, "openmetrics"],
    [BROWSER, "text"],
    [null, "text"],
    ["", "text"],
    ["*/*", "text"],
    ["text/*", "text"],
    ["text/plain", "text"],
    ["text/plain, application/openmetrics-text", "openmetrics"],
    ["text/plain;q=0.9, application/openmetrics-text;q=0.8", "text"],
    ["application/openmetrics-text;q=0.5, */*;q=0.9", "text"],
    ["text/plain;q=0.3, application/openmetrics-text;q=0.5, */*", "openmetrics"],
    ["application/openmetrics-text;q=0", "text"],
    ["application/openmetrics-text;q=2", "text"],
    ["application/openmetrics-text;version=0.0.1", "text"],
    ['APPLICATION/OpenMetrics-Text; version="1.0.0" ; Q=0.5', "openmetrics"],
    ["application/json", "text"],
  ] as const
) {
  Deno.test(`negotiateFormat() answers '${accept}' with ${format}`, () => {
    assertEquals(negotiateFormat(accept), format);
  });
}
