import type { DuplicatePolicy, FileEdits, Plan, PlanInput, PlanItem } from '../../bulk/plan/plan';
import { planOf } from '../../bulk/plan/planner';
import type { ReportRow } from '../../bulk/plan/report';
import { reportOf } from '../../bulk/plan/report';
import { memoize } from '../../base/memoize';
import type { VolumeHashes } from '../../upload/volumes/hash-volumes';
import { hashVolumes } from '../../upload/volumes/hash-volumes';
import type { Engine } from '../engine';
import type { AttachOrder, OnDuplicate } from './attach-order';
import { overLimitOf } from './attach-order';
import type { Attached } from './find-attached';
import { findAttached } from './find-attached';
import type { AttachedRow } from './join-rows';
import { joinRows } from './join-rows';
import type { LocalFile, OpenedFile, SentFile } from './local-file';
import { nodeHashers } from './node-hashers';
import type { TreatedFiles } from './treat-large-files';
import { treatLargeFiles } from './treat-large-files';
import { createTemporaryFiles } from '../temporary-files';
import { createZipLargeFile } from './zip-large-file';

/** Files of an order, the work items, and what is known about both. */
export interface OrderFacts {
  readonly order: AttachOrder;
  /** After the rules. */
  readonly files: readonly OpenedFile[];
  readonly items: readonly PlanItem[];
  /** Attachments that interrupted runs have made. */
  readonly attached: readonly Attached[];
  /** Known limit for the size of a file, in bytes; `Infinity` if unknown. */
  readonly limitBytes: number;
}

/** Plan of an order, with all that it is about. */
export interface AttachPlan extends Pick<TreatedFiles, 'wholes' | 'notZipped'> {
  readonly plan: Plan;
  /** Files of the plan: volumes in place of split files, and zips. */
  readonly files: readonly SentFile[];
  readonly items: readonly PlanItem[];
}

/** Plans one order, any number of times. Large files are read once. */
export interface OrderPlanner {
  /** Finds what the work items have already, and treats the files over the limit. */
  readonly treat: (facts: OrderFacts) => Promise<TreatedFiles>;
  /** Plans the treated files, without what the work items have already. */
  readonly plan: (facts: OrderFacts) => Promise<AttachPlan>;
  /** Removes the zips. */
  readonly close: () => Promise<void>;
}

const POLICIES: Readonly<Record<OnDuplicate, DuplicatePolicy>> = {
  keep: 'keep-numbered',
  'same-name': 'keep-names',
  skip: 'skip-name',
  replace: 'replace',
};

/** Creates a planner for one order. Close it at the end. */
export function createOrderPlanner(
  engine: Pick<Engine, 'services' | 'contents'>,
  signal?: AbortSignal,
): OrderPlanner {
  const temporary = createTemporaryFiles();
  const makeZip = createZipLargeFile(temporary, signal);
  const zipsOf = memoize((source: File) =>
    memoize((name: string) => memoize((limitBytes: number) => makeZip({ name, source }, limitBytes))),
  );
  const hashesOf = memoize((file: OpenedFile) =>
    memoize((volumeBytes: number): Promise<VolumeHashes> =>
      hashVolumes(file.source, volumeBytes, nodeHashers),
    ),
  );

  async function treat(facts: OrderFacts): Promise<TreatedFiles> {
    const { order, files, items, limitBytes } = facts;
    const overLimit = overLimitOf(order, items);
    const edits = editsOf(order.files);
    const input = inputOf(order, files, items, edits);
    const found = await findAttached(engine, planOf(input).pairs, files, items);
    const attached = merged([found, ...facts.attached]);
    const treated = await treatLargeFiles({
      ...{ files, items, limitBytes, overLimit },
      pairs: overLimit === 'send' ? [] : planOf({ ...input, attached }).pairs,
      editsOf: (id) => ({ comment: input.comment, ...edits.get(id) }),
      hash: (file, volumeBytes) => hashesOf(file)(volumeBytes),
      zip: ({ source, name }, bytes) => zipsOf(source)(name)(bytes),
      find: (file, among) =>
        findAttached(
          engine,
          among.map(({ id }) => ({ workItemId: id, fileId: file.id, name: file.name })),
          [file],
          among,
        ),
    });
    return {
      ...treated,
      edits: new Map([...edits, ...treated.edits]),
      attached: merged([attached, treated.attached]),
    };
  }

  return {
    treat,

    async plan(facts) {
      const { order, items } = facts;
      const { files, edits, attached, wholes, notZipped } = await treat(facts);
      const input = inputOf(order, files, items, edits);
      const plan = planOf({ ...input, attached, duplicates: duplicatesOf(order, items) });
      return { plan, files, items, wholes, notZipped };
    },
    close: temporary.removeAll,
  };
}

/** Rows of a plan that is not run. */
export function rowsOfPlan(planned: AttachPlan): readonly AttachedRow[] {
  const { plan, files, items } = planned;
  return joinRows(
    reportOf(plan, files, items, (): ReportRow['outcome'] | undefined => undefined),
    planned,
  );
}

function inputOf(
  { mapping, comment = '', keepsFolders = true }: AttachOrder,
  files: readonly SentFile[],
  items: readonly PlanItem[],
  edits: PlanInput['edits'],
): PlanInput {
  return {
    ...{ files, items, mapping, edits, comment, keepsFolders },
    duplicates: { all: 'keep-both', ofItems: new Map() },
  };
}

/** A choice takes precedence over the policies. */
function duplicatesOf({ onDuplicate }: AttachOrder, items: readonly PlanItem[]): PlanInput['duplicates'] {
  if (onDuplicate !== undefined) return { all: POLICIES[onDuplicate], ofItems: new Map() };
  const byPolicy = items.flatMap(({ id, rules }): [number, DuplicatePolicy][] => {
    const rule = rules?.duplicates;
    // This command cannot ask.
    return rule === undefined || rule === 'ask' ? [] : [[id, POLICIES[rule]]];
  });
  return { all: POLICIES.keep, ofItems: new Map(byPolicy) };
}

function editsOf(files: readonly LocalFile[]): PlanInput['edits'] {
  return new Map(
    files.map(({ path, name, comment }): [string, FileEdits] => [
      path,
      { ...(name !== undefined && { name }), ...(comment !== undefined && { comment }) },
    ]),
  );
}

function merged(parts: readonly Attached[]): Attached {
  const all = new Map<number, ReadonlyMap<string, string>>();
  for (const part of parts)
    for (const [id, ofItem] of part) all.set(id, new Map([...(all.get(id) ?? []), ...ofItem]));
  return all;
}
