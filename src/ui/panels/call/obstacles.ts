/** Why a saved call cannot be made. */
export const notInWorld = 'not in this world'
export const notFitting = 'does not fit this world'
