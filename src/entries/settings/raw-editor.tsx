import * as React from 'react';
import { listOf } from '../../base/format';
import { t } from '../../base/i18n/translate';
import { ErrorIcon } from '../../ui/icons';
import type { EditorState } from './settings-session';

/** Lines of the text field on a wide page. */
const ROWS = 24;

/** The policy as JSON, with its faults. */
export function RawEditor(props: {
  state: Pick<EditorState, 'text' | 'result'>;
  onEdit: (text: string) => void;
}): React.JSX.Element {
  const { text, result } = props.state;
  return (
    <section className="settings-raw" aria-labelledby="raw-title">
      <h2 id="raw-title">{t('JSON')}</h2>
      <textarea
        className="field"
        rows={ROWS}
        aria-labelledby="raw-title"
        aria-describedby="raw-state"
        aria-invalid={!result.ok}
        dir="ltr"
        spellCheck={false}
        autoComplete="off"
        wrap="off"
        value={text}
        onChange={({ target }) => props.onEdit(target.value)}
      />
      <div id="raw-state" role="status">
        {result.ok ? (
          result.unknown.length > 0 && (
            <p className="quiet">
              {t('This version of Stapler ignores: {names}', { names: listOf(result.unknown) })}
            </p>
          )
        ) : (
          <Faults faults={result.faults} />
        )}
      </div>
    </section>
  );
}

function Faults({
  faults,
}: {
  faults: Extract<EditorState['result'], { ok: false }>['faults'];
}): React.JSX.Element {
  return (
    <ul className="settings-faults">
      {faults.map(({ path, message }) => (
        <li key={path} className="note">
          <ErrorIcon />
          <span>
            {path !== '' && (
              <>
                <bdi>
                  <code>{path}</code>
                </bdi>
                {': '}
              </>
            )}
            {message}
          </span>
        </li>
      ))}
    </ul>
  );
}
