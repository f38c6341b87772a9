/**
 * The names that .proto files declare, and how one declaration refers to another.
 *
 * @module
 */
import type protobuf from "protobufjs";
import { isEnum, isMessage, isService } from "./declarations.ts";
import type { ProtoFile } from "./proto_file.ts";

/** A name that a file declares. */
export interface ProtoSymbol {
  readonly file: ProtoFile;
  readonly kind: "message" | "group" | "enum" | "other";
}

/** Symbols by their full name, without a dot before it. */
export type Symbols = ReadonlyMap<string, ProtoSymbol>;

/** Where a name is looked up: the full name of a package or a message, and all there is. */
export interface Scope {
  readonly name: string;
  readonly symbols: Symbols;
}

/** Joins the name of a scope, which may be empty, and a name in it. */
export function qualified(scope: string, name: string): string {
  return scope === "" ? name : `${scope}.${name}`;
}

/** Every symbol of `files`. Throws TypeError when two files declare the same. */
export function collectSymbols(files: Iterable<ProtoFile>): Symbols {
  const symbols = new Map<string, ProtoSymbol>();
  for (const file of files) {
    for (const [name, kind] of symbolsIn(file.package, file.content)) {
      const other = symbols.get(name)?.file;
      if (other !== undefined && other !== file) {
        throw new TypeError(
          `Cannot describe '${file.path}': '${other.path}' declares '${name}' too`,
        );
      }
      symbols.set(name, { file, kind });
    }
  }
  return symbols;
}

/**
 * The full name of the message or enum that `reference` means in `scope`: the innermost that fits.
 * Throws TypeError when no file declares it.
 */
export function resolveType({ name: scope, symbols }: Scope, reference: string): string {
  for (const name of candidates(scope, reference)) {
    const kind = symbols.get(name)?.kind;
    if (kind !== undefined && kind !== "other") return name;
  }
  throw new TypeError(
    `Cannot resolve the type '${reference}' in '${scope}': no .proto file that was given declares it`,
  );
}

function* candidates(scope: string, reference: string): Iterable<string> {
  if (reference.startsWith(".")) return yield reference.slice(1);
  const parts = scope.split(".");
  for (let length = parts.length; length > 0; length--) {
    yield qualified(parts.slice(0, length).join("."), reference);
  }
  yield reference;
}

function* symbolsIn(
  scope: string,
  { nested = {} }: protobuf.INamespace,
): Iterable<[string, ProtoSymbol["kind"]]> {
  for (const [name, declaration] of Object.entries(nested)) {
    const full = qualified(scope, name);
    if (isMessage(declaration)) {
      yield [full, declaration.group ? "group" : "message"];
      const members = [
        ...Object.keys(declaration.fields),
        ...Object.keys(declaration.oneofs ?? {}),
      ];
      for (const member of members) yield [qualified(full, member), "other"];
      yield* symbolsIn(full, declaration);
    } else if (isEnum(declaration)) {
      yield [full, "enum"];
      // The values of an enum stand beside it, not in it.
      for (const value of Object.keys(declaration.values)) yield [qualified(scope, value), "other"];
    } else {
      yield [full, "other"];
      if (!isService(declaration)) continue;
      for (const method of Object.keys(declaration.methods)) yield [`${full}.${method}`, "other"];
    }
  }
}
