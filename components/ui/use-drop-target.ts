import { type DragEvent, useState } from "react";

/** What makes an element a place to drop files at, and whether something is held over it. */
export function useDropTarget(onDropped: (data: DataTransfer) => void) {
  const [isOver, setOver] = useState(false);
  const handlers = {
    onDragOver(event: DragEvent) {
      event.preventDefault();
      setOver(true);
    },
    onDragLeave: () => setOver(false),
    onDrop(event: DragEvent) {
      event.preventDefault();
      setOver(false);
      onDropped(event.dataTransfer);
    },
  };
  return { isOver, handlers };
}
