import { interruptedFor } from '../../src/upload/recovery/resume-interrupted';
import type { FormSession } from '../../src/entries/form-group/form-session';
import { createFormSession } from '../../src/entries/form-group/form-session';
import type { FormEvent } from '../../src/azure/host/host';
import type { JournalStore } from '../../src/upload/recovery/journal/journal-store';
import type { Upload } from '../../src/upload/upload';
import { isOver } from '../../src/upload/upload-state';
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

/** When a frame goes, or falls asleep for so long that it is taken for gone. Numbers are 1-based. */
export type Crash = { readonly sleeps?: boolean } & (
  | { readonly at: 'write'; readonly number: number; readonly when: 'before' | 'after' }
  /** While this request is on its way, of which it hears nothing; the server gets it or not. */
  | { readonly at: 'request'; readonly number: number; readonly isTaken: boolean }
);

/** What befalls a frame. */
export interface Mishaps {
  readonly crash?: Crash | undefined;
  readonly breakage?: Breakage | undefined;
}

/** What all frames have in common. */
export interface Browser {
  readonly service: CrashService;
  readonly store: JournalStore;
  readonly frames: TestFrames;
  readonly machine: FakeRuntime;
  /** How many bytes of files the journal may keep. */
  readonly budget: number;
  /** Whether a write takes its time, in which other things happen; less than what is given up. */
  readonly isStoreSlow: boolean;
  /** Of 100 requests, so many break off. */
  readonly brokenPercent: number;
  /** Of 100 requests, the server refuses so many. */
  readonly refusedPercent: number;
  /** Whether a request of a frame that is gone may reach the server after those of others. */
  readonly isLateAllowed: boolean;
  /** Requests of frames that are gone, which the server gets later. */
  readonly late: (() => Promise<void>)[];
  /** A frame has changed what the journal holds. */
  readonly onWritten: (frame: string, ...what: Parameters<Door['after']>) => void;
  /** A frame is about to go. */
  readonly onGoing: (frame: string) => void;
  readonly note: (what: string) => void;
}

/** A form group that may go at any moment. */
export interface CrashFrame {
  readonly name: string;
  readonly session: FormSession;
  /** `asleep`: nobody hears of it, until `wake`; `gone`: it crashed; `closed`: by a person. */
  readonly life: () => 'awake' | 'asleep' | 'gone' | 'closed';
  readonly wake: () => Promise<void>;
  readonly tell: (event: FormEvent) => void;
  readonly counts: () => FrameCounts;
  /** Whether its journal is of no use any more. */
  readonly isBroken: () => boolean;
  /** Whether the journal still holds what was true when it broke, since that could not be removed. */
  readonly hasLeftStale: () => boolean;
  /** A person closes it. */
  readonly close: () => void;
  /** Whether a write waits for its turn. */
  readonly isWriting: () => boolean;
  /** Whether anything waits for `act`. */
  readonly isBusy: () => boolean;
  /** Lets one of its requests reach the server, or break off, or its oldest write happen. */
  readonly act: () => Promise<void>;
  /** Whether nothing more happens unless a person does something. */
  readonly isResting: () => boolean;
  /** A person sees it from now on. */
  readonly bringToFront: () => void;
}

/** What a frame has done so far. */
export interface FrameCounts {
  /** Calls of its store that change something, and all of them. */
  readonly writes: number;
  readonly calls: number;
  /** Requests that were delivered. */
  readonly requests: number;
}

/** A larger file goes in chunks, in bytes. */
const CHUNK_ABOVE_BYTES = 4_000;

/** As long as nobody hears of an owner it may be there, in milliseconds. */
const LEASE_MS = 20_000;

/** A frame of that name, with nothing in its form. */
export function createCrashFrame(
  browser: Browser,
  name: string,
  dice: Dice,
  { crash, breakage }: Mishaps,
): CrashFrame {
  const { service, machine, frames, note } = browser;
  /** What is attached by a page in the background is told of later. */
  let isVisible = dice.percent(60);
  let onVisibility: () => void = () => undefined;
  let life: ReturnType<CrashFrame['life']> = 'awake';
  const missed: (() => void)[] = [];
  /** Writes whose turn has not come; they happen in their order. */
  const writesWaiting: (() => void)[] = [];
  let writes = 0;
  let calls = 0;
  let requests = 0;
  /** Whether what is true no more could not be removed from the journal. */
  let hasLeftStale = false;
  const { stack, underWay } = service.connect();
  const host = createTestHost();
  host.getOrganization.mockReturnValue('fabrikam');
  host.getPerson.mockReturnValue(JAMAL);
  host.getBaseUrl.mockResolvedValue(BASE_URL);

  /** Once it is there again; never when it is gone. */
  function whenAwake(act: () => void): void {
    if (life === 'awake') act();
    else missed.push(act);
  }

  const awake = (): Promise<void> => new Promise(whenAwake);

  function go(why: string, cutOff: readonly Departed[] = []): void {
    if (life !== 'awake') return;
    browser.onGoing(name);
    // What it sends comes late; without a journal, nobody can know of a link that it was about to make.
    const isLinking = [...underWay(), ...cutOff].some(({ isLink }) => isLink);
    const maySleep = browser.isLateAllowed && !(isBroken() && isLinking);
    life = crash?.sleeps && maySleep ? 'asleep' : 'gone';
    note(`${name} is ${life} ${why}`);
    // Nobody is taken for gone earlier.
    if (life === 'asleep') machine.setClock(LEASE_MS);
    frames.kill(name);
    if (life === 'gone') for (const request of underWay()) leaveAlone(request);
  }

  const isBroken = (): boolean => journal.state.getSnapshot().kind === 'memory';

  /** What was sent may arrive or not, now or later. */
  function leaveAlone(request: Departed): void {
    if (dice.percent(30)) return;
    // Without a journal, nobody can know of a link that is made after its frame is gone.
    if (browser.isLateAllowed && !isBroken() && dice.percent(30))
      browser.late.push(() => arrive(request, 'arrives'));
    else void arrive(request, brokenOff(request));
  }

  /** How a request arrives whose sender is gone before all of it was sent. */
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
          turn() {
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
  const session: FormSession = createFormSession({
    host,
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
      // One that sleeps hears that the line is broken, once it is awake.
      const delivered = request.deliver(arrival, 'a broken line');
      go(`at request ${requests}`, [request]);
      await delivered;
      return;
    }
    if (dice.percent(browser.refusedPercent)) {
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
        session.queue.getSnapshot().every(({ state }) => isOver(state) || isWaitingForAPerson(state)) &&
        (isStopped || interruptedFor(interrupted, workItemId).length === 0)
      );
    },

    bringToFront() {
      isVisible = true;
      onVisibility();
    },
  };
}

/** Whether it goes on once a person has done something. */
export function isWaitingForAPerson({ status }: Upload['state']): boolean {
  return status === 'needs-file' || status === 'paused' || status === 'failed';
}

/** All moments at which a frame can go that does so much. */
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
