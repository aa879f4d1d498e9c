import type { FormFields } from '../../azure/host/form-fields';
import type { Host } from '../../azure/host/host';
import type { Connection } from '../../azure/rest/connection';
import type { FieldText, LongTexts, TextFormat } from '../../azure/rest/long-texts';
import { longTextsOf } from '../../azure/rest/long-texts';
import { isAmbiguous } from '../../base/problem-traits';
import type { Insertion, PictureWidth } from '../../upload/texts/insertion';
import { writeInsertion } from '../../upload/texts/insertion';
import type { ChangeToolsOptions } from '../changes/change-tools';
import { createChangeTools } from '../changes/change-tools';
import type { AttachedFile } from '../model/attached-file';
import { downloadUrl, imageUrl } from '../model/file-links';
import type { FieldOutcome } from './insert-into-field';
import { insertIntoField } from './insert-into-field';

/** A long text of the work item in the form. */
export interface TextTarget {
  /** Reference name. */
  readonly field: string;
  /** In the language of the organization. */
  readonly name: string;
  readonly format: TextFormat;
}

/** Places for a file, besides a new comment. */
export interface Targets {
  /** The most likely one first. */
  readonly fields: readonly TextTarget[];
  /** Reason why there are no fields. */
  readonly formProblem: 'other-item' | 'failed' | undefined;
}

/** Inserts attached files into texts of the work item in the form. */
export interface Insertions {
  /** @throws StaplerError */
  readonly readTargets: (workItemId: number) => Promise<Targets>;
  /** @throws StaplerError */
  readonly intoField: (file: AttachedFile, field: string, look: Look) => Promise<FieldOutcome>;
  /**
   * Adds one comment, also after a lost answer. `waits`: for a save of unsaved edits; a later failure is one of the
   * gallery's `errors`.
   *
   * @throws StaplerError
   */
  readonly intoComment: (file: AttachedFile, look: Look) => Promise<'inserted' | 'waits'>;
}

/** Look of a file in a text. */
export interface Look {
  /** Alternative text of a picture. Other files are links with their names. */
  readonly alternativeText: string;
  readonly width: PictureWidth;
}

/** Dependencies of `createInsertions`. */
export interface InsertionsOptions extends ChangeToolsOptions {
  readonly host: Pick<Host, 'refreshForm' | 'loadFormFields'>;
  readonly texts: Pick<LongTexts, 'readTextFields' | 'readNewestComments' | 'addComment'>;
}

/** Fields before all others, unless only the second has a text. A bug has both, and most forms show its steps only. */
const FIRST_FIELDS: readonly string[] = ['Microsoft.VSTS.TCM.ReproSteps', 'System.Description'];

/** Creates the command of a gallery, with texts from the server. */
export function openInsertions(
  options: Omit<InsertionsOptions, 'texts'> & { readonly connection: Connection },
): Insertions {
  return createInsertions({ ...options, texts: longTextsOf(options.connection) });
}

/** Creates the command of a gallery to insert files into texts. */
export function createInsertions(options: InsertionsOptions): Insertions {
  const { host, texts } = options;
  const { whileBusy } = createChangeTools(options);
  const addComment = createCommentWriter(texts);
  let fields: Promise<FormFields> | undefined;

  function loadFields(): Promise<FormFields> {
    fields ??= host.loadFormFields().catch((error: unknown) => {
      fields = undefined;
      throw error;
    });
    return fields;
  }

  return {
    async readTargets(workItemId) {
      const [known, form] = await Promise.all([texts.readTextFields(workItemId), loadFields()]);
      const inForm = await form.list(workItemId);
      if (typeof inForm === 'string') return { fields: [], formProblem: inForm };
      const found = known.fields.filter(({ field }) => inForm.has(field));
      return { fields: sorted(found), formProblem: undefined };
    },

    async intoField(file, field, look) {
      const order = { workItemId: file.workItemId, field, insertion: insertionOf(file, look) };
      return insertIntoField(await loadFields(), texts, order);
    },

    async intoComment(file, look) {
      let outcome: 'inserted' | 'waits' = 'waits';
      await whileBusy([file], async () => {
        const html = writeInsertion(insertionOf(file, look), 'html');
        await addComment(file, html);
        outcome = 'inserted';
      });
      return outcome;
    },
  };
}

/** The file as it is inserted. */
export function insertionOf(file: AttachedFile, { alternativeText, width }: Look): Insertion {
  return file.kind === 'image'
    ? { address: imageUrl(file), label: alternativeText, width }
    : { address: downloadUrl(file), label: file.name, width: undefined };
}

function sorted(targets: readonly FieldText[]): readonly TextTarget[] {
  const rank = ({ field, text }: FieldText): number => {
    const index = FIRST_FIELDS.indexOf(field);
    return index === -1 ? Infinity : index - (text === '' ? 0 : FIRST_FIELDS.length);
  };
  return [...targets]
    .sort((one, other) => {
      const [a, b] = [rank(one), rank(other)];
      return a === b ? one.name.localeCompare(other.name) : a - b;
    })
    .map(({ field, name, format }) => ({ field, name, format }));
}

/** Returns a function that adds a comment exactly once, also when the person tries again after a lost answer. */
function createCommentWriter({
  readTextFields,
  readNewestComments,
  addComment,
}: InsertionsOptions['texts']): (file: AttachedFile, html: string) => Promise<void> {
  /** Comments with an unknown outcome: the newest comment before each, by its text. */
  const unclear = new Map<string, number>();

  return async ({ workItemId, reference }, html) => {
    const { project } = await readTextFields(workItemId);
    const key = `${workItemId} ${html}`;
    const readNewest = (): ReturnType<LongTexts['readNewestComments']> =>
      readNewestComments(workItemId, project);
    const earlier = unclear.get(key);
    const newest = await readNewest();
    const last = earlier ?? Math.max(0, ...newest.map(({ id }) => id));
    const isIn = (comments: typeof newest): boolean =>
      comments.some(({ id, text }) => id > last && text.toLowerCase().includes(reference.id.toLowerCase()));
    if (earlier === undefined || !isIn(newest))
      try {
        await addComment(workItemId, project, html);
      } catch (error) {
        if (!isAmbiguous(error)) throw error;
        unclear.set(key, last);
        if (!isIn(await readNewest().catch(() => []))) throw error;
      }
    unclear.delete(key);
  };
}
