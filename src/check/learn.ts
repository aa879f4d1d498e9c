import type { FrameServices } from '../upload/frame-services';
import type { LearnedAnswers } from '../upload/learned';
import type { CheckRow } from './check-state';

/** Uses the answers at once, and remembers them for this person and organization. Unknown ones change nothing. */
export function learnFrom(
  rows: readonly CheckRow[],
  { learned, capabilities }: Pick<FrameServices, 'learned' | 'capabilities'>,
): void {
  const answers = new Map(rows.map(({ id, answer }) => [id, answer]));
  const batch = isYes(answers.get('batch'), 'taken');
  const relationTest = isYes(answers.get('relation-url-test'), 'allow');
  const found: LearnedAnswers = {
    relationTest,
    uploadWithoutProject: uploadWithoutProject(answers),
    namesInRelations: namesInRelations(answers),
    contentRange: contentRange(answers),
    secondLinkKeeps: secondLinkKeeps(answers),
    windowReaches: isYes(answers.get('window-opener'), 'yes'),
  };
  const known = Object.fromEntries(Object.entries(found).filter(([, value]) => value !== undefined));
  if (Object.keys(known).length > 0) learned.learn(known);
  if (batch !== undefined) capabilities.supportsBatch = batch;
  if (relationTest !== undefined) capabilities.supportsRelationTest = relationTest;
}

function isYes(answer: string | null | undefined, yes: string): boolean | undefined {
  return answer === null || answer === undefined ? undefined : answer === yes;
}

/** Names in relations are of use only for uploads without one. */
function namesInRelations(answers: ReadonlyMap<string, string | null>): boolean | undefined {
  const isKept = isYes(answers.get('name-in-relation'), 'kept');
  const isUnnamed = isYes(answers.get('unnamed-upload'), 'accept');
  if (isKept === false || isUnnamed === false) return false;
  return isKept === undefined || isUnnamed === undefined ? undefined : true;
}

/** An immediate answer can only be no: any removed file stays readable for some weeks. */
function secondLinkKeeps(answers: ReadonlyMap<string, string | null>): boolean | undefined {
  const isKept = isYes(answers.get('kept-second-link'), 'readable');
  return isKept ?? (answers.get('second-link') === 'refuse' ? false : undefined);
}

/** A person without permission is refused with a project as well. */
function uploadWithoutProject(answers: ReadonlyMap<string, string | null>): boolean | undefined {
  const isAccepted = isYes(answers.get('upload-without-project'), 'accepted');
  return isAccepted === false && !hasUploaded(answers) ? undefined : isAccepted;
}

/** Whether any upload of the run had an answer other than a missing permission. */
function hasUploaded(answers: ReadonlyMap<string, string | null>): boolean {
  return typeof answers.get('unnamed-upload') === 'string';
}

/** `200, 200, 200`, or `0, 0, 0` if the browser refuses the header. */
function contentRange(answers: ReadonlyMap<string, string | null>): boolean | undefined {
  const statuses = answers.get('chunk-statuses')?.split(', ') ?? [];
  if (statuses.length === 0) return undefined;
  if (statuses.every((status) => status.startsWith('2'))) return true;
  // A lost connection would have affected other questions as well.
  return hasUploaded(answers) && statuses.every((status) => status === '0') ? false : undefined;
}
