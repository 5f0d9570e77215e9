"use client";
import { useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { createContext, type ReactNode, useContext, useEffect, useMemo, useRef, useState } from "react";
import { allOfProject } from "@/components/query/keys";
import { readAgain } from "@/components/query/read-again";
import { goToSignIn } from "@/components/session/go-to-sign-in";
import type { ProjectChange } from "@/lib/events/change";
import { applyChange, concernedBy } from "./apply-change";
import { EventStream, type StreamStatus } from "./event-stream";
import { LatePages } from "./late-pages";

/** A hidden tab gives its connection back after a while: a browser has few for one site. */
const hiddenPatienceMs = 60_000;

type ChangeListener = (change: ProjectChange | null) => void;

interface Live {
  status: StreamStatus;
  retryNow: () => void;
  /** Calls the listener with each change, and with null when some may have been missed. */
  subscribe: (listener: ChangeListener) => () => void;
}

const LiveContext = createContext<Live | null>(null);

export function useLive(): Live {
  const live = useContext(LiveContext);
  if (!live) throw new Error("useLive needs a LiveProvider above it");
  return live;
}

/** The tab's one connection to what changes in the project, feeding the query cache. */
export function LiveProvider({ projectId, children }: { projectId: string; children: ReactNode }) {
  const client = useQueryClient();
  const router = useRouter();
  const [status, setStatus] = useState<StreamStatus>("connecting");
  const isVisible = useLongVisible();
  const stream = useRef<EventStream | null>(null);
  const listeners = useRef(new Set<ChangeListener>());

  useEffect(() => {
    if (!isVisible) return;
    const tell = (change: ProjectChange | null) => {
      for (const listener of listeners.current) listener(change);
    };
    const missed = () => {
      readAgain(client, allOfProject(projectId));
      tell(null);
    };
    const pages = new LatePages(client, projectId);
    const unwatch = pages.watch();
    const current = new EventStream(projectId, {
      change: (change) => {
        pages.note(concernedBy(change));
        applyChange(client, projectId, change);
        tell(change);
      },
      missed,
      status: setStatus,
      refused: (error) => (error.status === 401 ? goToSignIn() : router.refresh()),
    });
    stream.current = current;
    void current.run();
    return () => {
      current.stop();
      unwatch();
    };
  }, [client, router, projectId, isVisible]);

  const live = useMemo(
    () => ({
      status,
      retryNow: () => stream.current?.retryNow(),
      subscribe: (listener: ChangeListener) => {
        listeners.current.add(listener);
        return () => listeners.current.delete(listener);
      },
    }),
    [status],
  );
  return <LiveContext value={live}>{children}</LiveContext>;
}

function useLongVisible(): boolean {
  const [isVisible, setVisible] = useState(true);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const look = () => {
      clearTimeout(timer);
      if (document.visibilityState === "visible") setVisible(true);
      else timer = setTimeout(() => setVisible(false), hiddenPatienceMs);
    };
    document.addEventListener("visibilitychange", look);
    return () => {
      clearTimeout(timer);
      document.removeEventListener("visibilitychange", look);
    };
  }, []);
  return isVisible;
}
