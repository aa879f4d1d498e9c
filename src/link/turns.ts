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

/** Lets a task have its turn on several work items at once. None of them may be named twice. */
export async function allInTurn<T>(
  inTurn: InTurn,
  workItemIds: readonly number[],
  task: () => Promise<T>,
): Promise<T> {
  let leave = (): void => undefined;
  const over = new Promise<void>((resolve) => (leave = resolve));
  // All of them are asked for in one go, so that two who share some never wait for each other.
  await Promise.all(
    workItemIds.map(
      (id) =>
        new Promise<void>((enter) => {
          void inTurn(id, () => {
            enter();
            return over;
          });
        }),
    ),
  );
  try {
    return await task();
  } finally {
    leave();
  }
}
