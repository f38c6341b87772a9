/**
 * A tar archive of text files (POSIX ustar), so that many files can leave by standard output.
 *
 * @module
 */

const BLOCK = 512;

/** A file in an archive: a path of at most 100 bytes, and its text. */
export interface TarFile {
  readonly path: string;
  readonly text: string;
}

/** The archive as text. Times are zero: the same files always give the same archive. */
export function tar(files: readonly TarFile[]): string {
  const entries = files.map(({ path, text }) => {
    const size = new TextEncoder().encode(text).length;
    return header(path, size) + text + "\0".repeat((BLOCK - size % BLOCK) % BLOCK);
  });
  return entries.join("") + "\0".repeat(2 * BLOCK);
}

function header(path: string, size: number): string {
  if (!/^[\x20-\x7e]{1,100}$/.test(path)) {
    throw new RangeError(`Cannot archive '${path}': the path must be 1 to 100 ASCII characters`);
  }
  const octal = (value: number, width: number) => `${value.toString(8).padStart(width - 1, "0")}\0`;
  const before = path.padEnd(100, "\0") + octal(0o644, 8) + octal(0, 8) + octal(0, 8) +
    octal(size, 12) + octal(0, 12);
  const after = "0" + "\0".repeat(100) + "ustar\0" + "00";
  const sum = [...before, " ".repeat(8), ...after].join("").split("")
    .reduce((total, character) => total + character.charCodeAt(0), 0);
  return `${before}${sum.toString(8).padStart(6, "0")}\0 ${after}`.padEnd(BLOCK, "\0");
}
