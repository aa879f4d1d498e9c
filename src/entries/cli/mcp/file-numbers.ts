/** Short numbers for attachments, in place of their GUIDs. A number never changes within a session. */
export interface FileNumbers {
  /** Returns the numbers of the attachments of a work item, and gives new ones to those without. */
  readonly numbersOf: (workItemId: number, ids: readonly string[]) => readonly number[];
  /** Returns the attachment of a number, or `undefined` if the number was not given yet. */
  readonly idOf: (workItemId: number, number: number) => string | undefined;
}

/** Creates numbers, from 1 on for each work item. That of a removed attachment is not given again. */
export function createFileNumbers(): FileNumbers {
  const byItem = new Map<number, Map<string, number>>();

  return {
    numbersOf(workItemId, ids) {
      const numbers = byItem.get(workItemId) ?? new Map<string, number>();
      byItem.set(workItemId, numbers);
      return ids.map((id) => {
        const number = numbers.get(id) ?? numbers.size + 1;
        numbers.set(id, number);
        return number;
      });
    },

    idOf(workItemId, number) {
      return [...(byItem.get(workItemId) ?? [])].find(([, each]) => each === number)?.[0];
    },
  };
}
