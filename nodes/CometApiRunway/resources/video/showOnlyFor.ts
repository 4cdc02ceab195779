/** Shown for Video → Transform only. */
export const showOnlyForVideoTransform = { resource: ['video'], operation: ['transform'] };
