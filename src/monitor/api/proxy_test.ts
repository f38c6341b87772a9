import { assertEquals, assertStringIncludes } from "@std/assert";
import { createLogger } from "../../logging/logger.ts";
import { testWith } from "../../testing/permissions.ts";
import { proxyRoutes } from "./proxy.ts";

/** What a Prometheus was asked. */
interface Asked {
  readonly line: string;
  readonly body: string;
  readonly headers: Headers;
}

/** A server in Prometheus' place, that tells what it was asked. */
function upstream(answer: () => Response | Promise<Response>): {
  readonly port: number;
  readonly asked: Asked[];
  [Symbol.asyncDispose](): Promise<void>;
} {
  const asked: Asked[] = [];
  const server = Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen: () => {} },
    async (request) => {
      const { pathname, search } = new URL(request.url);
      asked.push({
        line: `${request.method} ${pathname}${search}`,
        body: await request.text(),
        headers: request.headers,
      });
      return await answer();
    },
  );
  return {
    port: server.addr.port,
    asked,
    [Symbol.asyncDispose]: () => server.shutdown(),
  };
}

async function ask(
  url: string,
  path: string,
  { timeoutMs = 5000, ...init }: RequestInit & { readonly timeoutMs?: number } = {},
): Promise<Response> {
  const log = createLogger({ level: "error", format: "human", write: () => {} });
  const [route] = proxyRoutes({ url: new URL(url), log, timeoutMs });
  if (route === undefined) throw new Error("there is no route");
  const peer = { transport: "tcp", hostname: "127.0.0.1", port: 1 } as const;
  return await route.handle(new Request(`http://127.0.0.1/api/v1/${path}`, init), peer);
}

testWith(["net"], "proxyRoutes() passes requests on and answers back", async () => {
  await using prometheus = upstream(() =>
    new Response('{"status":"error"}', {
      status: 422,
      headers: { "content-type": "application/json", "set-cookie": "a=b", "x-other": "1" },
    })
  );
  const url = `http://user:pass%20word@127.0.0.1:${prometheus.port}/prefix/`;
  const response = await ask(url, "query?time=1", {
    method: "POST",
    headers: {
      "content-type": "application/x-www-form-urlencoded",
      "cookie": "secret",
      "authorization": "Bearer secret",
    },
    body: "query=up",
  });
  assertEquals(
    [response.status, await response.text(), Object.fromEntries(response.headers)],
    [422, '{"status":"error"}', { "content-type": "application/json" }],
  );
  const [{ line, body, headers } = { line: "", body: "", headers: new Headers() }] =
    prometheus.asked;
  assertEquals([line, body], ["POST /prefix/api/v1/query?time=1", "query=up"]);
  assertEquals(headers.get("authorization"), `Basic ${btoa("user:pass word")}`);
  assertEquals(headers.get("cookie"), null);
});

testWith(["net"], "proxyRoutes() passes on reading alone", async () => {
  await using prometheus = upstream(() => new Response("{}"));
  const url = `http://127.0.0.1:${prometheus.port}`;
  const statuses: number[] = [];
  for (
    const [method, path] of [
      ["POST", "admin/tsdb/delete_series"],
      ["POST", "write"],
      ["GET", "status/flags"],
      ["POST", "rules"],
      ["GET", "label/a%2Fb/values"],
      ["GET", "label/job/values?match[]=up"],
      ["HEAD", "labels"],
    ] as const
  ) {
    const response = await ask(url, path, { method });
    statuses.push(response.status);
    await response.body?.cancel();
  }
  assertEquals(statuses, [404, 404, 404, 405, 404, 200, 200]);
  assertEquals(prometheus.asked.map(({ line }) => line), [
    "GET /api/v1/label/job/values?match[]=up",
    "GET /api/v1/labels",
  ]);
});

testWith(["net"], "proxyRoutes() says that Prometheus takes too long", async () => {
  const end = Promise.withResolvers<Response>();
  await using prometheus = upstream(() => end.promise);
  const url = `http://user:secret@127.0.0.1:${prometheus.port}/p`;
  const response = await ask(url, "query?query=up", { timeoutMs: 20 });
  assertEquals(response.status, 504);
  assertEquals(await response.json(), {
    status: "error",
    errorType: "timeout",
    error: `Prometheus at http://127.0.0.1:${prometheus.port}/p has not answered within 0.02 s`,
  });
  end.resolve(new Response());
});

testWith(["net"], "proxyRoutes() says that there is no Prometheus", async () => {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const { port } = listener.addr;
  listener.close();
  const response = await ask(`http://127.0.0.1:${port}`, "query?query=up");
  assertEquals(response.status, 502);
  assertEquals(await response.json(), {
    status: "error",
    errorType: "unavailable",
    error: `Prometheus at http://127.0.0.1:${port} cannot be reached`,
  });
});

testWith(["net"], "proxyRoutes() does not follow to other addresses", async () => {
  await using prometheus = upstream(() => Response.redirect("http://127.0.0.1:1/login"));
  const response = await ask(`http://127.0.0.1:${prometheus.port}`, "query?query=up");
  assertEquals(response.status, 502);
  assertStringIncludes(
    (await response.json()).error,
    "redirects to http://127.0.0.1:1/login: give the address at which it answers itself",
  );
});
