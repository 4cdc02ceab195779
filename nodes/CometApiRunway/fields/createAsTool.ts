import type { INodeProperties } from 'n8n-workflow';
import { toolDescriptionField } from '../../shared/n8n/asTool';
import type { Operation } from './byModel';

/** What holds for every create: an agent's model pays with each call, and has to know what comes next. */
const FOR_EVERY_CREATE =
	'Each call starts a new task, which costs money and takes minutes: call it once for each output that is asked for, and never again because it is slow or because an error says that the task may have been accepted. It answers with a taskId and a status; while the status is not SUCCEEDED, pass the taskId to the tool CometAPI Runway Wait, which waits for the outputUrl.';

/** What an agent's model is told of a create as its tool. `does` says what the operation makes of what. */
export const createAsTool = ({ show }: Operation, does: string): INodeProperties =>
	toolDescriptionField(`${does} ${FOR_EVERY_CREATE}`, show);
