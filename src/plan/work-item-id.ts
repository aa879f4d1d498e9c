/** Azure DevOps stores work item ids in 32 bits. */
const LARGEST_ID = 2 ** 31 - 1;

/** Whether a number is a possible work item id. */
export function isWorkItemId(value: number): boolean {
  return Number.isInteger(value) && value >= 1 && value <= LARGEST_ID;
}
