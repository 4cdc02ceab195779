import { setTimeout as sleep } from 'node:timers/promises';
import type { Field, Kill } from './field';
import { prepareMoment, waitForMoment } from './moments';
import type { RoundPlan } from './plan';

/** Plays one round, at whose end n8n is up again. */
export async function playRound(field: Field, plan: RoundPlan): Promise<void> {
	const { n8n } = field.stage;
	const since = Date.now();
	field.foretell(plan);
	prepareMoment(field, plan);
	await field.start(plan.round);
	await waitForMoment(field, plan, since);
	const suspended = (await field.suspended()).map(({ id }) => id);
	await sleep(plan.delayMs);
	if (plan.moment === 'n8n starts') await killInStart(field, plan, suspended);
	else await field.kill(plan, plan.moment, suspended);
	await sleep(plan.downMs);
	await n8n.start();
	print(plan, field.kills[field.kills.length - 1]);
}

/** Ends n8n, starts it, and ends it again before it is up; it may be up just so. */
async function killInStart(field: Field, plan: RoundPlan, suspended: string[]): Promise<void> {
	await field.kill(plan, 'at any time', suspended);
	const starting = field.stage.n8n.start();
	await Promise.all([
		starting.catch(() => {}),
		sleep(plan.startingMs).then(async () => await field.kill(plan, plan.moment, suspended)),
	]);
}

function print(plan: RoundPlan, { suspended, open, signalAt, endedAt }: Kill): void {
	const { round, signal, moment, hold, victim, delayMs, downMs, noise } = plan;
	const held = hold === 'nothing' ? '' : `, ${hold}`;
	const beside = noise ? `; ${noise.way}: ${noise.fault.on} ${noise.fault.kind}` : '';
	const requests = Object.entries(open).filter(([, count]) => count > 0);
	console.log(
		`  ${round + 1}. ${signal}: ${moment} (${victim}${held}) + ${delayMs} ms, down for ${downMs} ms${beside}\n` +
			`     suspended ${suspended.length}; open: ${requests.map(([name, count]) => `${count} ${name}`).join(', ') || 'nothing'}; ` +
			`ended after ${((endedAt - signalAt) / 1000).toFixed(1)} s`,
	);
}
