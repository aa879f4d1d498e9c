const Sequencer = require('@jest/test-sequencer').default;

/**
 * Starts the schedules first: they take the longest. Without it, a run without the times of an earlier one starts with
 * the largest files.
 */
module.exports = class extends Sequencer {
  sort(tests) {
    const isSchedule = ({ path }) => /[\\/]schedules[\\/]/.test(path);
    const sorted = super.sort(tests);
    return [...sorted.filter(isSchedule), ...sorted.filter((test) => !isSchedule(test))];
  }
};
