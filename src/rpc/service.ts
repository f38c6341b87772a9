/**
 * A service as its .proto describes it: methods by name, each with its path, kind and codecs.
 *
 * @module
 */
import { fromJSON } from "@grpc/proto-loader";
import type { MethodDefinition } from "@grpc/proto-loader";
import protobuf from "protobufjs";
import type { Codec, Method, MethodKind } from "./method.ts";

/** How messages look in TypeScript; `deno task proto` generates types for exactly these options. */
export const MESSAGE_OPTIONS = {
  keepCase: true,
  longs: String,
  enums: String,
  defaults: true,
  oneofs: true,
} as const;

/** A service; `Generated` and `Definition` are the generated types of its handlers and its messages. */
export interface Service<Generated = unknown, Definition = unknown> {
  /** `package.Service` */
  readonly name: string;
  readonly methods: Readonly<Record<string, Method>>;
  /** The text of the .proto, for reflection. */
  readonly proto: string;
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
  const methods = Object.entries(found).map((
    [key, definition],
  ) => [key, method(name, key, definition)]);
  return { name, methods: Object.fromEntries(methods), proto };
}

function method(
  service: string,
  name: string,
  definition: MethodDefinition<object, object>,
): Method {
  const { path, requestStream, responseStream } = definition;
  return {
    path,
    service,
    name,
    kind: KINDS[`${requestStream} ${responseStream}`],
    request: codec(definition.requestSerialize, definition.requestDeserialize),
    reply: codec(definition.responseSerialize, definition.responseDeserialize),
  };
}

const KINDS: Record<`${boolean} ${boolean}`, MethodKind> = {
  "false false": "unary",
  "true false": "client_stream",
  "false true": "server_stream",
  "true true": "bidi_stream",
};

function codec(encode: (message: object) => Buffer, decode: (bytes: Buffer) => object): Codec {
  return { encode, decode: (bytes) => decode(asBuffer(bytes)) };
}

function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.isBuffer(bytes)
    ? bytes
    : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
