import type {
	CharacterPerformanceCreateParams,
	ImageToVideoCreateParams,
	TextToImageCreateParams,
	VideoToVideoCreateParams,
	VideoUpscaleCreateParams,
} from '@runwayml/sdk/resources';
import type { CHARACTER_PERFORMANCE } from '../../../nodes/CometApiRunway/models/characterPerformance';
import type { IMAGE_TO_VIDEO } from '../../../nodes/CometApiRunway/models/imageToVideo';
import type { TEXT_TO_IMAGE } from '../../../nodes/CometApiRunway/models/textToImage';
import type { VIDEO_TO_VIDEO } from '../../../nodes/CometApiRunway/models/videoToVideo';
import type { VIDEO_UPSCALE } from '../../../nodes/CometApiRunway/models/videoUpscale';

/**
 * The drift alarm, raised by the compiler (`npm run lint`): whatever body a row of our tables lets through is one that the
 * installed SDK's type of that model takes, and neither knows a model that the other does not. A new version of the SDK
 * shows by itself what has changed: the error names the model, and what the two do not agree on.
 */

/** Models that CometAPI documents and Runway's SDK knows no more. */
type Retired = 'gen4_aleph' | 'gen3a_turbo' | 'upscale_v1';

/** What bodies hold under keys whose values are no choice of the table's. */
interface Values {
	videoUri: string;
	promptVideo: string;
	promptText: string;
	negativePrompt: string;
	seed: number;
	duration: number;
	outputCount: number;
	creativity: number;
	sharpen: number;
	smartGrain: number;
	expressionIntensity: number;
	audio: boolean;
	bodyControl: boolean;
	edit: boolean;
	fpsBoost: boolean;
	grounding: boolean;
	ratio: string;
	references: Array<{ uri: string }>;
	referenceImages: Array<{ uri: string; tag?: string }>;
	referenceVideos: Array<{ type: 'video'; uri: string }>;
	referenceAudio: Array<{ type: 'audio'; uri: string }>;
	keyframes: Array<
		({ uri: string; seconds: number } | { uri: string; at: number }) & {
			range?: { start_seconds: number; end_seconds: number };
		}
	>;
	contentModeration: { publicFigureThreshold: 'auto' | 'low' };
	character: { type: 'image' | 'video'; uri: string };
	reference: { type: 'video'; uri: string };
}

/** What our body holds under a key, as far as the model's limits say. */
type ValueOf<Key, Limits> = Limits extends { oneOf: ReadonlyArray<infer One> }
	? One
	: Limits extends { numbers: ReadonlyArray<infer One> }
		? One
		: Limits extends { or: infer Word }
			? number | Word
			: Key extends 'promptImage'
				? Images<Limits>
				: Key extends keyof Values
					? Values[Key]
					: { unknownKey: Key };

type Images<Limits> = Limits extends { last: true }
	? string | Array<{ uri: string; position: 'first' | 'last' }>
	: string;

type Takes<Row> = Row extends { takes: infer Fields } ? Fields : never;
type Required<Fields> = {
	[Key in keyof Fields]: Fields[Key] extends { required: true } ? Key : never;
}[keyof Fields];

/** The bodies that a row of a table lets through. */
type BodyOf<Row, Model> = { model: Model } & {
	[Key in Required<Takes<Row>>]: ValueOf<Key, Takes<Row>[Key]>;
} & { [Key in Exclude<keyof Takes<Row>, Required<Takes<Row>>>]?: ValueOf<Key, Takes<Row>[Key]> };

type ParamsOf<Params, Model> = Extract<Params, { model: Model }>;

/** What a row and the SDK's type of its model do not agree on; `never` where they do. */
type Disagreement<Row, Model, Params> =
	Exclude<keyof BodyOf<Row, Model>, keyof Params> extends never
		? BodyOf<Row, Model> extends Params
			? never
			: {
						[Key in keyof BodyOf<Row, Model> & keyof Params]: BodyOf<
							Row,
							Model
						>[Key] extends Params[Key]
							? never
							: Key;
				  }[keyof BodyOf<Row, Model> & keyof Params] extends infer Keys
				? [Keys] extends [never]
					? 'a field that the SDK requires'
					: Keys
				: never
		: Exclude<keyof BodyOf<Row, Model>, keyof Params>;

/** The rows of a table that differ from the SDK, and the models that only one of the two knows. */
type Drift<Table, Params extends { model: string }> =
	| {
			[Model in Exclude<keyof Table, Retired>]: [
				Disagreement<Table[Model], Model, ParamsOf<Params, Model>>,
			] extends [never]
				? never
				: [Model, Disagreement<Table[Model], Model, ParamsOf<Params, Model>>];
	  }[Exclude<keyof Table, Retired>]
	| ['only the SDK knows', Exclude<Params['model'], keyof Table>] extends infer Found
	? Found extends ['only the SDK knows', never]
		? never
		: Found
	: never;

/** A line does not compile where its route has drifted: the error says how. */
export type NoDrift = [
	Same<Drift<typeof VIDEO_TO_VIDEO, VideoToVideoCreateParams>>,
	Same<Drift<typeof IMAGE_TO_VIDEO, ImageToVideoCreateParams>>,
	Same<Drift<typeof TEXT_TO_IMAGE, TextToImageCreateParams>>,
	Same<Drift<typeof VIDEO_UPSCALE, VideoUpscaleCreateParams>>,
	Same<Drift<typeof CHARACTER_PERFORMANCE, CharacterPerformanceCreateParams>>,
];

type Same<Difference extends never> = Difference;
