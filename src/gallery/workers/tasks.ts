import type { Ruled, SecretsRule } from '../../upload/rules/file-rules';
import { browserRuntime } from '../../base/runtime';
import type { FileToHash } from '../hash-file';
import type { TextComparison } from '../compare/diff-texts';
import type { ParsedEmail } from '../viewers/email/parsed-email';
import type { RequestLog } from '../viewers/har/har-log';
import type { RequestDetails } from '../viewers/har/request-details';
import type { MarkdownText } from '../viewers/markdown/parse-markdown';
import type { NotebookResult } from '../viewers/notebook/notebook';
import type { PictureContent, PictureRequest } from '../viewers/office/read-picture';
import type { ResultFile } from '../viewers/results/read-test-results';
import type { TestResults } from '../viewers/results/test-results';
import type { Presentation } from '../viewers/slides/read-slides';
import type { SeparatedText, Table } from '../viewers/table/read-table';
import type { Trace } from '../viewers/trace/trace-log';
import type { WordDocument } from '../viewers/word/read-word';
import type { Workbook, WorkbookRequest } from '../viewers/workbook/read-workbook';
import type { Code } from '../viewers/text/highlight-code';
import type { CodeRuns } from '../viewers/text/highlight-emitter';
import type { TaskContext } from './task-context';

/**
 * Input and result of work on files that can take long, and forever with a file made for it. Both are copied between
 * page and worker.
 */
interface TaskTypes {
  /** Rejects if the file has no thumbnail. */
  readonly drawThumbnail: { readonly input: NamedBytes; readonly result: Blob };
  readonly parseMarkdown: { readonly input: Blob; readonly result: MarkdownText };
  readonly readTable: { readonly input: SeparatedText; readonly result: Table };
  readonly parseEmail: { readonly input: Blob; readonly result: ParsedEmail };
  readonly highlightCodes: { readonly input: readonly Code[]; readonly result: readonly (CodeRuns | null)[] };
  readonly readNotebook: { readonly input: Blob; readonly result: NotebookResult };
  readonly readTestResults: { readonly input: ResultFile; readonly result: TestResults };
  /** `null` if the file is no HAR. */
  readonly readHar: { readonly input: Blob; readonly result: RequestLog | null };
  readonly readRequest: { readonly input: Blob; readonly result: RequestDetails };
  /** `null` if the archive has no trace of Playwright. */
  readonly readTrace: { readonly input: Blob; readonly result: Trace | null };
  readonly readWorkbook: { readonly input: WorkbookRequest; readonly result: Workbook };
  readonly readWord: { readonly input: Blob; readonly result: WordDocument };
  readonly readSlides: { readonly input: Blob; readonly result: Presentation };
  readonly readPicture: { readonly input: PictureRequest; readonly result: PictureContent };
  readonly compareTexts: {
    readonly input: readonly [before: Blob, after: Blob];
    readonly result: TextComparison;
  };
  readonly hashFile: { readonly input: FileToHash; readonly result: readonly string[] };
  readonly treatSecrets: { readonly input: TextToTreat; readonly result: Ruled };
}

/** A text before its upload. */
interface TextToTreat {
  readonly bytes: Blob;
  readonly rule: Exclude<SecretsRule, 'off'>;
}

interface NamedBytes {
  readonly bytes: Blob;
  readonly name: string;
}

/** Name of a task. */
export type TaskName = keyof TaskTypes;
/** Input of a task. */
export type TaskInput<N extends TaskName> = TaskTypes[N]['input'];
/** Result of a task. */
export type TaskResult<N extends TaskName> = TaskTypes[N]['result'];

/**
 * Runs a task, in a worker where there can be one.
 *
 * @throws ViewerProblem `takes-too-long` after the time limit of a worker, or as the task does.
 * @throws CancelledError After an abort.
 */
export type RunTask = <N extends TaskName>(
  task: N,
  input: TaskInput<N>,
  signal: AbortSignal,
) => Promise<TaskResult<N>>;

type Tasks = {
  readonly [N in TaskName]: (input: TaskInput<N>, context: TaskContext) => Promise<TaskResult<N>>;
};

/** Part of a text that is searched on the page without a pause, in bytes: less than 50 ms. */
const PAGE_CHUNK_BYTES = 96 * 1024;

/** The code of each task is a lazy chunk. */
export const tasks: Tasks = {
  drawThumbnail: async ({ bytes, name }, { signal }) =>
    (await import(/* webpackChunkName: "thumbnail" */ '../thumbnails/draw-thumbnail')).drawThumbnail(
      bytes,
      name,
      signal,
    ),
  parseMarkdown: async (bytes, context) =>
    (
      await import(/* webpackChunkName: "parse-markdown" */ '../viewers/markdown/parse-markdown')
    ).readMarkdown(bytes, context),
  readTable: async (text) =>
    (await import(/* webpackChunkName: "read-table" */ '../viewers/table/read-table')).readTable(text),
  parseEmail: async (bytes) =>
    (await import(/* webpackChunkName: "parse-email" */ '../viewers/email/parse-email')).parseEmail(bytes),
  highlightCodes: async (codes, context) =>
    (await import(/* webpackChunkName: "highlight-code" */ '../viewers/text/highlight-code')).highlightCodes(
      codes,
      context,
    ),
  readNotebook: async (bytes, context) =>
    (await import(/* webpackChunkName: "read-notebook" */ '../viewers/notebook/read-notebook')).readNotebook(
      bytes,
      context,
    ),
  readTestResults: async (file, context) =>
    (
      await import(/* webpackChunkName: "read-test-results" */ '../viewers/results/read-test-results')
    ).readTestResults(file, context),
  readHar: async (bytes, context) =>
    (await import(/* webpackChunkName: "read-har" */ '../viewers/har/read-har')).readHar(bytes, context),
  readRequest: async (bytes, context) =>
    (await import(/* webpackChunkName: "read-har" */ '../viewers/har/read-request')).readRequest(
      bytes,
      context,
    ),
  readTrace: async (bytes, context) =>
    (await import(/* webpackChunkName: "read-trace" */ '../viewers/trace/read-trace')).readTrace(
      bytes,
      context,
    ),
  readWorkbook: async (request, context) =>
    (await import(/* webpackChunkName: "read-workbook" */ '../viewers/workbook/read-workbook')).readWorkbook(
      request,
      context,
    ),
  readWord: async (bytes, context) =>
    (await import(/* webpackChunkName: "read-word" */ '../viewers/word/read-word')).readWord(bytes, context),
  readSlides: async (bytes, context) =>
    (await import(/* webpackChunkName: "read-slides" */ '../viewers/slides/read-slides')).readSlides(
      bytes,
      context,
    ),
  readPicture: async (request, context) =>
    (await import(/* webpackChunkName: "read-picture" */ '../viewers/office/read-picture')).readPicture(
      request,
      context,
    ),
  compareTexts: async (texts) =>
    (await import(/* webpackChunkName: "diff-texts" */ '../compare/diff-texts')).compareTexts(...texts),
  hashFile: async (file) => (await import(/* webpackChunkName: "hash-file" */ '../hash-file')).hashFile(file),
  treatSecrets: async ({ bytes, rule }, { signal, isInWorker }) =>
    (await import(/* webpackChunkName: "secrets" */ '../../upload/rules/secrets/treat-secrets')).treatSecrets(
      bytes,
      rule,
      {
        ...{ runtime: browserRuntime, signal },
        ...(!isInWorker && { chunkBytes: PAGE_CHUNK_BYTES }),
      },
    ),
};
