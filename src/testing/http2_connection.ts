/**
 * One end of an HTTP/2 connection that does what a test says and nothing else: it answers no ping and
 * no SETTINGS.
 *
 * @module
 */
import { END_HEADERS, frame, HEADERS, SETTINGS } from "./http2.ts";

export const DATA = 0;
export const PING = 6;
export const ACK = 1;
export const END_STREAM = 1;

const PREFACE = [...new TextEncoder().encode("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n")];

/** A frame that came. */
export interface Frame {
  readonly type: number;
  readonly flags: number;
  readonly stream: number;
  readonly payload: Uint8Array;
}

/** A connection to a server, or of a client. */
export class Http2Connection implements Disposable {
  readonly #connection: Deno.TcpConn;
  #bytes = new Uint8Array();

  constructor(connection: Deno.TcpConn) {
    this.#connection = connection;
  }

  /** Takes bytes that are no frame. */
  async skip(count: number): Promise<void> {
    await this.#take(count);
  }

  async send(...frames: number[][]): Promise<void> {
    await this.#connection.write(Uint8Array.from(frames.flat()));
  }

  /** The next frame that `wanted` accepts, or undefined when the connection has ended before. */
  async next(wanted: (frame: Frame) => boolean): Promise<Frame | undefined> {
    for (let frame = await this.#read(); frame !== undefined; frame = await this.#read()) {
      if (wanted(frame)) return frame;
    }
    return undefined;
  }

  [Symbol.dispose](): void {
    this.#connection.close();
  }

  async #read(): Promise<Frame | undefined> {
    const [a = 0, b = 0, c = 0] = await this.#take(3) ?? [];
    const head = await this.#take(6);
    const payload = await this.#take((a << 16) | (b << 8) | c);
    if (head === undefined || payload === undefined) return undefined;
    const [type = 0, flags = 0] = head;
    return { type, flags, stream: new DataView(head.buffer).getUint32(2), payload };
  }

  async #take(count: number): Promise<Uint8Array | undefined> {
    const buffer = new Uint8Array(4096);
    while (this.#bytes.length < count) {
      const read = await this.#connection.read(buffer).catch(() => null);
      if (read === null) return undefined;
      this.#bytes = Uint8Array.of(...this.#bytes, ...buffer.subarray(0, read));
    }
    const taken = this.#bytes.slice(0, count);
    this.#bytes = this.#bytes.slice(count);
    return taken;
  }
}

/** Connects to a server on this machine. */
export async function connectHttp2(port: number): Promise<Http2Connection> {
  const connection = new Http2Connection(await Deno.connect({ hostname: "127.0.0.1", port }));
  await connection.send(PREFACE, frame(SETTINGS, 0, 0, []));
  return connection;
}

/** Takes a connection as a server. */
export async function acceptHttp2(listener: Deno.TcpListener): Promise<Http2Connection> {
  const connection = new Http2Connection(await listener.accept());
  await connection.skip(PREFACE.length);
  await connection.send(frame(SETTINGS, 0, 0, []));
  return connection;
}

/** A string of RFC 7541, section 5.2, as it is. */
function text(value: string): number[] {
  return [value.length, ...new TextEncoder().encode(value)];
}

/** What a gRPC call is answered with that succeeds: headers, messages, trailers. */
export function replies(stream: number, messages: readonly Uint8Array[]): number[] {
  const [ok, newName] = [0x88, 0];
  const headers = [ok, newName, ...text("content-type"), ...text("application/grpc")];
  return [
    ...frame(HEADERS, END_HEADERS, stream, headers),
    ...messages.flatMap((bytes) => frame(DATA, 0, stream, [0, 0, 0, 0, bytes.length, ...bytes])),
    ...frame(HEADERS, END_HEADERS | END_STREAM, stream, [
      newName,
      ...text("grpc-status"),
      ...text("0"),
    ]),
  ];
}

/** A gRPC call on `stream` with an empty message: HEADERS (literals of RFC 7541) and DATA. */
export function emptyCall(stream: number, path: string): number[] {
  const [post, http, authority, pathName, contentType, newName] = [0x83, 0x86, 1, 4, [15, 16], 0];
  const headers = [post, http, authority, ...text("x"), pathName, ...text(path)];
  headers.push(...contentType, ...text("application/grpc"));
  headers.push(newName, ...text("te"), ...text("trailers"));
  return [
    ...frame(HEADERS, END_HEADERS, stream, headers),
    ...frame(DATA, END_STREAM, stream, [0, 0, 0, 0, 0]),
  ];
}
