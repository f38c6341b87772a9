/**
 * A collector of OpenTelemetry's traces, for children that Deno traces.
 *
 * @module
 */

/** A span as OTLP writes it in JSON; what tests look at. */
export interface OtlpSpan {
  readonly name: string;
  /** 1 internal, 2 server, 3 client */
  readonly kind: number;
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId: string;
  readonly attributes: readonly {
    readonly key: string;
    readonly value: Readonly<Record<string, unknown>>;
  }[];
  readonly events: readonly { readonly name: string }[];
  readonly status: { readonly code?: number; readonly message?: string };
}

interface OtlpTraces {
  readonly resourceSpans?: readonly {
    readonly scopeSpans: readonly { readonly spans: readonly OtlpSpan[] }[];
  }[];
}

/** A collector that listens. Dispose of it to close it. */
export class OtlpCollector implements AsyncDisposable {
  /** What came so far, in the order of arrival. */
  readonly spans: OtlpSpan[] = [];
  readonly #waiting = new Set<() => void>();
  readonly #server = Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen() {} },
    async (request) => {
      const { resourceSpans = [] }: OtlpTraces = await request.json();
      for (const { scopeSpans } of resourceSpans) {
        this.spans.push(...scopeSpans.flatMap(({ spans }) => spans));
      }
      for (const resolve of this.#waiting) resolve();
      this.#waiting.clear();
      return Response.json({ partialSuccess: {} });
    },
  );

  /** Environment of a child that is traced into this collector. */
  get env(): Record<string, string> {
    return {
      OTEL_DENO: "true",
      OTEL_DENO_METRICS: "false",
      OTEL_DENO_CONSOLE: "ignore",
      OTEL_BSP_SCHEDULE_DELAY: "50",
      OTEL_EXPORTER_OTLP_PROTOCOL: "http/json",
      OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${this.#server.addr.port}`,
    };
  }

  /** Resolves with the first span for which `isWanted` holds, when it comes; rejects after 30 seconds. */
  async find(isWanted: (span: OtlpSpan) => boolean): Promise<OtlpSpan> {
    const late = Promise.withResolvers<never>();
    const names = () => this.spans.map(({ name }) => name).join(", ") || "none";
    const timer = setTimeout(
      () => late.reject(new Error(`The span did not come. Those that came: ${names()}`)),
      30_000,
    );
    try {
      while (true) {
        const found = this.spans.find(isWanted);
        if (found !== undefined) return found;
        const more = new Promise<void>((resolve) => this.#waiting.add(resolve));
        await Promise.race([more, late.promise]);
      }
    } finally {
      clearTimeout(timer);
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#server.shutdown();
  }
}

/** The attributes of a span by name, each as the value that was set. */
export function attributesOf(span: OtlpSpan): Record<string, unknown> {
  return Object.fromEntries(
    span.attributes.map(({ key, value }) => [key, Object.values(value)[0]]),
  );
}

/** Runs a script to its end with a collector of its own. */
export async function runTraced(
  script: URL,
  { permissions, args = [], env = {} }: {
    readonly permissions: readonly string[];
    readonly args?: readonly string[];
    /** Wins over what points the script to the collector. */
    readonly env?: Readonly<Record<string, string>>;
  },
): Promise<{ spans: readonly OtlpSpan[]; lines: readonly string[] }> {
  await using collector = new OtlpCollector();
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "-q", "--no-prompt", ...permissions, script.href, ...args],
    env: { NO_COLOR: "1", ...collector.env, ...env },
  }).output();
  const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
  if (code !== 0) throw new Error(`${script.pathname} failed: ${text(stderr)}`);
  return { spans: collector.spans, lines: text(stdout).trim().split("\n") };
}
