/**
 * The form that certificates and keys have in files.
 *
 * @module
 */

/** A text and where it came from. */
export interface PemFile {
  readonly path: string;
  readonly text: string;
}

/** One block: its label, such as CERTIFICATE, and all of it. */
export interface PemBlock {
  readonly label: string;
  readonly pem: string;
}

/** The blocks of RFC 7468 in a text; what stands between them is comment. */
export function pemBlocks(text: string): PemBlock[] {
  return [...text.matchAll(/-----BEGIN ([A-Z0-9 ]+)-----[^-]*-----END \1-----/g)]
    .map(([pem, label = ""]) => ({ label, pem }));
}

/** What is in a file in which something else was looked for. */
export function describePem({ text }: PemFile, blocks: readonly PemBlock[]): string {
  if (text.trim() === "") return "an empty file";
  const labels = [...new Set(blocks.map(({ label }) => label))];
  return labels.length === 0 ? "no PEM" : `only ${labels.join(", ")}`;
}
