import type { XmlElement } from './xml-tree';
import { childOf, findAll } from './xml-tree';

/** Elements with content to show or name. */
const CONTENT: ReadonlySet<string> = new Set([
  ...['t', 'delText', 'blip', 'imagedata', 'txbxContent', 'chart', 'relIds', 'oMath', 'oleObj'],
]);

/** Whether an element has text, pictures or graphics at any depth. */
export function hasContent(element: XmlElement): boolean {
  return findAll(element, CONTENT).length > 0;
}

/** Returns the branch of `mc:AlternateContent` to read: the one for programs of today, if its content is known. */
export function branchOf(element: XmlElement): XmlElement | undefined {
  const choice = childOf(element, 'Choice');
  return choice && hasContent(choice) ? choice : (childOf(element, 'Fallback') ?? choice);
}
