/** Prints how long our nodes and credential take to load in a process that has n8n-workflow already, in ms. */
require('n8n-workflow');
const { join } = require('node:path');
const { n8n } = require('../../package.json');

const startedAt = process.hrtime.bigint();
for (const file of [...n8n.credentials, ...n8n.nodes]) require(join(__dirname, '..', '..', file));
console.log(JSON.stringify({ ms: Number(process.hrtime.bigint() - startedAt) / 1e6 }));
