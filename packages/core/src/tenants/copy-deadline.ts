/** Rows of any number may be on their way: four hours, after which whoever waits should look. */
export const copyDeadlineSeconds = 4 * 3600
