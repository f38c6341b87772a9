/**
 * A service as its .proto describes it: methods by name, each with its path and its codec.
 *
 * @module
 */
import { fromJSON } from "@grpc/proto-loader";
import type { MethodDefinition } from "@grpc/proto-loader";
import protobuf from "protobufjs";

/** How messages look in TypeScript; `deno task proto` generates types for exactly these options. */
export const MESSAGE_OPTIONS = {
  keepCase: true,
  longs: String,
  enums: String,
  defaults: true,
  oneofs: true,
} as const;

/** One method: its path on the wire and the way between messages and bytes. */
export interface Method {
  readonly path: string;
  readonly encodeRequest: (message: object) => Uint8Array;
  readonly decodeRequest: (bytes: Uint8Array) => object;
  readonly encodeReply: (message: object) => Uint8Array;
  readonly decodeReply: (bytes: Uint8Array) => object;
}

/** A service; `Generated` and `Definition` are the generated types of its handlers and its messages. */
export interface Service<Generated = unknown, Definition = unknown> {
  /** `package.Service` */
  readonly name: string;
  readonly methods: Readonly<Record<string, Method>>;
  /** Never set: it carries the generated types. */
  readonly types?: { handlers: Generated; definition: Definition };
}

/**
 * Reads service `name` (`package.Service`) out of the text of a .proto file.
 *
 * Throws Error when the text does not parse or has no such service.
 */
export function loadService<Generated, Definition>(
  proto: string,
  name: string,
): Service<Generated, Definition> {
  const root = protobuf.parse(proto, { keepCase: true }).root.toJSON();
  const found = fromJSON(root, MESSAGE_OPTIONS)[name];
  if (found === undefined || "format" in found) {
    throw new Error(`Cannot load the service '${name}': the .proto does not define it`);
  }
  const definitions = Object.entries(found) as [string, MethodDefinition<object, object>][];
  return {
    name,
    methods: Object.fromEntries(definitions.map(([key, one]) => [key, method(name, key, one)])),
  };
}

function method(
  service: string,
  name: string,
  definition: MethodDefinition<object, object>,
): Method {
  if (definition.requestStream || definition.responseStream) {
    throw new Error(`Cannot load '${service}.${name}': only unary methods are served`);
  }
  return {
    path: definition.path,
    encodeRequest: definition.requestSerialize,
    decodeRequest: (bytes) => definition.requestDeserialize(asBuffer(bytes)),
    encodeReply: definition.responseSerialize,
    decodeReply: (bytes) => definition.responseDeserialize(asBuffer(bytes)),
  };
}

function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.isBuffer(bytes)
    ? bytes
    : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
