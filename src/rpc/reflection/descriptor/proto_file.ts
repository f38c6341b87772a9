/**
 * A .proto file: what it declares, and what stands at its head.
 *
 * @module
 */
import protobuf from "protobufjs";

/** A .proto file, read. */
export interface ProtoFile {
  /** The path that others import it by. */
  readonly path: string;
  readonly syntax: "proto2" | "proto3";
  /** Empty where it has none. */
  readonly package: string;
  readonly imports: readonly ProtoImport[];
  /** What is declared in its package. */
  readonly content: protobuf.INamespace;
}

/** A line `import "path";` */
export interface ProtoImport {
  readonly path: string;
  readonly modifier: "public" | "weak" | undefined;
}

/**
 * Reads the text of a .proto file.
 *
 * Throws Error when it does not parse, TypeError for an edition.
 */
export function parseProtoFile(path: string, text: string): ProtoFile {
  const { root, package: name = "" } = protobuf.parse(text, { keepCase: true });
  const { syntax = "proto2", imports } = readHead(text);
  if (syntax !== "proto2" && syntax !== "proto3") {
    throw new TypeError(
      `Cannot describe '${path}': expected syntax "proto2" or "proto3", found "${syntax}"`,
    );
  }
  return { path, syntax, package: name, imports, content: within(root.toJSON(), name) };
}

/** What a namespace declares in the package `name`. */
export function within(root: protobuf.INamespace, name: string): protobuf.INamespace {
  let namespace = root;
  for (const part of name.split(".").filter((part) => part !== "")) {
    namespace = namespace.nested?.[part] ?? {};
  }
  return namespace;
}

/** The statements that the parser forgets: the syntax, and how each import is modified. */
function readHead(text: string): { syntax: string | undefined; imports: ProtoImport[] } {
  const { next } = protobuf.tokenize(text, false);
  const imports: ProtoImport[] = [];
  let syntax: string | undefined;
  let before: string | null = ";";
  for (let token = next(); token !== null; before = token, token = next()) {
    if (before !== ";" && before !== "}") continue;
    if (token === "syntax" || token === "edition") {
      next();
      syntax = quoted(next(), next);
    } else if (token === "import") {
      const modifier = next();
      if (modifier === "public" || modifier === "weak") {
        imports.push({ path: quoted(next(), next), modifier });
      } else imports.push({ path: quoted(modifier, next), modifier: undefined });
    }
  }
  return { syntax, imports };
}

/** A string's content: the tokens are a quotation mark, what it encloses, and the mark again. */
function quoted(_mark: string | null, next: () => string | null): string {
  const content = next() ?? "";
  next();
  return content;
}
