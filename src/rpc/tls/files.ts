/**
 * Reads the files of TLS credentials and notices when they change.
 *
 * It looks at their text again and again. That sees every way in which files are replaced: written
 * in place, renamed over, or behind a symbolic link that is moved, as Kubernetes does with the
 * `..data` of a Secret; it works on every file system, and uses none of the inotify instances that
 * run out on a busy node. Reading three small files takes less than 0.1 ms, so it is done at once,
 * without a promise that could outlive its owner.
 *
 * @module
 */
import { CredentialsError, type CredentialsPurpose } from "./credentials_error.ts";
import type { PemFile } from "./pem.ts";

/** Largest file that is read, in bytes. */
const MAX_FILE_BYTES = 1024 * 1024;

/** Reads a file of credentials. Throws {@linkcode CredentialsError}, with the reason in words. */
export function readPem(path: string, purpose: CredentialsPurpose): PemFile {
  const expected = `a file in PEM of at most ${MAX_FILE_BYTES} bytes`;
  let found: string;
  try {
    const { isFile, size } = Deno.statSync(path);
    if (isFile && size <= MAX_FILE_BYTES) return { path, text: Deno.readTextFileSync(path) };
    found = isFile ? `${size} bytes` : "something that is no file";
  } catch (cause) {
    throw new CredentialsError({ path, purpose, found: reasonOf(cause), expected, cause });
  }
  throw new CredentialsError({ path, purpose, found, expected });
}

function reasonOf(cause: unknown): string {
  if (cause instanceof Deno.errors.NotFound) return "no such file";
  if (cause instanceof Deno.errors.PermissionDenied) {
    return "a file that this user may not read";
  }
  if (cause instanceof Deno.errors.NotCapable) {
    return "that this process was not given the read permission for it";
  }
  return cause instanceof Error ? cause.message : String(cause);
}

/** The texts of files, or why each cannot be read, as one text that changes when one of them does. */
export function textOf(paths: readonly (string | undefined)[]): string {
  return JSON.stringify(paths.map((path) => {
    try {
      return path === undefined ? null : readPem(path, "certificate").text;
    } catch (error) {
      return String(error);
    }
  }));
}

/** Options of {@linkcode watchText}. */
export interface WatchTextOptions {
  /** What to look at, as one text; must not throw. */
  readonly read: () => string;
  /** Milliseconds between two looks. */
  readonly intervalMs: number;
  /** Called with each look, after `onChange`. */
  readonly onLook: () => void;
  /** Called when the text has changed, and was found the same twice: writing it is over. */
  readonly onChange: () => void;
}

/** Looks at a text at intervals until it is disposed of. */
export function watchText(options: WatchTextOptions): Disposable {
  let taken = options.read();
  let seen = taken;
  const timer = setInterval(() => {
    const text = options.read();
    if (text === seen && text !== taken) {
      taken = text;
      options.onChange();
    }
    seen = text;
    options.onLook();
  }, options.intervalMs);
  return { [Symbol.dispose]: () => clearInterval(timer) };
}
