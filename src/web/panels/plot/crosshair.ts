type Listener = (time: number | undefined) => void;

const groups = new Map<string, Set<Listener>>();

/** Hears where the pointer is in another chart of the group; returns what ends that. */
export function onCrosshair(group: string | undefined, listener: Listener): () => void {
  if (group === undefined) return () => {};
  const listeners = groups.get(group) ?? new Set();
  groups.set(group, listeners.add(listener));
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) groups.delete(group);
  };
}

/** Tells the group's other charts the time (milliseconds) under the pointer; undefined when it has left. */
export function moveCrosshair(
  group: string | undefined,
  from: Listener,
  time: number | undefined,
): void {
  if (group === undefined) return;
  for (const listener of groups.get(group) ?? []) if (listener !== from) listener(time);
}
