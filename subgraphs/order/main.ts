import { runProcess } from '#platform/process.ts';
import { orderConfig } from './config.ts';
import { startOrder } from './server.ts';

await runProcess('order', () => startOrder(orderConfig()));
