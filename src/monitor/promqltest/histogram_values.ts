/** Histograms in a sequence of values: `{{…}}`, `{{…}}x3`, `{{…}}+{{…}}x3`. */
import {
  addHistograms,
  type FloatHistogram,
  type NotatedHistogram,
  parseHistogramNotation,
  subtractHistograms,
} from "../histogram/mod.ts";
import { ScriptError } from "./script_error.ts";
import { repeatCount, type SequenceValue } from "./series.ts";

const ITEM = /^(\{\{[^}]*\}\})(?:([+-])(\{\{[^}]*\}\}))?(?:x(.+))?$/;

/** Reads such an item. Throws ScriptError. */
export function readHistograms(item: string): SequenceValue[] {
  const parts = ITEM.exec(item);
  if (parts === null || (parts[2] !== undefined && parts[4] === undefined)) {
    throw new ScriptError(`'${item}' is no histogram; expected such as {{sum:1}}+{{sum:2}}x3`);
  }
  const [, first = "", sign, increase, times] = parts;
  const base = readHistogram(first);
  const step = increase === undefined ? undefined : readHistogram(increase);
  const hasCounterReset = (step ?? base).saysCounterReset;
  let { histogram } = base;
  const values: SequenceValue[] = [{ kind: "histogram", histogram, hasCounterReset }];
  for (let i = times === undefined ? 0 : repeatCount(times); i > 0; i--) {
    if (step !== undefined) histogram = combine(histogram, step.histogram, sign === "-");
    values.push({ kind: "histogram", histogram, hasCounterReset });
  }
  return values;
}

function combine(a: FloatHistogram, b: FloatHistogram, isSubtraction: boolean): FloatHistogram {
  return readable(() => (isSubtraction ? subtractHistograms : addHistograms)(a, b).histogram);
}

function readHistogram(text: string): NotatedHistogram {
  return readable(() => parseHistogramNotation(text));
}

function readable<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    throw new ScriptError(error.message, undefined, { cause: error });
  }
}
