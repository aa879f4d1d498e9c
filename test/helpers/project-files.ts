import type { ProjectFile, ProjectItem } from '../../src/gallery/project/project-index';
import { referenceTo } from './uploads';

/** A work item of the index. */
export function projectItem(id: number, facts: Partial<ProjectItem> = {}): ProjectItem {
  return {
    ...{
      id,
      title: `Item ${id}`,
      type: 'Bug',
      state: 'Active',
      isClosed: false,
      area: 'Fabrikam',
      fileCount: 1,
    },
    ...facts,
  };
}

/** Attachment `number` of the index, on a work item of its own. */
export function projectFile(number: number, facts: Partial<ProjectFile> = {}): ProjectFile {
  return {
    ...{
      reference: referenceTo(number),
      item: projectItem(number),
      name: `${number}.txt`,
      size: 10 * number,
    },
    ...{ comment: '', folder: '', addedAt: 1_000 * number, addedBy: 'Raisa Pokrovskaya' },
    ...{ isInText: false, isDuplicate: false, ...facts },
  };
}
