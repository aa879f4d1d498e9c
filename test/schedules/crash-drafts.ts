import type { Pending } from '../../src/upload/recovery/channel/protocol';
import { pendingOf } from '../../src/upload/recovery/channel/protocol';
import { receiveHandovers } from '../../src/upload/recovery/channel/receiver';
import { createHandoverSender } from '../../src/upload/recovery/channel/sender';
import type { FormEvent } from '../../src/azure/host/host';
import type { KeptBatch } from '../../src/upload/recovery/journal/kept-batch';
import { createRecoveryInbox } from '../../src/upload/recovery/journal/recovery-inbox';
import { createLinker } from '../../src/upload/link/link-attachments';
import { createNameRepair, withNameRepair } from '../../src/upload/link/repair-names';
import { createMemoryLearned } from '../../src/upload/learned';
import { createNaming } from '../../src/upload/transport/transfer-tools';
import { createFinishLinks } from '../../src/upload/recovery/finish-links';
import { retry } from '../../src/base/retry';
import { servicesFor } from '../helpers/frame-services';
import { createTakeOver } from '../../src/upload/recovery/take-over';
import { commentOf } from '../../src/upload/upload-service';
import { createConnection } from '../../src/azure/rest/connection';
import { createWorkItems } from '../../src/azure/rest/work-items';
import type { Dice } from 'azure-devops-emulator/dice';
import { createTestHost } from '../helpers/host';
import { createTestSettings, createTestTab } from '../unit/upload/recovery/channel/test-tab';
import type { TestFrame } from '../unit/upload/recovery/channel/test-tab';
import type { Crash, CrashFrame, FrameCounts } from './crash-frame';
import { give, lookAfter } from './crash-person';
import { BASE_URL, JAMAL } from './crash-service';
import { rest, settle, step } from './crash-steps';
import type { Given, World } from './crash-world';
import { awake, createWorld, openFrame } from './crash-world';

/** Result of a run. */
export interface DraftOutcome {
  /** Problems, one sentence each. */
  readonly problems: readonly string[];
  /** All events in order. */
  readonly log: readonly string[];
  /** Events of the frame with the draft. */
  readonly counts: FrameCounts;
  /** Number of files of the new work item, and of those attached by the observer. */
  readonly attached: number;
  readonly attachedByObserver: number;
}

/** Id of the saved draft. */
const NEW = 31;

/** Existing work item. */
const OTHER = 8;

/** Id of another new work item. */
const RIVAL = 32;

/** Milliseconds after all timeouts of the observer. */
const OBSERVER_GIVES_UP_MS = 100_000;

/** Fate of the form. */
interface Story {
  /** How the host reports the save of the draft; `never` without a save. */
  readonly saved: 'saved' | 'loaded' | 'never';
  readonly end: 'stays open' | 'is closed' | 'shows another';
  /** Whether a second form of this tab shows a new work item, so the owner of a new id is ambiguous. */
  readonly hasRival: boolean;
  /** Whether the fields set by the service are reported like edits, before the save and after it. */
  readonly isChangeTold: boolean;
}

/** All combinations of save and end. */
function storyOf(seed: number, dice: Dice): Story {
  const saved = (['saved', 'loaded', 'never'] as const)[seed % 3]!;
  const end = (['is closed', 'shows another', 'stays open'] as const)[Math.floor(seed / 3) % 3]!;
  return {
    saved,
    end: saved === 'never' && end === 'stays open' ? 'shows another' : end,
    hasRival: dice.percent(40),
    isChangeTold: seed % 2 === 0,
  };
}

/** A tab with a form for a new work item. */
interface DraftWorld extends World {
  readonly story: Story;
  /** Opens a frame in a form of this tab. */
  readonly openForm: (name: string, crash: Crash | undefined) => CrashFrame;
  /** Sends an event of a form to its frame, if alive, and to the observer. */
  readonly tell: (form: CrashFrame, event: FormEvent) => void;
  /** Removes a form like the host. */
  readonly remove: (form: CrashFrame) => Promise<void>;
  /** Names of files of the draft known to the observer before the form was removed. */
  readonly known: ReadonlySet<string>;
}

/**
 * Gives files to a frame with a draft. The draft is saved or closed, and its frame may crash at any step. In the end,
 * each file must be attached once to the new work item, or be in the journal, and never be attached elsewhere.
 */
export async function runDraft(seed: number, crash: Crash | undefined): Promise<DraftOutcome> {
  const log: string[] = [];
  const world = await createDraftWorld(seed, crash, (what) => log.push(what));
  const { service, story } = world;
  const form = world.openForm('frame 1', crash);
  const problems: string[] = [];
  let attachedByObserver = 0;
  try {
    await live(world, form);
    await letObserverFinish(world);
    attachedByObserver = form.life() === 'awake' ? 0 : service.attachedTo(NEW).length;
    if (story.saved !== 'never') await comeBack(world);
    problems.push(...(await differences(world, form)));
  } catch (error) {
    problems.push((error as Error).message);
  }
  const attached = service.attachedTo(NEW).length;
  return { problems, log, counts: form.counts(), attached, attachedByObserver };
}

