import { Metadata } from "../metadata.ts";
import { grpc, type Metadata as GrpcMetadata } from "./load.ts";

/** Metadata of grpc-js as ours. */
export function fromGrpc(from: GrpcMetadata): Metadata {
  const metadata = new Metadata();
  for (const [key, values] of Object.entries(from.toJSON())) {
    for (const value of values) metadata.append(key, value);
  }
  return metadata;
}

/** Our metadata as that of grpc-js. */
export function toGrpc(metadata: Metadata | undefined): GrpcMetadata {
  const sent = new grpc.Metadata();
  for (const [key, value] of metadata ?? []) {
    sent.add(key, typeof value === "string" ? value : Buffer.from(value));
  }
  return sent;
}
