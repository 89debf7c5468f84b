import { visitStore } from './visit.ts';

// Beside `npm start`: node test/clients/store-front/main.ts [URL of the gateway]
const [url = 'http://localhost:8000'] = process.argv.slice(2);
const { lines, faults } = await visitStore({ url, version: '1.0.0' });
for (const line of lines) console.log(line);
for (const fault of faults) console.error(fault);
process.exitCode = faults.length === 0 ? 0 : 1;
