import type { Point } from "../layout";

/** A smooth line from left to right that passes by points. Pure. */
export function pathBy(from: Point, way: Point[], to: Point): string {
  let path = `M ${from.x} ${from.y}`;
  let at = from;
  for (const next of [...way, to]) {
    const middle = (at.x + next.x) / 2;
    path += ` C ${middle} ${at.y} ${middle} ${next.y} ${next.x} ${next.y}`;
    at = next;
  }
  return path;
}

/** Where a sign on the line is best read. */
export function middleOf(from: Point, way: Point[], to: Point): Point {
  const { x, y } = way[Math.floor(way.length / 2)] ?? { x: (from.x + to.x) / 2, y: (from.y + to.y) / 2 };
  return { x, y };
}
