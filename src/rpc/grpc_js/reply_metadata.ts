/**
 * What a handler gives its caller besides replies, as grpc-js sends it: node:http2 breaks off a call
 * whose headers or trailers it finds too large.
 *
 * @module
 */
import type { Metadata } from "../metadata.ts";
import { checkMetadataSize, OWNED_BY_TRANSPORT } from "../reply_rules.ts";
import type { Metadata as GrpcMetadata } from "./load.ts";
import { toGrpc } from "./metadata.ts";

/**
 * Metadata as grpc-js sends it, without what the transport sends by itself.
 *
 * @throws {RangeError} when it is larger than other gRPC programs take.
 */
export function replyMetadata(metadata: Metadata): GrpcMetadata {
  checkMetadataSize(metadata);
  const sent = toGrpc(metadata);
  for (const key of OWNED_BY_TRANSPORT) sent.remove(key);
  return sent;
}
