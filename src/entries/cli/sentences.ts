export { count, describeProblem, labelOf, plain } from '../../engine/sentences';
