import type { Profile } from './cpu-profile';
import type { DevToolsPipe } from './devtools-pipe';

/** A page in the browser. */
export class Tab {
  constructor(
    private readonly pipe: DevToolsPipe,
    private readonly sessionId: string,
  ) {}

  async navigate(url: string): Promise<void> {
    await this.pipe.send('Page.enable', {}, this.sessionId);
    const loaded = this.pipe.next('Page.loadEventFired', this.sessionId);
    const { errorText } = await this.pipe.send('Page.navigate', { url }, this.sessionId);
    if (errorText !== undefined) throw new Error(`${url}: ${errorText}`);
    await loaded;
  }

  /** The value of an expression in the page; a promise is awaited. */
  async evaluate(expression: string): Promise<unknown> {
    const { result } = await this.run(expression, true);
    return result.value;
  }

  /** Sets files of the disk on the file input of a selector, like a user. */
  async setFiles(selector: string, files: readonly string[]): Promise<void> {
    const { result } = await this.run(`document.querySelector(${JSON.stringify(selector)})`, false);
    await this.pipe.send('DOM.setFileInputFiles', { objectId: result.objectId ?? '', files }, this.sessionId);
  }

  /** JavaScript heap and array buffers in use. */
  async heapBytes(): Promise<number> {
    const { usedSize, backingStorageSize = 0 } = await this.pipe.send(
      'Runtime.getHeapUsage',
      {},
      this.sessionId,
    );
    return usedSize + backingStorageSize;
  }

  async startProfile(): Promise<void> {
    await this.pipe.send('Profiler.enable', {}, this.sessionId);
    await this.pipe.send('Profiler.start', {}, this.sessionId);
  }

  async stopProfile(): Promise<Profile> {
    return (await this.pipe.send('Profiler.stop', {}, this.sessionId)).profile;
  }

  private async run(expression: string, byValue: boolean) {
    const params = { expression, awaitPromise: true, returnByValue: byValue };
    const answer = await this.pipe.send('Runtime.evaluate', params, this.sessionId);
    const { exceptionDetails } = answer;
    if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
    return answer;
  }
}
