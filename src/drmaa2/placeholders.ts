/**
 * The home directory of the user who runs the job (GFD.231). Stands at the beginning of `workingDirectory`,
 * `inputPath`, `outputPath` or `errorPath`.
 */
export const HOME_DIR = '$DRMAA2_HOME_DIR$';

/** The working directory of the job (GFD.231). Stands at the beginning of `inputPath`, `outputPath` or `errorPath`. */
export const WORKING_DIR = '$DRMAA2_WORKING_DIR$';

/**
 * The index of the array task (GFD.231). Stands anywhere in `workingDirectory`, `inputPath`, `outputPath` or
 * `errorPath` of an array job.
 */
export const PARAMETRIC_INDEX = '$DRMAA2_INDEX$';
