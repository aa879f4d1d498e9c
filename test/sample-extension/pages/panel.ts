import * as SDK from 'azure-devops-extension-sdk';
import { fullId, getLayout, onClick } from './layout';

/** What who opens the panel tells it; the host adds the way to close it. */
interface PanelConfiguration {
  ids?: number[];
  panel: { close: (result?: unknown) => Promise<void> };
}

async function start(): Promise<void> {
  await SDK.init();
  const { ids = [], panel } = SDK.getConfiguration() as PanelConfiguration;
  const lines = ids.map((id) =>
    Object.assign(document.createElement('li'), { textContent: `Work item ${id}` }),
  );
  document.getElementById('ids')?.append(...lines);
  onClick('done', () => panel.close({ seen: ids.length }));
  onClick('dialog', async () => {
    const layout = await getLayout();
    layout.openCustomDialog(fullId('dialog'), {
      title: 'Choose',
      onClose: (choice) => void panel.close(choice),
    });
  });
}

void start();
