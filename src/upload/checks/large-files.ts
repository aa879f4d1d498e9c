import type { LinkTarget } from '../../azure/work-item';
import type { OverLimitOption } from '../over-limit/over-limit-options';
import { listOverLimitOptions } from '../over-limit/over-limit-options';
import type { Treatments } from '../over-limit/treatments';
import type { FileLimit } from '../frame-services';
import type { PolicyRules } from '../rules/policy/policy';
import { problemOfBreaks } from '../rules/policy/rule-sentences';
import type { PickedFile } from '../upload';
import { volumeNames, wholeName } from '../volumes/volume-names';
import type { HeldFile, HeldReason, Treatment } from './checks-state';
import type { HeldWork } from './held-work';
import type { Verdict } from './judge-file';

type OverLimitReason = Extract<HeldReason, { kind: 'over-limit' }>;

/** Facts about the limits of work items. */
export interface LimitItems {
  readonly fileLimit: FileLimit;
  /** Free places for attachments, beside uploads underway; `Infinity` where the server decides. */
  readonly roomOf: (target: LinkTarget) => number;
  /** Whether an interrupted upload waits for a file of this size. */
  readonly isAwaited: (file: PickedFile, target: LinkTarget) => boolean;
  /** Names of attachments, and of uploads underway. */
  readonly namesOn: (target: LinkTarget) => readonly string[];
}

/** Questions about files over the limit, and the work that follows the answers. */
export interface LargeFiles {
  /** Judges the size of a file by the limit and the policy. Never rejects. */
  readonly judge: (file: PickedFile, target: LinkTarget, rules: PolicyRules) => Promise<Verdict>;
  /** Passes files on as the user has decided. */
  readonly treat: (held: readonly HeldFile[], answer: Treatment) => void;
}

/** Dependencies of `createLargeFiles`. */
export interface LargeFilesOptions {
  readonly work: HeldWork;
  /** Default: no limit is known. */
  readonly limits?: LimitItems | undefined;
  readonly treatments: Treatments;
}

/** Creates the questions of a frame. */
export function createLargeFiles({ work, limits, treatments }: LargeFilesOptions): LargeFiles {
  async function optionsFor(file: PickedFile, target: LinkTarget): Promise<readonly OverLimitOption[]> {
    const facts = {
      ...{ name: file.name, source: file.source },
      ...{ limitBytes: limitBytes(), freeSlots: limits?.roomOf(target) ?? Infinity },
    };
    return listOverLimitOptions(facts, treatments.loaders);
  }

  const limitBytes = (): number => limits?.fileLimit.bytes() ?? Infinity;

  /** Returns the question about a file; `undefined` if it is within the limit. */
  async function reasonFor(file: PickedFile, target: LinkTarget): Promise<OverLimitReason | undefined> {
    if (file.size <= limitBytes() || limits?.isAwaited(file, target)) return undefined;
    const options = await optionsFor(file, target).catch(() => []);
    return { kind: 'over-limit', limitBytes: limitBytes(), options };
  }

  /** Names of the volumes are free, and so is that of the whole file. */
  function freeName({ name }: PickedFile, count: number, target: LinkTarget): string {
    const taken = new Set(limits?.namesOn(target).map((each) => each.toLowerCase()));
    const isTaken = (each: string): boolean =>
      taken.has(each.toLowerCase()) || taken.has(wholeName(each).toLowerCase());
    return wholeName(volumeNames(name, count, isTaken)[0] ?? name);
  }

  /** Returns the file to upload; `undefined` if there is none. @throws DOMException after an abort */
  async function treated(
    { file, target, reason }: HeldFile,
    answer: Treatment,
    signal: AbortSignal,
    onProgress: (part: number) => void,
  ): Promise<PickedFile | undefined> {
    const option = reason.kind === 'over-limit' && reason.options.find(({ kind }) => kind === answer);
    if (!option || 'unavailable' in option) return undefined;
    if (option.kind !== 'split') {
      const limit = limitBytes();
      const made = await treatments.make(file, option.kind, { limitBytes: limit, signal, onProgress });
      return made && { ...file, ...made, size: made.source.size };
    }
    const { count, volumeBytes } = option.prediction;
    // Other files may have taken the room since the question.
    if (count > (limits?.roomOf(target) ?? Infinity)) return undefined;
    return { ...file, name: freeName(file, count, target), volumeBytes };
  }

  return {
    async judge(file, target, rules) {
      const reason = await reasonFor(file, target);
      if (!reason) return { kind: 'pass', file };
      const { overLimit = 'ask' } = rules;
      if (overLimit === 'skip' || overLimit === 'fail')
        return {
          kind: 'refuse',
          problem: problemOfBreaks(rules, [
            { rule: 'maxBytes', maxBytes: reason.limitBytes, size: file.size },
          ]),
        };
      // A smaller image or video replaces the original, so the user decides.
      const answer = reason.options.find(
        (option) => option.kind === overLimit && !('unavailable' in option),
      )?.kind;
      return { kind: 'hold', reason, file, answer };
    },

    treat(held, answer) {
      for (const each of held)
        work.run(each, {
          make: (signal, onProgress) => treated(each, answer, signal, onProgress),
          askAgain: (target) => reasonFor(each.file, target),
        });
    },
  };
}
