import { acceptsGzip } from "../../net/preferences.ts";
import { text } from "../../ops/server.ts";
import { Pace } from "../pace.ts";
import type { Answer } from "./endpoint.ts";
import type { ApiError } from "./failure.ts";
import { Gzip, gzip } from "./gzip.ts";
import { listJson, safeText } from "./json_text.ts";

/** UTF-16 units that are written at once; more than most answers have. */
const CHUNK = 16 * 1024;
/** Bytes from which an answer is compressed. */
const WORTH_COMPRESSING = 1024;
const GZIP = { "content-encoding": "gzip" };
/** How many warnings are told, and how many infos. */
const MOST_ANNOTATIONS = 10;

/** The response of an answer; a long one is written while it is sent, slice by slice. */
export async function respond(
  { method, headers, signal }: Request,
  answer: Answer,
): Promise<Response> {
  if (answer.data === undefined) return new Response(null, { status: 204 });
  if (method === "HEAD") return jsonResponse(null, 200);
  const chunks = chunksOf(envelope(answer.data, answer));
  const pace = new Pace({ signal });
  const first = chunks.next().value ?? new Uint8Array();
  const second = chunks.next();
  const isCompressed = first.length >= WORTH_COMPRESSING &&
    acceptsGzip(headers.get("accept-encoding"));
  if (second.done === true) {
    return isCompressed ? jsonResponse(gzip(first), 200, GZIP) : jsonResponse(first, 200);
  }
  const all = function* () {
    yield first;
    yield second.value;
    yield* chunks;
  }();
  await pace.giveWay();
  return isCompressed
    ? jsonResponse(compressedStreamOf(all, pace), 200, GZIP)
    : jsonResponse(streamOf(all, pace), 200);
}

/** The response of a request that could not be answered. */
export function respondError({ type, status, message }: ApiError): Response {
  return jsonResponse(
    `{"status":"error","errorType":${safeText(type)},"error":${safeText(message)}}`,
    status,
  );
}

/** The response for an address that the API does not have. */
export function notFound(): Response {
  return text(404, "404 page not found\n", { "x-content-type-options": "nosniff" });
}

function jsonResponse(
  body: BodyInit | null,
  status: number,
  headers: Record<string, string> = {},
): Response {
  return new Response(body, {
    status,
    headers: { "content-type": "application/json", vary: "accept-encoding", ...headers },
  });
}

function* envelope(data: Iterable<string>, { warnings, infos }: Answer): Generator<string> {
  yield '{"status":"success","data":';
  yield* data;
  yield* annotationsJson("warning", warnings);
  yield* annotationsJson("info", infos);
  yield "}";
}

function* annotationsJson(
  kind: "warning" | "info",
  messages: readonly string[] = [],
): Generator<string> {
  if (messages.length === 0) return;
  const omitted = messages.length - MOST_ANNOTATIONS;
  const told = messages.slice(0, MOST_ANNOTATIONS);
  if (omitted > 0) told.push(`${omitted} more ${kind} annotations omitted`);
  yield `,"${kind}s":`;
  yield* listJson(told, safeText);
}

function* chunksOf(pieces: Iterable<string>): Generator<Uint8Array<ArrayBuffer>> {
  const encoder = new TextEncoder();
  let text = "";
  for (const piece of pieces) {
    text += piece;
    if (text.length < CHUNK) continue;
    yield encoder.encode(text);
    text = "";
  }
  if (text !== "") yield encoder.encode(text);
}

/** Chunks, each made when the one before it has gone, with a turn for others in between. */
function streamOf(
  chunks: Iterator<Uint8Array<ArrayBuffer>>,
  pace: Pace,
): ReadableStream<Uint8Array<ArrayBuffer>> {
  return new ReadableStream({
    pull: async (controller) => {
      if (pace.due()) await pace.giveWay();
      const { done, value } = chunks.next();
      if (done === true) controller.close();
      else controller.enqueue(value);
    },
  }, { highWaterMark: 0 });
}

/** The same, compressed: several chunks may come to nothing until there is a part to send. */
function compressedStreamOf(
  chunks: Iterator<Uint8Array<ArrayBuffer>>,
  pace: Pace,
): ReadableStream<Uint8Array<ArrayBuffer>> {
  const gzip = new Gzip();
  const next = async (): Promise<IteratorResult<readonly Uint8Array<ArrayBuffer>[]>> => {
    for (;;) {
      if (pace.due()) await pace.giveWay();
      const { done, value } = chunks.next();
      const parts = done === true ? await gzip.end() : await gzip.write(value);
      if (done === true || parts.length > 0) return { done: done === true, value: parts };
    }
  };
  return new ReadableStream({
    pull: async (controller) => {
      try {
        const { done, value } = await next();
        for (const part of value) controller.enqueue(part);
        if (done === true) controller.close();
      } catch (error) {
        gzip.close();
        throw error;
      }
    },
    cancel: () => gzip.close(),
  }, { highWaterMark: 0 });
}
