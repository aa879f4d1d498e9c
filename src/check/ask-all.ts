import type { Finding, Mode, Question } from './questions/question';

/** One question with its answer, compared with the assumption. */
export interface Result {
  readonly id: string;
  readonly question: string;
  readonly answer: string | null;
  readonly assumed: string;
  readonly verdict: 'agrees' | 'differs' | 'not answered';
  readonly seen: string;
  readonly unseen?: string;
}

/** Options of `askAll`. */
export interface AskOptions {
  readonly mode: Mode;
  readonly ask: (question: Question) => Promise<Finding>;
  /** Ends the questions. The answer of the current one is left out. */
  readonly signal: AbortSignal;
  /** Called with the question under way, `2 of 30: …`. */
  readonly tell: (detail: string) => void;
}

/** Asks questions one after the other. Never rejects: a failed question is unanswered and does not affect the others. */
export async function askAll(
  questions: readonly Question[],
  { mode, ask, signal, tell }: AskOptions,
): Promise<readonly Result[]> {
  const results: Result[] = [];
  const isOver = (): boolean => signal.aborted;
  for (const [index, question] of questions.entries()) {
    if (isOver()) break;
    tell(`${index + 1} of ${questions.length}: ${question.question}`);
    const finding = await findingOf(() => ask(question));
    if (!isOver()) results.push(resultOf(question, finding, mode));
  }
  return results;
}

async function findingOf(ask: () => Promise<Finding>): Promise<Finding> {
  try {
    return await ask();
  } catch (error) {
    return { answer: null, seen: reasonOf(error) };
  }
}

/** Message of an error; `fetch` has the reason in its cause. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? `${error.message}: ${error.cause.message}` : error.message;
}

function resultOf({ id, question, assumed, unseen }: Question, finding: Finding, mode: Mode): Result {
  const expected = typeof assumed === 'string' ? assumed : assumed[mode];
  const verdict =
    finding.answer === expected ? 'agrees' : finding.answer === null ? 'not answered' : 'differs';
  return { id, question, ...finding, assumed: expected, verdict, ...(unseen !== undefined && { unseen }) };
}
