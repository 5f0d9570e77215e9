"use client";
import {
  Background,
  type Connection,
  MiniMap,
  type OnConnectEnd,
  Panel,
  ReactFlow,
  type ReactFlowInstance,
  SelectionMode,
  useConnection,
  useReactFlow,
} from "@xyflow/react";
import { type DragEvent, type KeyboardEvent, type ReactNode, useCallback } from "react";
import { triggerOf } from "../catalog";
import { answerId, type FlowEdge, type FlowNode } from "../definition-to-flow";
import { answerWith, connect, disconnect, refuseConnection } from "../edits/edges";
import { type AddAt, removeNodes } from "../edits/nodes";
import { nodeSize } from "../layout";
import { readDragged } from "../library/dragged";
import { useTakeFromCatalogue } from "../library/use-take-from-catalogue";
import { useAddAction } from "../use-add-action";
import { useStudio } from "../use-studio";
import "./canvas.css";
import { fitOptions, tightFitOptions } from "./fit-options";
import { LinkEdge } from "./link-edge";
import { AnswerNode, StepNode } from "./step-node";
import { useFlow } from "./use-flow";
import { useKeepInView } from "./use-keep-in-view";
import { ViewControls } from "./view-controls";

const nodeTypes = { step: StepNode, answer: AnswerNode };
const edgeTypes = { link: LinkEdge };
/** A view of everything needs no map. */
const mapFrom = 12;
/** Drawing only what is seen costs more than it saves in small graphs. */
const virtualFrom = 150;
/** A graph that is too small to be read when all of it is seen opens at its start. */
const readableZoom = 0.3;
/** Of a run, the colours of the steps are what is read first. */
const readableRunZoom = 0.2;
/** A phone is held nearer, and has room for less. */
const readablePhoneZoom = 0.6;

/** In a run, how the step went. */
const mapColor = ({ data }: FlowNode) => {
  const state = "state" in data && typeof data.state === "string" ? data.state : "queued";
  return state === "queued" || state === "skipped" ? "var(--color-line-strong)" : `var(--color-${state})`;
};

/** At the left edge, with what comes after it to the right. */
function openingView({ x, y }: { x: number; y: number }) {
  const zoom = 0.8;
  const height = document.querySelector(".react-flow")?.clientHeight ?? 0;
  return { x: 48 - x * zoom, y: height / 2 - (y + nodeSize.height / 2) * zoom, zoom };
}

/**
 * @param children further panels over the canvas
 * @param isInPage it is one part of a page that scrolls: the wheel alone moves the page, and with Ctrl it zooms
 */
