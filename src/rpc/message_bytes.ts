/**
 * The bytes of a message, for protobufjs to decode.
 *
 * @module
 */
import protobuf from "protobufjs";

/** From so many bytes on a string is read faster by TextDecoder: five times with 64 KiB. */
const LONG = 512;

// A byte order mark is a character of the string like others.
const decoder = new TextDecoder("utf-8", { ignoreBOM: true });

/**
 * Reads strings of any length in good time, and none that says it is longer than what there is:
 * protobufjs itself would take what is left for the whole.
 */
export class MessageBytes extends protobuf.BufferReader {
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
