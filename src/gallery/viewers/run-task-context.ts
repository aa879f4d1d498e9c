import * as React from 'react';
import type { RunTask } from '../workers/tasks';

/** Runs tasks for components deep inside of viewers, such as the colors of code. They do without it. */
export const RunTaskContext = React.createContext<RunTask | undefined>(undefined);
