/**
 * Certificates for tests, made by the program openssl when a test wants them.
 *
 * @module
 */

/** A certificate with its key, in files. */
export interface TestIdentity {
  readonly certFile: string;
  readonly keyFile: string;
}

/** An authority of its own, in a folder of its own. Dispose of it to remove the folder. */
export interface TestAuthority extends AsyncDisposable {
  readonly folder: string;
  readonly caFile: string;
  /**
   * Makes a certificate for localhost and 127.0.0.1, with the subject `CN=name` in the files
   * `name.pem` and `name.key`; valid for `days` from now, which may be negative. Default 90.
   */
  issue(name: string, options?: { days?: number; hosts?: string }): Promise<TestIdentity>;
}

const NEW_KEY = "-newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes".split(" ");
const HOSTS = "DNS:localhost,IP:127.0.0.1";

/** Makes an authority. `openssl` is the path of the program. */
export async function testAuthority(openssl: string, name = "ca"): Promise<TestAuthority> {
  const folder = await Deno.makeTempDir({ prefix: "echoscope_tls_" });
  const path = (file: string) => `${folder}/${file}`;

  async function run(...args: string[]): Promise<void> {
    const { success, stderr } = await new Deno.Command(openssl, { args, cwd: folder }).output();
    if (!success) throw new Error(`openssl ${args[0]}: ${new TextDecoder().decode(stderr)}`);
  }

  const subject = (name: string) => ["-subj", `/CN=${name}`];
  await run(
    "req",
    "-x509",
    ...NEW_KEY,
    ...subject(name),
    ..."-keyout ca.key -out ca.pem".split(" "),
  );
  return {
    folder,
    caFile: path("ca.pem"),
    async issue(name, { days = 90, hosts = HOSTS } = {}) {
      const [pem, key] = [`${name}.pem`, `${name}.key`];
      const [request, extensions] = [`${name}.csr`, `${name}.ext`];
      await Deno.writeTextFile(path(extensions), `subjectAltName=${hosts}\n`);
      await run("req", "-new", ...NEW_KEY, ...subject(name), "-keyout", key, "-out", request);
      const signing = [
        "-CA",
        "ca.pem",
        "-CAkey",
        "ca.key",
        "-CAcreateserial",
        "-extfile",
        extensions,
      ];
      await run("x509", "-req", "-in", request, ...signing, "-days", `${days}`, "-out", pem);
      return { certFile: path(pem), keyFile: path(key) };
    },
    [Symbol.asyncDispose]: () => Deno.remove(folder, { recursive: true }),
  };
}
