import type { Task } from './task';

/**
 * What tasks have cost, as a sentence: "Cost: 84 credits.", or for how many of them that is known. '' where the API told
 * nothing. A task that several items name counts once.
 */
export function describeCosts(tasks: Task[]): string {
	const byId = new Map(tasks.map((task) => [task.taskId, task]));
	const costs = [...byId.values()].flatMap(({ costCredits }) => costCredits ?? []);
	if (costs.length === 0) return '';
	const sum = Number(costs.reduce((total, cost) => total + cost, 0).toFixed(2));
	const some = costs.length < byId.size ? ` for ${costs.length} of ${byId.size} tasks` : '';
	return `Cost: ${sum} ${sum === 1 ? 'credit' : 'credits'}${some}.`;
}
