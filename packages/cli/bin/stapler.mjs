#!/usr/bin/env node
import { main } from '../dist/stapler.mjs';

await main();
