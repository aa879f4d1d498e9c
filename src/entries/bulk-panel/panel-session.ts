import { organizationUrls } from '../../azure/organization-urls';
import type { AttachmentOfItem } from '../../azure/work-item';
import type { Runtime } from '../../base/runtime';
import type { ReadonlyStore } from '../../base/store';
import { createStateStore } from '../../base/store';
import type { DuplicatePolicy } from '../../bulk/plan/plan';
import type { BulkService } from '../../bulk/run/bulk-service';
import type { FileChecks } from '../../upload/checks/file-checks';
import type { Journal } from '../../upload/recovery/journal/journal';
import type { PartitionHost } from '../../upload/recovery/journal/browser-journal';
import { partitionOf } from '../../upload/recovery/journal/browser-journal';
import type { PolicySource } from '../../upload/rules/policy/policy-source';
import { createAttachedLoader } from './panel-attached';
import type { CreatePanelChecks } from './panel-checks';
import type { FileActions } from './panel-files';
import { createPanelFiles } from './panel-files';
import type { ItemActions } from './panel-items';
import { createPanelItems } from './panel-items';
import { createPlanner } from './panel-planner';
import type { RunActions } from './panel-run';
import { createPanelRun } from './panel-run';
import type { MappingKind, PanelState, PanelStore } from './panel-state';
import { EMPTY } from './panel-state';

/** State and actions of the panel. */
export interface PanelSession extends ReadonlyStore<PanelState>, FileActions, ItemActions, RunActions {
  /** Connects to the host and reads the work items the panel was opened for. */
  readonly start: () => Promise<void>;
  readonly setMapping: (mapping: MappingKind) => void;
  readonly setPattern: (pattern: string) => void;
  readonly setComment: (comment: string) => void;
  /** For all work items, or for one. */
  readonly setDuplicates: (policy: DuplicatePolicy, workItemId?: number) => void;
  /** Missing if files are not checked. */
  readonly checks: FileChecks | undefined;
  /** Interrupted runs. */
  readonly journal: Journal['state'];
  readonly openWorkItem: (workItemId: number) => void;
  /** Closes the panel, if the host supports it. */
  readonly close: () => void;
}

/** Host functions of the panel. */
export interface PanelHost extends PartitionHost {
  /** Resolves once the host has answered. */
  readonly connect: () => Promise<void>;
  readonly loadSucceeded: () => void;
  /** Work items the panel was opened for. */
  readonly workItemIds: () => readonly number[];
  /** Attachments of other work items the panel was opened for. */
  readonly attached: () => readonly AttachmentOfItem[];
  readonly openWorkItem: (workItemId: number) => void;
  readonly close: () => void;
}

/** Dependencies of `createPanelSession`. */
export interface PanelSessionOptions {
  readonly host: PanelHost;
  readonly service: BulkService;
  /** The journal of the service. */
  readonly journal: Pick<Journal, 'state' | 'open' | 'match'>;
  /** Unique prefix of file ids, since another panel may resume the run. */
  readonly idPrefix: string;
  readonly runtime: Runtime;
  /** Reads the policy of the project. Default: no policy. */
  readonly policies?: PolicySource;
  /** Creates the checks of files before they are planned. Default: none. */
  readonly createChecks?: CreatePanelChecks;
  /** Calls back after the host has been silent for too long. */
  readonly onHostTimeout: (callback: () => void) => void;
}

/** Creates a session without files or work items. */
export function createPanelSession(options: PanelSessionOptions): PanelSession {
  const { host, service, journal, idPrefix, runtime, policies, createChecks, onHostTimeout } = options;
  /** In progress from the answer of the host on. No file leaves before it. */
  let policyReading: Promise<void> | undefined;
  const { getSnapshot, subscribe, setState } = createStateStore<PanelState>(EMPTY, { notify: 'at-once' });
  const { planSoon, planned } = createPlanner({
    readState: getSnapshot,
    onPlan: (plan) => setState((state) => ({ ...state, plan })),
    runtime,
  });

  const change: PanelStore['change'] = (facts) => {
    setState((state) => ({ ...state, ...(typeof facts === 'function' ? facts(state) : facts) }));
    planSoon();
  };

  const store: PanelStore = { getSnapshot, change };
  const items = createPanelItems({ store, service });
  const loadAttached = createAttachedLoader({ store, service, idPrefix });

  async function readAgain(): Promise<void> {
    await Promise.all([items.actions.readAgain(), loadAttached(host.attached())]);
  }

  const run = createPanelRun({
    store,
    service,
    journal,
    comparison: () => policyReading?.then(() => files.comparison()) ?? files.comparison(),
    planned,
    onStart: () => files.freeze(),
    readAgain,
  });
  const files = createPanelFiles({
    ...{ store, intake: service.intake, supply: run.supply },
    ...{ idPrefix, createChecks, runtime },
  });

  async function readPolicy(source: PolicySource): Promise<void> {
    const policy = await source.read();
    policyReading = undefined;
    change({ policy });
    if (policy.policy) files.readTypes();
  }

  return {
    getSnapshot,
    subscribe,
    ...files.actions,
    ...items.actions,
    ...run.actions,
    readAgain,

    async start() {
      onHostTimeout(() =>
        change(({ status }) => (status === 'connecting' ? { status: 'unresponsive' } : {})),
      );
      await host.connect();
      change({ status: 'open' });
      host.loadSucceeded();
      if (policies) policyReading = readPolicy(policies);
      void partitionOf(host).then(journal.open);
      void host.getBaseUrl().then(
        (baseUrl) => change({ baseUrls: organizationUrls(baseUrl) }),
        () => undefined,
      );
      await Promise.all([items.addNew(host.workItemIds()), loadAttached(host.attached())]);
    },

    setMapping: (mapping) => change({ mapping, unknown: [] }),
    setPattern: (pattern) => change({ pattern }),
    setComment: (comment) => change({ comment }),

    setDuplicates(policy, workItemId) {
      change(({ duplicates }) =>
        workItemId === undefined
          ? { duplicates: { all: policy, ofItems: new Map() } }
          : { duplicates: { ...duplicates, ofItems: new Map(duplicates.ofItems).set(workItemId, policy) } },
      );
    },

    checks: files.checks,
    journal: journal.state,
    openWorkItem: host.openWorkItem,
    close: host.close,
  };
}
