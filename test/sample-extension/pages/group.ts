import * as SDK from 'azure-devops-extension-sdk';
import { fullId, getLayout, onClick, panelSize } from './layout';

function tell(what: string, result: unknown): void {
  document.getElementById('result')!.textContent =
    `${what} gave ${result === undefined ? 'nothing' : JSON.stringify(result)}.`;
}

async function start(): Promise<void> {
  SDK.register('group', {});
  await SDK.init();
  const layout = await getLayout();
  const options = {
    title: 'A panel',
    configuration: { ids: [7] },
    onClose: (result: unknown) => tell('The panel', result),
  };
  onClick('panel', () =>
    layout.openPanel(fullId('panel'), { ...options, description: 'Click beside it.', size: panelSize.small }),
  );
  onClick('strict-panel', () =>
    layout.openPanel(fullId('panel'), {
      ...options,
      size: panelSize.large,
      lightDismiss: false,
      resizeOptions: {
        userResizable: true,
        minWidth: 600,
        onWidthChanged: (width) => tell('The edge', Math.round(width)),
      },
    }),
  );
  onClick('dialog', () =>
    layout.openCustomDialog(fullId('dialog'), {
      title: 'Choose',
      onClose: (result) => tell('The dialog', result),
    }),
  );
  onClick('message', () =>
    layout.openMessageDialog('The sample would like to know.', {
      title: 'Shall it?',
      showCancel: true,
      okText: 'Yes',
      cancelText: 'No',
      onClose: (agreed) => tell('The question', agreed),
    }),
  );
  onClick('wrong', () => layout.openPanel(fullId('nothing'), options));
  onClick('full-screen', async () => layout.setFullScreenMode(!(await layout.getFullScreenMode())));
}

void start();
