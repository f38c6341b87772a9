/**
 * Takes the requests of a connection: as calls, or with an answer of HTTP where they are no gRPC.
 *
 * @module
 */
import { encodeFields } from "../../http2/hpack/encoder.ts";
import type { Stream, StreamHandler } from "../../http2/stream.ts";
import { requestInfo } from "./request.ts";
import { NativeServerWire, type SharedByCalls } from "./server_wire.ts";

/** Takes the request of a stream. */
export function serveStream(stream: Stream, shared: SharedByCalls): StreamHandler {
  const { httpStatus } = requestInfo(stream.head);
  if (httpStatus !== undefined) return refuse(stream, httpStatus);
  const wire = new NativeServerWire(stream, shared);
  // The call begins when the stream knows whom to tell of what follows.
  stream.handler = wire;
  wire.start();
  return wire;
}

/** Header blocks by status. */
const BLOCKS = {
  "405": encodeFields([":status", "405", "allow", "POST", "content-type", "text/plain"]),
  "415": encodeFields([":status", "415", "content-type", "text/plain"]),
} as const;

/** What comes with them, for people with a browser. */
const EXPLANATION = new TextEncoder().encode(
  "This is a gRPC server: it takes POST requests with the content-type application/grpc.\n",
);

/** Answers with an HTTP status once the request has come in full. */
function refuse(stream: Stream, status: keyof typeof BLOCKS): StreamHandler {
  return {
    data: (_bytes, start, end) => stream.consumed(end - start),
    endOfData() {
      stream.headers(BLOCKS[status]);
      stream.data(EXPLANATION, new Uint8Array(), () => {});
      stream.end();
    },
    closed() {},
  };
}
