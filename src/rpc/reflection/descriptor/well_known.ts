/**
 * The files that come with protocol buffers, such as `google/protobuf/timestamp.proto`.
 *
 * @module
 */
import protobuf from "protobufjs";
import descriptorProto from "protobufjs/google/protobuf/descriptor.json" with { type: "json" };
import { isMessage } from "./declarations.ts";
import { type ProtoFile, within } from "./proto_file.ts";

const PACKAGE = "google.protobuf";

const DESCRIPTOR = "google/protobuf/descriptor.proto";

/** Those that import no other, for protobufjs has forgotten who imports what. */
const OTHERS =
  /^google\/protobuf\/(any|duration|empty|field_mask|struct|timestamp|wrappers)\.proto$/;

/** The file of that path, or undefined for one that is not known. */
export function wellKnownFile(path: string): ProtoFile | undefined {
  const root = path === DESCRIPTOR
    ? descriptorProto
    : OTHERS.test(path)
    ? protobuf.common.get(path)
    : null;
  if (root === null) return undefined;
  return {
    path,
    syntax: path === DESCRIPTOR ? "proto2" : "proto3",
    package: PACKAGE,
    imports: [],
    content: withOriginalNames(within(root, PACKAGE)),
  };
}

/** Takes the names of fields back from the camelCase in which protobufjs has them. */
function withOriginalNames<N extends protobuf.INamespace>(namespace: N): N {
  const { nested = {} } = namespace;
  return {
    ...namespace,
    nested: renamed(
      nested,
      (name) => name,
      (one) => isMessage(one) ? withOriginalFields(one) : one,
    ),
  };
}

function withOriginalFields(message: protobuf.IType): protobuf.IType {
  return {
    ...withOriginalNames(message),
    fields: renamed(message.fields, snakeCase, (field) => field),
    oneofs: renamed(message.oneofs ?? {}, snakeCase, ({ oneof }) => ({
      oneof: oneof.map(snakeCase),
    })),
  };
}

function renamed<V, W>(
  record: Record<string, V>,
  rename: (key: string) => string,
  change: (value: V) => W,
): Record<string, W> {
  return Object.fromEntries(
    Object.entries(record).map(([key, value]) => [rename(key), change(value)]),
  );
}

function snakeCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
