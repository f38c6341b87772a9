import { useEffect, useState } from "preact/hooks";
import { annotationMarks } from "../../data/mod.ts";
import type { AnnotationMark, TimeRange } from "../../data/series.ts";
import type { Annotation, Scope } from "../../model/mod.ts";
import { useSurroundings } from "../context.ts";

const NONE: readonly AnnotationMark[] = [];

/** The marks on the time axis of all panels. Those that cannot be had are left out. */
export function useAnnotations(
  annotations: readonly Annotation[],
  { scope, range, round, ready }: {
    scope: Scope;
    range: TimeRange;
    round: number;
    ready: boolean;
  },
): readonly AnnotationMark[] {
  const { client, scrapeSeconds } = useSurroundings();
  const [marks, setMarks] = useState(NONE);
  useEffect(() => {
    if (!ready || scrapeSeconds === undefined || annotations.length === 0) return;
    const abort = new AbortController();
    const run = { scope, range, scrapeSeconds, signal: abort.signal };
    annotationMarks(client, annotations, run).then(
      (found) => {
        // The same object keeps panels from drawing anew.
        setMarks((old) => JSON.stringify(old) === JSON.stringify(found) ? old : found);
      },
      () => {},
    );
    return () => abort.abort();
  }, [annotations, scope, range.from, range.to, round, ready, scrapeSeconds]);
  return marks;
}
