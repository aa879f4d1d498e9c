import { Button } from 'azure-devops-ui/Button';
import * as React from 'react';
import type { Problem } from '../../base/errors';
import { toProblem } from '../../base/errors';
import { t } from '../../base/i18n/translate';
import { Dialog } from '../../ui/dialog';
import { describeError, quoteName } from '../../upload/messages/problems';
import type { PictureWidth } from '../../upload/texts/insertion';
import { SMALL_WIDTH_PX, writeInsertion } from '../../upload/texts/insertion';
import { stemLength } from '../changes/new-name';
import type { MenuTools } from '../file-menu';
import type { GallerySession } from '../gallery-session';
import type { AttachedFile } from '../model/attached-file';
import type { Targets, TextTarget } from './field-insertions';
import { insertionOf } from './field-insertions';
import type { FieldOutcome } from './insert-into-field';
import { describeFailure, describeInserted, describeTargets } from './insert-sentences';

/** Props of `InsertDialog`. */
export interface InsertDialogProps {
  readonly file: AttachedFile;
  readonly session: Pick<GallerySession, 'loadInsertions'>;
  readonly onClose: () => void;
  /** Receives a sentence about the place. */
  readonly onInserted: (notice: string) => void;
  readonly copy: MenuTools['copy'];
}

/** Value of the choice for a new comment; not the name of a field. */
const COMMENT = '';

/** Result of the last attempt to insert the file. */
type Failure =
  | { readonly problem: Problem }
  | { readonly outcome: Exclude<FieldOutcome, 'inserted'>; readonly target: TextTarget };

/** Chooses the text for a file, and its look there. Enter accepts the whole dialog. */
export function InsertDialog(props: InsertDialogProps): React.JSX.Element {
  const { file, session, onClose, onInserted, copy } = props;
  const isPicture = file.kind === 'image';
  const reading = useTargets(session, file.workItemId);
  const [chosen, setChosen] = React.useState<string>();
  const [alternativeText, setAlternativeText] = React.useState(file.name.slice(0, stemLength(file.name)));
  const [width, setWidth] = React.useState<PictureWidth>('full');
  const [failure, setFailure] = React.useState<Failure>();
  const [isInserting, setInserting] = React.useState(false);
  const words = React.useRef<HTMLInputElement>(null);
  const buttons = React.useRef<HTMLDivElement>(null);
  const { targets } = reading;
  const look = { alternativeText, width };

  React.useEffect(() => {
    if (words.current) words.current.select();
    else buttons.current?.querySelector<HTMLElement>('button:last-child')?.focus();
  }, []);

  async function insert(): Promise<void> {
    if (isInserting) return;
    setInserting(true);
    setFailure(undefined);
    try {
      const insertions = await session.loadInsertions();
      const { fields } = await reading.read();
      const field = chosen ?? fields[0]?.field ?? COMMENT;
      const target = fields.find((each) => each.field === field);
      // A comment cannot be reverted: only the person may choose it.
      if (!target && !targets) {
        setInserting(false);
        return;
      }
      const outcome = target
        ? await insertions.intoField(file, target.field, look)
        : await insertions.intoComment(file, look);
      if (outcome === 'inserted' || outcome === 'waits') {
        onClose();
        onInserted(describeInserted(outcome, target?.name));
        return;
      }
      if (target) setFailure({ outcome, target });
    } catch (error) {
      setFailure({ problem: toProblem(error) });
    }
    setInserting(false);
  }

  function copyMarkdown(): void {
    onClose();
    copy(writeInsertion(insertionOf(file, look), 'markdown'), isPicture ? 'markdown-image' : 'markdown-link');
  }

  return (
    <Dialog title={t('Insert {name}', { name: quoteName(file.name) })} onClose={onClose}>
      <label className="field-block">
        <span className="field-label">{t('Insert into')}</span>
        <select
          className="field"
          aria-busy={!targets}
          value={chosen ?? targets?.fields[0]?.field ?? COMMENT}
          onChange={({ target }) => setChosen(target.value)}
        >
          {targets ? (
            <>
              {targets.fields.map(({ field, name }) => (
                <option key={field} value={field}>
                  {name}
                </option>
              ))}
              <option value={COMMENT}>{t('New comment')}</option>
            </>
          ) : (
            <option value={COMMENT}>{reading.problem ? '' : t('Reading the fields…')}</option>
          )}
        </select>
      </label>
      <p className="quiet" role="status">
        {targets && describeTargets(targets)}
      </p>
      {isPicture && (
        <>
          <label className="field-block">
            <span className="field-label">{t('Alternative text')}</span>
            <input
              ref={words}
              className="field"
              autoComplete="off"
              value={alternativeText}
              onChange={({ target }) => setAlternativeText(target.value)}
              onKeyDown={(event) => {
                if (event.key !== 'Enter' || event.nativeEvent.isComposing) return;
                event.preventDefault();
                void insert();
              }}
            />
          </label>
          <label className="field-block">
            <span className="field-label">{t('Width')}</span>
            <select
              className="field"
              value={width}
              onChange={({ target }) => setWidth(target.value === 'small' ? 'small' : 'full')}
            >
              <option value="full">{t('Full')}</option>
              <option value="small">{t('Small ({width, number} pixels)', { width: SMALL_WIDTH_PX })}</option>
            </select>
          </label>
        </>
      )}
      <FailureLine problem={reading.problem} failure={failure} />
      <div ref={buttons} className="dialog-buttons">
        {isMarkdownWayOut(failure) && <Button text={t('Copy Markdown')} onClick={copyMarkdown} />}
        <Button text={t('Cancel')} onClick={onClose} />
        {reading.problem ? (
          <Button
            primary={true}
            text={t('Retry')}
            onClick={() => void reading.read().catch(() => undefined)}
          />
        ) : (
          <Button
            primary={true}
            text={isInserting ? t('Inserting…') : t('Insert')}
            onClick={() => void insert()}
          />
        )}
      </div>
    </Dialog>
  );
}

