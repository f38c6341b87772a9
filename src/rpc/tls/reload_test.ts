import { assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { findMetric } from "../../metrics/debugging.ts";
import { testAuthority } from "../../testing/certificates.ts";
import { RpcError } from "../status.ts";
import { shownTo, testWithTls, type TlsFixture } from "./fixture.ts";

const quick = () => ({ reloadIntervalMs: 10 });
const RELOADED = "took up new TLS files";
const BROKEN = "cannot use the new TLS files";

/** Puts the certificate and key of a new `name` in place of the server's. */
async function replace({ authority }: TlsFixture, name: string): Promise<void> {
  const { certFile, keyFile } = await authority.issue(name);
  await Deno.rename(keyFile, `${authority.folder}/server.key`);
  await Deno.rename(certFile, `${authority.folder}/server.pem`);
}

testWithTls(
  "serveRpc() shows a new certificate to new connections while a call of an old one goes on",
  async (fixture) => {
    const { server, logged, client, tick } = fixture;
    const replies = client().methods.tick({ text: "" })[Symbol.asyncIterator]();
    assertEquals((await replies.next()).value, { text: "running" });
    assertEquals(await shownTo(server.address.port), "server");

    await replace(fixture, "renewed");
    assertStringIncludes(await logged.take(RELOADED), '"subject":"CN=renewed"');
    assertEquals(await shownTo(server.address.port), "renewed");

    tick("still running");
    assertEquals((await replies.next()).value, { text: "still running" });
    assertEquals((await replies.next()).done, true);
  },
  quick,
);

testWithTls(
  "serveRpc() keeps the old certificate when the new files are broken, logs and counts it",
  async (fixture) => {
    const { authority, server, logged, metrics } = fixture;
    const other = await authority.issue("other");
    await Deno.copyFile(other.certFile, `${authority.folder}/server.pem`);
    assertStringIncludes(await logged.take(BROKEN), "found a key of another certificate");
    await Deno.writeTextFile(`${authority.folder}/server.pem`, "");
    assertStringIncludes(await logged.take(BROKEN), "found an empty file");
    await Deno.remove(`${authority.folder}/server.pem`);
    assertStringIncludes(await logged.take(BROKEN), "found no such file");
    assertEquals(await shownTo(server.address.port), "server");
    const labels = { role: "server", result: "failed" };
    const failed = () => findMetric(metrics(), "counter", "grpc_tls_reloads_total", labels).value;
    assertEquals(Number(failed()), 3);

    await replace(fixture, "renewed");
    await logged.take(RELOADED);
    assertEquals(await shownTo(server.address.port), "renewed");
  },
  quick,
);

// Kubernetes mounts a Secret as: tls.crt → ..data/tls.crt, ..data → ..2026_01_01. An update writes a
// new folder and renames a new ..data over the old one; the links of the files are never touched.
testWithTls(
  "serveRpc() sees that the ..data link of a mounted Secret points elsewhere",
  async (fixture) => {
    const { authority: { folder }, server, logged } = fixture;
    await replace(fixture, "renewed");
    await logged.take(RELOADED);
    const link = (to: string, at: string) => Deno.symlink(to, `${folder}/${at}`);
    for (const version of ["..1", "..2"]) {
      await Deno.mkdir(`${folder}/${version}`);
      const { certFile, keyFile } = await fixture.authority.issue(`secret${version}`);
      await Deno.rename(certFile, `${folder}/${version}/server.pem`);
      await Deno.rename(keyFile, `${folder}/${version}/server.key`);
    }
    await link("..1", "..data");
    for (const name of ["server.pem", "server.key"]) {
      await Deno.remove(`${folder}/${name}`);
      await link(`..data/${name}`, name);
    }
    await logged.take("CN=secret..1");
    await link("..2", "..data_tmp");
    await Deno.rename(`${folder}/..data_tmp`, `${folder}/..data`);
    await logged.take("CN=secret..2");
    assertEquals(await shownTo(server.address.port), "secret..2");
  },
  quick,
);

testWithTls(
  "serveRpc() takes up new authorities of clients",
  async ({ authority, openssl, client, logged }) => {
    await using next = await testAuthority(openssl, "next");
    const before = await authority.issue("before");
    const after = { ...await next.issue("after"), caFile: `${authority.folder}/kept.pem` };
    await Deno.copyFile(authority.caFile, after.caFile);
    await client({ ...before, caFile: after.caFile }).methods.greet({ text: "" });
    await Deno.copyFile(next.caFile, authority.caFile);
    await logged.take(RELOADED);
    assertEquals((await client(after).methods.greet({ text: "Ada" })).text, "Hello Ada!");
    const refused = client({ ...before, caFile: after.caFile, serverName: "localhost" });
    const error = await assertRejects(() => refused.methods.greet({ text: "" }), RpcError);
    assertEquals(error.code, "UNAVAILABLE");
  },
  (authority) => ({ clientCaFile: authority.caFile, ...quick() }),
);

testWithTls(
  "connectRpc() makes new connections with new files",
  async ({ authority, openssl, client, logged }) => {
    await using stranger = await testAuthority(openssl);
    const { certFile, keyFile } = await stranger.issue("caller");
    const caller = client({ certFile, keyFile, ...quick() });
    const call = (waitForReady: boolean) =>
      caller.methods.greet({ text: "Ada" }, { waitForReady, timeoutMs: 20_000 });
    assertEquals((await assertRejects(() => call(false), RpcError)).code, "UNAVAILABLE");
    const accepted = await authority.issue("caller");
    await Deno.copyFile(accepted.certFile, certFile);
    await Deno.copyFile(accepted.keyFile, keyFile);
    assertStringIncludes(await logged.take(RELOADED), '"role":"client"');
    assertEquals((await call(true)).text, "Hello Ada!");
  },
  (authority) => ({ clientCaFile: authority.caFile }),
);

const EXPIRY = "grpc_tls_certificate_expiry_timestamp_seconds";

testWithTls("serveRpc() exports when its certificate expires, and warns", async (fixture) => {
  const { authority, logged, metrics } = fixture;
  const labels = { role: "server", file: `${authority.folder}/server.pem` };
  const warning = JSON.parse(await logged.take("a TLS certificate expires in 5 days"));
  assertEquals(
    Date.parse(warning.expires) / 1000,
    findMetric(metrics(), "gauge", EXPIRY, labels).value,
  );
}, () => ({ now: () => Date.now() + 84.5 * 24 * 3_600_000 }));
