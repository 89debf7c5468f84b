import { runProcess } from '#platform/process.ts';
import { productConfig } from './config.ts';
import { startProduct } from './server.ts';

await runProcess('product', () => startProduct(productConfig()));
