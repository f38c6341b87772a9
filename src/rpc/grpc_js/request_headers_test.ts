import { assertEquals } from "@std/assert";
import { isGrpc, limitTimeout } from "./request_headers.ts";

function limited(timeout: string): Record<string, unknown> {
  const headers = { "grpc-timeout": timeout };
  limitTimeout(headers);
  return headers;
}

Deno.test("limitTimeout() takes away what is longer than 24 days, in any unit", () => {
  for (const long of ["99999999H", "597H", "99999999M", "2592000S", "2147484S"]) {
    assertEquals(limited(long), {}, long);
  }
});

Deno.test("limitTimeout() leaves shorter ones, and what is none", () => {
  for (
    const kept of ["596H", "2147483S", "99999999m", "99999999n", "0S", "soon", "-1S", "123456789S"]
  ) {
    assertEquals(limited(kept), { "grpc-timeout": kept });
  }
});

Deno.test("isGrpc() knows gRPC's content types from others", () => {
  for (
    const type of ["application/grpc", "application/grpc+proto", "application/grpc;charset=utf-8"]
  ) {
    assertEquals(isGrpc(type), true, type);
  }
  for (const type of [undefined, "", "text/html", "application/grpc-web", "application/json"]) {
    assertEquals(isGrpc(type), false, String(type));
  }
});
