import type { ActionDraft } from './trace-actions';
import type { TraceAction } from './trace-log';

/** Maximum depth of an action. Deeper ones are listed at this depth. */
const MAX_DEPTH = 20;

/** Actions of one trace file. */
export interface ActionFile {
  readonly isTest: boolean;
  readonly version: number;
  readonly offsetMs: number;
  readonly actions: ReadonlyMap<string, ActionDraft>;
}

/** An action with its place in time and in the tree. */
interface Node {
  readonly action: ActionDraft;
  /** Ids of itself and its parent, equal in all files. */
  readonly id: string;
  readonly parentId: string;
  readonly startedAt: number;
  readonly endedAt: number | undefined;
}

/**
 * Joins the steps of a test with the calls of the library that they made, and returns all in the order of their tree and
 * time.
 */
export function joinActions(files: readonly ActionFile[]): readonly TraceAction[] {
  const nodes = new Map<string, Node>();
  const steps = new Map<string, ActionDraft>();
  // Steps first, to be completed by the calls.
  for (const [index, file] of [...files].sort((a, b) => Number(b.isTest) - Number(a.isTest)).entries()) {
    const ids = new Map<string, string>();
    for (const action of file.actions.values()) {
      const id = commonIdOf(action, file);
      if (file.isTest && !steps.has(id)) steps.set(id, action);
      const isStep = file.isTest ? steps.get(id) === action : steps.has(id);
      ids.set(action.id, isStep ? id : `${index}:${action.id}`);
    }
    for (const action of file.actions.values()) {
      const id = ids.get(action.id) ?? action.id;
      const step = steps.get(id);
      if (step && !file.isTest) complete(step, action);
      else nodes.set(id, nodeOf(action, file, id, ids.get(action.parentId) ?? action.parentId));
    }
  }
  return inTreeOrder(nodes).map(({ node, depth }, index) => toAction(node, depth, index));
}

/** Returns the id of a step in the file of the test, and in that of the library. */
function commonIdOf({ id, stepId }: ActionDraft, { isTest, version }: ActionFile): string {
  return version >= 10 || (isTest && version >= 7) ? id : stepId;
}

function nodeOf(action: ActionDraft, { offsetMs }: ActionFile, id: string, parentId: string): Node {
  const { startTime, endTime } = action;
  return {
    action,
    id,
    parentId,
    startedAt: startTime + offsetMs,
    endedAt: endTime === undefined ? undefined : endTime + offsetMs,
  };
}

function toAction({ action, startedAt, endedAt }: Node, depth: number, index: number): TraceAction {
  const { title, target, method, error, stack, log, parameters, pageId, attachments } = action;
  return {
    ...{ index, depth, title, target, method, startedAt, endedAt },
    ...{ error, stack, log, parameters, pageId, attachments },
  };
}

/** Adds the facts of a call to the step that made it. */
function complete(step: ActionDraft, call: ActionDraft): void {
  if (step.error.text === '') step.error = call.error;
  if (step.stack.text === '') step.stack = call.stack;
  if (step.parameters.length === 0) step.parameters = call.parameters;
  if (step.attachments.length === 0) step.attachments = call.attachments;
  step.log = call.log;
  step.method = call.method;
  step.pageId = call.pageId;
  step.endTime ??= call.endTime;
}

function inTreeOrder(
  nodes: ReadonlyMap<string, Node>,
): readonly { readonly node: Node; readonly depth: number }[] {
  const byStart = [...nodes.values()].sort((a, b) => a.startedAt - b.startedAt);
  const children = new Map<string, Node[]>();
  const roots: Node[] = [];
  for (const node of byStart) {
    if (node.parentId === node.id || !nodes.has(node.parentId)) roots.push(node);
    else if (!children.get(node.parentId)?.push(node)) children.set(node.parentId, [node]);
  }
  const listed = new Set<Node>();
  const order: { node: Node; depth: number }[] = [];
  const list = (root: Node): void => {
    // Without recursion: the depth is not limited.
    const stack = [{ node: root, depth: 0 }];
    for (let next = stack.pop(); next; next = stack.pop()) {
      if (listed.has(next.node)) continue;
      listed.add(next.node);
      order.push(next);
      const depth = Math.min(MAX_DEPTH, next.depth + 1);
      for (const child of [...(children.get(next.node.id) ?? [])].reverse())
        stack.push({ node: child, depth });
    }
  };
  for (const root of roots) list(root);
  // Actions that are their own ancestors.
  for (const node of byStart) list(node);
  return order;
}
