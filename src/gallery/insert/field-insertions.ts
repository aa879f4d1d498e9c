import type { FormFields } from '../../azure/host/form-fields';
import type { Host } from '../../azure/host/host';
import type { Connection } from '../../azure/rest/connection';
import type { FieldText, LongTexts, TextFormat } from '../../azure/rest/long-texts';
import { longTextsOf } from '../../azure/rest/long-texts';
import { createMutex } from '../../base/async';
import type { Insertion, PictureWidth } from '../../upload/texts/insertion';
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

/** Look of a file in a text. */
export interface Look {
  /** Alternative text of a picture. Other files are links with their names. */
  readonly alternativeText: string;
  readonly width: PictureWidth;
}

/** A file with its bytes on the server, to be inserted. */
export type InsertedFile = Pick<AttachedFile, 'workItemId' | 'reference' | 'name' | 'kind'>;

/** Inserts files into fields of the work item in the form. One for all parts of a frame. */
export interface FieldInsertions {
  /** @throws StaplerError */
  readonly readTargets: (workItemId: number) => Promise<Targets>;
  /** Inserts one file after the other, so that none replaces the text of another. @throws StaplerError */
  readonly intoField: (file: InsertedFile, field: string, look: Look) => Promise<FieldOutcome>;
  /** Reference name of the field that the person chose last; `undefined` before the first choice. */
  readonly getChosen: () => string | undefined;
  readonly setChosen: (field: string) => void;
}

/** Dependencies of `createFieldInsertions`. */
export interface FieldInsertionsOptions {
  readonly host: Pick<Host, 'loadFormFields'>;
  readonly texts: Pick<LongTexts, 'readTextFields'>;
}

/** Fields before all others, unless only the second has a text. A bug has both, and most forms show its steps only. */
const FIRST_FIELDS: readonly string[] = ['Microsoft.VSTS.TCM.ReproSteps', 'System.Description'];

const known = new WeakMap<Connection, FieldInsertions>();

/** Returns the insertions of a connection: all parts of a frame share the field that the person chose last. */
export function fieldInsertionsOf(
  connection: Connection,
  host: FieldInsertionsOptions['host'],
): FieldInsertions {
  const insertions = known.get(connection) ?? createFieldInsertions({ host, texts: longTextsOf(connection) });
  known.set(connection, insertions);
  return insertions;
}

/** Creates the insertions of a frame. */
export function createFieldInsertions({ host, texts }: FieldInsertionsOptions): FieldInsertions {
  const inTurn = createMutex();
  let fields: Promise<FormFields> | undefined;
  let chosen: string | undefined;

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

    intoField: (file, field, look) =>
      inTurn(async () => {
        const order = { workItemId: file.workItemId, field, insertion: insertionOf(file, look) };
        return insertIntoField(await loadFields(), texts, order);
      }),

    getChosen: () => chosen,
    setChosen: (field) => (chosen = field),
  };
}

/** The file as it is inserted. */
export function insertionOf(file: InsertedFile, { alternativeText, width }: Look): Insertion {
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
