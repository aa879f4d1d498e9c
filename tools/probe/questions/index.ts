import type { Question } from '../question';
import { accessQuestions } from './access';
import { batchQuestions } from './batch';
import { chunkQuestions } from './chunks';
import { limitQuestions } from './limits';
import { linkQuestions } from './links';
import { nameQuestions } from './names';

/** All questions, in this order. */
export const questions: readonly Question[] = [
  ...accessQuestions,
  ...chunkQuestions,
  ...nameQuestions,
  ...linkQuestions,
  ...batchQuestions,
  ...limitQuestions,
];
