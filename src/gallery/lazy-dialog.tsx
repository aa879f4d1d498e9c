import { Button } from 'azure-devops-ui/Button';
import * as React from 'react';
import { t } from '../base/i18n/translate';
import { Dialog } from '../ui/dialog';
import { useLazy } from '../ui/hooks';
import { describeError } from '../upload/messages/problems';

/** A dialog whose code is loaded with the first one. Says so if that fails. */
export function LazyDialog<Module>(props: {
  /** See `useLazy`. */
  load: () => Promise<Module>;
  /** Title in case of a failure. */
  title: string;
  onClose: () => void;
  children: (module: Module) => React.JSX.Element;
}): React.JSX.Element | null {
  const { module, problem } = useLazy(props.load, true);
  if (module) return props.children(module);
  if (!problem) return null;
  return (
    <Dialog title={props.title} onClose={props.onClose}>
      <p role="alert">{describeError(problem)}</p>
      <div className="dialog-buttons">
        <Button text={t('Close')} onClick={props.onClose} />
      </div>
    </Dialog>
  );
}
