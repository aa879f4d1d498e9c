/** Lets tasks on one work item run one after another, and those on different ones side by side. */
export type InTurn = <T>(workItemId: number, task: () => Promise<T>) => Promise<T>;

/** Turns for whoever changes work items: patches that meet collide (REST reference D.6). */
export function createTurns(): InTurn {
  const last = new Map<number, Promise<unknown>>();
  return (workItemId, task) => {
    const result = (last.get(workItemId) ?? Promise.resolve()).then(task);
    const settled = result.catch(() => undefined);
    last.set(workItemId, settled);
    void settled.then(() => {
      if (last.get(workItemId) === settled) last.delete(workItemId);
    });
    return result;
  };
}
