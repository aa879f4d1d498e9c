/** Azure DevOps counts work items in 32 bits. */
const LARGEST_ID = 2 ** 31 - 1;

/** Whether a work item can have this number. */
export function isWorkItemId(value: number): boolean {
  return Number.isInteger(value) && value >= 1 && value <= LARGEST_ID;
}
