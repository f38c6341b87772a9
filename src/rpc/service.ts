/**
 * A service as its .proto describes it: methods by name, each with its path, kind and codecs.
 *
 * @module
 */
import { fromJSON } from "@grpc/proto-loader";
import type { MethodDefinition } from "@grpc/proto-loader";
import protobuf from "protobufjs";
import { codecOf, MESSAGE_OPTIONS } from "./codec.ts";
import type { Method, MethodKind } from "./method.ts";

/** A service; `Generated` and `Definition` are the generated types of its handlers and its messages. */
export interface Service<Generated = unknown, Definition = unknown> {
  /** `package.Service` */
  readonly name: string;
  readonly methods: Readonly<Record<string, Method>>;
  /** The text of the .proto, for reflection. */
  readonly proto: string;
  /** The texts of the .proto files that it imports, by the path that they are imported by. */
  readonly imports: Readonly<Record<string, string>>;
  /** Never set: it carries the generated types. */
  readonly types?: { handlers: Generated; definition: Definition };
}

/** Options of {@linkcode loadService}. */
export interface LoadServiceOptions {
  /**
   * The texts of the .proto files that are imported, by the path that they are imported by. Those that
   * come with protocol buffers (`google/protobuf/timestamp.proto` and so on) need not be given.
   */
  readonly imports?: Readonly<Record<string, string>>;
}

/**
 * Reads service `name` (`package.Service`) out of the text of a .proto file.
 *
 * Throws Error when the text does not parse, has no such service, or imports what was not given.
 */
export function loadService<Generated, Definition>(
  proto: string,
  name: string,
  { imports = {} }: LoadServiceOptions = {},
): Service<Generated, Definition> {
  const { definition, root } = definitions(proto, name, imports);
  if (definition === undefined || "format" in definition) {
    throw new Error(`Cannot load the service '${name}': the .proto does not define it`);
  }
  const { methods: resolved } = root.lookupService(name);
  const methods = Object.entries(definition).map((
    [key, definition],
  ) => [key, method(name, key, definition, resolved)]);
  return { name, methods: Object.fromEntries(methods), proto, imports };
}

/**
 * What a .proto and all that it imports, directly or not, define. An import that was not given is
 * passed over: it may be there for options alone, and then nothing is amiss.
 */
function definitions(proto: string, name: string, texts: Readonly<Record<string, string>>) {
  const root = new protobuf.Root();
  const seen = new Set<string>();
  const missing: string[] = [];
  function add(text: string): void {
    const { imports = [] } = protobuf.parse(text, root, { keepCase: true });
    for (const path of imports) {
      if (seen.has(path)) continue;
      seen.add(path);
      const wellKnown = protobuf.common.get(path)?.nested;
      if (texts[path] !== undefined) add(texts[path]);
      else if (wellKnown) root.addJSON(wellKnown);
      else missing.push(path);
    }
  }
  add(proto);
  try {
    const definition = fromJSON(root.toJSON(), MESSAGE_OPTIONS)[name];
    return { definition, root: root.resolveAll() };
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    const hint = missing.length > 0
      ? `; it imports ${missing.join(", ")}, which was not given`
      : "";
    throw new Error(`Cannot load the service '${name}': ${reason}${hint}`, { cause });
  }
}

function method(
  service: string,
  name: string,
  { path, requestStream, responseStream }: MethodDefinition<object, object>,
  resolved: Readonly<Record<string, protobuf.Method>>,
): Method {
  const { resolvedRequestType: request, resolvedResponseType: reply } = resolved[name] ?? {};
  if (!request || !reply) throw new Error(`Cannot load the method '${name}': it has no types`);
  return {
    path,
    service,
    name,
    kind: KINDS[`${requestStream} ${responseStream}`],
    request: codecOf(request),
    reply: codecOf(reply),
  };
}

const KINDS: Record<`${boolean} ${boolean}`, MethodKind> = {
  "false false": "unary",
  "true false": "client_stream",
  "false true": "server_stream",
  "true true": "bidi_stream",
};
