/**
 * A call on a stream of our own HTTP/2, as the rest of `rpc/` wants it.
 *
 * @module
 */
import type { Stream, StreamEnd, StreamHandler } from "../../http2/stream.ts";
import { giveMemory } from "../message_memory.ts";
import type { Metadata } from "../metadata.ts";
import type { ErrorStatusName, StatusName } from "../status.ts";
import type { AcceptCall, ServerWire, ServerWireListener } from "../wire.ts";
import type { Deadlines, Expiring } from "./deadlines.ts";
import { HttpRefusal } from "./http_refusal.ts";
import { MessageReader, type MessageSink } from "./message_reader.ts";
import { CompressingWriter, writeMessage } from "./message_writer.ts";
import {
  COMPRESSED_HEADERS,
  headersBlock,
  HTTP_STATUS,
  PLAIN_HEADERS,
  statusBlock,
} from "./reply.ts";
import { replyEncoding, requestInfo, requestMetadata } from "./request.ts";
import type { RequestMemory } from "./request_memory.ts";

/** What the calls of a connection share. */
export interface SharedByCalls {
  readonly accept: AcceptCall;
  readonly peer: string;
  readonly deadlines: Deadlines;
  readonly maxReceiveMessageBytes: number;
  readonly memory: RequestMemory;
}

/** A caller gives up at its deadline, which it reaches before us; so much earlier is still "at". */
const DEADLINE_TOLERANCE_MS = 10;

/** Takes the request of a stream: as a call, or refuses it where it is no gRPC. */
export function serveStream(stream: Stream, shared: SharedByCalls): StreamHandler {
  const { httpStatus } = requestInfo(stream.head);
  if (httpStatus !== undefined) return new HttpRefusal(stream, HTTP_STATUS[httpStatus]);
  const wire = new NativeServerWire(stream, shared);
  // The call begins when the stream knows whom to tell of what follows.
  stream.handler = wire;
  wire.start();
  return wire;
}

/** One call. */
export class NativeServerWire implements ServerWire, StreamHandler, MessageSink, Expiring {
  readonly path: string;
  readonly deadline: number | undefined;
  bucket: Expiring["bucket"];
  before: Expiring["before"];
  after: Expiring["after"];
  readonly #stream: Stream;
  readonly #shared: SharedByCalls;
  readonly #reader: MessageReader;
  #metadata: Metadata | undefined;
  #listener: ServerWireListener | undefined;
  #headersSent = false;
  /** What sends the messages of a call whose handler has said whether to compress them. */
  #writer: CompressingWriter | undefined;
  /** How the call ends, once that is settled. */
  #status: StatusName | undefined;

  constructor(stream: Stream, shared: SharedByCalls) {
    this.#stream = stream;
    this.#shared = shared;
    this.path = stream.head.path;
    const { timeoutMs, encoding } = requestInfo(stream.head);
    // What is no timeout (NaN) is answered by `start`.
    this.deadline = timeoutMs === undefined || isNaN(timeoutMs)
      ? undefined
      : Date.now() + Math.ceil(timeoutMs);
    this.#reader = new MessageReader(this, shared.maxReceiveMessageBytes, encoding, shared.memory);
  }

  get metadata(): Metadata {
    return this.#metadata ??= requestMetadata(this.#stream.head.fields);
  }

