import { maybeCancel } from './crash-cancel';
import { maybeOverwrite } from './crash-overwrite';
import type { World } from './crash-world';
import { awake } from './crash-world';

/** Maximum number of steps until all frames must be idle. */
const MAX_STEPS = 400;

/** Runs one step, in any frame. */
export async function step(world: World): Promise<void> {
  const { dice, machine, late, open, others } = world;
  const busy = [...awake(world), ...others].filter((frame) => frame.isBusy());
  const [asleep] = open.filter((frame) => frame.life() === 'asleep');
  if (late.length > 0 && dice.percent(15)) await late.shift()?.();
  else if (asleep && open.length > 1 && dice.percent(5)) await asleep.wake();
  else if (busy.length > 0 && dice.percent(75)) await dice.pick(busy).act();
  else await machine.pass(busy.some((frame) => frame.isWriting()) ? 50 : dice.pick([50, 250, 1_500]));
  await settle();
  maybeOverwrite(world);
  await maybeCancel(world, 20);
}

/** Runs steps until all frames are idle. */
export async function rest(world: World): Promise<void> {
  const isResting = (): boolean =>
    awake(world).every((frame) => frame.isResting()) && !world.others.some((frame) => frame.isBusy());
  for (let steps = 0; steps < MAX_STEPS; steps++) {
    await settle();
    if (isResting()) {
      // Delayed changes are written meanwhile.
      await world.machine.pass(1_000);
      await settle();
      if (isResting()) return;
    }
    await step(world);
  }
  throw new Error('It does not come to rest.');
}

/** Settles all promises. */
export function settle(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
