import type { Connection } from '../../azure/rest/connection';
import { longTextsOf } from '../../azure/rest/long-texts';
import type { CommentTexts } from '../../upload/texts/comment-writer';
import { createCommentWriter } from '../../upload/texts/comment-writer';
import { writeInsertion } from '../../upload/texts/insertion';
import type { ChangeToolsOptions } from '../changes/change-tools';
import { createChangeTools } from '../changes/change-tools';
import type { AttachedFile } from '../model/attached-file';
import type { FieldInsertions, FieldInsertionsOptions, Look } from './field-insertions';
import { fieldInsertionsOf, insertionOf } from './field-insertions';

/** Inserts attached files into texts of the work item in the form. */
export interface Insertions extends Pick<FieldInsertions, 'readTargets'> {
  /** Inserts into a field that the person has chosen. @throws StaplerError */
  readonly intoField: FieldInsertions['intoField'];
  /**
   * Adds one comment, also after a lost answer. `waits`: for a save of unsaved edits; a later failure is one of the
   * gallery's `errors`.
   *
   * @throws StaplerError
   */
  readonly intoComment: (file: AttachedFile, look: Look) => Promise<'inserted' | 'waits'>;
}

/** Dependencies of `createInsertions`. */
export interface InsertionsOptions extends ChangeToolsOptions {
  readonly fields: FieldInsertions;
  readonly texts: CommentTexts;
}

/** Dependencies of `openInsertions`, apart from the connection. */
export interface OpenInsertionsOptions extends ChangeToolsOptions {
  readonly host: ChangeToolsOptions['host'] & FieldInsertionsOptions['host'];
}

/** Creates the command of a gallery, with texts from the server. */
export function openInsertions(
  options: OpenInsertionsOptions & { readonly connection: Connection },
): Insertions {
  const { connection, host } = options;
  const fields = fieldInsertionsOf(connection, host);
  return createInsertions({ ...options, fields, texts: longTextsOf(connection) });
}

/** Creates the command of a gallery to insert files into texts. */
export function createInsertions(options: InsertionsOptions): Insertions {
  const { fields } = options;
  const { whileBusy } = createChangeTools(options);
  const addComment = createCommentWriter(options.texts);

  return {
    readTargets: fields.readTargets,

    async intoField(file, field, look) {
      const outcome = await fields.intoField(file, field, look);
      if (outcome === 'inserted') fields.setChosen(field);
      return outcome;
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
