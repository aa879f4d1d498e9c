import { is, optional } from 'valibot';
import { finiteSchema, flagSchema, objectOf } from '../base/schema';

/** Answers of an organization to open questions (docs/assumptions.md). `undefined`: unknown. */
export interface LearnedAnswers {
  /** Whether a relation keeps the name of the link if the upload had none. */
  readonly namesInRelations?: boolean | undefined;
  /** Whether a browser may send `Content-Range`: the preflight allows it. */
  readonly contentRange?: boolean | undefined;
  /** Whether `$batch` takes patches from an extension. */
  readonly batch?: boolean | undefined;
  /** Time of the last refusal of `$batch`, in milliseconds since the epoch. */
  readonly batchRefusedAt?: number | undefined;
  /** Whether a patch may test the URL of a relation. Asked by the check only. */
  readonly relationTest?: boolean | undefined;
  /** Whether files can be uploaded without a project. */
  readonly uploadWithoutProject?: boolean | undefined;
  /** Whether a file is kept as long as one of several work items has it. Known 30 days after a check, at the earliest. */
  readonly secondLinkKeeps?: boolean | undefined;
  /** Largest file that the server is known to take, or the limit that it has named, in bytes. */
  readonly fileLimitBytes?: number | undefined;
  /** Whether a window opened by a frame can send messages back to it. Asked by the check only. */
  readonly windowReaches?: boolean | undefined;
}

/** Answers learned from an organization, for one person. */
export interface Learned {
  /** Resolves once the answers of earlier frames are read. Never rejects. */
  readonly whenLoaded: () => Promise<void>;
  readonly answers: () => LearnedAnswers;
  /** Adds answers; the latest ones win. */
  readonly learn: (answers: LearnedAnswers) => void;
}

const answersSchema = objectOf<LearnedAnswers>({
  namesInRelations: optional(flagSchema),
  contentRange: optional(flagSchema),
  batch: optional(flagSchema),
  batchRefusedAt: optional(finiteSchema),
  relationTest: optional(flagSchema),
  uploadWithoutProject: optional(flagSchema),
  secondLinkKeeps: optional(flagSchema),
  fileLimitBytes: optional(finiteSchema),
  windowReaches: optional(flagSchema),
});

/** Creates answers that live as long as the frame. */
export function createMemoryLearned(known: LearnedAnswers = {}): Learned {
  let answers = known;
  return {
    whenLoaded: () => Promise.resolve(),
    answers: () => answers,
    learn: (more) => void (answers = { ...answers, ...more }),
  };
}

/**
 * Creates answers that are kept in the browser, or in memory where it stores nothing.
 *
 * @param partition Organization and person; `undefined` if unknown. Called once, when an answer is needed.
 */
export function createBrowserLearned(partition: () => Promise<string | undefined>): Learned {
  const memory = createMemoryLearned();
  let key: string | undefined;
  let loading: Promise<void> | undefined;

  async function load(): Promise<void> {
    const whose = await partition().catch(() => undefined);
    if (whose === undefined) return;
    key = `stapler-learned ${whose}`;
    // Answers of this frame are newer.
    memory.learn({ ...read(key), ...memory.answers() });
  }

  return {
    answers: memory.answers,
    whenLoaded: () => (loading ??= load()),
    learn(answers) {
      memory.learn(answers);
      if (key !== undefined) write(key, { ...read(key), ...answers });
    },
  };
}

function read(key: string): LearnedAnswers {
  try {
    // eslint-disable-next-line no-restricted-globals -- answers about the server, no data of the person
    const value: unknown = JSON.parse(localStorage.getItem(key) ?? '{}');
    return is(answersSchema, value) ? value : {};
  } catch {
    // Sandboxed frames have no storage.
    return {};
  }
}

function write(key: string, answers: LearnedAnswers): void {
  try {
    // eslint-disable-next-line no-restricted-globals -- see `read`
    localStorage.setItem(key, JSON.stringify(answers));
  } catch {
    // The answers stay in memory.
  }
}
