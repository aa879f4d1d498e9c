import * as React from 'react';
import { partitionOf } from '../upload/recovery/journal/browser-journal';
import type { Host } from '../azure/host/host';
import type { HttpStack } from '../azure/rest/http-stack';
import { t } from '../base/i18n/translate';
import { checkWindow } from '../upload/capture/capture-window';
import type { FrameServices } from '../upload/frame-services';
import { Dialog } from '../ui/dialog';
import { useStore } from '../ui/hooks';
import { createBrowserFrame } from './browser-frame';
import type { Check } from './check';
import { createCheck } from './check';
import type { OpenItem } from './check-state';
import { ChooseStep, ConfirmStep, RunStep } from './check-steps';
import { CheckTable } from './check-table';
import { createKeptAttachmentStore } from './kept-attachment';
import { pageQuestions } from './questions';
import '../ui/dialog.css';
import '../ui/field.css';
import '../ui/fields.css';
import './check.css';

/** Parts of the frame for a check. */
export interface CheckEdges {
  readonly services: FrameServices;
  readonly host: Pick<
    Host,
    | 'getPerson'
    | 'getOrganization'
    | 'getBaseUrl'
    | 'getToken'
    | 'getUnsavedEdits'
    | 'refreshForm'
    | 'loadFormFields'
  >;
  readonly stack: HttpStack;
  /** Shows a message of the host until the person closes it. @throws HostError */
  readonly waitForMessage: (title: string, text: string, timeoutMs: number) => Promise<void>;
  /** Opens the panel of Stapler. @throws HostError */
  readonly openPanel: (workItemIds: readonly number[]) => Promise<void>;
  /** Reads a setting that does not exist. @throws HostError */
  readonly readData: () => Promise<void>;
}

/** Time to close the message of the host, in milliseconds. */
const MESSAGE_MS = 60_000;

/** The dialog “Check this organization”. It may close only when nothing runs. */
export function CheckDialog(props: {
  edges: CheckEdges;
  /** Missing for a new work item. */
  openItem: OpenItem | undefined;
  onClose: () => void;
}): React.JSX.Element {
  const { edges, openItem, onClose } = props;
  const [check] = React.useState(() => createBrowserCheck(edges, openItem));
  const state = useStore(check);
  React.useEffect(() => {
    void check.start();
    return check.cancel;
  }, [check]);
  const content = React.useRef<HTMLDivElement>(null);
  const { step } = state;
  const isFirst = React.useRef(true);
  React.useEffect(() => {
    // The focused button is gone with the step before.
    if (!isFirst.current) content.current?.focus({ preventScroll: true });
    isFirst.current = false;
    // The step before may have been scrolled.
    const dialog = content.current?.closest('dialog');
    if (dialog) dialog.scrollTop = 0;
  }, [step]);
  const isLarge = state.step === 'done' && state.rows.length > 0;
  const needsRoom = isLarge || step === 'confirming';
  const close = (): void => (state.step === 'running' ? check.cancel() : onClose());

  return (
    <>
      {/* Makes room in a frame as high as its content. */}
      <div className={needsRoom ? 'check-room check-room-large' : 'check-room'} />
      <Dialog title={t('Check this organization')} isLarge={isLarge} onClose={close}>
        <div className="check-step" ref={content} tabIndex={-1}>
          {state.step === 'choosing' && (
            <ChooseStep
              state={state}
              openItem={openItem}
              project={edges.services.uploadPlace()?.project}
              onChoose={(target) => void check.choose(target)}
              onVerify={() => void check.verifyKept()}
              onClose={onClose}
            />
          )}
          {state.step === 'confirming' && (
            <ConfirmStep
              state={state}
              onBack={() => void check.back()}
              onRun={(choices) => void check.run(choices)}
            />
          )}
          {state.step === 'running' && <RunStep state={state} onCancel={check.cancel} />}
          {state.step === 'done' && <CheckTable state={state} onClose={onClose} />}
        </div>
      </Dialog>
    </>
  );
}

function createBrowserCheck(edges: CheckEdges, openItem: OpenItem | undefined): Check {
  const { services, host, stack, waitForMessage, openPanel, readData } = edges;
  const isDone = (task: Promise<void>): Promise<boolean> =>
    task.then(
      () => true,
      () => false,
    );
  return createCheck({
    services,
    host,
    stack,
    questions: pageQuestions,
    kept: createKeptAttachmentStore(() => partitionOf(host)),
    createFrame({ opens }) {
      // A browser opens one window for each click.
      const opened = opens ? checkWindow(services.runtime) : undefined;
      return createBrowserFrame(services.runtime, {
        openMessage: async () =>
          opens
            ? isDone(
                waitForMessage(
                  t('Check this organization'),
                  t('This message is a test. Close it to continue.'),
                  MESSAGE_MS,
                ),
              )
            : undefined,
        opensWindow: opened?.isOpen,
        windowReaches: () => opened?.reaches ?? Promise.resolve(undefined),
        canReadData: () => isDone(readData()),
        openPanel: async () => (opens ? isDone(openPanel(openItem ? [openItem.id] : [])) : undefined),
        form: openItem && {
          workItemId: openItem.id,
          readText: (field) => readFormText(host, openItem.id, field),
        },
      });
    },
  });
}

async function readFormText(
  host: Pick<Host, 'loadFormFields'>,
  workItemId: number,
  field: string,
): Promise<string | undefined> {
  try {
    const text = await (await host.loadFormFields()).read(workItemId, field);
    return typeof text === 'string' ? undefined : text.stored;
  } catch {
    return undefined;
  }
}
