const TEXT = "dashboard:";
const TITLE = "title:";

/** Keeps the text of an opened file until the tab is closed. Throws when the browser has no room. */
export function keepFile(uid: string, { text, title }: { text: string; title: string }): void {
  sessionStorage.setItem(TEXT + uid, text);
  sessionStorage.setItem(TITLE + uid, title);
}

/** The text of a file that was opened in this tab. */
export function keptFile(uid: string): string | undefined {
  return kept(TEXT + uid);
}

/** The title of a dashboard that was opened in this tab. */
export function keptTitle(uid: string): string | undefined {
  return kept(TITLE + uid);
}

/** Forgets an opened file. */
export function dropFile(uid: string): void {
  sessionStorage.removeItem(TEXT + uid);
  sessionStorage.removeItem(TITLE + uid);
}

function kept(key: string): string | undefined {
  try {
    return sessionStorage.getItem(key) ?? undefined;
  } catch {
    return undefined;
  }
}
