import {
  assert,
  assertEquals,
  assertMatch,
  assertRejects,
  assertStringIncludes,
} from "@std/assert";
import { testWith } from "../../testing/permissions.ts";
import { readPage } from "./read_page.ts";
import { httpTarget, ownTarget } from "./target.ts";

const NEVER = new AbortController().signal;

/** Runs `use` with the address of a server that answers all requests alike. */
async function withServer(
  answer: (request: Request) => Response | Promise<Response>,
  use: (url: URL) => Promise<void>,
): Promise<void> {
  const server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen: () => {} }, answer);
  try {
    await use(new URL(`http://127.0.0.1:${server.addr.port}/metrics`));
  } finally {
    await server.shutdown();
  }
}

function page(text: string | Uint8Array<ArrayBuffer>, headers: Record<string, string> = {}) {
  return new Response(text, {
    headers: { "content-type": "text/plain; version=0.0.4", ...headers },
  });
}

function read(url: URL, signal = NEVER) {
  return httpTarget(url, "test").read(signal, 2_500);
}

testWith(["net"], "httpTarget() asks as Prometheus does", async () => {
  let seen = new Headers();
  await withServer((request) => {
    seen = request.headers;
    return page("a 1\n");
  }, async (url) => {
    assertEquals(await read(url), { pieces: ["a 1\n"], contentType: "text/plain; version=0.0.4" });
  });
  assertMatch(seen.get("accept") ?? "", /^application\/openmetrics-text;version=1.0.0/);
  assertEquals(seen.get("x-prometheus-scrape-timeout-seconds"), "2.5");
  assertEquals(seen.get("user-agent"), "echoscope");
});

testWith(["net"], "httpTarget() reads a page that is gzipped", async () => {
  await withServer((request) => {
    assertStringIncludes(request.headers.get("accept-encoding") ?? "", "gzip");
    const stream = new Blob(["a 1\n"]).stream().pipeThrough(new CompressionStream("gzip"));
    return new Response(stream, {
      headers: { "content-type": "text/plain", "content-encoding": "gzip" },
    });
  }, async (url) => assertEquals((await read(url)).pieces, ["a 1\n"]));
});

testWith(["net"], "httpTarget() sends a name and password, and shows them nowhere", async () => {
  let seen: string | null = "";
  await withServer((request) => {
    seen = request.headers.get("authorization");
    return page("a 1\n");
  }, async (url) => {
    url.username = "käthe";
    url.password = "p:w";
    const target = httpTarget(url, "test");
    await target.read(NEVER, 1_000);
    assertEquals([target.url.username, target.url.password], ["", ""]);
  });
  assertEquals(seen, `Basic ${btoa("k\xc3\xa4the:p:w")}`);
});

const FAILURES: readonly [string, () => Response, string][] = [
  [
    "another status than 200",
    () => new Response("no", { status: 503 }),
    "server returned HTTP status 503 Service Unavailable",
  ],
  ["a page that is not UTF-8", () => page(new Uint8Array([0x61, 0xff])), "the page is not UTF-8"],
  [
    "a page that is too large",
    () => page("a 1\n".repeat(9 * 1024 * 1024)),
    "body size limit exceeded: 33554432 bytes",
  ],
];

for (const [what, answer, message] of FAILURES) {
  testWith(["net"], `httpTarget() fails for ${what}`, async () => {
    await withServer(answer, async (url) => {
      await assertRejects(() => read(url), Error, message);
    });
  });
}

testWith(["net"], "httpTarget() says that nobody is there", async () => {
  let gone = new URL("http://127.0.0.1:1/");
  await withServer(() => page(""), (url) => {
    gone = url;
    return Promise.resolve();
  });
  await assertRejects(() => read(gone), Error, `cannot reach ${gone.host}: `);
});

testWith(
  ["net"],
  "httpTarget() ends with its signal, before the answer and within it",
  async () => {
    for (const begins of [false, true]) {
      const arrived = Promise.withResolvers<void>();
      const held = Promise.withResolvers<void>();
      await withServer(async () => {
        arrived.resolve();
        if (!begins) await held.promise;
        return new Response(ReadableStream.from(heldPage(held.promise)));
      }, async (url) => {
        const stop = new AbortController();
        const reading = assertRejects(() => read(url, stop.signal), Error, "too late");
        await arrived.promise;
        stop.abort(new Error("too late"));
        await reading;
        held.resolve();
      });
    }
  },
);

/** A page that goes on when `held` resolves. */
async function* heldPage(held: Promise<void>): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  yield new TextEncoder().encode("a 1\n");
  await held;
}

Deno.test("httpTarget() names the instance by host and port, as they are given", () => {
  const instanceOf = (url: string) => httpTarget(new URL(url), "test").labels.toJSON();
  assertEquals(instanceOf("http://a.example:9000/metrics?x=1"), {
    instance: "a.example:9000",
    job: "test",
  });
  assertEquals(instanceOf("https://a.example/metrics"), { instance: "a.example", job: "test" });
  assertEquals(instanceOf("http://[::1]:9000/"), { instance: "[::1]:9000", job: "test" });
});

Deno.test("ownTarget() reads the process's own page without a network, whoever else may scrape it", async () => {
  const target = ownTarget({
    instance: "127.0.0.1:9000",
    job: "echoscope",
    pod: "local",
    route: {
      path: "/metrics",
      summary: "",
      handle: (request, peer) =>
        page(`# ${request.url} ${peer.transport}\n`, {
          "content-type": request.headers.get("accept")?.split(";")[0] ?? "",
        }),
    },
  });
  assertEquals(target.labels.toJSON(), {
    instance: "127.0.0.1:9000",
    job: "echoscope",
    pod: "local",
  });
  assertEquals(await target.read(NEVER, 1_000), {
    pieces: ["# http://127.0.0.1:9000/metrics unix\n"],
    contentType: "application/openmetrics-text",
  });
});

Deno.test("ownTarget() fails where its route does", async () => {
  const target = ownTarget({
    instance: "127.0.0.1:9000",
    job: "echoscope",
    route: { path: "/metrics", summary: "", handle: () => new Response(null, { status: 500 }) },
  });
  await assertRejects(() => target.read(NEVER, 1_000), Error, "HTTP status 500");
});

Deno.test("readPage() gives a long page in pieces of whole lines, wherever its bytes are cut", async () => {
  const lines = Array.from({ length: 20_000 }, (_, i) => `metric{label="é✓${i}"} ${i}\n`);
  const text = `${lines.join("")}last 1`;
  const { pieces } = await readPage(new Response(text));
  assertEquals(pieces.join(""), text);
  assert(pieces.length > 5, `${pieces.length} pieces`);
  assert(pieces.slice(0, -1).every((piece) => piece.endsWith("\n")));
  assertEquals((await readPage(new Response(""))).pieces, []);
});

Deno.test("readPage() refuses a line that is too long, and what is not UTF-8 at its end", async () => {
  const long = `a 1\n# ${"x".repeat(400_000)}\n`;
  await assertRejects(() => readPage(new Response(long)), Error, "a line of more than 262144");
  const cut = new TextEncoder().encode("a 1\n# é").subarray(0, -1);
  await assertRejects(() => readPage(new Response(cut)), Error, "not UTF-8");
});
