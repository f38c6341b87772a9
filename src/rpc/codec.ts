/**
 * The way between messages and their bytes: that of proto-loader, and a faster one where a message is
 * large.
 *
 * @module
 */
import protobuf, { type Type } from "protobufjs";
import { takeMemory } from "./message_memory.ts";
import type { Codec } from "./method.ts";

/** How messages look in TypeScript; `deno task proto` generates types for exactly these options. */
export const MESSAGE_OPTIONS = {
  keepCase: true,
  longs: String,
  enums: String,
  defaults: true,
  oneofs: true,
} as const;

/** The codec of a type whose fields are resolved. */
export function codecOf(type: Type): Codec {
  return {
    encode(message) {
      if (Array.isArray(message)) {
        throw new TypeError(`Cannot encode an array as a message of type ${type.name}`);
      }
      return type.encode(type.fromObject(message), new ProtobufWriter()).finish();
    },
    decode: (bytes) => type.toObject(type.decode(new ProtobufReader(bytes)), MESSAGE_OPTIONS),
    keepsBytes: hasBytes(type),
  };
}

/** Whether messages of a type have a field of `bytes` anywhere, which refers to what was decoded. */
function hasBytes(type: Type, seen: Set<Type> = new Set()): boolean {
  if (seen.has(type)) return false;
  seen.add(type);
  return type.fieldsArray.some((field) =>
    field.type === "bytes" ||
    (field.resolvedType instanceof protobuf.Type && hasBytes(field.resolvedType, seen))
  );
}

/** Writes a message into memory that can be used again. */
class ProtobufWriter extends protobuf.BufferWriter {
  static override alloc(size: number): Uint8Array {
    return takeMemory(size);
  }
}

/** From so many bytes on a string is read faster by TextDecoder: five times with 64 KiB. */
const LONG = 512;

// A byte order mark is a character of the string like others.
const decoder = new TextDecoder("utf-8", { ignoreBOM: true });

/**
 * Reads strings of any length in good time, and none that says it is longer than what there is:
 * protobufjs itself would take what is left for the whole.
 */
export class ProtobufReader extends protobuf.BufferReader {
  constructor(bytes: Uint8Array) {
    super(
      Buffer.isBuffer(bytes)
        ? bytes
        : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength),
    );
  }

  /** Throws RangeError where the string is not all there. */
  override string(): string {
    const start = this.pos;
    const length = this.uint32();
    const left = this.len - this.pos;
    if (length > left) {
      throw new RangeError(`A string of ${length} bytes has ${left} that are left of the message`);
    }
    if (length < LONG) {
      this.pos = start;
      return super.string();
    }
    const at = this.pos;
    this.pos += length;
    return decoder.decode(this.buf.subarray(at, at + length));
  }
}
