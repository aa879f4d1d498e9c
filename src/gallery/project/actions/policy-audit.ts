import { writeCsv } from '../../../base/csv';
import type { Problem } from '../../../base/errors';
import { isCancelled, toProblem } from '../../../base/errors';
import { t } from '../../../base/i18n/translate';
import { memoize } from '../../../base/memoize';
import type { ReadonlyStore } from '../../../base/store';
import { createStateStore } from '../../../base/store';
import type { RuleBreak } from '../../../upload/rules/policy/check-file';
import { checkFile } from '../../../upload/rules/policy/check-file';
import type { Policy } from '../../../upload/rules/policy/policy';
import { rulesFor } from '../../../upload/rules/policy/policy';
import { describeBreak } from '../../../upload/rules/policy/rule-sentences';
import type { ProjectFile, ProjectIndex, ProjectItem, ProjectResult } from '../project-index';

/** Rules about one file. */
export type FileRule = Exclude<RuleBreak['rule'], 'maxFiles'>;

/** Found files that break a rule. */
export interface BrokenRule {
  readonly rule: FileRule;
  readonly count: number;
  /** Sum of the known sizes. */
  readonly bytes: number;
  /** The first ones, at most `MAX_SHOWN`. */
  readonly files: readonly ProjectFile[];
}

/** Result of an audit. */
export interface AuditResult {
  readonly checked: number;
  /** Files that break at least one rule. */
  readonly broken: number;
  /** Most files first. */
  readonly rules: readonly BrokenRule[];
  /** Work items with more attachments than their rules allow, fullest first; at most `MAX_SHOWN`. */
  readonly fullItems: readonly ProjectItem[];
  readonly fullItemCount: number;
  /** CSV with a row for each broken rule of a file or a work item, in parts to join. */
  readonly csv: readonly string[];
}

/** State of an audit. */
export type AuditState =
  | { readonly status: 'idle' }
  | { readonly status: 'checking'; readonly done: number; readonly total: number }
  | { readonly status: 'done'; readonly result: AuditResult }
  /** The list changed during the audit. */
  | { readonly status: 'outdated' }
  | { readonly status: 'failed'; readonly problem: Problem };

/** Checks found files against a policy, by what the index knows about them. No file is read. */
export interface PolicyAudit extends ReadonlyStore<AuditState> {
  /** Checks the files of a result, in place of an earlier audit. Never rejects. */
  readonly start: (result: Pick<ProjectResult, 'id' | 'count'>, policy: Policy) => Promise<void>;
  readonly cancel: () => void;
}

/** Files and work items kept for a list. The table has all of them. */
export const MAX_SHOWN = 100;

/** Files checked at a time: fewer than 50 ms of work. */
const CHUNK_ROWS = 500;

/** Mark in front of a table, once per file. */
const BYTE_ORDER_MARK = '\ufeff';

/** Starts without an audit. */
export function createPolicyAudit(index: Pick<ProjectIndex, 'readRows'>): PolicyAudit {
  const store = createStateStore<AuditState>({ status: 'idle' });
  let controller = new AbortController();

  async function check(
    { id, count: total }: Pick<ProjectResult, 'id' | 'count'>,
    policy: Policy,
    signal: AbortSignal,
  ): Promise<AuditState> {
    const findings = createFindings(policy);
    for (let done = 0; done < total;) {
      store.setState({ status: 'checking', done, total });
      const files = await index.readRows(id, done, CHUNK_ROWS);
      signal.throwIfAborted();
      if (files.length === 0) return { status: 'outdated' };
      findings.add(files);
      done += files.length;
    }
    return { status: 'done', result: findings.result() };
  }

  return {
    getSnapshot: store.getSnapshot,
    subscribe: store.subscribe,

    async start(result, policy) {
      controller.abort();
      controller = new AbortController();
      const { signal } = controller;
      try {
        store.setState(await check(result, policy, signal));
      } catch (error) {
        if (!signal.aborted && !isCancelled(error))
          store.setState({ status: 'failed', problem: toProblem(error) });
      }
    },

    cancel() {
      controller.abort();
      store.setState({ status: 'idle' });
    },
  };
}

/** Collects the files that break a policy. */
function createFindings(policy: Policy) {
  const rulesOf = memoize((type: string) => rulesFor(policy, type));
  const rules = new Map<FileRule, { count: number; bytes: number; files: ProjectFile[] }>();
  const fullItems = new Map<number, ProjectItem>();
  const csv = [writeCsv([titles()])];
  let checked = 0;
  let broken = 0;

  function addBreak(rule: FileRule, file: ProjectFile): void {
    const known = rules.get(rule) ?? { count: 0, bytes: 0, files: [] };
    rules.set(rule, known);
    known.count++;
    known.bytes += file.size ?? 0;
    if (known.files.length < MAX_SHOWN) known.files.push(file);
  }

  /** Returns the rows of the table for a file and, once, for its full work item. */
  function addFile(file: ProjectFile): readonly (readonly string[])[] {
    const { item } = file;
    const breaks = checkFile(rulesOf(item.type), file, item);
    const rows: (readonly string[])[] = [];
    for (const each of breaks) {
      if (each.rule === 'maxFiles') {
        if (!fullItems.has(item.id)) rows.push(cellsOf(undefined, item, each));
        fullItems.set(item.id, item);
      } else {
        addBreak(each.rule, file);
        rows.push(cellsOf(file, item, each));
      }
    }
    checked++;
    if (breaks.some(({ rule }) => rule !== 'maxFiles')) broken++;
    return rows;
  }

  return {
    add(files: readonly ProjectFile[]): void {
      const rows = files.flatMap(addFile);
      if (rows.length > 0) csv.push(writeCsv(rows).slice(BYTE_ORDER_MARK.length));
    },

    result(): AuditResult {
      return {
        ...{ checked, broken, csv },
        rules: [...rules]
          .map(([rule, facts]) => ({ rule, ...facts }))
          .sort((a, b) => b.count - a.count || a.rule.localeCompare(b.rule)),
        fullItems: [...fullItems.values()]
          .sort((a, b) => b.fileCount - a.fileCount || a.id - b.id)
          .slice(0, MAX_SHOWN),
        fullItemCount: fullItems.size,
      };
    },
  };
}

function titles(): readonly string[] {
  return [
    t('Name'),
    t('Rule'),
    t('Size in bytes'),
    t('Work item'),
    t('Work item type'),
    t('Title'),
    t('Attached'),
    t('Attached by'),
    t('Address'),
  ];
}

/** @param file `undefined` for a rule about the work item. */
function cellsOf(
  file: ProjectFile | undefined,
  { id, type, title }: ProjectItem,
  broken: RuleBreak,
): readonly string[] {
  const addedAt = file?.addedAt ?? NaN;
  return [
    file?.name ?? '',
    describeBreak(broken),
    file?.size === undefined ? '' : String(file.size),
    String(id),
    type,
    title,
    Number.isNaN(addedAt) ? '' : new Date(addedAt).toISOString(),
    file?.addedBy ?? '',
    file?.reference.url ?? '',
  ];
}
