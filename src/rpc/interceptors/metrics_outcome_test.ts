import { assertEquals } from "@std/assert";
import { Status, type StatusName } from "../status.ts";
import { CALL_OUTCOMES, outcomeOf } from "./metrics_outcome.ts";

Deno.test("outcomeOf() sorts the seventeen codes as OpenTelemetry does for servers", () => {
  const codes = Object.keys(Status) as StatusName[];
  const sorted = CALL_OUTCOMES.map((outcome) => [
    outcome,
    codes.filter((code) => outcomeOf(code) === outcome).join(" "),
  ]);
  assertEquals(Object.fromEntries(sorted), {
    ok: "OK",
    client_error: "CANCELLED INVALID_ARGUMENT NOT_FOUND ALREADY_EXISTS PERMISSION_DENIED " +
      "RESOURCE_EXHAUSTED FAILED_PRECONDITION ABORTED OUT_OF_RANGE UNAUTHENTICATED",
    server_error: "UNKNOWN DEADLINE_EXCEEDED UNIMPLEMENTED INTERNAL UNAVAILABLE DATA_LOSS",
  });
});
