import type protobuf from "protobufjs";
import { declarations } from "./declarations.ts";
import type { ProtoFile } from "./proto_file.ts";
import { qualified, resolveType, type Symbols } from "./symbols.ts";

/** The files that extend a message: by its full name, then by the number of the field. */
export type ExtensionTable = ReadonlyMap<string, ReadonlyMap<number, ProtoFile>>;

/** Every extension of `files`. Throws TypeError when one extends what no file declares. */
export function extensionsOf(files: readonly ProtoFile[], symbols: Symbols): ExtensionTable {
  const table = new Map<string, Map<number, ProtoFile>>();

  function collect(file: ProtoFile, scope: string, namespace: protobuf.INamespace): void {
    const { extensions, messages } = declarations(namespace);
    for (const [, { extend, id }] of extensions) {
      const type = resolveType({ name: scope, symbols }, extend);
      const numbers = table.get(type) ?? new Map<number, ProtoFile>();
      table.set(type, numbers.set(id, file));
    }
    for (const [name, message] of messages) collect(file, qualified(scope, name), message);
  }

  for (const file of files) collect(file, file.package, file.content);
  return table;
}
