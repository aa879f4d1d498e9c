import { describeProblem, plain } from '../../../engine/sentences';
import type { InsertPicture } from './insert-picture';
import { ToolError } from './tool-error';

/** Inserts a picture with the engine. @throws ToolError if nothing was changed */
export const insertWithEngine: InsertPicture = async (engine, picture, signal) => {
  // Its packages take time to evaluate, and no other tool needs them.
  const { insert } = await import('../../../engine/texts/insert');
  const { path, openPath, onPolicyProblem, ...order } = picture;
  let isLocationRemoved = false;
  const result = await insert(
    engine,
    { ...order, images: [{ path, openPath }] },
    {
      ...{ signal, onPolicyProblem },
      onCheck({ metadata }) {
        isLocationRemoved = metadata?.kind === 'removed' && metadata.removed.location;
      },
    },
  );
  switch (result.kind) {
    case 'no-field':
      throw new ToolError(`There is no such field. Fields: ${plain(result.names.join(', '))}.`);
    case 'no-images':
      throw new ToolError('This file is no picture.');
    case 'refused':
      throw new ToolError(result.files.map(({ problem }) => describeProblem(problem)).join(' '));
    case 'no-place':
      throw new ToolError('The text has no place for a picture at its end, or it is too long.');
    case 'done': {
      const [row] = result.rows;
      if (row?.problem) throw new ToolError(describeProblem(row.problem));
      return {
        ...{ outcome: row?.outcome.replace('-', ' ') ?? 'failed', isError: row?.outcome === 'failed' },
        ...{ content: engine.contents.find(row?.id ?? ''), isLocationRemoved },
      };
    }
  }
};
