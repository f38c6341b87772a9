import { assertEquals } from "@std/assert";
import { DebuggingRecorder } from "../../metrics/debugging.ts";
import { withRecorder } from "../../metrics/mod.ts";
import { memoryLogger } from "../../testing/greeter.ts";
import type { Certificates } from "./certificate.ts";
import { ExpiryWarnings, recordExpiry } from "./expiry.ts";

const DAY = 24 * 3_600_000;
const END = Date.parse("2027-01-01T00:00:00Z");

function certificate(lifeDays: number, serial = "01"): Certificates {
  const notBefore = END - lifeDays * DAY;
  return { path: "a.pem", pem: "", all: [], subject: "CN=a", serial, notBefore, notAfter: END };
}

/** What is logged at each time, given in days before the end. */
function warningsAt(days: readonly number[], of: Certificates): string[][] {
  const lines: string[] = [];
  const warnings = new ExpiryWarnings("server", memoryLogger(lines));
  return days.map((day) => {
    lines.length = 0;
    warnings.look([of], END - day * DAY);
    return lines.map((line) => JSON.parse(line)).map(({ level, message }) =>
      `${level}: ${message}`
    );
  });
}

Deno.test("ExpiryWarnings logs once 30, 7 and 1 days before the end, and at the end", () => {
  const days = [31, 30, 29, 7, 6.5, 1, 0.02, 0, -1];
  assertEquals(warningsAt(days, certificate(365)), [
    [],
    ["warn: a TLS certificate expires in 30 days"],
    [],
    ["warn: a TLS certificate expires in 7 days"],
    [],
    ["warn: a TLS certificate expires in 24 h"],
    [],
    ["error: a TLS certificate has expired"],
    [],
  ]);
});

Deno.test("ExpiryWarnings tells only the last step to one that looks late", () => {
  assertEquals(warningsAt([3], certificate(365)), [["warn: a TLS certificate expires in 3 days"]]);
});

Deno.test("ExpiryWarnings leaves out steps that a short life would always meet", () => {
  const days = [30, 7, 1, 0];
  assertEquals(warningsAt(days, certificate(90)).map((lines) => lines.length), [0, 1, 1, 1]);
  assertEquals(warningsAt(days, certificate(1)).map((lines) => lines.length), [0, 0, 0, 1]);
});

Deno.test("ExpiryWarnings names the file, the subject and the end, and begins anew with a new certificate", () => {
  const lines: string[] = [];
  const warnings = new ExpiryWarnings("client", memoryLogger(lines));
  for (const serial of ["01", "01", "02"]) warnings.look([certificate(365, serial)], END - DAY);
  assertEquals(lines.length, 2);
  const { role, file, subject, expires } = JSON.parse(lines[0] ?? "");
  assertEquals([role, file, subject, expires], [
    "client",
    "a.pem",
    "CN=a",
    "2027-01-01T00:00:00.000Z",
  ]);
});

Deno.test("recordExpiry() sets when the certificate of each file expires, in seconds", () => {
  const recorder = new DebuggingRecorder();
  withRecorder(recorder, () => recordExpiry("server", [certificate(90)]));
  assertEquals(recorder.snapshot(), [{
    kind: "gauge",
    name: "grpc_tls_certificate_expiry_timestamp_seconds",
    labels: { role: "server", file: "a.pem" },
    value: END / 1000,
  }]);
});
