/** An action on its way from the library to the canvas. */
export interface Dragged {
  id: string;
  version: string;
  kind: "trigger" | "action";
  /** Not in the project yet. */
  isOfCatalogue?: boolean;
}

const mediaType = "application/x-millrace-action";

export function writeDragged(transfer: DataTransfer, dragged: Dragged): void {
  const { id, version, kind, isOfCatalogue } = dragged;
  transfer.setData(mediaType, JSON.stringify({ id, version, kind, isOfCatalogue }));
  transfer.effectAllowed = "copy";
}

export function readDragged(transfer: DataTransfer): Dragged | null {
  const text = transfer.getData(mediaType);
  return text ? (JSON.parse(text) as Dragged) : null;
}
