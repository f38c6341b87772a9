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
const PSEUDO: ReadonlySet<string> = new Set([":method", ":scheme", ":authority", ":path"]);
/** Fields of HTTP/1.1 that HTTP/2 does not have (section 8.2.2). */
export const CONNECTION_SPECIFIC: ReadonlySet<string> = new Set([
  "connection",
  "keep-alive",
  "proxy-connection",
  "transfer-encoding",
  "upgrade",
]);

/** Returns the head that `all` fields make, or undefined where they make none. */
export function requestHead(all: readonly string[]): RequestHead | undefined {
  const pseudo = new Map<string, string>();
  const fields: string[] = [];
  let contentLength: number | undefined;
  for (let at = 0; at + 1 < all.length; at += 2) {
    const name = all[at] as string;
    const value = all[at + 1] as string;
    if (PSEUDO.has(name)) {
      // Each comes once, and before all fields.
      if (pseudo.has(name) || fields.length > 0 || !isValue(value)) return undefined;
      pseudo.set(name, value);
      continue;
    }
    if (!isField(name, value)) return undefined;
    fields.push(name, value);
    if (name !== "content-length") continue;
    const length = /^\d{1,15}$/.test(value) ? Number(value) : NaN;
    if (length !== (contentLength ?? length)) return undefined;
    contentLength = length;
  }
  const valueOf = (name: string) => pseudo.get(name) ?? "";
  const method = valueOf(":method");
  const scheme = valueOf(":scheme");
  const authority = valueOf(":authority");
  const path = valueOf(":path");
  const head = { method, scheme, authority, path, fields, contentLength };
  return isTarget(head, pseudo.size) ? head : undefined;
}

/** Whether trailers are sound: they have no pseudo-header fields (section 8.1). */
export function areTrailers(all: readonly string[]): boolean {
  return all.every((name, at) => at % 2 === 1 || isField(name, all[at + 1] ?? ""));
}

/** Section 8.2 */
function isField(name: string, value: string): boolean {
  return NAME.test(name) && isValue(value) && !CONNECTION_SPECIFIC.has(name) &&
    (name !== "te" || value === "trailers");
}

function isValue(value: string): boolean {
  return VALUE.test(value) && !/[ \t]$/.test(value);
}

/** Section 8.3.1, and 8.5 for CONNECT; `count` is that of the pseudo-header fields. */
function isTarget({ method, scheme, authority, path }: RequestHead, count: number): boolean {
  if (!NAME.test(method.toLowerCase())) return false;
  if (method === "CONNECT") return authority !== "" && count === 2;
  return scheme !== "" && (path.startsWith("/") || (path === "*" && method === "OPTIONS"));
}
