import type { Fault, Operation } from './faultSchema';

/** What is known of a request when a fault for it is looked for. */
export interface FaultTarget {
	on: Operation;
	/** Of the create it is or comes from; see textOf. */
	text?: string;
	taskId?: string;
}

/** The faults still to come, in the order they were added. */
export class FaultQueue {
	private faults: Fault[] = [];

	add(fault: Fault): void {
		this.faults.push({ ...fault });
	}

	clear(): void {
		this.faults = [];
	}

	/** Takes the fault for a create whose body has not been read yet. */
	takeBeforeBody(): Fault | undefined {
		return this.takeFirst((fault) => hitsBeforeBody(fault));
	}

	/** Takes the fault for a request whose body, if it has one, has been read. */
	take(target: FaultTarget): Fault | undefined {
		return this.takeFirst((fault) => !hitsBeforeBody(fault) && matches(fault, target));
	}

	/** Takes the first fault that hits and counts it down; faults that let the request pass count it too. */
	private takeFirst(hits: (fault: Fault) => boolean): Fault | undefined {
		for (const fault of this.faults.filter(hits)) {
			if (fault.skip > 0) {
				fault.skip -= 1;
				continue;
			}
			fault.times -= 1;
			if (fault.times === 0) this.faults.splice(this.faults.indexOf(fault), 1);
			return fault;
		}
		return undefined;
	}
}

function hitsBeforeBody({ on, kind }: Fault): boolean {
	return on === 'create' && kind === 'resetBeforeRead';
}

function matches(fault: Fault, { on, text, taskId }: FaultTarget): boolean {
	if (fault.on !== on) return false;
	if (fault.taskId !== undefined && fault.taskId !== taskId) return false;
	return fault.promptIncludes === undefined || (text ?? '').includes(fault.promptIncludes);
}

/** Whether a create that this fault hits is accepted all the same. A slow answer is a true answer. */
export function acceptsTask(fault: Fault | undefined): boolean {
	if (fault === undefined || fault.kind === 'slowBody') return true;
	return 'accepted' in fault && fault.accepted === true;
}
