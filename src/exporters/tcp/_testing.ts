/**
 * What the tests of the TCP exporter share: an exporter and a client of it.
 *
 * @module
 */
import { assertEquals } from "@std/assert";
import { TcpExporter, type TcpExporterOptions } from "../tcp.ts";
import { type DecodedEvent, decodeFrame, firstFrame } from "./_decode.ts";

/** An exporter on a free port, with one name described: its Metadata tells that a client is known. */
export async function listen(options: TcpExporterOptions = {}): Promise<TcpExporter> {
  const exporter = await TcpExporter.listen({ hostname: "127.0.0.1", port: 0, ...options });
  exporter.recorder.describeCounter("described", "count", "first of the stream");
  return exporter;
}

/** A client that the exporter has accepted. */
export async function connect(exporter: TcpExporter): Promise<TestClient> {
  const client = await TestClient.connect(exporter.address);
  const first = await client.next();
  assertEquals(first?.metadata?.name, "described");
  return client;
}

/** What a gauge was set to. */
export function valueOf(event: DecodedEvent | undefined): number {
  return Number(event?.metric?.setGauge ?? NaN);
}

/** A client that reads events one at a time. */
export class TestClient implements Disposable {
  readonly #conn: Deno.TcpConn;
  #bytes = new Uint8Array();

  private constructor(conn: Deno.TcpConn) {
    this.#conn = conn;
  }

  static async connect(address: Deno.NetAddr): Promise<TestClient> {
    return new TestClient(await Deno.connect({ hostname: address.hostname, port: address.port }));
  }

  /** The next event; undefined at the end of the stream, an error when that tears a frame. */
  async next(): Promise<DecodedEvent | undefined> {
    for (;;) {
      const frame = firstFrame(this.#bytes);
      if (frame !== undefined) {
        this.#bytes = this.#bytes.slice(frame.length);
        return decodeFrame(frame);
      }
      if (!await this.more()) {
        if (this.#bytes.length > 0) throw new Error("the stream ends in the middle of a frame");
        return undefined;
      }
    }
  }

  /** Waits for some bytes; false at the end of the stream. */
  async more(): Promise<boolean> {
    const chunk = new Uint8Array(256 * 1024);
    const length = await this.#conn.read(chunk);
    if (length === null) return false;
    const bytes = new Uint8Array(this.#bytes.length + length);
    bytes.set(this.#bytes);
    bytes.set(chunk.subarray(0, length), this.#bytes.length);
    this.#bytes = bytes;
    return true;
  }

  /** Every byte up to the end of the stream. */
  async all(): Promise<Uint8Array> {
    while (await this.more());
    return this.#bytes;
  }

  /** Says that it sends nothing more. */
  closeWrite(): Promise<void> {
    return this.#conn.closeWrite();
  }

  /** Leaves; with unread bytes the kernel resets the connection. */
  close(): void {
    this.#conn.close();
  }

  [Symbol.dispose](): void {
    try {
      this.#conn.close();
    } catch {
      // Closed by the test.
    }
  }
}
