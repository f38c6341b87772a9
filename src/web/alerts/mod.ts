/**
 * The alerts view: what is wrong now, the rules that watch for it, and the targets they look at.
 *
 * @module
 */
export { AlertsView } from "./alerts_view.tsx";
