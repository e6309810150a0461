// A learning system for the tests: sends statements with a client library that others wrote, and prints what it heard.
// It reads one line of JSON: the endpoint, the token, the version, and the calls to make.
import XAPI from '@xapi/xapi';
import { createInterface } from 'node:readline';

const Client = XAPI.default ?? XAPI;
for await (const line of createInterface({ input: process.stdin })) {
  const { endpoint, token, version, calls } = JSON.parse(line);
  const client = new Client({ endpoint, auth: `Bearer ${token}`, version, adapter: 'fetch' });
  const heard = [];
  for (const [method, parameters] of calls) {
    try {
      // A page goes on where the page heard before says.
      const asked = method === 'getMoreStatements' ? { more: heard.at(-1).data.more } : parameters;
      const { status, data } = await client[method](asked);
      heard.push({ status, data: data ?? null });
    } catch (error) {
      // The library throws the body of a refusal as it came.
      const told = JSON.parse(error.message);
      heard.push({ status: told.status, data: told });
    }
  }
  console.log(JSON.stringify(heard));
}
