import { useEffect, useState } from "preact/hooks";
import { changeParameters } from "./place.ts";

/** What was chosen; `system` follows the machine. */
export type ThemeChoice = "system" | "dark" | "light";

/** What is shown. */
export type Theme = "dark" | "light";

const CHOICES: readonly ThemeChoice[] = ["system", "dark", "light"];
const KEY = "theme";

/** The theme of the URL, else of this browser, else the system's. */
export function useTheme(
  parameters: URLSearchParams,
): { readonly choice: ThemeChoice; readonly theme: Theme } {
  const choice = choiceOf(parameters.get(KEY)) ?? choiceOf(kept()) ?? "system";
  const dark = useMedia("(prefers-color-scheme: dark)");
  const theme = choice === "system" ? (dark ? "dark" : "light") : choice;
  useEffect(() => {
    document.documentElement.dataset["theme"] = theme;
  }, [theme]);
  return { choice, theme };
}

/** Shows the next theme, and keeps it in this browser and in the URL. */
export function nextTheme(choice: ThemeChoice): void {
  const next = CHOICES[(CHOICES.indexOf(choice) + 1) % CHOICES.length] ?? "system";
  try {
    localStorage.setItem(KEY, next);
  } catch {
    // A browser that keeps nothing still has it in the URL.
  }
  changeParameters({ [KEY]: next }, { replace: true });
}

/** Whether a media query holds. */
export function useMedia(query: string): boolean {
  const [matches, setMatches] = useState(() => matchMedia(query).matches);
  useEffect(() => {
    const media = matchMedia(query);
    const read = () => setMatches(media.matches);
    read();
    media.addEventListener("change", read);
    return () => media.removeEventListener("change", read);
  }, [query]);
  return matches;
}

function choiceOf(value: string | null): ThemeChoice | undefined {
  return CHOICES.find((choice) => choice === value);
}

function kept(): string | null {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null;
  }
}
