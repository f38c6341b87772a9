const widths = new Map<string, number>();
let context: CanvasRenderingContext2D | null | undefined;

/** How wide a text in the page's bold type is, in multiples of its size. */
export function relativeWidth(text: string): number {
  // Digits are as wide as each other, so that a value that changes does not change its size.
  const shape = text.replace(/\d/g, "0");
  let width = widths.get(shape);
  if (width === undefined) {
    context ??= document.createElement("canvas").getContext("2d");
    if (context === null) return shape.length * 0.65;
    context.font = `600 100px ${getComputedStyle(document.body).fontFamily}`;
    width = context.measureText(shape).width / 100;
    if (widths.size > 2000) widths.clear();
    widths.set(shape, width);
  }
  return width;
}

/** The largest type in which a text of that relative width fits a place: pixels, within sensible ends. */
export function fittingSize(width: number, room: number, height: number, largest = 96): number {
  return Math.floor(Math.max(11, Math.min(room / Math.max(0.5, width), height, largest)));
}
