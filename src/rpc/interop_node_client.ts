/**
 * A client that knows nothing of us, for Node: it calls `foo.Foo/echo` of the server that it is told
 * and prints what it got, a JSON line each: the reply, and the status of a path that nobody serves.
 *
 * @module
 */
import * as grpc from "@grpc/grpc-js";
import process from "node:process";

const client = new grpc.Client(process.argv[2] ?? "", grpc.credentials.createInsecure());
const asIs = (bytes: Buffer) => bytes;

/** Field 1 of a message, a short string. */
function message(text: string): Buffer {
  const bytes = Buffer.from(text);
  return Buffer.concat([Buffer.from([10, bytes.length]), bytes]);
}

function call(path: string): Promise<string> {
  return new Promise((resolve) => {
    const deadline = Date.now() + 10_000;
    client.makeUnaryRequest(path, asIs, asIs, message("Node"), { deadline }, (error, reply) => {
      resolve(error ? `${grpc.status[error.code]}` : reply?.subarray(2).toString() ?? "");
    });
  });
}

process.stdout.write(
  `${JSON.stringify([await call("/foo.Foo/echo"), await call("/foo.Foo/none")])}\n`,
);
client.close();
