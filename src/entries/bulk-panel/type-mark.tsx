import * as React from 'react';

/** Colors of the standard types in Azure Boards. Types of other processes have none. */
const COLORS: Readonly<Record<string, string>> = {
  Bug: '#cc293d',
  Epic: '#e06c00',
  Feature: '#773b93',
  Issue: '#b4009e',
  'Product Backlog Item': '#009ccc',
  Requirement: '#009ccc',
  'User Story': '#009ccc',
  Task: '#a4880a',
  'Test Case': '#004b50',
};

/** Bar in the color of a work item type, beside its name. */
export function TypeMark({ type }: { type: string }): React.JSX.Element {
  const color = COLORS[type];
  return <span className="type-mark" style={color === undefined ? undefined : { background: color }} />;
}
