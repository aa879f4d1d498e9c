import type { Finding, FrameForm, Question, Stage } from './question';
import { inProject, must, patch, type WorkItem } from './requests';

/** Only this version is documented with formats of fields. */
const PREVIEW = '7.2-preview.3';

/** First version of comments with formats. */
const COMMENTS = '7.1-preview.4';

/** Fields of which a work item mostly has one. */
const LONG_TEXTS = [
  'System.Description',
  'Microsoft.VSTS.TCM.ReproSteps',
  'Microsoft.VSTS.TCM.SystemInfo',
  'Microsoft.VSTS.Common.AcceptanceCriteria',
];

/** Whether answers of a version tell the format of long texts. A work item without one tells nothing. */
async function askFormat(stage: Stage, version?: string): Promise<Finding> {
  const { api, workItemId, isOwn = false } = stage;
  const readOnce = () =>
    api.send('GET', `_apis/wit/workitems/${workItemId}`, {
      query: { $expand: 'all' },
      ...(version !== undefined && { version }),
    });
  let answer = await readOnce();
  if (answer.ok && isOwn && !hasText(answer.json)) {
    const text = {
      op: 'add',
      path: '/fields/System.Description',
      value: '<div>Stapler check</div>',
    } as const;
    must(await patch(api, workItemId, [text]), 'write a text');
    answer = await readOnce();
  }
  const { ok, status, words, json } = answer;
  // A server knows no such version.
  if (!ok) return { answer: status === 400 ? 'no' : null, seen: words };
  const isTold = 'multilineFieldsFormat' in (json as WorkItem);
  if (!isTold && !hasText(json)) return { answer: null, seen: 'no long text' };
  return { answer: isTold ? 'yes' : 'no', seen: isTold ? 'multilineFieldsFormat' : 'no such member' };
}

function hasText(item: unknown): boolean {
  const { fields = {} } = (item ?? {}) as Partial<WorkItem>;
  return LONG_TEXTS.some((name) => typeof fields[name] === 'string' && fields[name] !== '');
}

/**
 * Language in which the form tells a text in Markdown, and so takes one. Changes nothing: writing would leave an unsaved
 * edit.
 */
async function askForm({ api }: Stage, { workItemId, readText }: FrameForm): Promise<Finding> {
  const path = `_apis/wit/workitems/${workItemId}`;
  const { ok, status, words, json } = await api.send('GET', path, {
    query: { $expand: 'all' },
    version: PREVIEW,
  });
  // A server knows no such version, and no Markdown in fields.
  if (!ok) return { answer: status === 400 ? 'html' : null, seen: words };
  const { fields = {}, multilineFieldsFormat = {} } = json as Partial<WorkItem> & {
    readonly multilineFieldsFormat?: Readonly<Record<string, unknown>>;
  };
  const field = Object.keys(multilineFieldsFormat).find(
    (name) => multilineFieldsFormat[name] === 'markdown' && typeof fields[name] === 'string' && fields[name],
  );
  if (field === undefined) return { answer: null, seen: 'no text in Markdown' };
  const told = await readText(field);
  if (told === undefined) return { answer: null, seen: 'the form does not tell the text' };
  if (plain(told) === plain(String(fields[field]))) return { answer: 'markdown', seen: 'the same text' };
  return { answer: /^\s*<[a-z]/i.test(told) ? 'html' : null, seen: 'another text' };
}

/** A text without the ends of its lines, which editors write in their own way. */
function plain(text: string): string {
  return text.replace(/\r\n?/g, '\n').trim();
}

function commentsOf({ project, workItemId }: Stage): string {
  return `${inProject(project)}_apis/wit/workItems/${workItemId}/comments`;
}

/** Questions about long texts and comments. */
export const textQuestions: readonly Question[] = [
  {
    id: 'multiline-format',
    question: 'Does a work item tell the format of its long texts?',
    asks: 'anywhere',
    assumed: 'no',
    ask: (stage) => askFormat(stage),
  },
  {
    id: 'multiline-format-preview',
    question: `Does it tell the format in version ${PREVIEW}?`,
    asks: 'anywhere',
    assumed: { services: 'yes', server: 'no' },
    ask: (stage) => askFormat(stage, PREVIEW),
  },
  {
    id: 'markdown-in-form',
    question: 'In which language does the form tell a text in Markdown?',
    asks: 'frame',
    assumed: { services: 'markdown', server: 'html' },
    ask: (stage) =>
      stage.frame?.form
        ? askForm(stage, stage.frame.form)
        : Promise.resolve({ answer: null, seen: 'no form' }),
  },
  {
    id: 'comments-readable',
    question: `Can comments be read in version ${COMMENTS}?`,
    asks: 'anywhere',
    assumed: { services: 'accept', server: 'refuse' },
    async ask(stage): Promise<Finding> {
      const request = { query: { $top: '1' }, version: COMMENTS };
      const { ok, status, words } = await stage.api.send('GET', commentsOf(stage), request);
      return { answer: ok ? 'accept' : [400, 404].includes(status) ? 'refuse' : null, seen: words };
    },
  },
  {
    id: 'comment-format',
    question: 'Does a comment tell that it is Markdown?',
    // A comment on a real work item would stay.
    asks: 'script',
    assumed: { services: 'yes', server: 'no' },
    async ask(stage): Promise<Finding> {
      const { ok, status, words, json } = await stage.api.send('POST', commentsOf(stage), {
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({ text: '**Stapler check**' }),
        query: { format: 'markdown' },
        version: COMMENTS,
      });
      if (!ok) return { answer: [400, 404].includes(status) ? 'no' : null, seen: words };
      const { format } = json as { format?: unknown };
      return { answer: format === 'markdown' ? 'yes' : 'no', seen: `format ${JSON.stringify(format)}` };
    },
  },
];