async function createDraftWorld(
  seed: number,
  crash: Crash | undefined,
  note: (what: string) => void,
): Promise<DraftWorld> {
  const world = createWorld(seed, { crash }, note, [NEW]);
  const { service, store, frames, machine, dice } = world;
  const story = storyOf(seed, dice);
  note(JSON.stringify(story));

  const tab = createTestTab();
  const settings = createTestSettings();
  const tabFrames = new Map<string, TestFrame>();
  const { stack, underWay } = service.connect();
  const host = createTestHost();
  host.showToast.mockImplementation((text) => {
    note(`the observer says: ${text}`);
    return undefined;
  });
  const workItems = createWorkItems(
    createConnection({ stack, getToken: host.getToken, getBaseUrl: () => Promise.resolve(BASE_URL) }),
  );
  const inbox = createRecoveryInbox({
    owner: 'observer',
    runtime: machine,
    async open() {
      const leases = frames.leasesFor('observer');
      await leases.acquire();
      return { store, leases };
    },
  });
  const services = servicesFor(workItems, machine);
  const linker = withNameRepair(
    createLinker(services, { verifyFirst: true }),
    createNameRepair(services, createNaming(createMemoryLearned()).check),
  );
  const observer = createTakeOver({
    host,
    inbox,
    finishLinks: createFinishLinks({ linker, inbox, host, runtime: machine }),
    readOrigin: (id) => retry(() => workItems.read(id), { runtime: machine }),
    getPerson: () => JAMAL,
    runtime: machine,
  });
  let told: Pending | undefined;
  await receiveHandovers({
    tab: tab.open(),
    settings,
    runtime: machine,
    onPending(group) {
      if (group.sender === 'frame 1') told = group.pending;
      observer.onPending(group);
    },
    onGone: observer.onGone,
  });

  const known = new Set<string>();

  /** Remembers the files reported to the observer. It soon forgets a draft released by its frame. */
  function learn(): void {
    const { links = [], draft } = told ?? {};
    for (const { target, attachment } of links)
      if (target.kind !== 'draft' || target.draftId === draft?.draftId) known.add(attachment.name);
    if (draft?.isAwaitingFiles)
      for (const { file, isNoted } of world.given) if (isNoted) known.add(file.name);
  }

  const draftWorld: DraftWorld = {
    ...world,
    story,
    others: [
      {
        isBusy: () => underWay().length > 0,
        isWriting: () => false,
        async act() {
          const request = dice.pick(underWay());
          const isLost = dice.percent(world.brokenPercent);
          note(`${request.name} of the observer arrives${isLost ? ', and the line breaks' : ''}`);
          await request.deliver('arrives', isLost ? 'a broken line' : 'the answer');
        },
      },
    ],
    known,

    onGoing(name) {
      learn();
      tabFrames.get(name)?.crash();
    },

    openForm(name, itsCrash) {
      const frame = openFrame(draftWorld, name, { crash: itsCrash });
      const tabFrame = tab.open();
      tabFrames.set(name, tabFrame);
      const { session } = frame;
      const { changed } = createHandoverSender({
        tab: tabFrame,
        sender: name,
        settings,
        runtime: machine,
        links: () => pendingOf(session.queue.getSnapshot(), commentOf, session.mustWait),
        draft: session.getDraft,
      });
      session.queue.subscribe(changed);
      session.subscribe(changed);
      return frame;
    },

    tell(form, event) {
      note(`${form.name} shows: ${event.type} ${event.workItemId}`);
      const tellForm = (): void => {
        if (form.life() === 'awake') form.tell(event);
      };
      const isFormFirst = dice.percent(50);
      if (isFormFirst) tellForm();
      observer.onFormEvent(event);
      if (!isFormFirst) tellForm();
    },

    async remove(form) {
      if (form.life() !== 'awake') return;
      tabFrames.get(form.name)?.leave();
      // Its last message is in transit.
      await settle();
      learn();
      form.close();
    },
  };
  return draftWorld;
}

