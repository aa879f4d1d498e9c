import type { Finding, Frame, Question } from './question';

/** A question about the page itself. */
function about(
  id: string,
  question: string,
  assumed: Question['assumed'],
  ask: (frame: Frame) => Promise<Finding>,
): Question {
  return {
    id,
    question,
    asks: 'frame',
    assumed,
    ask: ({ frame }) => (frame ? ask(frame) : Promise.resolve({ answer: null, seen: 'no frame' })),
  };
}

const yesOrNo = (isYes: boolean): Finding => ({ answer: isYes ? 'yes' : 'no', seen: isYes ? 'yes' : 'no' });

/** Mark of a question that needs the consent of the person. */
export const NOT_ASKED = 'not asked';

/** Result of something that opens in front of the person. */
function openedOr(isOpen: boolean | undefined): Finding {
  return isOpen === undefined ? { answer: null, seen: NOT_ASKED } : yesOrNo(isOpen);
}

/** Abilities of the page, and of the host around it. */
export const frameQuestions: readonly Question[] = [
  about('sandbox', 'Is the page in a sandbox?', { services: 'no', server: 'yes' }, ({ origin }) =>
    Promise.resolve(yesOrNo(origin === 'null')),
  ),
  about('secure-context', 'Is the page a secure context?', 'yes', ({ isSecureContext }) =>
    Promise.resolve(yesOrNo(isSecureContext)),
  ),
  about('storage', 'Can the page store text?', { services: 'yes', server: 'no' }, ({ canStore }) =>
    Promise.resolve(yesOrNo(canStore())),
  ),
  about('database', 'Can the page open a database?', { services: 'yes', server: 'no' }, async (frame) =>
    yesOrNo(await frame.canOpenDatabase()),
  ),
  about('locks', 'Does the browser grant locks?', 'yes', async (frame) => yesOrNo(await frame.canLock())),
  about('channel', 'Do messages reach other frames?', 'yes', async (frame) =>
    yesOrNo(await frame.canBroadcast()),
  ),
  about('clipboard', 'May the page write to the clipboard?', 'granted', async (frame) => {
    const state = await frame.clipboard();
    return { answer: state ?? null, seen: state ?? 'the browser does not tell' };
  }),
  about('message', 'Does the host show a message?', 'yes', async (frame) =>
    openedOr(await frame.openMessage()),
  ),
  about('window', 'Can the page open a window?', 'yes', ({ opensWindow }) =>
    Promise.resolve(openedOr(opensWindow)),
  ),
  about(
    'window-opener',
    'Does a window opened by the page reach back to it?',
    { services: 'yes', server: 'no' },
    async (frame) => openedOr(await frame.windowReaches()),
  ),
  about('extension-data', 'Does the host read the data of the extension?', 'yes', async (frame) =>
    yesOrNo(await frame.canReadData()),
  ),
  about('panel', 'Does the host open a panel?', 'yes', async (frame) => openedOr(await frame.openPanel())),
];
