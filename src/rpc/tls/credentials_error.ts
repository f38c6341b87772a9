/** What a file of credentials is used as. */
export type CredentialsPurpose = "certificate" | "private key" | "CA certificates";

/** What a {@linkcode CredentialsError} is made of. */
export interface CredentialsErrorOptions {
  readonly path: string;
  readonly purpose: CredentialsPurpose;
  /** What is in the file, or why it cannot be read. */
  readonly found: string;
  readonly expected: string;
  readonly cause?: unknown;
}

/**
 * A file cannot be used for TLS. The message names it, what was found and what was expected; it
 * never quotes the file.
 */
export class CredentialsError extends Error {
  override readonly name = "CredentialsError";
  readonly path: string;
  readonly purpose: CredentialsPurpose;

  constructor({ path, purpose, found, expected, cause }: CredentialsErrorOptions) {
    super(`Cannot use '${path}' as TLS ${purpose}: found ${found}, expected ${expected}`, {
      cause,
    });
    this.path = path;
    this.purpose = purpose;
  }
}
