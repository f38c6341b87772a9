/**
 * The head of a request, and what makes it malformed (RFC 9113, sections 8.1 to 8.3).
 *
 * @module
 */

/** What a request begins with. Requests that repeat each other may share one. */
export interface RequestHead {
  readonly method: string;
  readonly scheme: string;
  readonly authority: string;
  readonly path: string;
  /** Names and values in turns, without pseudo-header fields. Code units up to 255, each a byte. */
  readonly fields: readonly string[];
  readonly contentLength: number | undefined;
  /** What the application made of it, kept for requests that share it. */
  memo?: unknown;
}

const NAME = /^[!#$%&'*+\-.^_`|~0-9a-z]+$/;
const VALUE = /^(?![ \t])[^\0\r\n]*$/;
const PSEUDO = [":method", ":scheme", ":authority", ":path"] as const;
/** Fields of HTTP/1.1 that HTTP/2 does not have (section 8.2.2). */
export const CONNECTION_SPECIFIC: ReadonlySet<string> = new Set([
  "connection",
  "keep-alive",
  "proxy-connection",
  "transfer-encoding",
  "upgrade",
]);

/** Returns the head that `all` fields make, or in words why they make none. */
export function requestHead(all: readonly string[]): RequestHead | string {
  const pseudo = new Map<string, string>();
  const fields: string[] = [];
  let contentLength: number | undefined;
  for (let at = 0; at + 1 < all.length; at += 2) {
    const name = all[at] as string;
    const value = all[at + 1] as string;
    if (name.startsWith(":")) {
      if (!(PSEUDO as readonly string[]).includes(name)) return `${name} is not of a request`;
      if (fields.length > 0) return `${name} comes after a field`;
      if (pseudo.has(name)) return `${name} comes twice`;
      if (!isValue(value)) return `${name} has a value that is not allowed`;
      pseudo.set(name, value);
      continue;
    }
    const fault = fieldFault(name, value);
    if (fault !== undefined) return fault;
    fields.push(name, value);
    if (name === "content-length") {
      const length = /^\d{1,15}$/.test(value) ? Number(value) : NaN;
      if (length !== (contentLength ?? length)) return `content-length is ${value}`;
      contentLength = length;
    }
  }
  const [method = "", scheme = "", authority = "", path = ""] = PSEUDO.map((name) =>
    pseudo.get(name)
  );
  const fault = targetFault(method, scheme, authority, path, pseudo);
  return fault ?? { method, scheme, authority, path, fields, contentLength };
}

/** In words what is wrong with trailers, or undefined. */
export function trailersFault(all: readonly string[]): string | undefined {
  for (let at = 0; at + 1 < all.length; at += 2) {
    const fault = fieldFault(all[at] as string, all[at + 1] as string);
    if (fault !== undefined) return fault;
  }
  return undefined;
}

function fieldFault(name: string, value: string): string | undefined {
  if (!NAME.test(name)) return "a field's name is not allowed";
  if (!isValue(value)) return `${name} has a value that is not allowed`;
  if (CONNECTION_SPECIFIC.has(name)) return `${name} is not of HTTP/2`;
  if (name === "te" && value !== "trailers") return "te is not 'trailers'";
  return undefined;
}

function isValue(value: string): boolean {
  return VALUE.test(value) && !/[ \t]$/.test(value);
}

/** Section 8.3.1, and 8.5 for CONNECT. */
function targetFault(
  method: string,
  scheme: string,
  authority: string,
  path: string,
  pseudo: ReadonlyMap<string, string>,
): string | undefined {
  if (!NAME.test(method.toLowerCase())) return ":method is missing";
  if (method === "CONNECT") {
    const fits = authority !== "" && !pseudo.has(":scheme") && !pseudo.has(":path");
    return fits ? undefined : "CONNECT takes :authority alone";
  }
  if (scheme === "") return ":scheme is missing";
  if (path.startsWith("/") || (path === "*" && method === "OPTIONS")) return undefined;
  return ":path is missing, or is no path";
}
