import * as React from 'react';
import type { LinkTarget } from '../azure/work-item';
import type { Upload } from '../upload/upload';
import { isOver } from '../upload/upload-state';
import { useLazy, useStore } from './hooks';
import type { FormSession } from '../upload/form/form-session';

const loadQuestion = () => import(/* webpackChunkName: "duplicates" */ './duplicate-question');

/** Questions about files that may be attached already, one at a time, and an undo of the replacements. */
export function DuplicatePrompt(props: {
  session: Pick<FormSession, 'duplicates' | 'replaced' | 'sameFiles'>;
  /** The work item in the form. */
  target: LinkTarget;
  /** Uploads for it. */
  uploads: readonly Upload[];
}): React.JSX.Element | null {
  const { session, target, uploads } = props;
  const { files } = useStore(session.replaced);
  const asking = uploads.filter(
    ({ duplicate, state }) =>
      duplicate?.status === 'asking' && (duplicate.mustReplace === true || !isOver(state)),
  );
  const same = uploads.filter(({ sameFile, state }) => sameFile?.status === 'asking' && !isOver(state));
  const isAsking = asking.length + same.length > 0;
  const { module, problem } = useLazy(loadQuestion, isAsking || files.length > 0);
  // Without the question, the user would wait for nothing.
  React.useEffect(() => {
    if (!problem || !isAsking) return;
    session.duplicates.answer(idsOf(asking), 'keep-both');
    session.sameFiles.answer(idsOf(same), 'upload');
  });
  if (!module) return null;
  return (
    <>
      {asking.length > 0 && <module.Question uploads={asking} onAnswer={session.duplicates.answer} />}
      {same.length > 0 && <module.SameFilePrompt uploads={same} questions={session.sameFiles} />}
      {target.kind === 'work-item' && (
        <module.ReplacedNote replaced={session.replaced} workItemId={target.id} />
      )}
    </>
  );
}

function idsOf(uploads: readonly Upload[]): readonly string[] {
  return uploads.map(({ id }) => id);
}