function FailureLine(props: {
  problem: Problem | undefined;
  failure: Failure | undefined;
}): React.JSX.Element | null {
  const { failure } = props;
  const problem = failure && 'problem' in failure ? failure.problem : props.problem;
  if (!problem && !failure) return null;
  return (
    <p className="field-error" role="alert">
      {problem
        ? describeError(problem)
        : failure && 'outcome' in failure && describeFailure(failure.outcome, failure.target.name)}
    </p>
  );
}

/** Whether the person can paste the Markdown instead. */
function isMarkdownWayOut(failure: Failure | undefined): boolean {
  return failure !== undefined && 'outcome' in failure && failure.target.format === 'markdown';
}

/** Reading of the places for a file. */
interface Reading {
  readonly targets: Targets | undefined;
  readonly problem: Problem | undefined;
  /** Resolves with the places, also those of a reading in progress. Reads again after a failure. */
  readonly read: () => Promise<Targets>;
}

const NOTHING_READ = { targets: undefined, problem: undefined };

function useTargets(session: Pick<GallerySession, 'loadInsertions'>, workItemId: number): Reading {
  const [state, setState] = React.useState<Omit<Reading, 'read'>>(NOTHING_READ);
  const reading = React.useRef<Promise<Targets>>();

  const read = React.useCallback((): Promise<Targets> => {
    async function start(): Promise<Targets> {
      setState(NOTHING_READ);
      try {
        const targets = await (await session.loadInsertions()).readTargets(workItemId);
        setState({ targets, problem: undefined });
        return targets;
      } catch (error) {
        reading.current = undefined;
        setState({ targets: undefined, problem: toProblem(error) });
        throw error;
      }
    }
    return (reading.current ??= start());
  }, [session, workItemId]);
  React.useEffect(() => void read().catch(() => undefined), [read]);
  return { ...state, read };
}
