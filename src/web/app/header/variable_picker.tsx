import type { VNode } from "preact";
import { useEffect, useId, useRef, useState } from "preact/hooks";
import { ALL, type Choice, type Selection, type Variable } from "../../model/mod.ts";
import { Icon } from "../ui/icon.tsx";
import { Popover } from "../ui/popover.tsx";

/** A variable with what can be chosen and what is. */
export interface VariablePickerProps {
  readonly variable: Variable;
  readonly options: readonly Choice[];
  readonly selection: Selection;
  /** Why there are no options, in words. */
  readonly error?: string | undefined;
  readonly onChange: (values: readonly string[]) => void;
}

/** Types with nothing to choose: the page has one data source, and adds no filters to queries. */
const HIDDEN: ReadonlySet<string> = new Set(["constant", "adhoc", "datasource"]);

/** The control of a variable: a text field, or a list to choose from. */
export function VariablePicker(props: VariablePickerProps): VNode | null {
  const { variable, selection } = props;
  if (variable.hide === 2 || HIDDEN.has(variable.type)) return null;
  const label = variable.label ?? variable.name;
  const name = variable.hide === 1 ? null : <span class="name">{label}</span>;
  if (variable.type === "textbox") {
    return (
      <label class="variable" title={variable.description}>
        {name}
        <input
          aria-label={label}
          value={selection.choices[0]?.value ?? ""}
          onChange={({ currentTarget }) => props.onChange([currentTarget.value])}
        />
      </label>
    );
  }
  const words = selection.all
    ? "All"
    : selection.choices.map(({ text }) => text).join(" + ") || "None";
  return (
    <div class="variable" title={props.error ?? variable.description}>
      {name}
      <Popover
        label={`${label}: ${words}`}
        contentLabel={label}
        kind="listbox"
        face={
          <>
            <span class="value">{words}</span>
            {props.error !== undefined && <Icon name="warning" />}
            <Icon name="down" />
          </>
        }
      >
        {(close) => <Choices {...props} label={label} close={close} />}
      </Popover>
    </div>
  );
}

/** More than this is not drawn: the search finds the rest. */
const MOST_SHOWN = 200;

function Choices(
  { variable, options, selection, error, label, onChange, close }: VariablePickerProps & {
    readonly label: string;
    readonly close: () => void;
  },
): VNode {
  const id = useId();
  const list = useRef<HTMLUListElement>(null);
  const [search, setSearch] = useState("");
  const [active, setActive] = useState(0);
  const found = withAll(variable, options)
    .filter(({ text }) => text.toLowerCase().includes(search.toLowerCase()));
  const shown = found.slice(0, MOST_SHOWN);
  const chosen = new Set(selection.all ? [ALL] : selection.choices.map(({ value }) => value));
  const choose = (value: string) => {
    if (!variable.multi) {
      onChange([value]);
      return close();
    }
    onChange(toggled(chosen, value));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (step !== 0 && shown.length > 0) {
      event.preventDefault();
      setActive((active + step + shown.length) % shown.length);
    } else if (event.key === "Enter") {
      event.preventDefault();
      const one = shown[active];
      if (one !== undefined) choose(one.value);
    }
  };
  useEffect(() => {
    list.current?.children[active]?.scrollIntoView({ block: "nearest" });
  }, [active]);
  return (
    <div class="choices">
      <input
        role="combobox"
        aria-expanded="true"
        aria-controls={id}
        aria-activedescendant={shown.length > 0 ? `${id}-${active}` : undefined}
        aria-label={`Search ${label}`}
        placeholder="Search"
        spellcheck={false}
        value={search}
        onKeyDown={onKeyDown}
        onInput={({ currentTarget }) => {
          setSearch(currentTarget.value);
          setActive(0);
        }}
      />
      <ul
        role="listbox"
        id={id}
        ref={list}
        aria-label={label}
        aria-multiselectable={variable.multi}
      >
        {shown.map(({ text, value }, at) => (
          <li
            key={value}
            id={`${id}-${at}`}
            role="option"
            class={at === active ? "active" : ""}
            aria-selected={chosen.has(value)}
            onMouseDown={keepFocus}
            onPointerMove={() => setActive(at)}
            onClick={() => choose(value)}
          >
            <Icon name="check" />
            {text === "" ? <em>empty</em> : text}
          </li>
        ))}
      </ul>
      {found.length === 0 && (
        <p class="faint">
          {error ?? (search === "" ? "Nothing to choose from." : "Nothing matches.")}
        </p>
      )}
      {found.length > shown.length && (
        <p class="faint">{found.length - shown.length} more: search for them.</p>
      )}
    </div>
  );
}

/** The focus stays in the search. */
function keepFocus(event: Event): void {
  event.preventDefault();
}

function withAll(variable: Variable, options: readonly Choice[]): readonly Choice[] {
  return variable.includeAll ? [{ text: "All", value: ALL }, ...options] : options;
}

/** All and single values exclude each other; nothing at all is All again. */
function toggled(chosen: ReadonlySet<string>, value: string): string[] {
  if (value === ALL) return [ALL];
  const next = new Set(chosen);
  next.delete(ALL);
  if (!next.delete(value)) next.add(value);
  return next.size === 0 ? [ALL] : [...next];
}