  get carriesTrace(): boolean {
    return requestInfo(this.#stream.head).carriesTrace;
  }

  get running(): boolean {
    return this.#listener?.isRunning === true;
  }

  get peer(): string {
    return this.#shared.peer;
  }

  get isRequestCompressed(): boolean {
    return this.#reader.wasCompressed;
  }

  get compressReplies(): boolean {
    return this.#writer?.isOn ?? false;
  }

  set compressReplies(isOn: boolean) {
    if (this.#writer === undefined) {
      // The headers say how messages are compressed.
      const encoding = this.#headersSent ? undefined : replyEncoding(this.#stream.head.fields);
      this.#writer = new CompressingWriter(this.#stream, encoding);
    }
    this.#writer.isOn = isOn && this.#writer.encoding !== undefined;
  }

  /** Lets the call begin. */
  start(): void {
    const { timeoutMs, timeout } = requestInfo(this.#stream.head);
    this.#listener = this.#shared.accept(this);
    this.#shared.deadlines.add(this);
    this.#listener.begin();
    if (timeoutMs === 0) return this.expire();
    if (timeoutMs !== undefined && isNaN(timeoutMs)) {
      this.#answerBelow("INTERNAL", `Invalid grpc-timeout value "${timeout}"`);
    }
  }

  // From the call.

  read(): void {
    this.#reader.read();
  }

  sendHeaders(headers: Metadata): void {
    const block = headersBlock(headers, this.#writer?.encoding);
    this.#headersSent = true;
    this.#stream.headers(block);
  }

  sendMessage(bytes: Uint8Array, sent: () => void): void {
    if (!this.#headersSent) this.#sendPlainHeaders();
    if (this.#writer === undefined) writeMessage(this.#stream, bytes, sent);
    else this.#writer.write(bytes, sent);
  }

  end(code: StatusName, message: string, trailers: Metadata | undefined): void {
    const block = statusBlock(code, message, trailers, this.#headersSent);
    this.#status = code;
    if (this.#writer === undefined) this.#end(code, block);
    else this.#writer.afterwards(() => this.#end(code, block));
  }

  release(bytes: Uint8Array): void {
    giveMemory(bytes);
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
    this.#shared.deadlines.delete(this);
    this.#reader.stop();
    if (how === "sent") return this.#listener?.over(this.#status ?? "UNKNOWN");
    const isLate = this.deadline !== undefined &&
      Date.now() >= this.deadline - DEADLINE_TOLERANCE_MS;
    this.#listener?.abandoned(isLate ? "deadline" : "cancelled");
    // ENHANCE_YOUR_CALM is RESOURCE_EXHAUSTED to callers.
    const cut = how === "limited" ? "RESOURCE_EXHAUSTED" : "CANCELLED";
    this.#listener?.over(isLate ? "DEADLINE_EXCEEDED" : cut);
  }

  // From the reader of messages.

  message(bytes: Uint8Array): void {
    this.#listener?.message(bytes);
  }

  messagesEnded(): void {
    this.#listener?.endOfMessages();
  }

  unreadable(code: ErrorStatusName, reason: string): void {
    // They say which encodings the server knows.
    if (code === "UNIMPLEMENTED" && !this.#headersSent) this.#sendPlainHeaders();
    this.#answerBelow(code, reason);
  }

  consumed(bytes: number): void {
    this.#stream.consumed(bytes);
  }

  /** The deadline has passed. */
  expire(): void {
    if (this.#stream.isClosed) return;
    this.#listener?.abandoned("deadline");
    // What has been answered waits to be sent, or is being compressed.
    const isAnswered = this.#status !== undefined || this.#stream.waiting > 0;
    if (isAnswered) return this.#stream.reset("CANCEL");
    this.#answerBelow("DEADLINE_EXCEEDED", "Deadline exceeded");
  }

  #sendPlainHeaders(): void {
    const encoding = this.#writer?.encoding;
    this.#headersSent = true;
    this.#stream.headers(encoding === undefined ? PLAIN_HEADERS : COMPRESSED_HEADERS[encoding]);
  }

  #end(code: StatusName, block: Uint8Array): void {
    // A status comes after what the caller does not take: it would wait for ever.
    if (code === "DEADLINE_EXCEEDED" && this.#stream.waiting > 0) this.#stream.reset("CANCEL");
    else this.#stream.end(block);
  }

  /** Answers in place of the call's handler. */
  #answerBelow(code: ErrorStatusName, message: string): void {
    if (this.#status !== undefined) return;
    this.#status = code;
    this.#listener?.abandoned(code === "DEADLINE_EXCEEDED" ? "deadline" : "transport");
    this.#stream.end(statusBlock(code, message, undefined, this.#headersSent));
  }
}
