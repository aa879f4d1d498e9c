import { Button } from 'azure-devops-ui/Button';
import * as React from 'react';
import type { Problem } from '../../base/errors';
import { isCancelled, toProblem } from '../../base/errors';
import { t } from '../../base/i18n/translate';
import { loadModule } from '../../base/load-module';
import { useFileDrops } from '../../ui/drop-zone';
import { CheckIcon, ErrorIcon, Glyph } from '../../ui/icons';
import { asReadProblem, describeError } from '../../upload/messages/problems';
import { rulesFor } from '../../upload/rules/policy/policy';
import type { PolicyResult } from '../../upload/rules/policy/read-policy';
import type { TriedRule } from './try-file';

const loadTry = () => import(/* webpackChunkName: "policy-try" */ './try-file');

type Trial =
  | { readonly status: 'reading' }
  | { readonly status: 'judged'; readonly rules: readonly TriedRule[] }
  | { readonly status: 'failed'; readonly problem: Problem };

/** Tells the results of the rules in the editor for a file that stays here. */
export function TryPanel({ result }: { result: PolicyResult }): React.JSX.Element {
  const [file, setFile] = React.useState<File>();
  const [type, setType] = React.useState('');
  const trial = useTrial(file, type, result);
  const input = React.useRef<HTMLInputElement>(null);
  const pick = (files: Iterable<File>): void => {
    const [first] = files;
    if (first) setFile(first);
  };
  const isTarget = useFileDrops({
    takesFiles: true,
    onDrop: ({ files }) => pick(Array.from(files)),
    onPaste: pick,
  });
  return (
    <section
      className={isTarget ? 'settings-try settings-try-target' : 'settings-try'}
      aria-labelledby="try-title"
    >
      <h2 id="try-title">{t('Try a file')}</h2>
      <p className="quiet">
        {t("Choose a file, or drop it on this page. It's checked here and isn't uploaded.")}
      </p>
      <div className="settings-buttons">
        <input
          ref={input}
          type="file"
          hidden={true}
          tabIndex={-1}
          aria-label={t('Try a file')}
          onChange={({ target }) => {
            pick(Array.from(target.files ?? []));
            // Without this the same file could not be picked twice in a row.
            target.value = '';
          }}
        />
        <Button text={t('Choose a file')} onClick={() => input.current?.click()} />
        <input
          className="field"
          type="text"
          list="common-types"
          autoComplete="off"
          aria-label={t('For a work item of type')}
          placeholder={t('For a work item of type')}
          value={type}
          onChange={({ target }) => setType(target.value)}
        />
      </div>
      <div role="status">{file && <Results file={file} trial={trial} isReadable={result.ok} />}</div>
    </section>
  );
}

function Results(props: { file: File; trial: Trial; isReadable: boolean }): React.JSX.Element {
  const { file, trial, isReadable } = props;
  return (
    <>
      <h3>
        <bdi>{file.name}</bdi>
      </h3>
      {!isReadable && <p>{t('Fix the errors in the rules to try a file.')}</p>}
      {isReadable && trial.status === 'reading' && <p className="quiet">{t('Checking…')}</p>}
      {isReadable && trial.status === 'failed' && <p>{describeError(asReadProblem(trial.problem))}</p>}
      {isReadable && trial.status === 'judged' && (
        <ul className="settings-faults">
          {trial.rules.length === 0 && <li>{t('No rule applies to this file.')}</li>}
          {trial.rules.map(({ kind, text }) => (
            <li key={text} className="note">
              {kind === 'breaks' ? <ErrorIcon /> : kind === 'passes' ? <CheckIcon /> : <NoteIcon />}
              <span>
                <span className="for-screen-readers">{nameKind(kind)} </span>
                {text}
              </span>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

/** A lowercase i: worth knowing. */
function NoteIcon(): React.JSX.Element {
  return <Glyph path="M7.2 6.500h1.600v6H7.200zM7.200 3.500h1.600v1.600H7.200z" />;
}

function nameKind(kind: TriedRule['kind']): string {
  switch (kind) {
    case 'breaks':
      return t('Not allowed:');
    case 'passes':
      return t('OK:');
    case 'note':
      return t('Note:');
  }
}

/** Judges the file again after each change of the rules. */
function useTrial(file: File | undefined, type: string, result: PolicyResult): Trial {
  const [trial, setTrial] = React.useState<Trial>({ status: 'reading' });
  React.useEffect(() => {
    if (!file || !result.ok) return;
    const abort = new AbortController();
    const { signal } = abort;
    setTrial({ status: 'reading' });
    void loadModule(loadTry)
      .then(({ tryFile }) =>
        tryFile(file, rulesFor(result.policy, type.trim()), { workItemType: type.trim(), signal }),
      )
      .then(
        (rules): Trial => ({ status: 'judged', rules }),
        (error: unknown): Trial | undefined =>
          isCancelled(error) ? undefined : { status: 'failed', problem: toProblem(error) },
      )
      .then((next) => {
        if (next && !signal.aborted) setTrial(next);
      });
    return () => abort.abort();
  }, [file, type, result]);
  return trial;
}
