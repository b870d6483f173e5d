// Lists with npm's node-itglue, once for each line on standard input after the first.
// The first line says where: {base, key, organization}. Each answer is {ms, rows, peak_bytes}, the last
// being the most memory that this process ever had.
'use strict';
const readline = require('readline');
const ITGlue = require('node-itglue');

let client, path;

function set_up({ base, key, organization }) {
  client = new ITGlue({ apikey: key });
  // The package offers its two regions only; its requests take the address from here.
  client.config.baseURL = base;
  path = `/organizations/${organization}/relationships/passwords`;
}

// The package has no paging of its own.
async function list() {
  const rows = [];
  for (let number = 1; number; ) {
    const params = { 'page[number]': number, 'page[size]': 1000, sort: 'name' };
    const page = await client.get({ path, params });
    rows.push(...page.data);
    number = page.meta['next-page'];
  }
  return rows;
}

async function main() {
  for await (const line of readline.createInterface({ input: process.stdin })) {
    if (!client) {
      set_up(JSON.parse(line));
      continue;
    }
    const began = process.hrtime.bigint();
    const rows = await list();
    const ms = Number(process.hrtime.bigint() - began) / 1e6;
    const peak_bytes = process.resourceUsage().maxRSS * 1024;
    console.log(JSON.stringify({ ms, rows: rows.length, peak_bytes }));
  }
}

main();
