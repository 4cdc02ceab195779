/**
 * Where n8n's editor draws what is on a canvas, measured in n8n 2.40.7 (sizes in pixels at 100 %). Names and texts are
 * taken to be as wide as they may be, so that other fonts change nothing.
 */
import type { INode } from 'n8n-workflow';
import { z } from 'zod';
import type { WorkflowJson } from '../../../tools/engine/workflowJson';

export interface Box {
	left: number;
	top: number;
	right: number;
	bottom: number;
}

export interface Point {
	x: number;
	y: number;
}

/** What positions are rounded to. */
export const GRID = 16;
const NODE = 6 * GRID;
const SUB_NODE = 5 * GRID;

/** A name has two lines at most, below the node; the subtitle another one. */
const NAME_WIDTH = 2 * NODE;
const NAME_GAP = 7;
const NAME_CHARACTER = 9;
const NAME_LINE = 20;
const SUBTITLE = 4 + 17;
const SUBTITLE_WIDTH = 1.5 * NODE;

const NOTE_PADDING = 16;
const NOTE_CHARACTER = 7.4;
const NOTE_LINE = 20;
/** What a heading's characters and lines are larger by, and what is between two paragraphs. */
const HEADING_FACTOR = 1.5;
const PARAGRAPH_GAP = 12;

/** Nodes that others hang on are wider, with their name inside; those others are smaller. */
const ROOT = /^@n8n\/n8n-nodes-langchain\.(agent|chain)/;
const SUB = /^@n8n\/n8n-nodes-langchain\.lm/;
const ROOT_WIDTH = 14 * GRID;
/** Where the first of them is tied to it, and how far a line's end is from its node. */
const FIRST_TIE = 40;
const TIE_GAP = 8;

const countedParameters = z.object({
	numberInputs: z.number().default(1),
	rules: z.object({ values: z.array(z.unknown()) }).default({ values: [{}] }),
});
const noteParameters = z.object({ width: z.number(), height: z.number(), content: z.string() });

export const isNote = ({ type }: INode): boolean => type === 'n8n-nodes-base.stickyNote';

/** How many main outputs a node has, the one for errors included. */
function outputsOf({ type, parameters, onError }: INode): number {
	const { rules } = countedParameters.parse(parameters);
	const own = type === 'n8n-nodes-base.if' ? 2 : rules.values.length;
	return own + (onError === 'continueErrorOutput' ? 1 : 0);
}

const inputsOf = ({ type, parameters }: INode): number =>
	type === 'n8n-nodes-base.merge'
		? Math.max(2, countedParameters.parse(parameters).numberInputs)
		: 1;

/** The node's square, or what it is instead. */
export function nodeBox(node: INode): Box {
	const [left, top] = node.position;
	if (SUB.test(node.type)) return { left, top, right: left + SUB_NODE, bottom: top + SUB_NODE };
	const handles = Math.max(inputsOf(node), outputsOf(node));
	const height = NODE + Math.max(0, handles - 2) * 2 * GRID;
	const width = ROOT.test(node.type) ? ROOT_WIDTH : NODE;
	return { left, top, right: left + width, bottom: top + height };
}

/** Its name, and the subtitle below. */
export function nameBox(node: INode): Box {
	const { left, right, bottom } = nodeBox(node);
	const center = (left + right) / 2;
	if (ROOT.test(node.type)) return nodeBox(node);
	const lines = Math.min(2, Math.ceil((node.name.length * NAME_CHARACTER) / NAME_WIDTH));
	const nameWidth = Math.min(NAME_WIDTH, node.name.length * NAME_CHARACTER);
	const width = Math.max(nameWidth, SUBTITLE_WIDTH);
	const top = bottom + NAME_GAP;
	return {
		left: center - width / 2,
		top,
		right: center + width / 2,
		bottom: top + lines * NAME_LINE + SUBTITLE,
	};
}

export function noteBox({ position: [left, top], parameters }: INode): Box {
	const { width, height } = noteParameters.parse(parameters);
	return { left, top, right: left + width, bottom: top + height };
}

/** The part of a note that its text takes. */
export function textBox(note: INode): Box {
	const { left, top, right } = noteBox(note);
	const { content } = noteParameters.parse(note.parameters);
	const width = right - left - 2 * NOTE_PADDING;
	const height = content
		.split('\n')
		.map((line) => lineHeight(line, width))
		.reduce((sum, each) => sum + each, 2 * NOTE_PADDING);
	return { left, top, right, bottom: top + height };
}

function lineHeight(line: string, width: number): number {
	if (line === '') return PARAGRAPH_GAP;
	const factor = line.startsWith('#') ? HEADING_FACTOR : 1;
	const lines = Math.ceil((line.length * NOTE_CHARACTER * factor) / width);
	return lines * NOTE_LINE * factor + (factor > 1 ? PARAGRAPH_GAP : 0);
}

export interface Line {
	from: INode;
	to: INode;
	points: Point[];
}

const SAMPLES = 60;

/** The lines of a workflow, each as points along the curve that the editor draws. */
export function linesOf({ nodes, connections }: WorkflowJson): Line[] {
	const named = (name: string) => nodes.find((node) => node.name === name)!;
	return Object.entries(connections).flatMap(([name, byType]) =>
		Object.entries(byType).flatMap(([type, outputs]) =>
			outputs.flatMap((targets, output) =>
				(targets ?? []).map(({ node, index }): Line => {
					const [from, to] = [named(name), named(node)];
					const points =
						type === 'main' ? mainLine(from, output, to, index) : subNodeLine(from, to);
					return { from, to, points };
				}),
			),
		),
	);
}

function mainLine(from: INode, output: number, to: INode, input: number): Point[] {
	const source = nodeBox(from);
	const target = nodeBox(to);
	const start = { x: source.right + TIE_GAP, y: handleY(source, output, outputsOf(from)) };
	const end = { x: target.left - TIE_GAP, y: handleY(target, input, inputsOf(to)) };
	const bend = { x: (end.x - start.x) / 2, y: 0 };
	return bezier(start, plus(start, bend), plus(end, { x: -bend.x, y: 0 }), end);
}

/** From the top of a node that hangs on another to that one's bottom. */
function subNodeLine(from: INode, to: INode): Point[] {
	const source = nodeBox(from);
	const target = nodeBox(to);
	const start = { x: (source.left + source.right) / 2, y: source.top - TIE_GAP };
	const end = { x: target.left + FIRST_TIE, y: target.bottom + TIE_GAP };
	const bend = { x: 0, y: (start.y - end.y) / 2 };
	return bezier(start, plus(start, { x: 0, y: -bend.y }), plus(end, bend), end);
}

const plus = (one: Point, other: Point): Point => ({ x: one.x + other.x, y: one.y + other.y });

const handleY = ({ top, bottom }: Box, index: number, count: number): number =>
	top + ((bottom - top) * (index + 1)) / (count + 1);

function bezier(a: Point, b: Point, c: Point, d: Point): Point[] {
	return Array.from({ length: SAMPLES + 1 }, (_, n) => {
		const t = n / SAMPLES;
		const mix = (pick: (point: Point) => number) =>
			(1 - t) ** 3 * pick(a) +
			3 * (1 - t) ** 2 * t * pick(b) +
			3 * (1 - t) * t ** 2 * pick(c) +
			t ** 3 * pick(d);
		return { x: mix(({ x }) => x), y: mix(({ y }) => y) };
	});
}
