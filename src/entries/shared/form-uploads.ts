import type { FormEvent, Host } from '../../azure/host/host';
import { HOST_TIMEOUT_MS } from '../../azure/host/time-out';
import { coalesce } from '../../base/async';
import { loadModule } from '../../base/load-module';
import { browserRuntime } from '../../base/runtime';
import { hasProjectIndex } from '../../gallery/project/store/has-index';
import { createFileChecks } from '../../upload/checks/file-checks';
import type { FormSession } from '../../upload/form/form-session';
import { createFormSession } from '../../upload/form/form-session';
import type { SaveGate } from '../../upload/form/save-gate';
import type { FrameServices } from '../../upload/frame-services';
import { browserTab } from '../../upload/recovery/channel/browser-tab';
import { pendingOf } from '../../upload/recovery/channel/protocol';
import { createHandoverSender } from '../../upload/recovery/channel/sender';
import { createBrowserJournal } from '../../upload/recovery/journal/browser-journal';
import type { PagePolicy } from '../../upload/rules/policy/hidden-parts';
import type { UploadServiceOptions } from '../../upload/upload-service';
import { commentOf, createUploadService } from '../../upload/upload-service';
import { warnBeforeLeaving, workOf } from './leaving';
import { loadOpenImage } from './load-open-image';
import { loadTreatText } from './load-treat-text';

/** Interval of checks for unfinished links while the queue changes, in milliseconds. */
const QUEUE_CHECK_MS = 100;

/** Dependencies of `createFormUploads`. */
export interface FormUploadsOptions {
  readonly host: Host;
  readonly services: FrameServices;
  /** The gate of the frame. */
  readonly gate: SaveGate;
  /** Policy of the page. */
  readonly policy: PagePolicy;
  /**
   * Whether this frame is the form group: it takes files for new work items and resumes interrupted uploads. Another
   * frame of the form leaves both to the group.
   */
  readonly isGroup: boolean;
}

function loadPasted() {
  return import(/* webpackChunkName: "insert" */ '../../gallery/insert/insert-pasted');
}

/**
 * Creates a function to open what this browser knows about the files of a project. Its code is loaded only if the hub
 * has stored an index.
 */
function createSameFilesOnceIndexed(
  host: Host,
  services: FrameServices,
): NonNullable<UploadServiceOptions['openSameFiles']> {
  let open: UploadServiceOptions['openSameFiles'];
  return async (project) => {
    if (!open) {
      if (!(await hasProjectIndex())) return undefined;
      const { createSameFileOpener, readProject } = await loadModule(
        () => import(/* webpackChunkName: "same-files" */ './same-files'),
      );
      open = createSameFileOpener({ host, services, readProject });
    }
    return open(project);
  };
}

/** Composes the uploads of a frame beside a form: queue, journal, save gate and handover. Once per frame. */
export function createFormUploads({
  host,
  services,
  gate,
  policy,
  isGroup,
}: FormUploadsOptions): FormSession {
  const frameId = browserTab.secret().slice(0, 16);
  const idPrefix = `${frameId}-`;
  const journal = createBrowserJournal({
    owner: frameId,
    runtime: browserRuntime,
    onLost: (ids) => session.queue.evict(ids),
  });
  const { refreshForm, whenRefreshed } = followRefreshes(host);
  const session: FormSession = createFormSession({
    host,
    gate,
    async loadInserter(report) {
      const { openPastedInserter } = await loadModule(loadPasted);
      const { connection } = services;
      const { queue } = session;
      return openPastedInserter({ connection, host, queue, whenRefreshed, report });
    },
    connect: (reports) =>
      createUploadService({
        ...{ services, host: { ...host, refreshForm }, journal, idPrefix, ...reports },
        openSameFiles: createSameFilesOnceIndexed(host, services),
      }),
    createChecks: (edges) =>
      createFileChecks({
        ...edges,
        policy,
        settings: host,
        loadTreatText,
        loadOpenImage,
        runtime: browserRuntime,
      }),
    isHidden: policy.isHidden,
    journal,
    idPrefix,
    isResuming: isGroup,
    visibility: {
      isVisible: () => document.visibilityState === 'visible',
      onChange: (listener) => document.addEventListener('visibilitychange', listener),
    },
    onHostTimeout: (callback) => {
      setTimeout(callback, HOST_TIMEOUT_MS);
    },
    runtime: browserRuntime,
  });

  warnBeforeLeaving(window, journal, () => {
    const { checking = [], held = [] } = session.checks?.getSnapshot() ?? {};
    return { ...workOf(session.queue.getSnapshot()), hasHeld: checking.length + held.length > 0 };
  });

  /** Reports unfinished links to the observer, to be finished after this frame is gone. */
  const { changed } = createHandoverSender({
    tab: browserTab,
    sender: frameId,
    settings: host,
    runtime: browserRuntime,
    links: () => pendingOf(session.queue.getSnapshot(), commentOf, session.mustWait),
    draft: isGroup ? session.getDraft : () => undefined,
  });
  // Not by the scheduler of the page: browsers draw no frame that is scrolled out of view.
  session.queue.onChange(coalesce(browserRuntime, QUEUE_CHECK_MS, changed));
  session.subscribe(changed, 'at-once');
  return session;
}

/** Lets edits of a frame wait for its own refreshes of the form, which would discard them. */
function followRefreshes(host: Pick<Host, 'refreshForm'>): Pick<Host, 'refreshForm'> & {
  readonly whenRefreshed: () => Promise<unknown>;
} {
  let refreshed: Promise<unknown> = Promise.resolve();
  return {
    refreshForm(workItemId) {
      const refreshing = host.refreshForm(workItemId);
      refreshed = Promise.all([refreshed, refreshing]);
      return refreshing;
    },
    whenRefreshed: () => refreshed,
  };
}

/** Composes the uploads of a frame that is connected already, and starts them. Loaded with the first file. */
export async function startFormUploads(
  options: Omit<FormUploadsOptions, 'isGroup'> & {
    /** Subscribes to form events, beginning with those of the current work item. */
    readonly follow: (listener: (event: FormEvent) => void) => void;
  },
): Promise<FormSession> {
  const { host, services, gate, policy, follow } = options;
  const session = createFormUploads({
    host: {
      ...host,
      connect(onFormEvent) {
        follow(onFormEvent);
        return Promise.resolve();
      },
      loadSucceeded: () => undefined,
    },
    services,
    gate,
    policy,
    isGroup: false,
  });
  await session.start();
  return session;
}
