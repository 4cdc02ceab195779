import type { INode } from 'n8n-workflow';
import { exampleFiles, readExample } from '../../tools/examples';
import {
	type Box,
	GRID,
	isNote,
	type Line,
	linesOf,
	nameBox,
	nodeBox,
	noteBox,
	textBox,
} from './support/canvas';

/** Closer than this looks as if it touched. */
const CLEARANCE = 4;

const overlap = (one: Box, other: Box): boolean =>
	one.left < other.right + CLEARANCE &&
	other.left < one.right + CLEARANCE &&
	one.top < other.bottom + CLEARANCE &&
	other.top < one.bottom + CLEARANCE;

const isWithin = (inner: Box, outer: Box): boolean =>
	inner.left >= outer.left &&
	inner.right <= outer.right &&
	inner.top >= outer.top &&
	inner.bottom <= outer.bottom;

const crosses = ({ points }: Line, box: Box): boolean =>
	points.some(({ x, y }) => overlap({ left: x, right: x, top: y, bottom: y }, box));

/** Each pair of a list, once. */
const pairs = <T>(all: T[]): Array<[T, T]> =>
	all.flatMap((one, index) => all.slice(index + 1).map((other): [T, T] => [one, other]));

/** A node has two boxes: itself and its name. */
const boxesOf = (node: INode): Box[] => [nodeBox(node), nameBox(node)];

describe.each(exampleFiles())('the canvas of %s', (file) => {
	const workflow = readExample(file, '/files');
	const nodes = workflow.nodes.filter((node) => !isNote(node));
	const notes = workflow.nodes.filter(isNote);
	const lines = linesOf(workflow);

	it('is on the grid that n8n would move it to', () => {
		const off = workflow.nodes.filter(({ position }) => position.some((each) => each % GRID !== 0));
		expect(off.map(({ name }) => name)).toEqual([]);
	});

	it('has no node on another, nor on its name', () => {
		const touching = pairs(nodes).filter(([one, other]) =>
			boxesOf(one).some((box) => boxesOf(other).some((each) => overlap(box, each))),
		);
		expect(touching.map(([one, other]) => `${one.name} – ${other.name}`)).toEqual([]);
	});

	it('has notes that their text fits into, apart from each other', () => {
		const tooSmall = notes.filter((note) => !isWithin(textBox(note), noteBox(note)));
		expect(tooSmall.map(({ name }) => name)).toEqual([]);
		const touching = pairs(notes).filter(([one, other]) => overlap(noteBox(one), noteBox(other)));
		expect(touching.map(([one, other]) => `${one.name} – ${other.name}`)).toEqual([]);
	});

	it('has no node on a note, unless the note holds it whole, below its text', () => {
		const wrong = notes.flatMap((note) =>
			nodes.filter((node) => {
				const boxes = boxesOf(node);
				if (!boxes.some((box) => overlap(box, noteBox(note)))) return false;
				const isHeld = boxes.every((box) => isWithin(box, noteBox(note)));
				return !isHeld || boxes.some((box) => overlap(box, textBox(note)));
			}),
		);
		expect(wrong.map(({ name }) => name)).toEqual([]);
	});

	it('has no line through a node, a name or a text', () => {
		const wrong = lines.flatMap((line) => {
			const { from, to } = line;
			const others = nodes.filter((node) => node !== from && node !== to);
			const boxes = [...others.flatMap(boxesOf), ...notes.map(textBox)];
			// The line's ends touch their nodes, but it has no business with their names.
			for (const node of [from, to])
				if (nameBox(node).top > nodeBox(node).bottom) boxes.push(nameBox(node));
			return boxes.some((box) => crosses(line, box)) ? [`${from.name} → ${to.name}`] : [];
		});
		expect(wrong).toEqual([]);
	});
});
