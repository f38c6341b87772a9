import { assertEquals } from "@std/assert";
import type { Route } from "../ops/server.ts";
import { RequestCutter } from "./request_cutter.ts";

const PEER: Deno.Addr = { transport: "unix", path: "" };

/** Answers with 499 when the client has gone, as routes of the API do, and never before. */
const WAITING: Route = {
  path: "/api/v1/*",
  summary: "",
  methods: ["POST"],
  handle: ({ signal }) =>
    new Promise((resolve) =>
      signal.addEventListener("abort", () => resolve(new Response(null, { status: 499 })))
    ),
};

function ask(route: Route | undefined, init: RequestInit = {}): Promise<Response> {
  return Promise.resolve(route?.handle(new Request("http://a/api/v1/query", init), PEER)).then(
    (response) => response ?? Response.error(),
  );
}

Deno.test("RequestCutter ends the requests that run, and answers no more", async () => {
  const requests = new RequestCutter();
  const [route] = requests.over([WAITING]);
  const running = [ask(route), ask(route)];
  requests.cut();
  for (const response of [...await Promise.all(running), await ask(route)]) {
    assertEquals([response.status, await response.json()], [503, {
      status: "error",
      errorType: "canceled",
      error: "the query was cut: the program is stopping",
    }]);
  }
});

Deno.test("RequestCutter passes on that a client has gone", async () => {
  const [route] = new RequestCutter().over([WAITING]);
  const client = new AbortController();
  const answer = ask(route, { signal: client.signal });
  client.abort();
  assertEquals((await answer).status, 499);
});

Deno.test("RequestCutter changes nothing else of a request and its answer", async () => {
  const [route] = new RequestCutter().over([{
    ...WAITING,
    handle: async (request) =>
      new Response(`${request.method} ${request.url} ${await request.text()}`, {
        status: 201,
        headers: { kind: request.headers.get("kind") ?? "" },
      }),
  }]);
  const response = await ask(route, { method: "POST", body: "query=up", headers: { kind: "b" } });
  assertEquals(
    [response.status, response.headers.get("kind"), await response.text()],
    [201, "b", "POST http://a/api/v1/query query=up"],
  );
});
