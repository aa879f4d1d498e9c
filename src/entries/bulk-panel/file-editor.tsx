import { Button } from 'azure-devops-ui/Button';
import * as React from 'react';
import { t } from '../../base/i18n/translate';
import { MAX_COMMENT_LENGTH } from '../../azure/work-item';
import { MAX_NAME_LENGTH } from '../../upload/intake/attachment-name';
import type { FileEdits } from '../../bulk/plan/plan';
import { listOf } from '../../base/format';
import type { PanelSession } from './panel-session';
import type { PanelFile } from './panel-state';

/** Name, comment and assignment of one file. */
export function FileEditor(props: {
  file: PanelFile;
  edits: FileEdits | undefined;
  session: PanelSession;
}): React.JSX.Element {
  const { file, edits, session } = props;
  const { id, name } = file;
  return (
    <div className="plan-row-more">
      <label className="field-block">
        {t('Attach as')}
        <input
          type="text"
          className="field"
          value={edits?.name ?? name}
          maxLength={MAX_NAME_LENGTH}
          autoComplete="off"
          onChange={({ target }) => session.editFile(id, { name: target.value })}
        />
      </label>
      <label className="field-block">
        {t('Comment')}
        <input
          type="text"
          className="field"
          value={edits?.comment ?? ''}
          maxLength={MAX_COMMENT_LENGTH}
          placeholder={t('Same as for all files')}
          autoComplete="off"
          onChange={({ target }) => session.editFile(id, { comment: target.value })}
        />
      </label>
      {edits?.workItemIds && (
        <p className="quiet">
          {t('Manually assigned to {ids}.', { ids: listOf(edits.workItemIds.map(String)) })}{' '}
          <Button
            className="text-button"
            subtle={true}
            text={t('Undo')}
            onClick={() => session.forgetAssignment(id)}
          />
        </p>
      )}
    </div>
  );
}
