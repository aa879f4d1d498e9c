import { textOf, type WorkItem } from '../work-item';

/** Columns of the board and their states, for all processes. */
const columns = [
  { name: 'New', states: ['New', 'To Do', 'Proposed'] },
  { name: 'Active', states: ['Active', 'In Progress', 'Doing', 'Approved', 'Committed'] },
  { name: 'Resolved', states: ['Resolved'] },
  { name: 'Closed', states: ['Closed', 'Done', 'Completed'] },
];

/** One column of the board with its cards. */
export interface BoardColumn {
  name: string;
  items: WorkItem[];
}

/** Work items by column, in their order. An unknown state is work in progress. */
export function columnsOf(items: Iterable<WorkItem>): BoardColumn[] {
  const filled = columns.map(({ name }): BoardColumn => ({ name, items: [] }));
  const byState = new Map(
    columns.flatMap(({ states }, index) => states.map((state) => [state, filled[index]!])),
  );
  for (const item of items) (byState.get(stateOf(item)) ?? filled[1]!).items.push(item);
  return filled;
}

/** The state in words. */
export function stateOf(item: WorkItem): string {
  return textOf(item.fields['System.State']);
}
