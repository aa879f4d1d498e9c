import { otherProject, project } from './fabrikam';
import { noSuchProject } from './refusals';

/**
 * Checks the project segment of an address, if it has one: the project's name or its id; throws the refusal.
 *
 * @param allowsOther - whether the other project of the organization is allowed, too
 */
export function checkProject(segment: string | undefined, allowsOther = false): void {
  const name = segment?.toLowerCase();
  const isOneOf = ({ id, name: known }: typeof project) => name === id || name === known.toLowerCase();
  if (name === undefined || isOneOf(project) || (allowsOther && isOneOf(otherProject))) return;
  throw noSuchProject(name);
}
