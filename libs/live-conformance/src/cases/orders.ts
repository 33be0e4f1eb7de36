/** An answer by voice, and the end of its turn. */
export const VOICE_TURN = 'setupComplete (model|transcript)+ generationComplete turnComplete usage';

/** A call of a function; Vertex AI says behind it that this was all it generated. */
export const CALL = 'setupComplete toolCall generationComplete?';
/** An answer by voice, without its bill. */
export const ANSWER = '(model|transcript)+ generationComplete turnComplete';
