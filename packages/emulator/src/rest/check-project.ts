import { project } from './fabrikam';
import { noSuchProject } from './refusals';

/** Checks the project segment of an address, if it has one: the project's name or its id; throws the refusal. */
export function checkProject(segment: string | undefined): void {
  const name = segment?.toLowerCase();
  if (name === undefined || name === project.id || name === project.name.toLowerCase()) return;
  throw noSuchProject(name);
}
