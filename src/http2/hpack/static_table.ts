/**
 * The static table of HPACK (RFC 7541, appendix A).
 *
 * @module
 */

/** A header field. */
export interface HeaderField {
  readonly name: string;
  readonly value: string;
}

/** Names of which no value is in the table: all from index 17 on. */
const NAMES = `
  accept-language accept-ranges accept access-control-allow-origin age allow authorization
  cache-control content-disposition content-encoding content-language content-length
  content-location content-range content-type cookie date etag expect expires from host if-match
  if-modified-since if-none-match if-range if-unmodified-since last-modified link location
  max-forwards proxy-authenticate proxy-authorization range referer refresh retry-after server
  set-cookie strict-transport-security transfer-encoding user-agent vary via www-authenticate
`.trim().split(/\s+/);

/** The fields with index 1 and up. */
export const STATIC_TABLE: readonly HeaderField[] = [
  [":authority"],
  [":method", "GET", "POST"],
  [":path", "/", "/index.html"],
  [":scheme", "http", "https"],
  [":status", "200", "204", "206", "304", "400", "404", "500"],
  ["accept-charset"],
  ["accept-encoding", "gzip, deflate"],
  ...NAMES.map((name) => [name]),
].flatMap(([name = "", ...values]) =>
  values.length === 0 ? [{ name, value: "" }] : values.map((value) => ({ name, value }))
);

/** The index of the first field of a name. */
export const STATIC_NAMES: ReadonlyMap<string, number> = new Map(
  STATIC_TABLE.map(({ name }, at) => [name, at + 1] as const).reverse(),
);

/** The index of a field whose value is in the table, by `name: value`. */
export const STATIC_FIELDS: ReadonlyMap<string, number> = new Map(
  STATIC_TABLE.map(({ name, value }, at) => [`${name}: ${value}`, at + 1]),
);
