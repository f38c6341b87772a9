/**
 * The .proto files behind the services of a server, found by path, by symbol and by extension.
 *
 * @module
 */
import { describeFile } from "./descriptor/file.ts";
import { extensionsOf, type ExtensionTable } from "./descriptor/extensions.ts";
import type { ProtoFile } from "./descriptor/proto_file.ts";
import { collectSymbols, type Symbols } from "./descriptor/symbols.ts";

/** Files and what they declare. All lookups answer undefined for what is not there. */
export class DescriptorPool {
  readonly #files = new Map<string, ProtoFile>();
  readonly #symbols: Symbols;
  readonly #extensions: ExtensionTable;
  readonly #descriptors = new Map<ProtoFile, Uint8Array>();

  /**
   * Throws TypeError when a file refers to a type that none of them declares, or two declare the
   * same name.
   */
  constructor(files: readonly ProtoFile[]) {
    for (const file of files) this.#files.set(file.path, file);
    this.#symbols = collectSymbols(files);
    this.#extensions = extensionsOf(files, this.#symbols);
    for (const file of files) {
      this.#descriptors.set(file, describeFile(file, this.#symbols, this.#files));
    }
  }

  /** The descriptor of the file at `path`, followed by those of all that it imports. */
  file(path: string): readonly Uint8Array[] | undefined {
    const file = this.#files.get(path);
    return file && this.#withImports(file);
  }

  /** The same for the file that declares `symbol`, by its full name. */
  fileOfSymbol(symbol: string): readonly Uint8Array[] | undefined {
    const file = this.#symbols.get(symbol)?.file;
    return file && this.#withImports(file);
  }

  /** The same for the file that extends the message `type` by a field of that number. */
  fileOfExtension(type: string, number: number): readonly Uint8Array[] | undefined {
    const file = this.#extensions.get(type)?.get(number);
    return file && this.#withImports(file);
  }

  /** The numbers by which the message `type` is extended. */
  extensionNumbers(type: string): readonly number[] | undefined {
    if (this.#symbols.get(type)?.kind !== "message") return undefined;
    return [...this.#extensions.get(type)?.keys() ?? []].sort((a, b) => a - b);
  }

  #withImports(first: ProtoFile): readonly Uint8Array[] {
    // A set goes on to what is added while it is walked, and takes nothing twice.
    const files = new Set([first]);
    for (const { imports } of files) {
      for (const { path } of imports) {
        const file = this.#files.get(path);
        if (file !== undefined) files.add(file);
      }
    }
    return Array.from(files, (file) => this.#descriptors.get(file) ?? new Uint8Array());
  }
}
