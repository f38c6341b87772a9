import type { VNode } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { ReadError } from "../model/mod.ts";
import { keepFile } from "./dashboard/kept_files.ts";
import { parseDashboard } from "./dashboard/load_dashboard.ts";
import { goTo } from "./place.ts";
import { Icon } from "./ui/icon.tsx";
import { toast } from "./ui/toasts.tsx";

/** Opens a dashboard's JSON from a file, and keeps it for this tab. */
async function openFile(file: File): Promise<void> {
  try {
    const text = await file.text();
    const dashboard = parseDashboard(text);
    keepFile(dashboard.uid, { text, title: dashboard.title });
    const url = `/d/${encodeURIComponent(dashboard.uid)}`;
    // The same dashboard once more is another file.
    if (location.pathname === url) location.reload();
    goTo(url);
    toast(`'${dashboard.title}' is open. It stays until this tab is closed.`);
  } catch (error) {
    const why = error instanceof ReadError
      ? error.message
      : "It cannot be read, or is too large for the browser to keep.";
    toast(`Cannot open '${file.name}'. ${why}`, "error");
  }
}

/** A button that opens a file. */
export function OpenFileButton(): VNode {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <input
        ref={input}
        type="file"
        accept=".json,application/json"
        aria-label="Dashboard file"
        hidden
        onChange={({ currentTarget }) => {
          const file = currentTarget.files?.[0];
          currentTarget.value = "";
          if (file) void openFile(file);
        }}
      />
      <button
        type="button"
        class="quiet"
        aria-label="Open a dashboard file"
        title="Open a dashboard's JSON, or drop it on the page"
        onClick={() => input.current?.click()}
      >
        <Icon name="open" />
      </button>
    </>
  );
}

/** Takes files that are dropped anywhere on the page. */
export function DropTarget(): VNode | null {
  const [over, setOver] = useState(false);
  useEffect(() => {
    const hasFiles = (event: DragEvent) => event.dataTransfer?.types.includes("Files") ?? false;
    const drag = (event: DragEvent) => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      setOver(true);
    };
    const leave = (event: DragEvent) => {
      // Only leaving the window has nothing that is entered.
      if (event.relatedTarget === null) setOver(false);
    };
    const drop = (event: DragEvent) => {
      setOver(false);
      if (!hasFiles(event)) return;
      event.preventDefault();
      for (const file of event.dataTransfer?.files ?? []) void openFile(file);
    };
    addEventListener("dragover", drag);
    addEventListener("dragleave", leave);
    addEventListener("drop", drop);
    return () => {
      removeEventListener("dragover", drag);
      removeEventListener("dragleave", leave);
      removeEventListener("drop", drop);
    };
  }, []);
  return over ? <div class="drop">Drop a dashboard's JSON to open it</div> : null;
}
