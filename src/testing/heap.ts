/** Bytes that are in use after a collection; undefined without `--v8-flags=--expose-gc`. */
export function bytesInUse(): number | undefined {
  const { gc } = globalThis as { readonly gc?: () => void };
  if (gc === undefined) return undefined;
  gc();
  const { heapUsed, external } = Deno.memoryUsage();
  return heapUsed + external;
}
