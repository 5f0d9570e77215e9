import { type RefObject, useEffect } from "react";

/** Scrolls a list of rows of one height, and nothing around it, so that one row is seen; again whenever that changes. */
export function useRowInView(list: RefObject<HTMLElement | null>, row: number | null, rowHeight: number): void {
  useEffect(() => {
    const element = list.current;
    if (!element || row === null || row < 0) return;
    const top = row * rowHeight;
    if (top < element.scrollTop) element.scrollTo({ top });
    else if (top + rowHeight > element.scrollTop + element.clientHeight) {
      element.scrollTo({ top: top + rowHeight - element.clientHeight });
    }
  }, [list, row, rowHeight]);
}
