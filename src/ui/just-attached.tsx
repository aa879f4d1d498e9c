import { Button } from 'azure-devops-ui/Button';
import * as React from 'react';
import { t } from '../base/i18n/translate';
import { CheckIcon } from './icons';

/** Number of files attached a moment ago, and the offer to attach them to more work items. */
export function JustAttached(props: {
  count: number;
  /** Missing if the bulk panel is switched off. */
  onAlsoAttach: (() => void) | undefined;
}): React.JSX.Element {
  const { count, onAlsoAttach } = props;
  return (
    <span className="just-attached">
      <CheckIcon />
      <span>{t('{count, plural, one {# file attached} other {# files attached}}', { count })}</span>
      {onAlsoAttach && (
        <Button className="text-button" subtle={true} text={t('Also attach to…')} onClick={onAlsoAttach} />
      )}
    </span>
  );
}
