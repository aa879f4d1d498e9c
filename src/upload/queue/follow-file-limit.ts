import type { FileLimit } from '../frame-services';
import type { UploadQueue } from './upload-queue';

/** Learns the limit for the size of a file from the uploads of a queue: refusals name it, and larger files raise it. */
export function followFileLimit(queue: Pick<UploadQueue, 'onChange'>, limit: FileLimit): void {
  queue.onChange((changes) => {
    for (const { after } of changes) {
      if (!after) continue;
      const { state, file } = after;
      if (state.status === 'uploaded' && !file.volumeBytes && file.size > limit.bytes())
        limit.learn(file.size);
      if (state.status === 'failed' && state.problem.kind === 'file-too-large' && state.problem.limitBytes)
        limit.learn(state.problem.limitBytes);
    }
  });
}
