import { useMedia } from "@/components/ui/use-media";

/** Whether there is room for the panels beside the canvas; a narrower studio is for looking. */
export const useWide = (): boolean => useMedia("(min-width: 56rem)", true);
