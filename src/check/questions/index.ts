import type { Question } from './question';
import { accessQuestions } from './access';
import { batchQuestions } from './batch';
import { chunkQuestions } from './chunks';
import { frameQuestions } from './frame';
import { limitQuestions } from './limits';
import { linkQuestions } from './links';
import { nameQuestions } from './names';
import { secondLinkQuestions } from './second-link';
import { serviceQuestions } from './service';
import { textQuestions } from './texts';

/** All questions, in this order. */
export const questions: readonly Question[] = [
  ...accessQuestions,
  ...serviceQuestions,
  ...secondLinkQuestions,
  ...textQuestions,
  ...chunkQuestions,
  ...nameQuestions,
  ...linkQuestions,
  ...batchQuestions,
  ...limitQuestions,
  ...frameQuestions,
];

/** Questions of a script, `npm run probe`. */
export const scriptQuestions = questions.filter(({ asks }) => asks !== 'frame');

/** Questions of a frame, "Check this organization". */
export const pageQuestions = questions.filter(({ asks }) => asks !== 'script');
