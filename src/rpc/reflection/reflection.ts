/**
 * Tells tools such as grpcurl which services a server has and how their messages look.
 * Specification: grpc/doc/server-reflection.md.
 *
 * @module
 */
import { implement, type Implementation } from "../server.ts";
import type { Service } from "../service.ts";
import { type ErrorStatusName, Status } from "../status.ts";
import { DescriptorPool } from "./descriptor_pool.ts";
import { filesOf } from "./files.ts";
import {
  reflection,
  REFLECTION_FILES,
  type ReflectionAnswer,
  type ReflectionRequest,
  type ReflectionResponse,
  reflectionV1Alpha,
} from "./service.ts";

/** Options of {@linkcode createReflection}. */
export interface ReflectionOptions {
  /** More .proto texts by their path, beside those that services import; names the files of services. */
  readonly files?: Readonly<Record<string, string>>;
  /**
   * Ends open streams with OK when aborted, after the answer that is being sent: tools keep a stream
   * open for as long as they run, and would hold up a drain.
   */
  readonly signal?: AbortSignal;
}

/**
 * Makes the reflection service, under its name of today and as `v1alpha`, to be given to
 * `serveRpc()` beside `services`. It describes those and itself, from the text of their .proto, and
 * reads no file.
 *
 * A question that has no answer is answered with an `error_response` of NOT_FOUND, one that is not
 * known with INVALID_ARGUMENT; the stream goes on. A file comes with all that it imports. Options
 * that protocol buffers do not define themselves are left out of descriptors.
 *
 * Throws TypeError when a .proto refers to a type that is neither in it, nor in what it imports, nor in one
 * that comes with protocol buffers, when two files declare the same name or have the same path, and
 * for an edition in place of a syntax.
 */
export function createReflection(
  services: readonly Service[],
  { files = {}, signal }: ReflectionOptions = {},
): Implementation[] {
  const own = [reflection, reflectionV1Alpha];
  const all = [...services, ...own];
  const names = [...new Set(all.map(({ name }) => name))].sort();
  const imported = Object.assign({}, ...services.map(({ imports }) => imports));
  const texts = { ...REFLECTION_FILES, ...imported, ...files };
  const pool = new DescriptorPool(filesOf(all, texts));

  async function* ServerReflectionInfo(
    requests: AsyncIterable<ReflectionRequest>,
  ): AsyncGenerator<ReflectionResponse> {
    for await (const request of until(requests, signal)) {
      yield {
        valid_host: request.host ?? "",
        original_request: request,
        ...answer(request, names, pool),
      };
    }
  }

  return own.map((service) => implement(service, { ServerReflectionInfo }));
}

function answer(
  request: ReflectionRequest,
  names: readonly string[],
  pool: DescriptorPool,
): ReflectionAnswer {
  if (request.list_services !== undefined) {
    return { list_services_response: { service: names.map((name) => ({ name })) } };
  }
  if (request.file_by_filename !== undefined) {
    const path = request.file_by_filename;
    return describe(pool.file(path), `a file '${path}'`);
  }
  if (request.file_containing_symbol !== undefined) {
    const symbol = request.file_containing_symbol;
    return describe(pool.fileOfSymbol(symbol), `a symbol '${symbol}'`);
  }
  if (request.file_containing_extension) {
    const { containing_type: type, extension_number: number } = request.file_containing_extension;
    return describe(pool.fileOfExtension(type, number), `an extension ${number} of '${type}'`);
  }
  if (request.all_extension_numbers_of_type !== undefined) {
    const type = request.all_extension_numbers_of_type;
    const numbers = pool.extensionNumbers(type);
    if (numbers === undefined) return failure("NOT_FOUND", unknown(`a message '${type}'`));
    return { all_extension_numbers_response: { base_type_name: type, extension_number: numbers } };
  }
  return failure("INVALID_ARGUMENT", "The request asks for nothing that this server knows of");
}

function describe(descriptors: readonly Uint8Array[] | undefined, what: string): ReflectionAnswer {
  return descriptors === undefined
    ? failure("NOT_FOUND", unknown(what))
    : { file_descriptor_response: { file_descriptor_proto: descriptors } };
}

function unknown(what: string): string {
  return `The server does not know ${what}`;
}

function failure(code: ErrorStatusName, message: string): ReflectionAnswer {
  return { error_response: { error_code: Status[code], error_message: message } };
}

/** What `source` gives until it ends or `signal` is aborted. */
async function* until<T>(
  source: AsyncIterable<T>,
  signal: AbortSignal | undefined,
): AsyncGenerator<T> {
  const iterator = source[Symbol.asyncIterator]();
  const end = () => void iterator.return?.();
  signal?.addEventListener("abort", end);
  try {
    while (!signal?.aborted) {
      const next = await iterator.next();
      if (next.done) return;
      yield next.value;
    }
  } finally {
    signal?.removeEventListener("abort", end);
    end();
  }
}
