import type { LongTexts, TextFormat } from '../../azure/rest/long-texts';
import type { PatchOperation } from '../../azure/rest/work-items';
import type { FrameServices } from '../frame-services';
import { testRevision } from '../link/json-patch';
import type { TextFile } from './text-file';
import { replaceAddresses } from './text-files';
import { untilDone } from './until-done';

/** Longest text to rewrite, in UTF-16 units. */
export const MAX_REWRITTEN_LENGTH = 5_000_000;

/** A text with other addresses. */
export interface RewrittenText {
  /** Reference name of the field, or number of the comment. */
  readonly of: string | number;
  readonly before: string;
  /** As the server has stored it. */
  readonly after: string;
}

/** Returns the new http(s) address of a file, as `URL` serializes it; `undefined` to keep the old one. */
export type NewAddress = (file: TextFile) => string | undefined;

/** Replaces addresses in the texts of work items. */
export interface TextRewriter {
  /**
   * Replaces addresses in all fields, in one revision, and in comments. A text that someone changes at the same time is
   * rewritten as it is then. Texts longer than `MAX_REWRITTEN_LENGTH` stay as they are.
   *
   * @param withComments Whether comments can have such addresses.
   * @returns The texts that changed.
   * @throws StaplerError
   */
  readonly rewrite: (
    workItemId: number,
    newAddress: NewAddress,
    withComments: boolean,
  ) => Promise<readonly RewrittenText[]>;
  /**
   * Restores texts.
   *
   * @returns The number of those that someone has changed since. They stay as they are.
   * @throws StaplerError
   */
  readonly undo: (workItemId: number, rewritten: readonly RewrittenText[]) => Promise<number>;
}

/** Dependencies of `createTextRewriter`. */
export interface TextRewriterOptions extends Pick<FrameServices, 'workItems' | 'mutex' | 'runtime'> {
  readonly texts: Pick<LongTexts, 'readTextFields' | 'readComments' | 'changeComment'>;
}

/** A change of a text: its new value, or the old one. */
type Edit = (text: string, format: TextFormat, of: RewrittenText['of']) => string;

/** Creates a rewriter. It holds the mutex of a work item during a change. */
export function createTextRewriter({ texts, workItems, mutex, runtime }: TextRewriterOptions): TextRewriter {
  /** Edits all fields in one revision. @returns The texts before. */
  async function editFields(workItemId: number, edit: Edit): Promise<ReadonlyMap<string, string>> {
    const before = new Map<string, string>();
    await untilDone(runtime, async () => {
      const { revision, fields } = await texts.readTextFields(workItemId);
      const changes = fields.flatMap(({ field, text, format }): readonly PatchOperation[] => {
        const value = edited(edit, text, format, field);
        if (value === text) return [];
        before.set(field, text);
        return [{ op: 'replace', path: `/fields/${field}`, value }];
      });
      if (changes.length > 0) await workItems.update(workItemId, [testRevision(revision), ...changes]);
    });
    return before;
  }

  /** Edits comments, one after the other: each is a change of its own. */
  async function editComments(workItemId: number, edit: Edit): Promise<ReadonlyMap<number, string>> {
    const { project } = await texts.readTextFields(workItemId);
    const before = new Map<number, string>();
    await untilDone(runtime, async () => {
      for (const { id, text, format } of await texts.readComments(workItemId, project)) {
        const value = edited(edit, text, format, id);
        if (value === text) continue;
        before.set(id, text);
        await texts.changeComment(workItemId, project, { id, format, text: value });
      }
    });
    return before;
  }

  async function readStored(
    workItemId: number,
    withComments: boolean,
  ): Promise<Map<string | number, string>> {
    const { project, fields } = await texts.readTextFields(workItemId);
    const comments = withComments ? await texts.readComments(workItemId, project) : [];
    return new Map<string | number, string>([
      ...fields.map(({ field, text }) => [field, text] as const),
      ...comments.map(({ id, text }) => [id, text] as const),
    ]);
  }

  return {
    rewrite: (workItemId, newAddress, withComments) =>
      mutex.lock(workItemId, async () => {
        const edit: Edit = (text, format) => replaceAddresses(text, format, newAddress);
        const before = new Map<string | number, string>([
          ...(await editFields(workItemId, edit)),
          ...(withComments ? await editComments(workItemId, edit) : []),
        ]);
        if (before.size === 0) return [];
        const stored = await readStored(workItemId, withComments);
        return [...before].map(([of, text]) => ({ of, before: text, after: stored.get(of) ?? '' }));
      }),

    undo: (workItemId, rewritten) =>
      mutex.lock(workItemId, async () => {
        const isComment = ({ of }: RewrittenText): boolean => typeof of === 'number';
        const restore: Edit = (text, _, of) =>
          rewritten.find((each) => each.of === of && each.after === text)?.before ?? text;
        await editFields(workItemId, restore);
        if (rewritten.some(isComment)) await editComments(workItemId, restore);
        const stored = await readStored(workItemId, rewritten.some(isComment));
        return rewritten.filter(({ of, before }) => stored.get(of) !== before).length;
      }),
  };
}

function edited(edit: Edit, text: string, format: TextFormat, of: RewrittenText['of']): string {
  return text.length > MAX_REWRITTEN_LENGTH ? text : edit(text, format, of);
}