/** Opens the draft, gives it files, and saves it or not; then leaves it open or removes it. */
async function live(world: DraftWorld, form: CrashFrame): Promise<void> {
  const { story, service, machine, tell, remove } = world;
  await form.session.start();
  await settle();
  tell(form, { type: 'loaded', workItemId: 0, isNew: true, isReadOnly: false });
  await letPass(world, 2);
  const rival = story.hasRival ? await openRival(world) : undefined;
  if (form.life() === 'awake') give(world, form, NEW);
  await letPass(world, 10);
  if (rival && world.dice.percent(50)) await saveRival(world, rival);
  if (story.saved !== 'never') {
    service.create(NEW, machine.now());
    const facts = { workItemId: NEW, isNew: false, isReadOnly: false };
    const changed = (): void => {
      if (story.isChangeTold) tell(form, { type: 'changed', workItemId: NEW });
    };
    changed();
    tell(form, story.saved === 'saved' ? { type: 'saved', workItemId: NEW } : { type: 'loaded', ...facts });
    changed();
  }
  await letPass(world, 8);
  if (rival && world.dice.percent(50)) await saveRival(world, rival);
  if (story.end === 'stays open') return;
  // Some events are never fired.
  if (world.dice.percent(75)) tell(form, { type: 'unloaded', workItemId: story.saved === 'never' ? 0 : NEW });
  if (story.end === 'is closed') await remove(form);
  else tell(form, { type: 'loaded', workItemId: OTHER, isNew: false, isReadOnly: false });
}

async function openRival(world: DraftWorld): Promise<CrashFrame> {
  const rival = world.openForm('rival', undefined);
  await rival.session.start();
  await settle();
  world.tell(rival, { type: 'loaded', workItemId: -1, isNew: true, isReadOnly: false });
  return rival;
}

async function saveRival(
  { service, machine, tell, remove, dice }: DraftWorld,
  rival: CrashFrame,
): Promise<void> {
  if (rival.life() !== 'awake') return;
  service.create(RIVAL, machine.now());
  tell(rival, { type: 'saved', workItemId: RIVAL });
  if (dice.percent(50)) await remove(rival);
}

/** Runs up to `most` steps. */
async function letPass(world: DraftWorld, most: number): Promise<void> {
  for (let steps = world.dice.between(0, most); steps > 0; steps--) await step(world);
}

/** Waits for the observer; in some cases, the user returns before it is done. */
async function letObserverFinish(world: DraftWorld): Promise<void> {
  const { machine, dice } = world;
  const until = machine.now() + (dice.percent(80) ? OBSERVER_GIVES_UP_MS : 3_000);
  while (machine.now() < until) await step(world);
  await rest(world);
}

/** Opens the new work item, in another tab if the first form is gone. */
async function comeBack(world: DraftWorld): Promise<void> {
  const isThere = ({ name }: CrashFrame): boolean => name !== 'rival';
  for (let looks = 0; looks < 2 || !awake(world).some(isThere); looks++) {
    if (!awake(world).some(isThere)) await openFrame(world, 'frame 2', {}).session.start();
    const frames = awake(world).filter(isThere);
    for (const frame of frames) frame.bringToFront();
    await lookAfter(world, frames);
    while (world.late.length > 0) await step(world);
    await letObserverFinish(world);
  }
}

async function differences(world: DraftWorld, form: CrashFrame): Promise<string[]> {
  const { service, store, given, story } = world;
  const batches = [...(await store.readBatches()).values()] as KeptBatch[];
  const told = batches.flatMap(({ target, uploads }) =>
    uploads.map(({ name }) => ({ name, isOfDraft: target.kind === 'draft' })),
  );
  const isSame = (each: Given, bytes: Uint8Array): boolean => Buffer.compare(each.bytes, bytes) === 0;
  const problems = [OTHER, RIVAL].flatMap((id) =>
    service.attachedTo(id).map(({ name }) => `${name} is attached to ${id}.`),
  );
  const attached = service.attachedTo(NEW);
  for (const { name, bytes } of attached)
    if (!given.some((each) => each.file.name === name && isSame(each, bytes)))
      problems.push(`${name} is attached with other bytes.`);
  for (const { file } of given) {
    const times = attached.filter(({ name }) => name === file.name).length;
    const mayBeTold = story.saved === 'never' || mayBeUnknown(world, form, file.name);
    const isTold = told.some(({ name, isOfDraft }) => name === file.name && isOfDraft);
    if (times !== 1 && !(times === 0 && mayBeTold && (isTold || story.saved === 'never')))
      problems.push(`${file.name} is attached ${times} times, and ${isTold ? '' : 'not '}told of.`);
    if (times > 0 && story.saved === 'never')
      problems.push(`${file.name} is attached to what was never saved.`);
  }
  for (const { name, isOfDraft } of told) if (!isOfDraft) problems.push(`${name} is left in the journal.`);
  return problems;
}

/** Whether the observer could not know the work item of a file. */
function mayBeUnknown({ story, known }: DraftWorld, form: CrashFrame, name: string): boolean {
  return form.life() !== 'awake' && (story.hasRival || !known.has(name));
}
