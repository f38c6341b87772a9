/** A page of metrics as it came. */
export interface ScrapedPage {
  readonly text: string;
  readonly contentType: string | null;
}

/** A page larger than this fails its scrape, in bytes after decompression. */
const MAX_PAGE_BYTES = 32 * 1024 * 1024;

/** Reads a response whole. Throws an Error where it is no success, too large or not UTF-8. */
export async function readPage(response: Response): Promise<ScrapedPage> {
  if (response.status !== 200) {
    await response.body?.cancel();
    throw new Error(`server returned HTTP status ${response.status} ${response.statusText}`.trim());
  }
  return {
    text: decode(await readBounded(response)),
    contentType: response.headers.get("content-type"),
  };
}

async function readBounded(response: Response): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  let bytes = 0;
  for await (const chunk of response.body ?? []) {
    bytes += chunk.byteLength;
    if (bytes > MAX_PAGE_BYTES) {
      throw new Error(`body size limit exceeded: ${MAX_PAGE_BYTES} bytes`);
    }
    chunks.push(chunk);
  }
  return new Uint8Array(await new Blob(chunks).arrayBuffer());
}

function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (cause) {
    throw new Error("the page is not UTF-8", { cause });
  }
}
