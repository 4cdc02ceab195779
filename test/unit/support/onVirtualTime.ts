/**
 * Puts the nodes on virtual time (tools/clock): their clock, and n8n's `sleep`. To be imported before anything of the
 * nodes.
 */
import {
	current as mockCurrent,
	virtualClockOf as mockClockOf,
} from '../../../tools/clock/virtualTime';

jest.mock('n8n-workflow', () => ({
	...jest.requireActual<object>('n8n-workflow'),
	sleep: async (ms: number) => await mockCurrent.time.sleep(ms),
}));
jest.mock('../../../nodes/shared/n8n/context', () => ({
	...jest.requireActual<object>('../../../nodes/shared/n8n/context'),
	clockOf: (...args: Parameters<typeof mockClockOf>) => mockClockOf(...args),
}));