export function FlowCanvas({ children, isInPage = false }: { children?: ReactNode; isInPage?: boolean }) {
  const { editor, catalog, canEdit } = useStudio();
  const { nodes, edges, onNodesChange, onEdgesChange } = useFlow();
  const { screenToFlowPosition } = useReactFlow();
  const add = useAddAction();
  const { take } = useTakeFromCatalogue();
  useKeepInView();

  const isValid = useCallback(
    ({ source, target }: FlowEdge | Connection) =>
      target === answerId || refuseConnection(editor.definition, catalog, source, target) === null,
    [editor, catalog],
  );
  const onConnect = useCallback(
    ({ source, target }: Connection) => {
      if (target === answerId) editor.edit((d) => answerWith(d, catalog, source));
      else editor.edit((d) => connect(d, catalog, source, target));
    },
    [editor, catalog],
  );
  const onConnectEnd: OnConnectEnd = useCallback(
    (_event, { fromNode, fromHandle, toNode }) => {
      if (!fromNode || toNode || fromHandle?.type !== "source") return;
      editor.select([fromNode.id]);
      editor.insertNext({ after: fromNode.id });
    },
    [editor],
  );
  const onBeforeDelete = useCallback(
    async ({ nodes: gone, edges: cut }: { nodes: FlowNode[]; edges: FlowEdge[] }) => {
      const ids = gone.map((node) => node.id);
      if (ids.length > 0) editor.edit((d) => removeNodes(d, ids));
      else editor.edit((d) => cut.reduce((left, edge) => disconnect(left, edge.source, edge.target), d));
      // The definition has changed already; the canvas follows it.
      return false;
    },
    [editor],
  );
  const onDrop = useCallback(
    (event: DragEvent) => {
      const action = readDragged(event.dataTransfer);
      if (!action) return;
      event.preventDefault();
      const put = (at: AddAt) => (action.isOfCatalogue ? take(action.id, at) : add(action, at));
      const edge = edgeUnder(event);
      if (edge) return put({ on: edge });
      const { x, y } = screenToFlowPosition({ x: event.clientX, y: event.clientY });
      put({ alone: { x: Math.round(x - nodeSize.width / 2), y: Math.round(y - nodeSize.height / 2) } });
    },
    [add, take, screenToFlowPosition],
  );

  const onInit = useCallback(
    async (flow: ReactFlowInstance<FlowNode, FlowEdge>) => {
      await flow.fitView(isInPage ? tightFitOptions : fitOptions);
      const isPhone = window.matchMedia("(max-width: 47.99rem)").matches;
      const readable = isPhone ? readablePhoneZoom : isInPage ? readableRunZoom : readableZoom;
      if (flow.getZoom() >= readable) return;
      const start = triggerOf(catalog, editor.definition)?.id;
      const place = start && flow.getInternalNode(start)?.internals.positionAbsolute;
      if (place) await flow.setViewport(openingView(place));
    },
    [editor, catalog, isInPage],
  );
  // React Flow itself would select the node that has the focus.
  const onEscape = (event: KeyboardEvent) => {
    if (event.key !== "Escape") return;
    event.stopPropagation();
    editor.select([]);
    editor.insertNext(null);
  };

  return (
    <ReactFlow<FlowNode, FlowEdge>
      aria-label="The workflow's graph"
      nodes={nodes}
      edges={edges}
      nodeTypes={nodeTypes}
      edgeTypes={edgeTypes}
      onNodesChange={onNodesChange}
      onEdgesChange={onEdgesChange}
      onConnect={onConnect}
      onConnectEnd={onConnectEnd}
      isValidConnection={isValid}
      onBeforeDelete={onBeforeDelete}
      onDrop={onDrop}
      onDragOver={(event) => event.preventDefault()}
      onKeyDownCapture={onEscape}
      nodesDraggable={canEdit}
      nodesConnectable={canEdit}
      deleteKeyCode={canEdit ? ["Delete", "Backspace"] : null}
      multiSelectionKeyCode={["Shift", "Meta", "Control"]}
      selectionMode={SelectionMode.Partial}
      onlyRenderVisibleElements={nodes.length >= virtualFrom}
      elevateNodesOnSelect={false}
      zoomOnScroll={!isInPage}
      preventScrolling={!isInPage}
      connectionRadius={32}
      minZoom={0.01}
      maxZoom={1.75}
      onInit={onInit}
      proOptions={{ hideAttribution: true }}
    >
      <Background gap={22} size={1.2} />
      <ViewControls />
      {nodes.length >= (isInPage ? virtualFrom : mapFrom) && (
        <MiniMap<FlowNode> pannable zoomable nodeColor={mapColor} className="max-md:hidden" />
      )}
      {children}
      <RefusalNote />
    </ReactFlow>
  );
}

/** Says, while somebody draws a connection, why it cannot be made. */
function RefusalNote() {
  const { editor, catalog } = useStudio();
  const refused = useConnection((connection) =>
    connection.inProgress && connection.toNode && connection.isValid === false
      ? `${connection.fromNode.id}\n${connection.toNode.id}`
      : null,
  );
  const [from, to] = refused?.split("\n") ?? [];
  const reason = from && to ? refuseConnection(editor.definition, catalog, from, to) : null;
  return (
    <Panel position="bottom-center">
      <p
        role="status"
        className={
          reason ? "rounded-full border border-danger-line bg-danger-soft px-4 py-1.5 text-sm shadow-pop" : "sr-only"
        }
      >
        {reason}
      </p>
    </Panel>
  );
}

function edgeUnder({ clientX, clientY }: { clientX: number; clientY: number }) {
  for (const element of document.elementsFromPoint(clientX, clientY)) {
    const id = element.closest(".react-flow__edge")?.getAttribute("data-id");
    const [from, to] = id?.split("→") ?? [];
    if (from && to && to !== answerId) return { from, to };
  }
  return null;
}
