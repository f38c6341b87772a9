/**
 * A file that is served from memory: named by its content, compressed once, and sent again only to who
 * does not have it.
 *
 * @module
 */
import { createHash } from "node:crypto";
import { acceptsGzip } from "../../net/preferences.ts";

/** What an {@linkcode Asset} is made of. */
export interface AssetOptions {
  readonly text: string;
  readonly contentType: string;
  /** Sent with every answer. */
  readonly headers: Readonly<Record<string, string>>;
}

/** A text that is served. */
export class Asset {
  /** Of the content, 16 hexadecimal digits. */
  readonly hash: string;
  readonly #bytes: Uint8Array<ArrayBuffer>;
  readonly #headers: Readonly<Record<string, string>>;
  #gzipped: Promise<Uint8Array<ArrayBuffer>> | undefined;

  constructor({ text, contentType, headers }: AssetOptions) {
    this.#bytes = new TextEncoder().encode(text);
    this.hash = createHash("sha256").update(this.#bytes).digest("hex").slice(0, 16);
    this.#headers = { "content-type": contentType, vary: "accept-encoding", ...headers };
  }

  /** Answers 200, or 304 to who has it. */
  async respond(request: Request): Promise<Response> {
    const gzip = acceptsGzip(request.headers.get("accept-encoding"));
    // Each encoding is a representation of its own, so it has a tag of its own (RFC 9110, 8.8.3.3).
    const etag = `"${this.hash}${gzip ? "-gzip" : ""}"`;
    const headers = { ...this.#headers, etag };
    if (has(request.headers.get("if-none-match") ?? "", etag)) {
      return new Response(null, { status: 304, headers });
    }
    if (!gzip) return new Response(this.#bytes, { headers });
    this.#gzipped ??= compress(this.#bytes);
    return new Response(await this.#gzipped, {
      headers: { ...headers, "content-encoding": "gzip" },
    });
  }
}

function has(ifNoneMatch: string, etag: string): boolean {
  return ifNoneMatch.split(",").map((tag) => tag.trim().replace(/^W\//, ""))
    .some((tag) => tag === etag || tag === "*");
}

async function compress(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  const stream = new Blob([bytes]).stream().pipeThrough(new CompressionStream("gzip"));
  return await new Response(stream).bytes();
}
