import * as SDK from 'azure-devops-extension-sdk';

async function start(): Promise<void> {
  await SDK.init();
  const show = (id: string, text: string): void => {
    document.getElementById(id)!.textContent = text;
  };
  show('user', SDK.getUser().displayName);
  show('project', SDK.getWebContext().project.name);
}

void start();
