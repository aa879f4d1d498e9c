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

void start();
