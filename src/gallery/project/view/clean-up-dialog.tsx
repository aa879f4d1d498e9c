import { Button } from 'azure-devops-ui/Button';
import * as React from 'react';
import { formatBytes } from '../../../base/format';
import { t } from '../../../base/i18n/translate';
import { useStore } from '../../../ui/hooks';
import type { DryRun, RuleCleanUp } from '../actions/rule-clean-up';
import { isComplete } from '../actions/rule-form';
import type { CheckedPlan } from '../clean-up/check-plan';
import type { CleanUpPlan } from '../clean-up/plan-clean-up';
import { reportOf } from '../clean-up/clean-up-run';
import { describeKept, toCsv } from '../clean-up/run-csv';
import type { SaveFile } from './csv-button';
import { CsvButton } from './csv-button';
import { LeftOutList, StepButtons, StepFailure, StepProgress, StepsDialog } from './dialog-parts';
import { describeListProblem } from './hub-sentences';
import { RemovalQuestion } from './removal-question';
import { isChanging, RemovalSteps } from './removal-steps';
import { describeEstimate, RuleFields } from './rule-fields';

interface CleanUpProps {
  readonly work: RuleCleanUp;
  readonly save: SaveFile;
  readonly onClose: () => void;
}

/** Removes files by rules: the rules, a dry run with its plan, the removal, and its report. */
export function CleanUpDialog({ work, save, onClose }: CleanUpProps): React.JSX.Element {
  const dryRun = useStore(work.dryRun);
  const state = useStore(work.cleanUp.state);
  function close(): void {
    // A change in progress ends first. Escape during the dry run leads back to the rules.
    if (isChanging(state)) work.cleanUp.pause();
    else if (dryRun.status === 'planning' || state.phase === 'checking') work.edit();
    else onClose();
  }
  return (
    <StepsDialog title={t('Clean up')} onClose={close}>
      {dryRun.status === 'none' ? (
        <Rules work={work} onClose={onClose} />
      ) : dryRun.status === 'planned' ? (
        <RemovalSteps
          {...{ work, state, save }}
          total={dryRun.plan.files.length}
          kept={dryRun.plan.kept}
          onClose={close}
          question={(checked) => (
            <Plan work={work} plan={dryRun.plan} checked={checked} isQuiet={state.isQuiet} save={save} />
          )}
        />
      ) : (
        <Planning dryRun={dryRun} work={work} />
      )}
    </StepsDialog>
  );
}

function Rules({ work, onClose }: Pick<CleanUpProps, 'work' | 'onClose'>): React.JSX.Element {
  const form = useStore(work.form);
  const estimate = useStore(work.estimates);
  const { chosen, ignored, problem } = estimate;
  const canStart = isComplete(form) && (chosen === undefined || chosen.files > 0);
  return (
    <form
      className="hub-form"
      onSubmit={(event) => {
        event.preventDefault();
        if (canStart) void work.open();
      }}
    >
      <p>{t('Files must match all chosen rules. A dry run shows them before any is removed.')}</p>
      <RuleFields form={form} estimate={estimate} frame={work.frame} onChange={work.change} />
      {ignored.map(({ condition, message }) => (
        <StepFailure key={condition} text={message} />
      ))}
      {problem ? (
        <StepFailure text={describeListProblem(problem)} />
      ) : (
        <p role="status">
          <strong>{describeEstimate(form, estimate)}</strong>
        </p>
      )}
      <StepButtons>
        <Button text={t('Cancel')} onClick={onClose} />
        {problem && <Button text={t('Retry')} onClick={() => void work.estimates.count(form)} />}
        <Button primary={true} disabled={!canStart} text={t('Dry run')} onClick={() => void work.open()} />
      </StepButtons>
    </form>
  );
}

function Planning(props: {
  dryRun: Exclude<DryRun, { status: 'none' | 'planned' }>;
  work: RuleCleanUp;
}): React.JSX.Element {
  const { dryRun, work } = props;
  if (dryRun.status === 'planning') {
    const { done, total, step } = dryRun.step ?? { done: 0, total: 0, step: 'reading' };
    const text =
      step === 'reading'
        ? t('{done, number} of {total, plural, one {# file} other {# files}} read', { done, total })
        : t('{done, number} of {total, plural, one {# file} other {# files}} compared', { done, total });
    return (
      <>
        <StepProgress
          text={text}
          label={step === 'reading' ? t('Reading the list') : t('Comparing contents')}
          {...{ done, total }}
        />
        <StepButtons>
          <Button text={t('Cancel')} onClick={work.edit} />
        </StepButtons>
      </>
    );
  }
  return (
    <>
      <StepFailure
        text={
          dryRun.status === 'failed'
            ? describeListProblem(dryRun.problem)
            : t('The list changed meanwhile. Start the dry run again.')
        }
      />
      <StepButtons>
        <Button text={t('Back')} onClick={work.edit} />
        <Button primary={true} text={t('Retry')} onClick={() => void work.open()} />
      </StepButtons>
    </>
  );
}

/** The plan: the files to remove and the ones to keep, the largest first. */
function Plan(props: {
  work: RuleCleanUp;
  plan: CleanUpPlan;
  checked: CheckedPlan;
  isQuiet: boolean | undefined;
  save: SaveFile;
}): React.JSX.Element {
  const { work, plan, checked, isQuiet, save } = props;
  const { open } = reportOf(checked);
  const files = checked.entries
    .filter((_, index) => checked.outcomes[index]?.kind === 'open')
    .sort((a, b) => b.linkable.size - a.linkable.size)
    .map(({ linkable: { name, size }, workItemId, title }) => ({
      ...{ name, workItemId, reason: `${formatBytes(size)} · ${title}` },
    }));
  const kept = [...plan.kept]
    .sort((a, b) => (b.file.size ?? 0) - (a.file.size ?? 0))
    .map(({ file, reason }) => ({
      ...{ name: file.name, workItemId: file.item.id, reason: describeKept(reason) },
    }));
  return (
    <RemovalQuestion
      checked={checked}
      isQuiet={isQuiet}
      inTexts={plan.files.filter(({ isInText }) => isInText).length}
      cancelText={t('Back')}
      removeText={t('{count, plural, one {Remove # file} other {Remove # files}}', { count: open.files })}
      onRemove={() => void work.cleanUp.start()}
      onCancel={work.edit}
      buttons={
        (open.files > 0 || kept.length > 0) && (
          <CsvButton
            text={t('Download plan (CSV)')}
            name="removal-plan.csv"
            write={() => toCsv(checked, plan.kept)}
            save={save}
          />
        )
      }
    >
      <LeftOutList
        title={t('{count, plural, one {To remove:} other {To remove (#):}}', { count: files.length })}
        files={files}
      />
      <LeftOutList
        title={t('{count, plural, one {Kept:} other {Kept (#):}}', { count: kept.length })}
        files={kept}
      />
    </RemovalQuestion>
  );
}
