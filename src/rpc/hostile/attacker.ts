/**
 * A connection that means harm: it sends what it is told, however little sense that makes.
 *
 * @module
 */
import { END_HEADERS, frame, SETTINGS } from "../../testing/http2.ts";

const PREFACE = [...new TextEncoder().encode("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n")];

const END_STREAM = 1;

/** Types of frames (RFC 9113, section 6). */
export const Type = {
  DATA: 0,
  HEADERS: 1,
  PRIORITY: 2,
  RST_STREAM: 3,
  SETTINGS: 4,
  PING: 6,
  WINDOW_UPDATE: 8,
  CONTINUATION: 9,
} as const;

/** A connection. Dispose of it to close it. */
export class Attacker implements AsyncDisposable {
  /** Resolves when the server has closed, or when this has; never for one that does not read. */
  readonly closed: Promise<void>;
  readonly #connection: Deno.TcpConn;

  private constructor(connection: Deno.TcpConn, reads: boolean) {
    this.#connection = connection;
    this.closed = reads ? this.#discard() : new Promise(() => {});
  }

  /** Connects; `first` is sent at once, by default the preface and empty SETTINGS. */
  static async connect(
    port: number,
    { first = greeting(), reads = true }: {
      readonly first?: readonly number[];
      readonly reads?: boolean;
    } = {},
  ): Promise<Attacker> {
    const attacker = new Attacker(await Deno.connect({ hostname: "127.0.0.1", port }), reads);
    await attacker.send(Uint8Array.from(first));
    return attacker;
  }

  /** Sends all of it, or what the server takes before it closes. */
  async send(bytes: Uint8Array): Promise<void> {
    await Promise.race([this.#write(bytes), this.closed]);
  }

  [Symbol.asyncDispose](): Promise<void> {
    try {
      this.#connection.close();
    } catch {
      // It is closed already.
    }
    return Promise.resolve();
  }

  async #write(bytes: Uint8Array): Promise<void> {
    try {
      for (let at = 0; at < bytes.length;) at += await this.#connection.write(bytes.subarray(at));
    } catch {
      // The server has closed.
    }
  }

  async #discard(): Promise<void> {
    const buffer = new Uint8Array(65536);
    try {
      while (await this.#connection.read(buffer) !== null);
    } catch {
      // Reset, or closed here.
    }
  }
}

/** The preface and SETTINGS with this payload. */
export function greeting(settings: readonly number[] = []): number[] {
  return [...PREFACE, ...frame(SETTINGS, 0, 0, [...settings])];
}

/** One setting (RFC 9113, section 6.5.1). */
export function setting(id: number, value: number): number[] {
  return [0, id, ...uint32(value)];
}

export function uint32(value: number): number[] {
  return [value >>> 24 & 255, value >>> 16 & 255, value >>> 8 & 255, value & 255];
}

/** `count` times what `bytes` returns for 0, 1, 2 … */
export function times(count: number, bytes: (index: number) => readonly number[]): Uint8Array {
  return Uint8Array.from(Array.from({ length: count }, (_, index) => bytes(index)).flat());
}

/** The stream of call `index`, from 0. */
export function streamOf(index: number): number {
  return 2 * index + 1;
}

const text = (value: string) => [value.length, ...new TextEncoder().encode(value)];

/** Fields of a sound call of `grpc.testing.TestService/UnaryCall` (literals of RFC 7541). */
export const FIELDS: readonly number[] = [
  ...[0x83, 0x86, 1, ...text("x"), 4, ...text("/grpc.testing.TestService/UnaryCall")],
  ...[15, 16, ...text("application/grpc"), 0, ...text("te"), ...text("trailers")],
];

/** HEADERS that open a call. */
export function open(index: number): number[] {
  return frame(Type.HEADERS, END_HEADERS, streamOf(index), [...FIELDS]);
}

/** A whole call that asks for a reply of 100,000 bytes. */
export function bigCall(index: number): number[] {
  return call(index, [0x10, 0xa0, 0x8d, 0x06]);
}

/** A whole call that asks for an empty reply. */
export function smallCall(index: number): number[] {
  return call(index, []);
}

function call(index: number, message: readonly number[]): number[] {
  const body = [0, ...uint32(message.length), ...message];
  return [...open(index), ...frame(Type.DATA, END_STREAM, streamOf(index), body)];
}
