/**
 * A call on a stream of our own HTTP/2, as the rest of `rpc/` wants it.
 *
 * @module
 */
import type { Stream, StreamEnd, StreamHandler } from "../../http2/stream.ts";
import { giveMemory } from "../message_memory.ts";
import type { Metadata } from "../metadata.ts";
import { RpcError, type StatusName } from "../status.ts";
import type { AcceptCall, ServerWire, ServerWireListener } from "../wire.ts";
import { compress, type Encoding } from "./compression.ts";
import type { Deadlines, Expiring } from "./deadlines.ts";
import { writeMessage } from "./message_prefix.ts";
import { MessageReader } from "./message_reader.ts";
import { headersBlock, statusBlock } from "./reply.ts";
import { replyEncoding, requestInfo, requestMetadata } from "./request.ts";
import type { RequestMemory } from "./request_memory.ts";

/** What the calls of a connection share. */
export interface SharedByCalls {
  readonly accept: AcceptCall;
  readonly peer: string;
  readonly deadlines: Deadlines;
  readonly memory: RequestMemory;
}

/** A caller gives up at its deadline, which it reaches before us; so much earlier is still "at". */
const DEADLINE_TOLERANCE_MS = 10;

/** One call. */
export class NativeServerWire implements ServerWire, StreamHandler, Expiring {
  readonly path: string;
  readonly peer: string;
  readonly carriesTrace: boolean;
  readonly deadline: number | undefined;
  before: Expiring["before"];
  after: Expiring["after"];
  readonly release = giveMemory;
  readonly #stream: Stream;
  readonly #deadlines: Deadlines;
  readonly #reader: MessageReader;
  readonly #listener: ServerWireListener;
  #metadata: Metadata | undefined;
  #headersSent = false;
  /** How messages can be compressed, once the handler has said whether to. */
  #encoding: Encoding | undefined;
  #compresses = false;
  /** Settles when the message that is being compressed was given to the stream. */
  #compressing: Promise<void> | undefined;
  /** How the call ends, once that is settled. */
  #status: StatusName | undefined;

  constructor(stream: Stream, shared: SharedByCalls) {
    const { timeoutMs, carriesTrace } = requestInfo(stream.head);
    this.#stream = stream;
    this.#deadlines = shared.deadlines;
    this.path = stream.head.path;
    this.peer = shared.peer;
    this.carriesTrace = carriesTrace;
    this.deadline = timeoutMs === undefined ? undefined : Date.now() + Math.ceil(timeoutMs);
    this.#listener = shared.accept(this);
    const onUnreadable = (error: RpcError) => this.#answerBelow(error);
    this.#reader = new MessageReader(stream, shared.memory, this.#listener, onUnreadable);
  }

  get metadata(): Metadata {
    return this.#metadata ??= requestMetadata(this.#stream.head.fields);
  }

  get running(): boolean {
    return this.#listener.isRunning === true;
  }

  get isRequestCompressed(): boolean {
    return this.#reader.wasCompressed;
  }

  get compressReplies(): boolean {
    return this.#compresses;
  }

  set compressReplies(isOn: boolean) {
    // The headers say how messages are compressed.
    if (!this.#headersSent) this.#encoding ??= replyEncoding(this.#stream.head.fields);
    this.#compresses = isOn && this.#encoding !== undefined;
  }

  /** Lets the call begin. */
  start(): void {
    const { timeoutMs, invalidTimeout } = requestInfo(this.#stream.head);
    this.#deadlines.add(this);
    this.#listener.begin();
    if (timeoutMs === 0) this.expire();
    if (invalidTimeout === undefined) return;
    this.#answerBelow(new RpcError("INTERNAL", `Invalid grpc-timeout value "${invalidTimeout}"`));
  }

  // From the call.

  read(): void {
    this.#reader.read();
  }

  sendHeaders(headers?: Metadata): void {
    const block = headersBlock(this.#encoding, headers);
    this.#headersSent = true;
    this.#stream.headers(block);
  }

  sendMessage(bytes: Uint8Array, sent: () => void): void {
    if (!this.#headersSent) this.sendHeaders();
    if (this.#encoding === undefined || !this.#compresses) {
      return writeMessage(this.#stream, bytes, false, sent);
    }
    const isWanted = () => !this.#stream.isClosed;
    this.#compressing = compress(this.#encoding, bytes, isWanted).then((compressed) => {
      this.#compressing = undefined;
      writeMessage(this.#stream, compressed, compressed !== bytes, sent);
    }).catch((cause) =>
      this.#answerBelow(new RpcError("INTERNAL", "Cannot compress a message", { cause }))
    );
  }

  end(code: StatusName, message: string, trailers: Metadata | undefined): void {
    const block = statusBlock(code, message, trailers, this.#headersSent);
    this.#status = code;
    if (this.#compressing === undefined) this.#end(code, block);
    else this.#compressing.then(() => this.#end(code, block));
  }

  settled(): void {
    this.#stream.settled();
  }

  // From the stream.

  data(bytes: Uint8Array, start: number, end: number): void {
    this.#reader.data(bytes, start, end);
  }

  endOfData(): void {
    this.#reader.end();
  }

  closed(how: StreamEnd): void {
    this.#deadlines.delete(this);
    this.#reader.stop();
    if (how === "sent") return this.#listener.over(this.#status ?? "UNKNOWN");
    const isLate = this.deadline !== undefined &&
      Date.now() >= this.deadline - DEADLINE_TOLERANCE_MS;
    this.#listener.abandoned(isLate ? "deadline" : "cancelled");
    // ENHANCE_YOUR_CALM is RESOURCE_EXHAUSTED to callers.
    const cut = how === "limited" ? "RESOURCE_EXHAUSTED" : "CANCELLED";
    this.#listener.over(isLate ? "DEADLINE_EXCEEDED" : cut);
  }

  /** The deadline has passed. */
  expire(): void {
    if (this.#stream.isClosed) return;
    this.#listener.abandoned("deadline");
    // What has been answered waits to be sent, or is being compressed.
    const isAnswered = this.#status !== undefined || this.#stream.waiting > 0;
    if (isAnswered) this.#stream.reset("CANCEL");
    else this.#answerBelow(new RpcError("DEADLINE_EXCEEDED", "Deadline exceeded"));
  }

  #end(code: StatusName, block: Uint8Array): void {
    // A status comes after what the caller does not take: it would wait for ever.
    if (code === "DEADLINE_EXCEEDED" && this.#stream.waiting > 0) this.#stream.reset("CANCEL");
    else this.#stream.end(block);
  }

  /** Answers in place of the call's handler. */
  #answerBelow({ code, message }: RpcError): void {
    if (this.#status !== undefined) return;
    this.#status = code;
    this.#listener.abandoned(code === "DEADLINE_EXCEEDED" ? "deadline" : "transport");
    this.#stream.end(statusBlock(code, message, undefined, this.#headersSent));
  }
}
