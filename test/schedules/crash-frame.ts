import { interruptedFor } from '../../src/upload/recovery/resume-interrupted';
import type { FormSession } from '../../src/upload/form/form-session';
import { shareFormEvents } from '../../src/upload/form/frame-events';
import { createSaveGate } from '../../src/upload/form/save-gate';
import { createFormSession } from '../../src/upload/form/form-session';
import { HostError } from '../../src/base/errors';
import type { FormEvent } from '../../src/azure/host/host';
import type { JournalStore } from '../../src/upload/recovery/journal/journal-store';
import type { SameFileFinder } from '../../src/upload/same-file-work';
import type { Upload } from '../../src/upload/upload';
import { isAwaitingAnswer, isOver } from '../../src/upload/upload-state';
import { createFrameServices } from '../../src/upload/frame-services';
import { createUploadService } from '../../src/upload/upload-service';
import type { Dice } from 'azure-devops-emulator/dice';
import type { FakeRuntime } from '../helpers/fake-runtime';
import { createTestHost } from '../helpers/host';
import type { TestFrames } from '../helpers/journal';
import { createTestJournal } from '../helpers/journal';
import type { Arrival, CrashService, Departed } from './crash-service';
import { BASE_URL, JAMAL } from './crash-service';
import type { Breakage, Door } from './crash-store';
import { createFailures, throughDoor } from './crash-store';

/** Time of a crash, or of a sleep longer than the lease. Numbers are 1-based. */
export type Crash = { readonly sleeps?: boolean } & (
  | { readonly at: 'write'; readonly number: number; readonly when: 'before' | 'after' }
  /** During this request. The frame gets no response, and the server may not get the request. */
  | { readonly at: 'request'; readonly number: number; readonly isTaken: boolean }
);

/** Faults of a frame. */
export interface Mishaps {
  readonly crash?: Crash | undefined;
  readonly breakage?: Breakage | undefined;
}

/** Environment of all frames. */
export interface Browser {
  readonly service: CrashService;
  readonly store: JournalStore;
  readonly frames: TestFrames;
  readonly machine: FakeRuntime;
  /** Files of another work item; `undefined` if the frame knows of none. */
  readonly finder?: SameFileFinder | undefined;
  /** Maximum number of file bytes in the journal. */
  readonly budget: number;
  /** Whether other events may precede a write; never longer than its timeout. */
  readonly isStoreSlow: boolean;
  /** Percentage of aborted requests. */
  readonly brokenPercent: number;
  /** Percentage of refused requests. */
  readonly refusedPercent: number;
  /** Percentage of refused links. */
  readonly linkRefusedPercent: number;
  /** Percentage of calls to the host that give no token. */
  readonly tokenlessPercent: number;
  /** Whether a request of a dead frame may reach the server after requests of others. */
  readonly isLateAllowed: boolean;
  /** Late requests of dead frames. */
  readonly late: (() => Promise<void>)[];
  /** Called after a frame has changed the journal. */
  readonly onWritten: (frame: string, ...what: Parameters<Door['after']>) => void;
  /** Called before a frame crashes. */
  readonly onGoing: (frame: string) => void;
  readonly note: (what: string) => void;
}

/** Form group with a crash at a given step. */
export interface CrashFrame {
  readonly name: string;
  readonly session: FormSession;
  /** `asleep`: silent until `wake`; `gone`: crashed; `closed`: by the user. */
  readonly life: () => 'awake' | 'asleep' | 'gone' | 'closed';
  readonly wake: () => Promise<void>;
  readonly tell: (event: FormEvent) => void;
  readonly counts: () => FrameCounts;
  /** Whether its journal is broken. */
  readonly isBroken: () => boolean;
  /** Whether the broken journal contains outdated entries, since their removal failed. */
  readonly hasLeftStale: () => boolean;
  /** Closes the frame like the user. */
  readonly close: () => void;
  /** Whether a write is queued. */
  readonly isWriting: () => boolean;
  /** Whether a request or a write waits for `act`. */
  readonly isBusy: () => boolean;
  /** Delivers or aborts one of its requests, or runs its oldest write. */
  readonly act: () => Promise<void>;
  /** Whether nothing more happens without the user. */
  readonly isResting: () => boolean;
  /** Makes the page visible. */
  readonly bringToFront: () => void;
}

/** Events of a frame so far. */
export interface FrameCounts {
  /** Number of changing calls of its store, and of all calls. */
  readonly writes: number;
  readonly calls: number;
  /** Number of delivered requests. */
  readonly requests: number;
}

/** Larger files are sent in chunks. */
const CHUNK_ABOVE_BYTES = 4_000;

/** Validity of the lease of a silent owner. */
const LEASE_MS = 20_000;

