import { LONGEST_LINE } from "../exposition/mod.ts";
import { Pace } from "../pace.ts";

/** A page of metrics as it came. */
export interface ScrapedPage {
  /** Its text: each piece but the last ends with a line feed. None where there is no text. */
  readonly pieces: readonly string[];
  readonly contentType: string | null;
}

/** A page larger than this fails its scrape, in bytes after decompression. */
const MAX_PAGE_BYTES = 32 * 1024 * 1024;
/** Bytes that are decoded in one go. */
const CHUNK = 64 * 1024;

/**
 * Reads a response whole, giving way to others. Throws an Error where it is no success, too large or
 * not UTF-8.
 */
export async function readPage(response: Response): Promise<ScrapedPage> {
  if (response.status !== 200) {
    await response.body?.cancel();
    throw new Error(`server returned HTTP status ${response.status} ${response.statusText}`.trim());
  }
  const pace = new Pace();
  const lines = new LineCutter();
  const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
  let bytes = 0;
  for await (const chunk of response.body ?? []) {
    bytes += chunk.byteLength;
    if (bytes > MAX_PAGE_BYTES) {
      throw new Error(`body size limit exceeded: ${MAX_PAGE_BYTES} bytes`);
    }
    for (let at = 0; at < chunk.length; at += CHUNK) {
      lines.add(decode(decoder, chunk.subarray(at, at + CHUNK)));
      if (pace.due()) await pace.giveWay();
    }
  }
  lines.add(decode(decoder));
  return { pieces: lines.end(), contentType: response.headers.get("content-type") };
}

function decode(decoder: TextDecoder, bytes?: Uint8Array<ArrayBuffer>): string {
  try {
    return bytes === undefined ? decoder.decode() : decoder.decode(bytes, { stream: true });
  } catch (cause) {
    throw new Error("the page is not UTF-8", { cause });
  }
}

/** Makes pieces of whole lines of a text that comes in any parts. */
class LineCutter {
  readonly #pieces: string[] = [];
  #rest = "";

  add(part: string): void {
    const end = part.lastIndexOf("\n") + 1;
    if (end > 0) {
      this.#pieces.push(this.#rest + part.slice(0, end));
      this.#rest = "";
    }
    this.#rest += part.slice(end);
    if (this.#rest.length > LONGEST_LINE) {
      throw new Error(`the page has a line of more than ${LONGEST_LINE} characters`);
    }
  }

  end(): readonly string[] {
    if (this.#rest !== "") this.#pieces.push(this.#rest);
    return this.#pieces;
  }
}
