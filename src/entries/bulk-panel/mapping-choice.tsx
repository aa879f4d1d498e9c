import * as React from 'react';
import type { Problem } from '../../base/errors';
import { t } from '../../base/i18n/translate';
import { useLazy } from '../../ui/hooks';
import { describeError } from '../../upload/messages/problems';
import type { PanelSession } from './panel-session';
import type { MappingKind, PanelState } from './panel-state';
import { PlanOptions } from './plan-options';

const CHOICES: readonly { readonly kind: MappingKind; readonly textOf: () => string }[] = [
  { kind: 'all', textOf: () => t('All files to all work items') },
  { kind: 'by-name', textOf: () => t('File or folder name') },
  { kind: 'manifest', textOf: () => t('CSV list') },
];

const loadManifest = () => import(/* webpackChunkName: "manifest" */ './manifest-field');
const loadPattern = () => import(/* webpackChunkName: "pattern" */ './pattern-field');

/** Choice of the mapping from files to work items. */
export function MappingChoice(props: { state: PanelState; session: PanelSession }): React.JSX.Element {
  const { state, session } = props;
  return (
    <section aria-label={t('Match files to work items')}>
      <fieldset className="choices">
        <legend>{t('Match files to work items')}</legend>
        {CHOICES.map(({ kind, textOf }) => (
          <label key={kind} className="choice">
            <input
              type="radio"
              name="mapping"
              checked={state.mapping === kind}
              onChange={() => session.setMapping(kind)}
            />
            {textOf()}
          </label>
        ))}
      </fieldset>
      {state.mapping === 'by-name' && <Pattern state={state} session={session} />}
      {state.mapping === 'manifest' && <Manifest state={state} session={session} />}
      <PlanOptions state={state} session={session} />
    </section>
  );
}

/** Loaded when it is chosen. */
function Manifest(props: { state: PanelState; session: PanelSession }): React.JSX.Element {
  const { module, problem } = useLazy(loadManifest, true);
  return module ? <module.ManifestField {...props} /> : <NotLoaded problem={problem} />;
}

/** Loaded when it is chosen. */
function Pattern(props: { state: PanelState; session: PanelSession }): React.JSX.Element {
  const { module, problem } = useLazy(loadPattern, true);
  return module ? <module.NameMapping {...props} /> : <NotLoaded problem={problem} />;
}

function NotLoaded({ problem }: { problem: Problem | undefined }): React.JSX.Element {
  return (
    <p className="quiet" role="status">
      {problem && describeError(problem)}
    </p>
  );
}
