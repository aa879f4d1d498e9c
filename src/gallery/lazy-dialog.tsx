import { Button } from 'azure-devops-ui/Button';
import * as React from 'react';
import { t } from '../base/i18n/translate';
import { Dialog } from '../ui/dialog';
import { useLazy } from '../ui/hooks';
import { describeError } from '../upload/messages/problems';

/** A dialog that is loaded when it is opened first. If it can't be loaded, a small one says so. */
export function LazyDialog<Module>(props: {
  /** Title of the small one. */
  title: string;
  /** See `useLazy`. */
  load: () => Promise<Module>;
  onClose: () => void;
  render: (module: Module) => React.JSX.Element;
}): React.JSX.Element | null {
  const { title, load, onClose, render } = props;
  const { module, problem, retry } = useLazy(load, true);
  if (module) return render(module);
  if (!problem) return null;
  return (
    <Dialog title={title} onClose={onClose}>
      <p role="alert">{describeError(problem)}</p>
      <div className="dialog-buttons">
        <Button text={t('Retry')} onClick={retry} />
        <Button text={t('Close')} onClick={onClose} />
      </div>
    </Dialog>
  );
}
