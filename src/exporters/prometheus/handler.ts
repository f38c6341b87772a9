/**
 * The answer to a scrape.
 *
 * @module
 */
import { CONTENT_TYPES, type Format } from "./format.ts";
import { acceptsGzip } from "../../net/preferences.ts";
import { negotiateFormat } from "./negotiate.ts";

/** What {@linkcode scrapeHandler} needs. */
export interface ScrapeOptions {
  /** The text of an exposition, in pieces. */
  readonly write: (format: Format) => AsyncIterable<string>;
  /** Whether a peer may scrape; undefined where all may. */
  readonly allows: ((address: string) => boolean) | undefined;
}

/**
 * Answers a scrape from `peer`: 403 without a body where that is not allowed, or not known while
 * addresses are restricted; else 200 with the metrics, streamed, in the format and encoding that the
 * request prefers.
 */
export type ScrapeHandler = (request: Request, peer?: Deno.Addr) => Response;

/** Makes the function that answers scrapes. */
export function scrapeHandler({ write, allows }: ScrapeOptions): ScrapeHandler {
  return (request, peer) => {
    if (!isAllowed(peer, allows)) return new Response(null, { status: 403 });
    const format = negotiateFormat(request.headers.get("accept"));
    const gzip = acceptsGzip(request.headers.get("accept-encoding"));
    const headers = new Headers({
      "content-type": CONTENT_TYPES[format],
      "cache-control": "no-store",
      "vary": "accept, accept-encoding",
    });
    if (gzip) headers.set("content-encoding", "gzip");
    if (request.method === "HEAD") return new Response(null, { headers });
    const bytes = toBytes(write(format));
    return new Response(gzip ? bytes.pipeThrough(new CompressionStream("gzip")) : bytes, {
      headers,
    });
  };
}

function isAllowed(peer: Deno.Addr | undefined, allows: ScrapeOptions["allows"]): boolean {
  if (allows === undefined) return true;
  if (peer === undefined) return false;
  // A Unix socket is guarded by the permissions of its file.
  return "hostname" in peer ? allows(peer.hostname) : peer.transport === "unix";
}

/** Pulled piece by piece: an answer that nobody reads is not made. */
function toBytes(pieces: AsyncIterable<string>): ReadableStream<Uint8Array<ArrayBuffer>> {
  const encoder = new TextEncoder();
  const iterator = pieces[Symbol.asyncIterator]();
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await iterator.next();
      if (done) controller.close();
      else controller.enqueue(encoder.encode(value));
    },
    async cancel() {
      await iterator.return?.();
    },
  }, { highWaterMark: 0 });
}
