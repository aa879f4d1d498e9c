/**
 * Shortest time between two drawings, in milliseconds. The bars glide from one to the next, so that more of them would
 * cost time that the uploads themselves need.
 */
const SHORTEST_MS = 100;

/** How stores tell the screen (see `createStore`): in the next frame after a quiet time, and then not in every one. */
export function createAnnounce(): (tell: () => void) => void {
  let lastAt = -Infinity;
  return (tell) => {
    const draw = (): void => {
      requestAnimationFrame((now) => {
        lastAt = now;
        tell();
      });
    };
    const waitMs = lastAt + SHORTEST_MS - performance.now();
    if (waitMs > 0) setTimeout(draw, waitMs);
    else draw();
  };
}
