import { assertEquals } from "@std/assert";
import type { RequestHead } from "../../http2/request_head.ts";
import { parseTimeout, replyEncoding, requestInfo, requestMetadata } from "./request.ts";

Deno.test("parseTimeout() knows the units of gRPC, and nothing else", () => {
  for (
    const [timeout, ms] of [
      ["1H", 3_600_000],
      ["2M", 120_000],
      ["3S", 3000],
      ["4m", 4],
      ["5u", 0.005],
      ["6n", 0.000006],
      ["0S", 0],
      ["99999999S", undefined],
      ["2147483647m", NaN],
      ["99999999H", undefined],
      ["596H", 2_145_600_000],
      ["597H", undefined],
      ...["", "1", "S", "1s", "-1S", "1.5S", " 1S", "1S ", "1 S", "123456789S", "soon"].map((
        timeout,
      ) => [timeout, NaN] as const),
    ] as const
  ) assertEquals(parseTimeout(timeout), ms, timeout);
});

function head(method: string, ...fields: string[]): RequestHead {
  return { method, scheme: "http", authority: "", path: "/", fields, contentLength: undefined };
}

Deno.test("requestInfo() takes what is gRPC", () => {
  for (
    const [method, type, status] of [
      ["POST", "application/grpc", undefined],
      ["POST", "application/grpc+proto", undefined],
      ["POST", "application/grpc;charset=utf-8", undefined],
      ["GET", "application/grpc", "405"],
      ["POST", "application/grpc-web", "415"],
      ["POST", "text/plain", "415"],
      ["GET", "text/plain", "415"],
    ] as const
  ) assertEquals(requestInfo(head(method, "content-type", type)).httpStatus, status, type);
  assertEquals(requestInfo(head("POST")).httpStatus, "415");
});

Deno.test("requestMetadata() keeps what is the caller's, decodes bytes, drops what cannot be", () => {
  const metadata = requestMetadata([
    ...["content-type", "application/grpc", "te", "trailers", "grpc-timeout", "1S"],
    ...["x-a", "1", "x-a", "2", "user-agent", "me"],
    ...["x-bin", "AAEC", "x-bin", "/w==, /w", "y-bin", "?"],
    ...["x-latin", "\xe9", "x!", "1"],
  ]);
  assertEquals([...metadata].map(([key, value]) => [key, ...value]), [
    ["x-a", "1"],
    ["x-a", "2"],
    ["user-agent", ..."me"],
    ["x-bin", 0, 1, 2],
    ["x-bin", 255],
    ["x-bin", 255],
  ]);
});

Deno.test("replyEncoding() is what both sides know, gzip first, from one field or several", () => {
  for (
    const [accepted, encoding] of [
      [[], undefined],
      [[""], undefined],
      [["identity"], undefined],
      [["br,zstd"], undefined],
      [["gzip"], "gzip"],
      [["deflate"], "deflate"],
      [["identity,deflate,gzip"], "gzip"],
      [["identity, deflate"], "deflate"],
      [["deflate", "br ,gzip"], "gzip"],
    ] as const
  ) {
    const fields = accepted.flatMap((value) => ["grpc-accept-encoding", value]);
    assertEquals(replyEncoding(["gzip", "gzip", ...fields]), encoding, accepted.join("|"));
  }
});
