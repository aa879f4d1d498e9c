import type { IWorkItemFormNavigationService } from 'azure-devops-extension-api/WorkItemTracking';
import * as SDK from 'azure-devops-extension-sdk';

/** A host need not tell everything; the SDK throws for what it was not told. */
function told(read: () => string): string {
  try {
    return read();
  } catch {
    return 'not told';
  }
}

async function start(): Promise<void> {
  await SDK.init();
  const show = (id: string, read: () => string): void => {
    document.getElementById(id)!.textContent = told(read);
  };
  show('user', () => SDK.getUser().displayName);
  show('project', () => SDK.getWebContext().project.name);
  show('team', () => SDK.getTeamContext().name);
}

/** The service refers to the page around the frame, not to a form. */
async function openWorkItem(): Promise<void> {
  const service = await SDK.getService<IWorkItemFormNavigationService>(
    'ms.vss-work-web.work-item-form-navigation-service',
  );
  await service.openWorkItem(8);
}

document.getElementById('open')!.addEventListener('click', () => void openWorkItem());
void start();