/** Creates a frame with an empty form. */
export function createCrashFrame(
  browser: Browser,
  name: string,
  dice: Dice,
  { crash, breakage }: Mishaps,
): CrashFrame {
  const { service, machine, frames, note } = browser;
  /** A page in the background reports attached files later. */
  let isVisible = dice.percent(60);
  let onVisibility: () => void = () => undefined;
  let life: ReturnType<CrashFrame['life']> = 'awake';
  const missed: (() => void)[] = [];
  /** Queued writes, run in order. */
  const writesWaiting: (() => void)[] = [];
  let writes = 0;
  let calls = 0;
  let requests = 0;
  /** Whether the removal of outdated entries failed. */
  let hasLeftStale = false;
  const { stack, underWay } = service.connect();
  const host = createTestHost();
  host.getOrganization.mockReturnValue('fabrikam');
  host.getPerson.mockReturnValue(JAMAL);
  host.getBaseUrl.mockResolvedValue(BASE_URL);
  host.getToken.mockImplementation(() =>
    dice.percent(browser.tokenlessPercent)
      ? Promise.reject(new HostError('The host gave no token.'))
      : Promise.resolve('token'),
  );

  /** Calls `act` when the frame is awake, and never after a crash. */
  function whenAwake(act: () => void): void {
    if (life === 'awake') act();
    else missed.push(act);
  }

  const awake = (): Promise<void> => new Promise(whenAwake);

  function go(why: string, cutOff: readonly Departed[] = []): void {
    if (life !== 'awake') return;
    browser.onGoing(name);
    // Its requests arrive late; without a journal, other frames cannot know its pending links.
    const isLinking = [...underWay(), ...cutOff].some(({ isLink }) => isLink);
    const maySleep = browser.isLateAllowed && !(isBroken() && isLinking);
    life = crash?.sleeps && maySleep ? 'asleep' : 'gone';
    note(`${name} is ${life} ${why}`);
    // Its lease must expire first.
    if (life === 'asleep') machine.setClock(LEASE_MS);
    frames.kill(name);
    if (life === 'gone') for (const request of underWay()) leaveAlone(request);
  }

  const isBroken = (): boolean => journal.state.getSnapshot().kind === 'memory';

  /** Delivers a sent request now, later or never. */
  function leaveAlone(request: Departed): void {
    if (dice.percent(30)) return;
    // Without a journal, other frames cannot know the late link of a dead frame.
    if (browser.isLateAllowed && !isBroken() && dice.percent(30))
      browser.late.push(() => arrive(request, 'arrives'));
    else void arrive(request, brokenOff(request));
  }

  /** Arrival of a request after the crash of its sender. */
  function brokenOff({ isChunk }: Departed): Arrival {
    return isChunk ? dice.pick(['arrives', 'arrives in half', 'arrives damaged'] as const) : 'arrives';
  }

  async function arrive(request: Departed, arrival: Arrival): Promise<void> {
    note(`${request.name} of ${name}, which is gone, ${arrival}`);
    await request.deliver(arrival, 'nothing');
  }

  const isNow = (when: 'before' | 'after'): boolean =>
    crash?.at === 'write' && crash.when === when && crash.number === writes;
  const runtime = {
    ...machine,
    setTimer(delayMs: number, callback: () => void): () => void {
      let isCleared = false;
      const call = (): void => whenAwake(() => (isCleared ? undefined : callback()));
      whenAwake(() => void machine.setTimer(delayMs, call));
      return () => void (isCleared = true);
    },
    onConnectivity: (listener: (isOnline: boolean) => void): void =>
      machine.onConnectivity((isOnline) => whenAwake(() => listener(isOnline))),
  };
  const journal = createTestJournal({
    owner: name,
    runtime,
    openStore(_partition, onGone) {
      const failure = createFailures(breakage, onGone);
      return Promise.resolve(
        throughDoor(browser.store, {
          awake,
          enqueue() {
            return browser.isStoreSlow
              ? new Promise((resolve) => writesWaiting.push(resolve))
              : Promise.resolve();
          },
          failure(call) {
            calls++;
            const reason = failure(call);
            if (reason) note(`${call} of ${name} fails: ${reason.name}`);
            if (reason && call === 'releaseOwnership') hasLeftStale = true;
            return reason;
          },
          before(write) {
            writes++;
            if (isNow('before')) go(`before write ${writes}, ${write}`);
          },
          after(write, args, result) {
            browser.onWritten(name, write, args, result);
            if (isNow('after')) go(`after write ${writes}, ${write}`);
          },
        }),
      );
    },
    createLeases: () => frames.leasesFor(name),
    readBudget: () => Promise.resolve(browser.budget),
    onLost: (ids) => session.queue.evict(ids),
  });
  const { connect, follow } = shareFormEvents(host);
  const gate = createSaveGate({ host, runtime });
  follow(gate.onFormEvent);
  const session: FormSession = createFormSession({
    host: { ...host, connect },
    gate,
    loadInserter: () => Promise.reject(new Error('The schedules insert nothing.')),
    connect: (reports) =>
      createUploadService({
        ...reports,
        host,
        services: createFrameServices({
          host,
          stack: { send: (request) => awake().then(() => stack.send(request)) },
          runtime,
        }),
        journal,
        idPrefix: `${name}-`,
        openSameFiles: () => Promise.resolve(browser.finder),
        sizes: { chunkAboveBytes: CHUNK_ABOVE_BYTES },
      }),
    journal,
    idPrefix: `${name}-`,
    visibility: {
      isVisible: () => isVisible,
      onChange: (listener) => (onVisibility = listener),
    },
    onHostTimeout: () => undefined,
    runtime,
  });

  const isBusy = (): boolean => underWay().length + writesWaiting.length > 0;

  async function deliver(): Promise<void> {
    const request = dice.pick(underWay());
    requests++;
    if (crash?.at === 'request' && crash.number === requests) {
      const arrival = crash.isTaken ? brokenOff(request) : 'does not arrive';
      note(`${request.name} of ${name} ${arrival}, and nobody hears of it`);
      // A sleeping frame gets a network error once it is awake.
      const delivered = request.deliver(arrival, 'a broken line');
      go(`at request ${requests}`, [request]);
      await delivered;
      return;
    }
    if (dice.percent(request.isLink ? browser.linkRefusedPercent : browser.refusedPercent)) {
      note(`${request.name} of ${name} is refused`);
      await request.deliver('does not arrive', 'a refusal');
      return;
    }
    const isLost = dice.percent(browser.brokenPercent);
    const arrival = isLost && dice.percent(50) ? 'does not arrive' : 'arrives';
    note(`${request.name} of ${name} ${arrival}${isLost ? ', and the line breaks' : ''}`);
    await request.deliver(arrival, isLost ? 'a broken line' : 'the answer');
  }

  return {
    name,
    session,
    life: () => life,

    async wake() {
      if (life !== 'asleep') return;
      note(`${name} wakes up`);
      life = 'awake';
      await frames.leasesFor(name).acquire();
      for (const act of missed.splice(0)) act();
    },

    tell: (event) => host.connect.mock.calls[0]?.[0](event),
    counts: () => ({ writes, calls, requests }),
    isBroken,
    hasLeftStale: () => hasLeftStale,

    close() {
      note(`${name} is closed`);
      life = 'closed';
      frames.kill(name);
      for (const request of underWay()) leaveAlone(request);
    },

    isWriting: () => writesWaiting.length > 0,
    isBusy,

    async act() {
      const write = dice.percent(50) || underWay().length === 0 ? writesWaiting.shift() : undefined;
      if (write) write();
      else if (underWay().length > 0) await deliver();
    },

    isResting() {
      const { interrupted } = journal.state.getSnapshot();
      const { workItemId, stopped } = session.interruptedUploads.getSnapshot();
      const isStopped = workItemId !== undefined && stopped.has(workItemId);
      return (
        !isBusy() &&
        session.queue
          .getSnapshot()
          .every(
            (upload) =>
              isOver(upload.state) ||
              isWaitingForAPerson(upload.state) ||
              isHeld(upload) ||
              upload.sameFile?.status === 'asking',
          ) &&
        (isStopped || interruptedFor(interrupted, workItemId).length === 0)
      );
    },

    bringToFront() {
      isVisible = true;
      onVisibility();
    },
  };
}

/** Whether an upload is stored, and its link waits for an answer of the user. */
function isHeld(upload: Upload): boolean {
  return upload.state.status === 'uploaded' && isAwaitingAnswer(upload);
}

/** Whether an upload waits for the user. */
export function isWaitingForAPerson({ status }: Upload['state']): boolean {
  return status === 'needs-file' || status === 'paused' || status === 'failed';
}

/** All possible crashes of a frame with these counts. */
export function crashesIn({ writes, requests }: FrameCounts): readonly Crash[] {
  const numbers = (count: number): number[] => Array.from({ length: count }, (_, index) => index + 1);
  return [
    ...numbers(writes).flatMap((number): Crash[] => [
      { at: 'write', number, when: 'before' },
      { at: 'write', number, when: 'after' },
    ]),
    ...numbers(requests).flatMap((number): Crash[] => [
      { at: 'request', number, isTaken: true },
      { at: 'request', number, isTaken: false },
    ]),
  ];
}
